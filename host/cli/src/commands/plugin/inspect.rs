//! `huizong plugin inspect`: what a release says of itself. Of a rubric the point table, as a federation would print it.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::desk::{Desk, DeskOptions, text};
use super::page::PageOptions;
use super::release;
use super::table::{items, table};
use crate::output::Output;
use crate::terminal::text_of;

/// What `plugin inspect` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    #[command(flatten)]
    page: PageOptions,
    /// The release's digest, or the beginning of it.
    release: String,
}

/// Shows the release.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let digest = desk.release(&options.release, output).await?;
    let path = desk.path(&format!("/releases/{digest}"));
    let table = desk.client.get(&format!("{path}/point-table")).await?;
    if !output.is_json() {
        let release = desk.client.get(&path).await?;
        release::show(output, "cli-plugin-release", &release);
    }
    show_rubric(output, &table["rubric"]);
    show_report(output, &table["report"]);
    options.page.keep(&desk, &format!("{path}/point-table"), output).await?;
    output.json(&table);
    Ok(ExitCode::SUCCESS)
}

fn show_rubric(output: &Output, rubric: &Value) {
    if !rubric.is_object() {
        return;
    }
    output.line(text_of(output, &rubric["summary"]));
    output.say("cli-plugin-full-marks", &[("points", text(&rubric["full_marks"]))]);
    let mut table = table(output, &["number", "criterion", "kind", "points"], 3);
    for criterion in items(&rubric["criteria"]) {
        let kind = output.words(&format!("criterion-kind-{}", text(&criterion["kind"])), &[]);
        let label = text_of(output, &criterion["label"]).to_owned();
        table.add_row([text(&criterion["number"]).to_owned(), label, kind, ranges(&criterion["ranges"])]);
    }
    output.line(table);
    for rule in items(&rubric["caps"]).iter().chain(items(&rubric["vetoes"])) {
        let rule = format!("{} {}", text_of(output, &rule["label"]), bounds(rule));
        output.say("cli-plugin-rule", &[("rule", rule.trim_end())]);
    }
    let grades: Vec<String> = items(&rubric["grades"])
        .iter()
        .map(|grade| format!("{} ≥{}", text_of(output, &grade["label"]), text(&grade["at_least"])))
        .collect();
    output.say("cli-plugin-grades", &[("grades", &grades.join(" · "))]);
    let sections: Vec<&str> = items(&rubric["form"]["sections"])
        .iter()
        .map(|section| text_of(output, &section["label"]))
        .filter(|label| !label.is_empty())
        .collect();
    output.say(
        "cli-plugin-checks-and-form",
        &[("checks", &items(&rubric["checks"]).len().to_string()), ("sections", &sections.join(" · "))],
    );
}

fn show_report(output: &Output, report: &Value) {
    if !report.is_object() {
        return;
    }
    output.line(text_of(output, &report["summary"]));
    let composes =
        items(&report["composes"]).iter().map(|kind| output.words(&format!("document-kind-{}", text(kind)), &[]));
    output.say("cli-plugin-composes", &[("documents", &composes.collect::<Vec<_>>().join(" · "))]);
    for field in items(&report["fields"]) {
        let taking = output.words(&format!("taking-{}", text(&field["taking"])), &[]);
        output.line(format!("  {}  {taking}", text(&field["at"])));
    }
}

/// The points that a criterion may give now; what it gives from other days on stands in the page.
fn ranges(ranges: &Value) -> String {
    items(ranges).last().map_or_else(String::new, |range| {
        let (least, most) = (text(&range["least"]), text(&range["most"]));
        if least == most { most.to_owned() } else { format!("{least} … {most}") }
    })
}

/// What a cap bounds; what a veto does stands in its name.
fn bounds(rule: &Value) -> String {
    let bound = |sign: &str, name: &str| rule[name].as_str().map(|points| format!("{sign} {points}"));
    [bound("≥", "least"), bound("≤", "most")].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
