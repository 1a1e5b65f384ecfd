//! `huizong plugin quarantine`: releases that are out of use because they failed too often, lifting that, and how often they may fail.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::desk::{Desk, DeskOptions, text};
use super::table::table;
use crate::output::Output;

/// What can be done about quarantines.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Every quarantine of a release, the oldest first; the last one lasts until it is lifted.
    List(ListOptions),
    /// Let a release be used again: what it failed on before is forgiven.
    Lift(LiftOptions),
    /// How often a release may fail before it is quarantined; shows it where nothing is set.
    Policy(PolicyOptions),
}

/// What `plugin quarantine list` is told.
#[derive(Args)]
pub(crate) struct ListOptions {
    #[command(flatten)]
    desk: DeskOptions,
    /// The release's digest, or the beginning of it.
    release: String,
}

/// What `plugin quarantine lift` is told.
#[derive(Args)]
pub(crate) struct LiftOptions {
    #[command(flatten)]
    desk: DeskOptions,
    /// Why.
    #[arg(long)]
    reason: String,
    /// The release's digest, or the beginning of it.
    release: String,
}

/// What `plugin quarantine policy` is told.
#[derive(Args)]
pub(crate) struct PolicyOptions {
    #[command(flatten)]
    desk: DeskOptions,
    /// So many different inputs may fail within the window; one more, and the release is quarantined.
    #[arg(long, requires = "window")]
    faults: Option<u32>,
    /// How far back failures count, in seconds.
    #[arg(long, requires = "faults")]
    window: Option<u32>,
}

/// Does one of them.
pub(super) async fn run(command: Command, output: &Output) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(options) => list(options, output).await?,
        Command::Lift(options) => lift(options, output).await?,
        Command::Policy(options) => policy(options, output).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(options: ListOptions, output: &Output) -> anyhow::Result<()> {
    let desk = Desk::open(&options.desk, output)?;
    let release = desk.release(&options.release, output).await?;
    let quarantines = desk.client.get(&desk.path(&format!("/releases/{release}/quarantines"))).await?;
    let mut table = table(output, &["placed-at", "inputs", "lifted-at", "by", "reason"], 5);
    for quarantine in quarantines.as_array().into_iter().flatten() {
        let lifted = &quarantine["lifted"];
        table.add_row([
            text(&quarantine["placed_at"]).to_owned(),
            quarantine["inputs"].to_string(),
            text(&lifted["at"]).to_owned(),
            text(&lifted["by"]["label"]).to_owned(),
            text(&lifted["reason"]).to_owned(),
        ]);
    }
    if table.row_count() == 0 {
        output.say("cli-plugin-never-quarantined", &[("release", &release.short())]);
    } else {
        output.line(table);
    }
    output.json(&quarantines);
    Ok(())
}

async fn lift(options: LiftOptions, output: &Output) -> anyhow::Result<()> {
    let desk = Desk::open(&options.desk, output)?;
    let release = desk.release(&options.release, output).await?;
    let path = desk.path(&format!("/releases/{release}/quarantine-lifting"));
    let lifted = desk.client.post(&path, &json!({ "reason": options.reason })).await?;
    output.say("cli-plugin-lifted", &[("release", &release.short())]);
    output.json(&lifted);
    Ok(())
}

async fn policy(options: PolicyOptions, output: &Output) -> anyhow::Result<()> {
    let desk = Desk::open(&options.desk, output)?;
    let path = desk.path("/quarantine-policy");
    let policy: Value = match options.faults {
        None => desk.client.get(&path).await?,
        Some(faults) => {
            let body = json!({ "faults_max": faults, "window_seconds": options.window });
            desk.client.put(&path, &body).await?
        }
    };
    let (faults, window) = (policy["faults_max"].to_string(), policy["window_seconds"].to_string());
    output.say("cli-plugin-quarantine-policy", &[("faults", &faults), ("window", &window)]);
    output.json(&policy);
    Ok(())
}
