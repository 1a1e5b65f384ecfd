//! `huizong replay`: runs recorded evaluations again on the server, compares the bytes, and says which engines were compared.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use comfy_table::Cell;
use serde_json::{Value, json};

use crate::client::{Client, ServerOptions};
use crate::output::Output;
use crate::terminal;

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
    /// Only what this engine recorded: its fingerprint or the beginning of it, as `wasmtime-48`.
    #[arg(long, conflicts_with = "evaluation")]
    engine: Option<String>,
    /// One evaluation; all of the federation if left out.
    evaluation: Option<String>,
}

/// What a replay of many evaluations gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// How many were run again.
    pub replayed: u64,
    /// Those that gave other bytes, as the server told of them.
    pub different: Vec<Value>,
    /// Those that could not be run again: (evaluation, function, why).
    pub failed: Vec<(String, String, String)>,
    /// By the engine that recorded and the one that ran now.
    pub engines: BTreeMap<(String, String), Engines>,
}

/// What came of the evaluations that one engine recorded and one ran again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engines {
    replayed: u64,
    different: u64,
    fuel_equal: u64,
    fuel_differs: u64,
}

/// Replays one evaluation or all. The exit code is 2 where bytes differ or a run cannot be repeated.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let client = Client::from_options(&options.server, output)?;
    let mut tally = Tally::default();
    if let Some(id) = &options.evaluation {
        let replayed = replay_one(&client, &options.federation, id).await?;
        show_one(&replayed, output);
        tally.add(replayed);
    } else {
        let engine = options.engine.as_deref().unwrap_or_default();
        tally = replay_recorded_by(engine, &client, &options.federation, output).await?;
    }
    output.json(&tally.as_json());
    show(&tally, output);
    Ok(if tally.is_equal() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Replays every evaluation of a federation.
pub async fn replay_all(client: &Client, federation: &str, output: &Output) -> anyhow::Result<Tally> {
    replay_recorded_by("", client, federation, output).await
}

/// Replays the evaluations that an engine recorded whose fingerprint begins so. One that fails does not hide the others.
async fn replay_recorded_by(engine: &str, client: &Client, federation: &str, output: &Output) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let bar = output.progress(0, output.words("cli-replaying", &[]));
    let mut after = String::new();
    loop {
        let page = client.get(&format!("/federations/{federation}/evaluations?limit={PAGE}{after}")).await?;
        let evaluations = page.as_array().cloned().unwrap_or_default();
        bar.inc_length(evaluations.len() as u64);
        for evaluation in &evaluations {
            bar.inc(1);
            if !text_at(evaluation, "/run/engine").starts_with(engine) {
                continue;
            }
            let id = text_at(evaluation, "/id");
            match replay_one(client, federation, id).await {
                Ok(replayed) => tally.add(replayed),
                Err(error) => tally.failed.push((id.to_owned(), function_of(evaluation), error.to_string())),
            }
        }
        let Some(last) = evaluations.last() else { break };
        after = format!("&after={}", text_at(last, "/id"));
    }
    bar.finish_and_clear();
    Ok(tally)
}

async fn replay_one(client: &Client, federation: &str, id: &str) -> anyhow::Result<Value> {
    client.post(&format!("/federations/{federation}/evaluations/{id}/replays"), &json!({})).await
}

impl Tally {
    /// Whether everything was run again and gave the same bytes.
    pub fn is_equal(&self) -> bool {
        self.different.is_empty() && self.failed.is_empty()
    }

    fn add(&mut self, replayed: Value) {
        let engine = |run: &str| text_at(&replayed, &format!("/{run}/engine")).to_owned();
        let engines = self.engines.entry((engine("recorded"), engine("again"))).or_default();
        self.replayed += 1;
        engines.replayed += 1;
        match text_at(&replayed, "/fuel") {
            "equal" => engines.fuel_equal += 1,
            "differs" => engines.fuel_differs += 1,
            _ => {}
        }
        if replayed["equal"] != true {
            engines.different += 1;
            self.different.push(replayed);
        }
    }

    fn as_json(&self) -> Value {
        let engines = self.engines.iter().map(|((recorded, ran), engines)| {
            json!({
                "recorded": recorded,
                "ran": ran,
                "replayed": engines.replayed,
                "different": engines.different,
                "fuel-equal": engines.fuel_equal,
                "fuel-differs": engines.fuel_differs,
                "fuel-not-comparable": engines.fuel_not_comparable(),
            })
        });
        let failed = self.failed.iter();
        json!({
            "replayed": self.replayed,
            "different": self.different,
            "failed": failed.map(|(id, function, why)| json!({ "id": id, "function": function, "why": why })).collect::<Vec<_>>(),
            "engines": engines.collect::<Vec<_>>(),
        })
    }
}

impl Engines {
    const fn fuel_not_comparable(self) -> u64 {
        self.replayed - self.fuel_equal - self.fuel_differs
    }
}

/// Says what a replay gave: by engines, then what differs and in which bytes.
pub fn show(tally: &Tally, output: &Output) {
    let (replayed, different) = (tally.replayed.to_string(), tally.different.len().to_string());
    output.say("cli-replayed", &[("replayed", &replayed), ("different", &different)]);
    if !tally.engines.is_empty() {
        let columns = ["recorded", "ran", "replayed", "different", "fuel"];
        let headers = columns.map(|column| output.words(&format!("cli-replay-column-{column}"), &[]));
        let mut table = terminal::table(&headers, 2);
        for ((recorded, ran), engines) in &tally.engines {
            table.add_row([
                Cell::new(recorded),
                Cell::new(ran),
                Cell::new(engines.replayed),
                Cell::new(engines.different),
                Cell::new(fuel_of(*engines, output)),
            ]);
        }
        output.line(table);
    }
    for replayed in &tally.different {
        output.line(format!("  {} {}", text_at(replayed, "/id"), text_at(replayed, "/function")));
        let input = |run: &str| text_at(replayed, &format!("/{run}/input")).to_owned();
        show_difference("cli-replay-input", &input("recorded"), &input("again"), output);
        show_difference(
            "cli-replay-outcome",
            &outcome_of(replayed, "recorded"),
            &outcome_of(replayed, "again"),
            output,
        );
    }
    for (id, function, why) in &tally.failed {
        output.say("cli-replay-failed", &[("id", id), ("function", function), ("why", why)]);
    }
}

/// The evaluation with everything that was compared.
fn show_one(replayed: &Value, output: &Output) {
    output.line(format!("{} {}", text_at(replayed, "/id"), text_at(replayed, "/function")));
    let headers = ["what", "recorded", "again"].map(|column| output.words(&format!("cli-replay-column-{column}"), &[]));
    let mut table = terminal::table(&headers, 3);
    let of = |pointer: &str| {
        let value = |run: &str| replayed.pointer(&format!("/{run}{pointer}")).cloned().unwrap_or_default();
        [value("recorded"), value("again")].map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let rows = [
        ("cli-replay-engine", of("/engine")),
        ("cli-replay-input", of("/input")),
        ("cli-replay-outcome", [outcome_of(replayed, "recorded"), outcome_of(replayed, "again")]),
        ("cli-replay-fuel", of("/fuel")),
        ("cli-replay-memory", of("/peak_memory_bytes")),
        ("cli-replay-time", of("/wall_micros")),
    ];
    for (what, [recorded, again]) in rows {
        table.add_row([output.words(what, &[]), recorded, again]);
    }
    output.line(table);
}

fn show_difference(what: &str, recorded: &str, again: &str, output: &Output) {
    if recorded != again {
        output.line(format!("      {}: {recorded} → {again}", output.words(what, &[])));
    }
}

/// What can be said of the fuel of evaluations that one engine recorded and one ran again.
fn fuel_of(engines: Engines, output: &Output) -> String {
    if engines.fuel_differs > 0 {
        output.words("cli-replay-fuel-differs", &[("count", &engines.fuel_differs.to_string())])
    } else if engines.fuel_not_comparable() > 0 {
        output.words("cli-replay-fuel-not-comparable", &[("count", &engines.fuel_not_comparable().to_string())])
    } else {
        output.words("cli-replay-fuel-equal", &[])
    }
}

/// The digest of what a run gave, or the code of its fault.
fn outcome_of(replayed: &Value, run: &str) -> String {
    let outcome = &replayed[run]["outcome"];
    let told = outcome["answered"].as_str().or_else(|| outcome["faulted"].as_str());
    told.unwrap_or_default().to_owned()
}

/// The contract's name of the function: the one name in `asked`.
fn function_of(evaluation: &Value) -> String {
    let asked = evaluation["asked"].as_object();
    asked.and_then(|asked| asked.keys().next()).cloned().unwrap_or_default()
}

fn text_at<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
