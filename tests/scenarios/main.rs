//! The scenarios, in reading order: each file is a story, each test a claim.

mod floors;
mod the_demo;
mod the_real_reports;

use harness::{Server, ServerOptions};

/// The server's options when nothing else is asked for: SQLite in its own data folder.
fn options() -> ServerOptions {
    ServerOptions { binary: env!("CARGO_BIN_EXE_huizong").into(), database: None, shared: None }
}

/// A fresh server.
fn server() -> anyhow::Result<Server> {
    Server::start(options())
}

/// The component of a reference plugin.
fn component(name: &str) -> &'static [u8] {
    demo_pack::component(name).bytes
}
