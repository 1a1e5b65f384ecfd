//! What a trial of a rubric found: the headline, the two drawings, what moves and for whom.

use domain::document::{Chart, ChartKind, Numbers, Series};
use domain::points::Points;
use domain::trial::difference::PartKind;
use domain::trial::rubric::{Moved, Presence, RubricTrial, TriedRubric, grade_in};

use super::super::TrialView;
use super::{cost, members};
use crate::page::{Cell, Page, Sheet, signed};

/// Parts of the score that the page names; the others are in the data.
const MOVED_TOLD_MAX: usize = 15;

pub(super) fn rubric(page: &mut Page, view: &TrialView, found: &RubricTrial) {
    page.strong_paragraph(&headline(page, view, found));
    remarks(page, found);
    distribution(page, found);
    grades(page, found);
    moved(page, found);
    members::regraded(page, found);
    members::moved_most(page, found);
    members::not_scored(page, found);
    checks(page, found);
    sides(page, view, found);
    cost::cost(page, &found.before.cost, &found.after.cost);
}

fn headline(page: &Page, view: &TrialView, found: &RubricTrial) -> String {
    let trial = &view.trial;
    let members = trial.members.to_string();
    if trial.changed == 0 && trial.regraded == 0 && trial.not_scored == 0 {
        return page.say("trial-nothing-changes", &[("members", &members)]);
    }
    let changes = page.say("trial-headline", &[("members", &members), ("changed", &trial.changed.to_string())]);
    let moves = [
        ("trial-count-up", found.upgraded),
        ("trial-count-down", found.downgraded),
        ("trial-count-sideways", found.regraded_sideways),
    ];
    let moves = moves.into_iter().filter(|(_, count)| *count > 0);
    let moves = page.listed(moves.map(|(key, count)| page.say(key, &[("count", &count.to_string())])));
    let regraded = if trial.regraded == 0 {
        page.word("trial-no-grade-changes")
    } else {
        page.say("trial-regraded", &[("regraded", &trial.regraded.to_string()), ("moves", &moves)])
    };
    let lost = if trial.not_scored == 0 {
        String::new()
    } else {
        page.say("trial-lost", &[("count", &trial.not_scored.to_string())])
    };
    page.sentences([changes, regraded, lost])
}

/// What a reader must not overlook.
fn remarks(page: &mut Page, found: &RubricTrial) {
    let of = |key: &str, count: u32| {
        if count == 0 { String::new() } else { page.say(key, &[("count", &count.to_string())]) }
    };
    let lacking: u32 = found.before.not_scored.iter().map(|not| not.members).sum();
    let told = page.sentences([
        of("trial-would-be-blocked", found.would_be_blocked),
        of("trial-drifted", found.drifted),
        of("trial-lacking", lacking),
    ]);
    page.paragraph(&told);
}

fn distribution(page: &mut Page, found: &RubricTrial) {
    let all = &found.distribution;
    if all.bins.is_empty() || (all.rise == 0 && all.fall == 0) {
        return;
    }
    let categories = all.bins.iter().map(|bin| {
        if bin.from == bin.to {
            page.word("trial-no-difference")
        } else {
            page.say("trial-span", &[("from", &signed(bin.from)), ("to", &signed(bin.to))])
        }
    });
    let counts = [
        ("rise", all.rise.to_string()),
        ("fall", all.fall.to_string()),
        ("stay", all.stay.to_string()),
        ("mean", signed(all.mean)),
        ("median", signed(all.median)),
        ("least", signed(all.least)),
        ("most", signed(all.most)),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let chart = Chart {
        kind: ChartKind::Column,
        caption: page.word("trial-distribution"),
        sentence: page.say("trial-distribution-told", &counts),
        unit: page.word("trial-members-unit"),
        categories: categories.collect(),
        series: vec![members_series(&page.word("trial-members"), all.bins.iter().map(|bin| bin.members))],
    };
    page.heading(1, &page.word("trial-how-much"));
    page.chart(chart);
}

fn members_series(name: &str, members: impl Iterator<Item = u32>) -> Series {
    Series { name: name.to_owned(), values: Numbers { scale: 0, values: members.map(i64::from).collect() } }
}

/// How many members have which grade, before and after; and where anybody moves, from which to which.
fn grades(page: &mut Page, found: &RubricTrial) {
    // The candidate's grades in its order, then those that it does not have any more.
    let (old, new) = (&found.before.grades, &found.after.grades);
    let gone: Vec<usize> = (0..old.len()).filter(|grade| grade_in(new, &old[*grade]).is_none()).collect();
    let mut before = vec![0_u32; new.len() + gone.len() + 1];
    let mut after = before.clone();
    let none = before.len() - 1;
    for (row, counts) in found.grades.iter().enumerate() {
        let place = match old.get(row) {
            None => none,
            Some(grade) => grade_in(new, grade)
                .or_else(|| gone.iter().position(|gone| *gone == row).map(|place| new.len() + place))
                .unwrap_or(none),
        };
        before[place] += counts.iter().sum::<u32>();
        for (column, count) in counts.iter().enumerate() {
            after[if column < new.len() { column } else { none }] += count;
        }
    }
    let moves_out = before[none] != after[none];
    let named = new.iter().chain(gone.iter().map(|grade| &old[*grade]));
    let mut categories: Vec<String> = named.map(|grade| page.told(&grade.label).to_owned()).collect();
    if before[none] + after[none] == 0 {
        before.pop();
        after.pop();
    } else {
        categories.push(page.word("trial-no-score"));
    }
    let counts = [found.upgraded, found.downgraded].map(|count| count.to_string());
    let chart = Chart {
        kind: ChartKind::Column,
        caption: page.word("trial-grades"),
        sentence: page.say("trial-grades-told", &[("up", &counts[0]), ("down", &counts[1])]),
        unit: page.word("trial-members-unit"),
        categories,
        series: vec![
            members_series(&page.word("trial-before"), before.into_iter()),
            members_series(&page.word("trial-after"), after.into_iter()),
        ],
    };
    page.chart(chart);
    if found.upgraded + found.downgraded + found.regraded_sideways > 0 || moves_out {
        flows(page, found);
    }
}

fn flows(page: &mut Page, found: &RubricTrial) {
    let names = |side: &TriedRubric| -> Vec<String> {
        let labels = side.grades.iter().map(|grade| page.told(&grade.label).to_owned());
        labels.chain([page.word("trial-no-score")]).collect()
    };
    let (rows, columns) = (names(&found.before), names(&found.after));
    let mut sheet = Sheet::new(&page.word("trial-flows")).words(&page.word("trial-from-to"));
    for column in &columns {
        sheet = sheet.points(column);
    }
    for (name, counts) in rows.iter().zip(&found.grades) {
        let count = |count: &u32| match count {
            0 => Cell::Points(None),
            count => Cell::count(usize::try_from(*count).unwrap_or(usize::MAX)),
        };
        sheet.row(std::iter::once(Cell::from(name.as_str())).chain(counts.iter().map(count)));
    }
    page.table(sheet);
}

/// The parts of the score that move, the one that moves most first.
fn moved(page: &mut Page, found: &RubricTrial) {
    if found.moved.is_empty() {
        return;
    }
    page.heading(1, &page.word("trial-what-moves"));
    let more = found.moved.len().saturating_sub(MOVED_TOLD_MAX);
    let note = if more == 0 { String::new() } else { page.say("trial-more-parts", &[("count", &more.to_string())]) };
    let mut sheet = Sheet::new("")
        .words(&page.word("trial-part"))
        .words(&page.word("trial-part-kind"))
        .points(&page.word("trial-concerned"))
        .words(&page.word("trial-mean"))
        .words(&page.word("trial-sum"))
        .noted(&note);
    for part in found.moved.iter().take(MOVED_TOLD_MAX) {
        let mean = part.sum.thousandths() / i64::from(part.members.max(1));
        sheet.row([
            Cell::from(part_label(page, part)),
            Cell::from(presence(page, part)),
            Cell::count(usize::try_from(part.members).unwrap_or(usize::MAX)),
            Cell::from(signed(Points::from_thousandths(mean))),
            Cell::from(signed(part.sum)),
        ]);
    }
    page.table(sheet);
}

/// The name of a part; what has none is rounding, or is called by its identifier.
pub(super) fn part_label(page: &Page, part: &Moved) -> String {
    match (page.told(&part.label), part.kind) {
        ("", PartKind::Rounding) => page.word("trial-part-rounding"),
        ("", _) => part.id.clone(),
        (label, _) => label.to_owned(),
    }
}

fn presence(page: &Page, part: &Moved) -> String {
    let kind = page.word(match part.kind {
        PartKind::Criterion => "trial-part-criterion",
        PartKind::CohortCriterion => "trial-part-cohort-criterion",
        PartKind::Cap => "trial-part-cap",
        PartKind::Floor => "trial-part-floor",
        PartKind::Veto => "trial-part-veto",
        PartKind::Downgrade => "trial-part-downgrade",
        PartKind::Rounding => "trial-part-rounding",
    });
    let remark = match part.presence {
        Presence::Both => return kind,
        Presence::Before => page.word("comparison-removed"),
        Presence::After => page.word("comparison-added"),
    };
    page.say("page-with-remark", &[("words", &kind), ("remark", &remark)])
}

/// The checks whose findings change.
fn checks(page: &mut Page, found: &RubricTrial) {
    if found.checks.is_empty() {
        return;
    }
    page.heading(1, &page.word("trial-findings"));
    let mut sheet = Sheet::new("")
        .words(&page.word("check-title"))
        .points(&page.word("trial-appears"))
        .points(&page.word("trial-vanishes"))
        .points(&page.word("trial-reweighed"))
        .noted(&page.word("trial-findings-note"));
    for check in &found.checks {
        let title = match page.told(&check.title) {
            "" => check.check.clone(),
            title => title.to_owned(),
        };
        let counts = [check.appears, check.vanishes, check.reweighed];
        let counts = counts.map(|count| Cell::count(usize::try_from(count).unwrap_or(usize::MAX)));
        sheet.row(std::iter::once(Cell::from(title)).chain(counts));
    }
    page.table(sheet);
}

/// Both rubrics beside each other, and the cohorts under either.
fn sides(page: &mut Page, view: &TrialView, found: &RubricTrial) {
    page.heading(1, &page.word("trial-sides"));
    let mut sheet = Sheet::new("")
        .words(&page.word("page-item"))
        .words(&page.word("trial-before"))
        .words(&page.word("trial-after"));
    let mut row = |key: &str, before: String, after: String| sheet.row([page.word(key), before, after].map(Cell::from));
    let (before, after) = (&found.before, &found.after);
    row("comparison-name", page.told(&before.title).to_owned(), page.told(&after.title).to_owned());
    row("comparison-version", before.version.clone(), after.version.clone());
    row("comparison-component", view.trial.baseline.short(), view.trial.candidate.short());
    row("point-table-full-marks", before.full_marks.to_string(), after.full_marks.to_string());
    for cohort in &found.cohorts {
        let name = |key: &str| match cohort.name.as_str() {
            "" => page.word(key),
            name => page.say("page-with-remark", &[("words", &page.word(key)), ("remark", name)]),
        };
        sheet.row(
            [name("trial-ranked"), cohort.ranked_before.to_string(), cohort.ranked_after.to_string()].map(Cell::from),
        );
        sheet.row(
            [name("trial-median"), cohort.median_before.to_string(), cohort.median_after.to_string()].map(Cell::from),
        );
    }
    page.table(sheet);
}
