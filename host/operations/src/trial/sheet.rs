//! A trial as a table for spreadsheets: one line a member, one column for every part of the score that moves.
//!
//! The columns of the parts add up to the difference of the totals, in every line, exactly.

use domain::rubric::Grade;
use domain::text::Language;
use domain::trial::Tried;
use domain::trial::blocks::ChangedBlock;
use domain::trial::difference::PartKind;
use domain::trial::member::{Outcome, TriedMember};
use domain::trial::report::ReportTrial;
use domain::trial::rubric::{Moved, RubricTrial};

use crate::page::Page;
use crate::sheet_text::{MARK, guarded, line};

/// The table as CSV (RFC 4180) in UTF-8 with a mark.
pub(super) fn csv(found: &Tried, language: Language) -> Vec<u8> {
    let page = Page::new(language);
    let mut text = MARK.to_owned();
    match found {
        Tried::Rubric(found) => of_rubric(&mut text, &page, found),
        Tried::Report(found) => of_report(&mut text, &page, found),
    }
    text.into_bytes()
}

fn of_rubric(text: &mut String, page: &Page, found: &RubricTrial) {
    let fixed = [
        "sheet-unit",
        "sheet-name",
        "sheet-cohort",
        "sheet-revision",
        "trial-total-before",
        "trial-total-after",
        "comparison-difference",
        "sheet-grade-before",
        "sheet-grade-after",
        "sheet-rank-before",
        "sheet-rank-after",
        "sheet-not-scored-before",
        "sheet-not-scored-after",
        "sheet-findings-appear",
        "sheet-findings-vanish",
        "sheet-would-be-blocked",
    ];
    let parts = found.moved.iter().map(|part| header(page, part));
    line(text, fixed.iter().map(|key| page.word(key)).chain(parts));
    for member in &found.members {
        line(text, cells(page, found, member));
    }
}

fn header(page: &Page, part: &Moved) -> String {
    match (page.told(&part.label), part.kind) {
        (_, PartKind::Rounding) => page.word("trial-part-rounding"),
        ("", _) => part.id.clone(),
        (label, _) => page.say("page-with-remark", &[("words", label), ("remark", &part.id)]),
    }
}

fn cells(page: &Page, found: &RubricTrial, member: &TriedMember) -> Vec<String> {
    let grade = |outcome: &Outcome, grades: &[Grade]| {
        let id = outcome.ranked().map(|ranked| ranked.grade.as_str());
        let grade = grades.iter().find(|grade| Some(grade.id.as_str()) == id);
        grade.map(|grade| page.told(&grade.label).to_owned()).or_else(|| id.map(str::to_owned)).unwrap_or_default()
    };
    let total = |outcome: &Outcome| outcome.ranked().map(|ranked| ranked.total.to_string()).unwrap_or_default();
    let rank = |outcome: &Outcome| outcome.ranked().map(|ranked| ranked.rank.to_string()).unwrap_or_default();
    let not_scored =
        |outcome: &Outcome| outcome.not_scored().map(|not| page.told(&not.message).to_owned()).unwrap_or_default();
    let findings = |appears: bool| {
        let counted = member.findings.iter().filter(|finding| match appears {
            true => finding.before.is_none(),
            false => finding.after.is_none(),
        });
        counted.count().to_string()
    };
    let mut cells = vec![
        guarded(member.unit.as_str()),
        guarded(&member.name),
        guarded(&member.cohort),
        member.revision.to_string(),
        total(&member.before),
        total(&member.after),
        member.difference.map(|by| by.to_string()).unwrap_or_default(),
        guarded(&grade(&member.before, &found.before.grades)),
        guarded(&grade(&member.after, &found.after.grades)),
        rank(&member.before),
        rank(&member.after),
        guarded(&not_scored(&member.before)),
        guarded(&not_scored(&member.after)),
        findings(true),
        findings(false),
        page.yes(member.would_be_blocked),
    ];
    cells.extend(found.moved.iter().map(|part| {
        let own = member.differences.iter().find(|own| own.kind == part.kind && own.id == part.id);
        own.map(|own| own.difference.to_string()).unwrap_or_default()
    }));
    cells
}

fn of_report(text: &mut String, page: &Page, found: &ReportTrial) {
    let heads =
        ["sheet-block-kind", "sheet-place-before", "sheet-place-after", "comparison-before", "comparison-after"];
    line(text, heads.iter().map(|key| page.word(key)));
    for ChangedBlock { kind, before, after, cells: _ } in &found.changes {
        let kind = serde_json::to_value(kind).ok().and_then(|kind| kind.as_str().map(str::to_owned));
        let place = |at: &Option<domain::trial::blocks::BlockAt>| {
            at.as_ref().map(|at| at.index.saturating_add(1).to_string()).unwrap_or_default()
        };
        let excerpt = |at: &Option<domain::trial::blocks::BlockAt>| {
            at.as_ref().map(|at| guarded(&at.excerpt)).unwrap_or_default()
        };
        line(text, [kind.unwrap_or_default(), place(before), place(after), excerpt(before), excerpt(after)]);
    }
}
