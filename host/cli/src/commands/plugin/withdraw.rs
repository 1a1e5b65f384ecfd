//! `huizong plugin withdraw`: a release that no round uses is taken out of use for good. What a round uses is kept for ever.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::desk::{Desk, DeskOptions};
use crate::output::Output;

/// What `plugin withdraw` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    /// Why.
    #[arg(long)]
    reason: String,
    /// The release's digest, or the beginning of it.
    release: String,
}

/// Withdraws the release.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let release = desk.release(&options.release, output).await?;
    let path = desk.path(&format!("/releases/{release}/withdrawal"));
    let withdrawn = desk.client.post(&path, &json!({ "reason": options.reason })).await?;
    output.say("cli-plugin-withdrawn", &[("release", &release.short())]);
    output.json(&withdrawn);
    Ok(ExitCode::SUCCESS)
}
