//! What a rendered document promises: nothing of it runs, nothing of it is lost, equal input gives equal bytes.

mod every_block;
mod golden;
mod hostile;
mod pages;
mod sizes;
