//! What a rendered document promises: nothing of it runs, nothing of it is lost, equal input gives equal bytes.

#![allow(clippy::unwrap_used, clippy::assigning_clones, reason = "a test may fail, and need not be fast")]

mod every_block;
mod golden;
mod hostile;
mod pages;
#[cfg(feature = "pdf")]
mod printed;
mod sheets;
mod sizes;
mod word;
mod workbooks;
