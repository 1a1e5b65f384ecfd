//! `huizong plugin history`: which release of a round was in force from when to when, by the clock of the database.

use std::process::ExitCode;

use clap::Args;

use super::desk::{Desk, DeskOptions, short, text};
use super::table::table;
use crate::output::Output;

/// What `plugin history` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    /// The round's code.
    #[arg(long)]
    round: String,
}

/// Lists everything that was ever pinned to the round.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let pins = desk.client.get(&desk.round_path(&options.round, "/pins")).await?;
    let mut table = table(output, &["kinds", "digest", "pinned-by", "since", "until"], 5);
    for pin in pins.as_array().into_iter().flatten() {
        table.add_row([
            output.words(&format!("cli-kind-{}", text(&pin["kind"])), &[]),
            short(&pin["release"]).to_owned(),
            output.words(&format!("pinned-by-{}", text(&pin["by"])), &[]),
            text(&pin["since"]).to_owned(),
            text(&pin["until"]).to_owned(),
        ]);
    }
    output.line(table);
    output.json(&pins);
    Ok(ExitCode::SUCCESS)
}
