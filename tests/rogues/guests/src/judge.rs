//! The unit pass, as it should be.

use crate::types::{
    Decimal, Entry, EntryKind, Finding, Line, Measured, PointAdjustment, Refusal, Scorecard, Step, StepKind, Submission,
};
use crate::{Answers, text};

/// The most that the premises give together.
const PREMISES_MOST: i64 = 70_000;

/// What is wrong in a submission.
///
/// # Errors
/// Never.
pub fn check(submission: &Submission) -> Result<Vec<Finding>, Refusal> {
    let answers = Answers::read(&submission.answers);
    let mut findings = Vec::new();
    if answers.drills == 0 {
        findings.push(finding("no-drill", "/drills"));
    }
    if answers.extinguishers < 0 {
        findings.push(finding("negative", "/extinguishers"));
    }
    Ok(findings)
}

/// What a submission earns.
///
/// # Errors
/// A building without rooms is not judged.
pub fn score(submission: &Submission) -> Result<Scorecard, Refusal> {
    score_adjusted(submission, &[])
}

/// What a submission earns once reviewers have added points to its lines or taken some, within what each line may have.
///
/// # Errors
/// A building without rooms is not judged.
pub fn score_adjusted(submission: &Submission, adjustments: &[PointAdjustment]) -> Result<Scorecard, Refusal> {
    let answers = Answers::read(&submission.answers);
    if answers.rooms < 1 {
        return Err(Refusal {
            code: "no-rooms".to_owned(),
            message: text("没有房间"),
            pointer: Some("/rooms".to_owned()),
        });
    }
    let missing = (answers.rooms - answers.extinguishers).clamp(0, 40) * 1_000;
    let mut lines = vec![
        line(
            "extinguishers",
            vec![entry(EntryKind::Base, 40_000, "/rooms"), entry(EntryKind::Deduct, -missing, "/extinguishers")],
        ),
        line("exits", vec![entry(EntryKind::Add, if answers.locked_exit { 0 } else { 40_000 }, "/locked_exit")]),
        line("response", vec![Entry { sources: Vec::new(), ..entry(EntryKind::Pending, 0, "") }]),
        line("volunteers", vec![entry(EntryKind::Add, answers.volunteers.clamp(0, 5) * 1_000, "/volunteers")]),
    ];
    for line in &mut lines {
        adjust(line, adjustments);
    }
    let mut total: i64 = lines.iter().map(|line| line.points).sum();
    let mut steps = Vec::new();
    let premises = lines[0].points + lines[1].points;
    if premises > PREMISES_MOST {
        steps.push(step(StepKind::Cap, "premises-most", PREMISES_MOST - premises));
        total += PREMISES_MOST - premises;
    }
    if answers.locked_exit {
        steps.push(step(StepKind::Veto, "locked-exit", -total));
        total = 0;
    }
    if answers.drills == 0 {
        steps.push(step(StepKind::Downgrade, "no-drill", 0));
    }
    let minutes = answers.minutes.map(|digits| Decimal { digits, scale: 1 });
    Ok(Scorecard { lines, steps, total, measures: vec![Measured { measure: "minutes".to_owned(), value: minutes }] })
}

fn adjust(line: &mut Line, adjustments: &[PointAdjustment]) {
    let most = match line.criterion.as_str() {
        "extinguishers" | "exits" => 40_000,
        "volunteers" => 5_000,
        _ => return,
    };
    for adjustment in adjustments.iter().filter(|adjustment| adjustment.criterion == line.criterion) {
        let kind = EntryKind::Adjusted;
        let reason = adjustment.reason.clone();
        line.entries.push(Entry { reason, sources: Vec::new(), ..entry(kind, adjustment.points, "") });
        line.points += adjustment.points;
    }
    let limited = line.points.clamp(0, most);
    if limited != line.points {
        line.entries.push(Entry { sources: Vec::new(), ..entry(EntryKind::Limit, limited - line.points, "") });
        line.points = limited;
    }
}

fn finding(check: &str, at: &str) -> Finding {
    Finding { check: check.to_owned(), message: text(check), at: vec![at.to_owned()], comparisons: Vec::new() }
}

fn line(criterion: &str, entries: Vec<Entry>) -> Line {
    Line { criterion: criterion.to_owned(), points: entries.iter().map(|entry| entry.points).sum(), entries }
}

fn entry(kind: EntryKind, points: i64, source: &str) -> Entry {
    Entry { kind, points, reason: "按细则".to_owned(), comparisons: Vec::new(), sources: vec![source.to_owned()] }
}

fn step(kind: StepKind, rule: &str, points: i64) -> Step {
    Step {
        kind,
        rule: rule.to_owned(),
        points,
        grade: None,
        reason: "按细则".to_owned(),
        comparisons: Vec::new(),
        sources: Vec::new(),
    }
}
