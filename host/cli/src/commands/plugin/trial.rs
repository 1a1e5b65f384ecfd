//! `huizong plugin trial`: a round's trials, or what one of them found.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use domain::trial::{Trial, Tried};

use super::desk::{Desk, DeskOptions, short, text};
use super::page::PageOptions;
use super::table::table;
use super::tried;
use crate::output::Output;

/// What `plugin trial` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    #[command(flatten)]
    page: PageOptions,
    /// The round's code.
    #[arg(long)]
    round: String,
    /// The trial's identifier; all of the round if left out.
    trial: Option<String>,
}

/// Shows one trial or lists all.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    match &options.trial {
        Some(trial) => show_one(&desk, &options.round, trial, &options.page, output).await?,
        None => list(&desk, &options.round, output).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(desk: &Desk, round: &str, output: &Output) -> anyhow::Result<()> {
    let trials = desk.client.get(&desk.round_path(round, "/trials")).await?;
    let mut table = table(output, &["trial", "before", "after", "at", "by", "members", "changed", "regraded"], 5);
    for trial in trials.as_array().into_iter().flatten() {
        let [before, after] = ["baseline", "candidate"].map(|side| short(&trial[side]).to_owned());
        let [members, changed, regraded] = ["members", "changed", "regraded"].map(|count| trial[count].to_string());
        let [id, at, by] = ["id", "at", "asked_by"].map(|name| text(&trial[name]).to_owned());
        table.add_row([id, before, after, at, by, members, changed, regraded]);
    }
    output.line(table);
    output.json(&trials);
    Ok(())
}

/// Shows what a trial found, and keeps its page where that is asked for.
pub(super) async fn show_one(
    desk: &Desk,
    round: &str,
    trial: &str,
    page: &PageOptions,
    output: &Output,
) -> anyhow::Result<()> {
    let path = desk.round_path(round, &format!("/trials/{trial}"));
    let view = desk.client.get(&path).await?;
    if !output.is_json() {
        let told: Trial = serde_json::from_value(view["trial"].clone()).context("a trial")?;
        let found: Tried = serde_json::from_value(view["found"].clone()).context("what a trial found")?;
        tried::show(output, &told, &found);
    }
    page.keep(desk, &path, output).await?;
    output.json(&view);
    Ok(())
}
