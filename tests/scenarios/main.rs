//! The scenarios, in reading order: each file is a story, each test a claim.

mod a_host_stands_still;
mod a_plugin_misbehaves;
mod a_round_is_reviewed;
mod a_server_is_killed;
mod a_whole_year;
mod an_outsider_verifies;
mod another_report;
mod compile_bombs;
mod floors;
mod from_a_registry;
mod in_a_browser;
mod in_a_spreadsheet;
mod in_javascript;
#[path = "../harness/javascript.rs"]
#[allow(unreachable_pub, reason = "the sandbox's tests use it, too")]
mod javascript;
mod names_stay_inside;
mod nothing_changed_runs;
mod nothing_is_lost;
mod off_line;
mod releases_take_turns;
mod roll_ups_compose;
mod the_afternoon;
mod the_demo;
mod the_post_goes_out;
mod the_real_reports;
mod two_federations;
mod two_hosts;
mod what_is_put_right;
mod what_is_watched;
mod who_may_what;
mod who_would_change;

use harness::{Federation, Server, ServerOptions, Terminal};

/// The server's options when nothing else is asked for: SQLite in its own data folder.
fn options() -> ServerOptions {
    ServerOptions {
        binary: env!("CARGO_BIN_EXE_huizong").into(),
        database: None,
        shared: None,
        compile_seconds: None,
        arguments: Vec::new(),
    }
}

/// A fresh server.
fn server() -> anyhow::Result<Server> {
    Server::start(options())
}

/// The federation's administration, at a terminal.
fn terminal(server: &Server, federation: &Federation) -> Terminal {
    Terminal {
        binary: env!("CARGO_BIN_EXE_huizong").into(),
        server: server.address().to_owned(),
        token: federation.admin.token().to_owned(),
        federation: federation.code.clone(),
    }
}

/// The component of a reference plugin.
fn component(name: &str) -> &'static [u8] {
    demo_pack::component(name).bytes
}

/// The answers of the member with a number, without a fault, different for every seed.
fn clean_answers(number: usize, seed: u64) -> serde_json::Value {
    demo_pack::clean_answers(number, seed, 8)
}
