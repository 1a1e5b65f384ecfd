//! `huizong plugin approve` and `reject`: a second person decides what somebody proposed.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::desk::{Desk, DeskOptions};
use super::propose;
use crate::output::Output;

/// What `plugin approve` and `plugin reject` are told.
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
    /// The proposal's identifier.
    proposal: String,
}

/// Decides. An approved release is in force before the answer comes.
pub(super) async fn run(options: Options, decision: &str, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let path = desk.round_path(&options.round, &format!("/activations/{}/decision", options.proposal));
    let decided = desk.client.post(&path, &json!({ "decision": decision, "reason": options.reason })).await?;
    propose::show(output, &decided);
    output.json(&decided);
    Ok(ExitCode::SUCCESS)
}
