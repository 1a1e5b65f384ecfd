//! What the scenarios drive: the real binary, real databases, and the people who use them.

mod busy;
mod clerk;
mod client;
mod federation;
mod folders;
pub mod postgres;
pub mod registry;
mod releases;
mod routes;
mod server;
pub mod sinks;
mod spreadsheet;
mod terminal;

pub use crate::busy::{Busy, Makings, PASSWORD};
pub use crate::clerk::Clerk;
pub use crate::client::{Answer, Client};
pub use crate::federation::{Federation, ROUND, unit_code};
pub use crate::folders::{examples, repository};
pub use crate::routes::Route;
pub use crate::server::{Server, ServerOptions};
pub use crate::spreadsheet::{Entry, typed_into};
pub use crate::terminal::Terminal;
