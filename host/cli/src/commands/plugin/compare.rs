//! `huizong plugin compare`: what changed from one release to another in what they say of themselves.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::desk::{Desk, DeskOptions, text};
use super::page::PageOptions;
use super::table::{items, table};
use crate::output::Output;
use crate::terminal::text_of;

/// What `plugin compare` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    #[command(flatten)]
    page: PageOptions,
    /// The earlier release's digest, or the beginning of it.
    before: String,
    /// The later release's digest, or the beginning of it.
    after: String,
}

/// Shows what changed.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let before = desk.release(&options.before, output).await?;
    let after = desk.release(&options.after, output).await?;
    let path = desk.path(&format!("/releases/{before}/comparison?with={after}"));
    let compared = desk.client.get(&path).await?;
    output.line(text_of(output, &compared["headline"]));
    let rubric = &compared["rubric"];
    if rubric.is_object() {
        show_criteria(output, &rubric["criteria"]);
        show_checks(output, &rubric["checks"]);
        show_fields(output, &rubric["form"]["fields"]);
    }
    options.page.keep(&desk, &path, output).await?;
    output.json(&compared);
    Ok(ExitCode::SUCCESS)
}

fn show_criteria(output: &Output, criteria: &Value) {
    let mut table = table(output, &["change", "criterion", "before", "after", "difference"], 2);
    for (change, key) in [("+", "added"), ("−", "removed")] {
        for criterion in items(&criteria[key]) {
            let label = format!("{} {}", text(&criterion["number"]), text_of(output, &criterion["label"]));
            let points = items(&criterion["ranges"]).last().map(weight).unwrap_or_default();
            let (before, after) = if key == "added" { (String::new(), points) } else { (points, String::new()) };
            table.add_row([change.to_owned(), label, before, after, String::new()]);
        }
    }
    for changed in items(&criteria["changed"]) {
        let after = &changed["after"];
        let label = format!("{} {}", text(&after["number"]), text_of(output, &after["label"]));
        let ranges = items(&changed["ranges"]);
        if ranges.is_empty() {
            table.add_row(["~".to_owned(), label, String::new(), String::new(), String::new()]);
            continue;
        }
        for range in ranges {
            let difference = text(&range["difference"]).to_owned();
            table.add_row([
                "~".to_owned(),
                label.clone(),
                weight(&range["before"]),
                weight(&range["after"]),
                difference,
            ]);
        }
    }
    shown_unless_empty(output, &table);
}

fn show_checks(output: &Output, checks: &Value) {
    let mut table = table(output, &["change", "check", "before", "after"], 4);
    let severity = |value: &Value| {
        value.as_str().map(|severity| output.words(&format!("severity-{severity}"), &[])).unwrap_or_default()
    };
    for (change, key) in [("+", "added"), ("−", "removed")] {
        for check in items(&checks[key]) {
            let now = items(&check["severities"]).last().map(|dated| severity(&dated["severity"])).unwrap_or_default();
            let (before, after) = if key == "added" { (String::new(), now) } else { (now, String::new()) };
            table.add_row([change.to_owned(), named(output, check, "code", "title"), before, after]);
        }
    }
    for changed in items(&checks["changed"]) {
        let name = named(output, &changed["after"], "code", "title");
        for stretch in items(&changed["severities"]) {
            table.add_row(["~".to_owned(), name.clone(), severity(&stretch["before"]), severity(&stretch["after"])]);
        }
        if items(&changed["severities"]).is_empty() {
            table.add_row(["~".to_owned(), name, String::new(), String::new()]);
        }
    }
    shown_unless_empty(output, &table);
}

fn show_fields(output: &Output, fields: &Value) {
    let mut table = table(output, &["change", "field"], 2);
    for (change, key) in [("+", "added"), ("−", "removed"), ("~", "changed")] {
        for field in items(&fields[key]) {
            // What was added or changed may tell more than the field itself.
            let own = ["field", "after"].iter().map(|part| &field[part]).find(|own| own.is_object()).unwrap_or(field);
            table.add_row([change.to_owned(), named(output, own, "at", "label")]);
        }
    }
    shown_unless_empty(output, &table);
}

/// A code or a place with its name.
fn named(output: &Output, item: &Value, code: &str, name: &str) -> String {
    format!("{}  {}", text(&item[code]), text_of(output, &item[name])).trim_end().to_owned()
}

/// What a criterion may give.
fn weight(range: &Value) -> String {
    let (least, most) = (text(&range["least"]), text(&range["most"]));
    if least == most { most.to_owned() } else { format!("{least} … {most}") }
}

fn shown_unless_empty(output: &Output, table: &comfy_table::Table) {
    if table.row_count() > 0 {
        output.line(table);
    }
}
