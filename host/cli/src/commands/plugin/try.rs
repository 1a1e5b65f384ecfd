//! `huizong plugin try`: what a release would change for whom, found out on what the members of a round really handed in.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use super::desk::{Desk, DeskOptions};
use super::page::PageOptions;
use super::trial;
use crate::job;
use crate::output::Output;

/// What `plugin try` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    #[command(flatten)]
    page: PageOptions,
    /// The round's code; of this year or of an earlier one.
    #[arg(long)]
    round: String,
    /// The release in force whose place it would take, where a round has several reports.
    #[arg(long)]
    replaces: Option<String>,
    /// The candidate's digest, or the beginning of it.
    release: String,
}

/// Tries the release, waits, and shows what the trial found.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let release = desk.release(&options.release, output).await?;
    let mut wanted = json!({ "release": release });
    if let Some(replaces) = &options.replaces {
        wanted["replaces"] = json!(desk.release(replaces, output).await?);
    }
    let asked = desk.client.post(&desk.round_path(&options.round, "/trials"), &wanted).await?;
    let trial = asked["id"].as_str().context("the answer holds the trial's id")?;
    job::finished(&desk.client, &desk.federation, &asked, "cli-trying", output).await?;
    trial::show_one(&desk, &options.round, trial, &options.page, output).await?;
    Ok(ExitCode::SUCCESS)
}
