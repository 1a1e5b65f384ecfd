//! `huizong replay`: runs recorded evaluations again on the server and compares the bytes.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use crate::client::{Client, ServerOptions};
use crate::output::Output;

/// Evaluations that are fetched at once.
const PAGE: usize = 200;

/// What `replay` is told.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    server: ServerOptions,
    /// The federation's code.
    #[arg(long)]
    federation: String,
    /// One evaluation; all of the federation if left out.
    evaluation: Option<String>,
}

/// What a replay of many evaluations gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many were run again.
    pub replayed: u64,
    /// How many gave other bytes: (evaluation, function).
    pub different: Vec<(String, String)>,
    /// How many ran on another engine than the one on record.
    pub other_engine: u64,
}

/// Replays one evaluation or all. The exit code is 2 where bytes differ.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let client = Client::from_options(&options.server, output)?;
    let tally = match &options.evaluation {
        Some(id) => {
            let mut tally = Tally::default();
            replay_one(&client, &options.federation, id, &mut tally).await?;
            tally
        }
        None => replay_all(&client, &options.federation, output).await?,
    };
    output.json(&json!({
        "replayed": tally.replayed,
        "different": tally.different.iter().map(|(id, function)| json!({ "id": id, "function": function })).collect::<Vec<_>>(),
        "other-engine": tally.other_engine,
    }));
    show(&tally, output);
    Ok(if tally.different.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Says what a replay gave.
pub fn show(tally: &Tally, output: &Output) {
    let (replayed, different) = (tally.replayed.to_string(), tally.different.len().to_string());
    output.say("cli-replayed", &[("replayed", &replayed), ("different", &different)]);
    for (id, function) in &tally.different {
        output.line(format!("  {id} {function}"));
    }
    if tally.other_engine > 0 {
        output.say("cli-replayed-other-engine", &[("count", &tally.other_engine.to_string())]);
    }
}

/// Replays every evaluation of a federation.
pub async fn replay_all(client: &Client, federation: &str, output: &Output) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let bar = output.progress(0, output.words("cli-replaying", &[]));
    let mut after = String::new();
    loop {
        let page = client.get(&format!("/federations/{federation}/evaluations?limit={PAGE}{after}")).await?;
        let evaluations = page.as_array().cloned().unwrap_or_default();
        bar.inc_length(evaluations.len() as u64);
        for evaluation in &evaluations {
            replay_one(client, federation, id_of(evaluation), &mut tally).await?;
            bar.inc(1);
        }
        let Some(last) = evaluations.last() else { break };
        after = format!("&after={}", id_of(last));
    }
    bar.finish_and_clear();
    Ok(tally)
}

async fn replay_one(client: &Client, federation: &str, id: &str, tally: &mut Tally) -> anyhow::Result<()> {
    let replayed = client.post(&format!("/federations/{federation}/evaluations/{id}/replays"), &json!({})).await?;
    tally.replayed += 1;
    if replayed["equal"] != true {
        let function = replayed["function"].as_str().unwrap_or_default();
        tally.different.push((id.to_owned(), function.to_owned()));
    }
    if replayed["same_engine"] != true {
        tally.other_engine += 1;
    }
    Ok(())
}

fn id_of(evaluation: &Value) -> &str {
    evaluation["id"].as_str().unwrap_or_default()
}
