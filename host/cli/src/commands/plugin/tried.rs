//! What a trial found, in the terminal: how much changes, what moves it, who crosses a grade, what it costs. Everybody stands in the page.

use comfy_table::Table;
use domain::text::Text;
use domain::trial::cost::Cost;
use domain::trial::difference::PartKind;
use domain::trial::member::{Outcome, TriedMember};
use domain::trial::report::ReportTrial;
use domain::trial::rubric::RubricTrial;
use domain::trial::{Trial, Tried};

use crate::output::Output;
use crate::terminal;

/// How many lines of a list the terminal shows.
const SHOWN: usize = 10;
/// How many parts of a member's difference it shows; all of them stand in the page.
const PARTS_SHOWN: usize = 3;

/// Shows a trial.
pub(super) fn show(output: &Output, trial: &Trial, found: &Tried) {
    output.say(
        "cli-trial",
        &[
            ("trial", &trial.id.to_string()),
            ("round", trial.round.as_str()),
            ("baseline", &trial.baseline.short()),
            ("candidate", &trial.candidate.short()),
        ],
    );
    match found {
        Tried::Rubric(found) => show_rubric(output, trial, found),
        Tried::Report(found) => show_report(output, trial, found),
    }
    output.say("trial-touches-nothing", &[]);
}

fn show_rubric(output: &Output, trial: &Trial, found: &RubricTrial) {
    let (members, changed) = (trial.members.to_string(), trial.changed.to_string());
    output.say("trial-headline", &[("members", &members), ("changed", &changed)]);
    let spread = &found.distribution;
    output.say(
        "trial-distribution-told",
        &[
            ("rise", &spread.rise.to_string()),
            ("fall", &spread.fall.to_string()),
            ("stay", &spread.stay.to_string()),
            ("mean", &spread.mean.to_string()),
            ("median", &spread.median.to_string()),
            ("least", &spread.least.to_string()),
            ("most", &spread.most.to_string()),
        ],
    );
    let (up, down) = (found.upgraded.to_string(), found.downgraded.to_string());
    output.say("trial-grades-told", &[("up", &up), ("down", &down)]);
    if trial.not_scored > 0 {
        output.say("trial-lost", &[("count", &trial.not_scored.to_string())]);
    }
    if found.would_be_blocked > 0 {
        output.say("trial-would-be-blocked", &[("count", &found.would_be_blocked.to_string())]);
    }
    show_moved(output, found);
    show_crossing(output, found);
    show_checks(output, found);
    show_cost(output, &found.before.cost, &found.after.cost);
}

/// The parts of the score that move most.
fn show_moved(output: &Output, found: &RubricTrial) {
    let mut table = table(output, &["trial-part", "trial-part-kind", "trial-concerned", "trial-sum"], 2);
    for moved in found.moved.iter().take(SHOWN) {
        let label = named(output, moved.kind, &moved.label, &moved.id);
        table.add_row([label, part_kind(output, moved.kind), moved.members.to_string(), moved.sum.to_string()]);
    }
    show_table(output, "trial-what-moves", &table);
}

/// Whoever crosses a grade, with the parts that weigh most in it.
fn show_crossing(output: &Output, found: &RubricTrial) {
    let keys = ["trial-member", "trial-before", "trial-after", "cli-column-difference", "trial-why"];
    let mut table = table(output, &keys, 5);
    let mut crossing: Vec<&TriedMember> = found.members.iter().filter(|member| member.grade_move.is_some()).collect();
    crossing.sort_by_key(|member| {
        std::cmp::Reverse(member.difference.map_or(0, |points| points.thousandths().unsigned_abs()))
    });
    for member in crossing.iter().take(SHOWN) {
        let grade = |outcome: &Outcome, grades: &[domain::rubric::Grade]| match outcome.ranked() {
            None => output.words("trial-no-score", &[]),
            Some(ranked) => {
                let grade = grades.iter().find(|grade| grade.id == ranked.grade);
                let label = grade.map_or(ranked.grade.as_str(), |grade| grade.label.in_language(output.language()));
                format!("{} {label} #{}", ranked.total, ranked.rank)
            }
        };
        let parts = member.differences.iter().take(PARTS_SHOWN).map(|part| {
            let moved = found.moved.iter().find(|moved| moved.kind == part.kind && moved.id == part.id);
            let label = moved.map(|moved| named(output, part.kind, &moved.label, &part.id)).unwrap_or_default();
            format!("{label} {}", part.difference)
        });
        let rest = if member.differences.len() > PARTS_SHOWN { " …" } else { "" };
        let why = format!("{}{rest}", parts.collect::<Vec<_>>().join(" · "));
        table.add_row([
            member.name.clone(),
            grade(&member.before, &found.before.grades),
            grade(&member.after, &found.after.grades),
            member.difference.map(|points| points.to_string()).unwrap_or_default(),
            why,
        ]);
    }
    show_table(output, "trial-who-crosses", &table);
    if crossing.len() > SHOWN {
        output.say("cli-more", &[("count", &(crossing.len() - SHOWN).to_string())]);
    }
}

fn show_checks(output: &Output, found: &RubricTrial) {
    let mut table = table(output, &["cli-column-check", "trial-appears", "trial-vanishes", "trial-reweighed"], 1);
    for check in found.checks.iter().take(SHOWN) {
        let name = format!("{}  {}", check.check, check.title.in_language(output.language()));
        let [appears, vanishes, reweighed] =
            [check.appears, check.vanishes, check.reweighed].map(|members| members.to_string());
        table.add_row([name, appears, vanishes, reweighed]);
    }
    show_table(output, "trial-findings", &table);
}

fn show_report(output: &Output, trial: &Trial, found: &ReportTrial) {
    let failed = [(&found.before, "trial-report-failed-before"), (&found.after, "trial-report-fails")];
    for (side, key) in failed {
        if let Some(failure) = &side.failure {
            output.say(key, &[("why", failure.message.in_language(output.language()))]);
        }
    }
    if found.before.document == found.after.document && found.after.document.is_some() {
        output.say("trial-report-same", &[]);
    } else {
        let (members, changed) = (trial.members.to_string(), trial.changed.to_string());
        output.say("trial-report-headline", &[("members", &members), ("changed", &changed)]);
    }
    show_cost(output, &found.before.cost, &found.after.cost);
}

/// What both releases cost to run.
fn show_cost(output: &Output, before: &Cost, after: &Cost) {
    let mut table = table(output, &["trial-cost", "trial-before", "trial-after"], 1);
    let micros = |micros: u64| format!("{}.{:03}", micros / 1000, micros % 1000);
    let mib = |bytes: u64| format!("{}.{}", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20);
    let rows = [
        ("trial-cost-fuel", [before, after].map(|cost| cost.fuel_median.to_string())),
        ("trial-cost-p50", [before, after].map(|cost| micros(cost.wall_p50_micros))),
        ("trial-cost-p99", [before, after].map(|cost| micros(cost.wall_p99_micros))),
        ("trial-cost-memory", [before, after].map(|cost| mib(cost.peak_memory_bytes))),
    ];
    for (key, [before, after]) in rows {
        table.add_row([output.words(key, &[]), before, after]);
    }
    output.line(table);
}

fn named(output: &Output, kind: PartKind, label: &Text, id: &str) -> String {
    let label = label.in_language(output.language());
    match (label, id) {
        ("", "") => part_kind(output, kind),
        ("", id) => id.to_owned(),
        (label, _) => label.to_owned(),
    }
}

fn part_kind(output: &Output, kind: PartKind) -> String {
    let key = match kind {
        PartKind::Criterion => "trial-part-criterion",
        PartKind::CohortCriterion => "trial-part-cohort-criterion",
        PartKind::Cap => "trial-part-cap",
        PartKind::Floor => "trial-part-floor",
        PartKind::Veto => "trial-part-veto",
        PartKind::Downgrade => "trial-part-downgrade",
        PartKind::Rounding => "trial-part-rounding",
    };
    output.words(key, &[])
}

fn table(output: &Output, headers: &[&str], first_number: usize) -> Table {
    let headers: Vec<String> = headers.iter().map(|key| output.words(key, &[])).collect();
    terminal::table(&headers, first_number)
}

fn show_table(output: &Output, heading: &str, table: &Table) {
    if table.row_count() > 0 {
        output.say(heading, &[]);
        output.line(table);
    }
}
