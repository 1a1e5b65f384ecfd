//! `huizong plugin rollback`: a round goes back to the release that it had before. One command, no second person: what it goes back
//! to was approved once, or pinned when the round was opened.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::desk::{Desk, DeskOptions, short};
use crate::output::Output;

/// What `plugin rollback` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    /// The round's code.
    #[arg(long)]
    round: String,
    /// Why.
    #[arg(long)]
    reason: String,
    /// The release to be left, where it is not the newest that came in.
    #[arg(long)]
    leaving: Option<String>,
}

/// Goes back.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let mut body = json!({ "reason": options.reason });
    if let Some(leaving) = &options.leaving {
        body["leaving"] = json!(desk.release(leaving, output).await?);
    }
    let swapped = desk.client.post(&desk.round_path(&options.round, "/rollback"), &body).await?;
    let (before, after) = (short(&swapped["replaces"]), short(&swapped["release"]));
    output.say("cli-plugin-rolled-back", &[("round", &options.round), ("before", before), ("after", after)]);
    output.json(&swapped);
    Ok(ExitCode::SUCCESS)
}
