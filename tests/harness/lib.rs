//! What the scenarios drive: the real binary, real databases, and the people who use them.

mod client;
mod folders;
mod server;

pub use crate::client::{Answer, Client};
pub use crate::folders::{examples, repository};
pub use crate::server::{Server, ServerOptions};
