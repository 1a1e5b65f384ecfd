//! `huizong plugin health`: what a release has judged, how it failed, and what its calls cost on the host that answers.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::desk::{Desk, DeskOptions, short, text};
use super::table::{items, table};
use crate::output::Output;

/// What `plugin health` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    /// The release's digest, or the beginning of it.
    release: String,
}

/// Shows how the release fares.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let release = desk.release(&options.release, output).await?;
    let health = desk.client.get(&desk.path(&format!("/releases/{release}/health"))).await?;
    output.say("cli-health-judged", &[("release", &release.short()), ("judged", &health["judged"].to_string())]);
    show_faults(output, &health["faults"]);
    show_last(output, &health["last_fault"]);
    show_calls(output, &health["here"]);
    output.json(&health);
    Ok(ExitCode::SUCCESS)
}

fn show_faults(output: &Output, faults: &Value) {
    let mut table = table(output, &["function", "fault", "times", "last-at"], 2);
    for tally in items(faults) {
        let [function, kind, last] = ["function", "kind", "last_at"].map(|name| text(&tally[name]).to_owned());
        table.add_row([function, kind, tally["faults"].to_string(), last]);
    }
    if table.row_count() == 0 {
        output.say("cli-health-no-faults", &[]);
    } else {
        output.line(table);
    }
}

fn show_last(output: &Output, fault: &Value) {
    if !fault.is_object() {
        return;
    }
    output.say(
        "cli-health-last-fault",
        &[
            ("at", text(&fault["at"])),
            ("function", text(&fault["function"])),
            ("detail", text(&fault["detail"])),
            ("input", short(&fault["input"])),
            ("evaluation", text(&fault["evaluation"])),
        ],
    );
    for running in items(&fault["trace"]) {
        output.line(format!("    {}", text(running)));
    }
}

/// Calls by function: how many, how many of them failed, and what one costs.
fn show_calls(output: &Output, here: &Value) {
    if !here.is_object() {
        output.say("cli-health-not-called", &[]);
        return;
    }
    output.say("cli-health-counted", &[("since", text(&here["since"])), ("engine", text(&here["engine"]))]);
    let columns = ["function", "times", "refused", "failed", "fuel-mean", "wall-p50", "wall-p99", "memory-most"];
    let mut table = table(output, &columns, 1);
    for function in items(&here["functions"]) {
        let outcome = |name: &str| function["outcomes"][name].as_u64().unwrap_or(0);
        let outcomes = function["outcomes"].as_object();
        let all: u64 = outcomes.into_iter().flatten().filter_map(|(_, times)| times.as_u64()).sum();
        let (given, refused) = (outcome("given"), outcome("refused"));
        let (fuel, wall, memory) = (&function["fuel"], &function["wall_micros"], &function["memory_bytes"]);
        table.add_row([
            text(&function["function"]).to_owned(),
            all.to_string(),
            refused.to_string(),
            (all - given - refused).to_string(),
            fuel["sum"].as_u64().unwrap_or(0).checked_div(counted(fuel)).unwrap_or(0).to_string(),
            at_most(wall, 50),
            at_most(wall, 99),
            at_most(memory, 100),
        ]);
    }
    output.line(table);
}

/// How many figures a histogram counts.
fn counted(histogram: &Value) -> u64 {
    items(&histogram["counts"]).iter().filter_map(Value::as_u64).sum()
}

/// The bound that so many in a hundred do not exceed: a histogram knows no more.
fn at_most(histogram: &Value, hundredths: u64) -> String {
    let all = counted(histogram);
    if all == 0 {
        return String::new();
    }
    let (bounds, wanted) = (items(&histogram["at_most"]), (all * hundredths).div_ceil(100));
    let mut so_far = 0;
    for (place, count) in items(&histogram["counts"]).iter().enumerate() {
        so_far += count.as_u64().unwrap_or(0);
        if so_far >= wanted {
            let above = || format!("> {}", bounds.last().map(ToString::to_string).unwrap_or_default());
            return bounds.get(place).map_or_else(above, |bound| format!("≤ {bound}"));
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_histogram_tells_the_bound_that_most_figures_do_not_exceed() {
        let histogram = json!({ "at_most": [10, 100, 1000], "counts": [98, 1, 0, 1], "sum": 5000 });
        assert_eq!(at_most(&histogram, 50), "≤ 10");
        assert_eq!(at_most(&histogram, 99), "≤ 100");
        assert_eq!(at_most(&histogram, 100), "> 1000");
        assert_eq!(at_most(&json!({ "at_most": [10], "counts": [0, 0] }), 50), "");
    }
}
