//! `huizong plugin propose` and `proposals`: somebody proposes, upon a trial, that a round goes on with another release.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::desk::{Desk, DeskOptions, short, text};
use super::table::table;
use crate::output::{Coded, Output};

/// What `plugin propose` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    /// The round's code.
    #[arg(long)]
    round: String,
    /// The trial on the round that shows what would change for whom; the newest of this release if left out.
    #[arg(long)]
    trial: Option<String>,
    /// Why.
    #[arg(long)]
    reason: String,
    /// The release's digest, or the beginning of it.
    release: String,
}

/// What `plugin proposals` is told.
#[derive(Args)]
pub(crate) struct ListOptions {
    #[command(flatten)]
    desk: DeskOptions,
    /// The round's code.
    #[arg(long)]
    round: String,
}

/// Proposes.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let release = desk.release(&options.release, output).await?.to_string();
    let trial = match options.trial {
        Some(trial) => trial,
        None => newest_trial(&desk, &options.round, &release, output).await?,
    };
    let body = json!({ "release": release, "trial": trial, "reason": options.reason });
    let proposed = desk.client.post(&desk.round_path(&options.round, "/activations"), &body).await?;
    show(output, &proposed);
    output.json(&proposed);
    Ok(ExitCode::SUCCESS)
}

/// The newest trial of a release on a round; the server lists the newest first.
async fn newest_trial(desk: &Desk, round: &str, release: &str, output: &Output) -> anyhow::Result<String> {
    let trials = desk.client.get(&desk.round_path(round, "/trials")).await?;
    let newest = trials.as_array().into_iter().flatten().find(|trial| text(&trial["candidate"]) == release);
    let found = newest.and_then(|trial| trial["id"].as_str()).map(str::to_owned);
    Ok(found.ok_or_else(|| {
        let text = output.words("cli-plugin-no-trial", &[("round", round), ("release", &release[..12])]);
        Coded { code: "no-trial".to_owned(), text }
    })?)
}

/// Lists what was proposed for a round.
pub(super) async fn list(options: ListOptions, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let activations = desk.client.get(&desk.round_path(&options.round, "/activations")).await?;
    let mut table = table(output, &["proposal", "state", "before", "after", "at", "by", "decided-by", "reason"], 8);
    for activation in activations.as_array().into_iter().flatten() {
        let Proposed { id, proposal, decision, state } = Proposed::of(activation);
        table.add_row([
            id.to_owned(),
            output.words(&format!("activation-{state}"), &[]),
            short(&proposal["replaces"]).to_owned(),
            short(&proposal["release"]).to_owned(),
            text(&proposal["at"]).to_owned(),
            text(&proposal["by"]["label"]).to_owned(),
            text(&decision["by"]["label"]).to_owned(),
            text(&proposal["reason"]).to_owned(),
        ]);
    }
    output.line(table);
    output.json(&activations);
    Ok(ExitCode::SUCCESS)
}

/// The parts of a proposal as the server tells it.
struct Proposed<'a> {
    id: &'a str,
    proposal: &'a Value,
    decision: &'a Value,
    state: &'a str,
}

impl<'a> Proposed<'a> {
    fn of(activation: &'a Value) -> Self {
        let proposal = &activation["proposal"];
        let (id, state) = (text(&proposal["id"]), text(&activation["state"]));
        Self { id, proposal, decision: &activation["decision"], state }
    }
}

/// Shows a proposal and what became of it.
pub(super) fn show(output: &Output, activation: &Value) {
    let Proposed { id, proposal, decision, state } = Proposed::of(activation);
    output.say(
        "cli-plugin-proposal",
        &[
            ("proposal", id),
            ("state", &output.words(&format!("activation-{state}"), &[])),
            ("round", text(&proposal["round"])),
            ("before", short(&proposal["replaces"])),
            ("after", short(&proposal["release"])),
            ("trial", text(&proposal["trial"])),
            ("by", text(&proposal["by"]["label"])),
            ("reason", text(&proposal["reason"])),
        ],
    );
    if decision.is_object() {
        let (by, at, reason) = (text(&decision["by"]["label"]), text(&decision["at"]), text(&decision["reason"]));
        output.say("cli-plugin-decided", &[("by", by), ("at", at), ("reason", reason)]);
    }
}
