//! What people see in the terminal: findings, receipts, explained scorecards, rankings.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};
use domain::explanation::{CohortLine, ExplainedCriterion, ExplainedScorecard};
use domain::scorecard::Entry;
use domain::submission::Receipt;
use serde_json::Value;

use crate::output::Output;

/// An empty table with these headers; columns from `first_number` on are numbers and stand to the right.
pub fn table(headers: &[String], first_number: usize) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(headers);
    for column in table.column_iter_mut().skip(first_number) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// The text of a bilingual value in the output's language.
pub fn text_of<'v>(output: &Output, text: &'v Value) -> &'v str {
    let english = text["en"].as_str().filter(|text| !text.is_empty());
    let chinese = text["zh"].as_str().unwrap_or_default();
    match output.language() {
        domain::text::Language::Chinese => chinese,
        domain::text::Language::English => english.unwrap_or(chinese),
    }
}

/// Shows findings: severity, check, place, message, and the explanation where there is one.
pub fn show_findings(output: &Output, findings: &Value) {
    for finding in findings.as_array().into_iter().flatten() {
        let severity = finding["severity"].as_str().unwrap_or_default();
        let name = output.words(&format!("cli-severity-{severity}"), &[]);
        let check = finding["check"].as_str().unwrap_or_default();
        let place = finding["at"][0].as_str().unwrap_or_default();
        output.line(format!("  {name} {check}  {place}"));
        output.line(format!("      {}", text_of(output, &finding["message"])));
        if let Some(explanation) = finding["explanation"].as_str() {
            output.line(format!("      {}", output.words("cli-explained", &[("text", explanation)])));
        }
        if let Some(reason) = finding["ruled"]["reason"].as_str() {
            let key = if finding["ruled"]["waived"] == true { "cli-waived" } else { "cli-weighed" };
            let by = finding["ruled"]["by"].as_str().unwrap_or_default();
            output.line(format!("      {}", output.words(key, &[("by", by), ("reason", reason)])));
        }
    }
}

/// Shows a receipt.
pub fn show_receipt(output: &Output, receipt: &Value) {
    let Ok(receipt) = serde_json::from_value::<Receipt>(receipt.clone()) else { return };
    let standing = match receipt.body.standing {
        domain::submission::Standing::Accepted => "cli-accepted",
        domain::submission::Standing::Blocked => "cli-blocked",
    };
    let standing = output.words(standing, &[]);
    output.say(
        "cli-receipt",
        &[
            ("number", &receipt.body.number),
            ("standing", &standing),
            ("at", &receipt.body.received_at.to_string()),
            ("answers", &receipt.body.answers.short()),
            ("rubric", &receipt.body.rubric.short()),
        ],
    );
}

/// Shows an explained scorecard as a tree: criteria with points, below each the entries that made them, with the numbers compared and
/// the places that they came from.
pub fn show_scorecard(output: &Output, card: &ExplainedScorecard) {
    let language = output.language();
    let grade = card.grade.as_ref().map(|grade| grade.in_language(language)).unwrap_or_default();
    let (total, full) = (card.total.to_string(), card.full_marks.to_string());
    let title = card.rubric_title.in_language(language);
    output.say("cli-scorecard", &[("title", title), ("total", &total), ("full", &full), ("grade", grade)]);
    for criterion in &card.criteria {
        show_criterion(output, criterion, 1);
    }
    for explained in &card.steps {
        let (points, label) = (signed(&explained.step.points.to_string()), explained.label.in_language(language));
        output.line(format!("  ▸ {label} {points}  {}", explained.step.reason));
    }
}

fn show_criterion(output: &Output, criterion: &ExplainedCriterion, depth: usize) {
    let indent = "  ".repeat(depth);
    let most = criterion.range.map(|range| format!(" / {}", range.most)).unwrap_or_default();
    let label = criterion.label.in_language(output.language());
    output.line(format!("{indent}{label}  {}{most}", criterion.points));
    for entry in &criterion.entries {
        show_entry(output, entry, depth + 1);
    }
    if let Some(cohort) = &criterion.cohort {
        show_cohort_line(output, cohort, depth + 1);
    }
    for child in &criterion.children {
        show_criterion(output, child, depth + 1);
    }
}

fn show_entry(output: &Output, entry: &Entry, depth: usize) {
    let indent = "  ".repeat(depth);
    // The empty pointer means the whole: there is no place to look at.
    let places: Vec<&str> = entry.sources.iter().map(String::as_str).filter(|source| !source.is_empty()).collect();
    let sources = if places.is_empty() { String::new() } else { format!("  ← {}", places.join(" ")) };
    output.line(format!("{indent}· {} {}{sources}", signed(&entry.points.to_string()), entry.reason));
    for comparison in &entry.comparisons {
        let (left, sign, right) = (&comparison.left, comparison.relation.sign(), &comparison.right);
        let mark = if comparison.holds { "✓" } else { "✗" };
        output.line(format!("{indent}    {mark} {}: {left} {sign} {right}", comparison.what));
    }
}

fn show_cohort_line(output: &Output, line: &CohortLine, depth: usize) {
    let indent = "  ".repeat(depth);
    let own = line.own.map(|own| format!("  ({own}{})", line.unit)).unwrap_or_default();
    output.line(format!("{indent}· {} {}{own}", signed(&line.points.to_string()), line.reason));
}

/// A number of points with its sign, so that gains and losses line up.
fn signed(points: &str) -> String {
    if points.starts_with('-') { points.to_owned() } else { format!("+{points}") }
}
