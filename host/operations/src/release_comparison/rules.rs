//! What changed beside the criteria: basis, bounds, vetoes, grades, measures and checks.

use domain::release_comparison::{Changed, ChangedCheck, Items, RubricComparison};
use domain::rubric::{Cap, Check, Description, Grade};

use super::page::before_and_after;
use crate::page::{Cell, Page, Sheet};

/// A row of a table of changes: what it is, what became of it, what was, what is.
pub(super) type Row = [String; 4];

/// What became of the items of a list, in words: for every item its name and what is told of it.
pub(super) fn rows_of<T>(page: &Page, items: &Items<T, Changed<T>>, told: impl Fn(&T) -> (String, String)) -> Vec<Row> {
    rows_of_both(page, items, &told, &told)
}

/// The same, where what is told of an item depends on the side that it stands on.
fn rows_of_both<T>(
    page: &Page,
    items: &Items<T, Changed<T>>,
    told_before: impl Fn(&T) -> (String, String),
    told_after: impl Fn(&T) -> (String, String),
) -> Vec<Row> {
    let changed = items.changed.iter().map(|change| {
        let ((was, before), (is, after)) = (told_before(&change.before), told_after(&change.after));
        if was == is {
            return [is, page.word("comparison-changed"), before, after];
        }
        // Another name is part of what changed.
        let (before, after) = (page.stated([&was, &before]), page.stated([&is, &after]));
        [is, page.word("comparison-changed"), before, after]
    });
    let added = items.added.iter().map(|item| {
        let (name, after) = told_after(item);
        [name, page.word("comparison-added"), String::new(), after]
    });
    let removed = items.removed.iter().map(|item| {
        let (name, before) = told_before(item);
        [name, page.word("comparison-removed"), before, String::new()]
    });
    changed.chain(added).chain(removed).collect()
}

/// A table of changes under its heading; none where nothing changed.
pub(super) fn table(page: &mut Page, heading: &str, rows: Vec<Row>) {
    if rows.is_empty() {
        return;
    }
    page.heading(1, &page.word(heading));
    let mut sheet = Sheet::new("")
        .words(&page.word("page-item"))
        .words(&page.word("comparison-what"))
        .words(&page.word("comparison-before"))
        .words(&page.word("comparison-after"));
    for row in rows {
        sheet.row(row.map(Cell::from));
    }
    page.table(sheet);
}

pub(super) fn basis(page: &mut Page, changes: &RubricComparison) {
    if changes.basis.is_empty() {
        return;
    }
    page.heading(1, &page.word("comparison-area-basis"));
    let mut sheet = Sheet::new("").words(&page.word("point-table-basis")).words(&page.word("comparison-what"));
    let added = changes.basis.added.iter().map(|basis| (basis, "comparison-added"));
    for (basis, what) in added.chain(changes.basis.removed.iter().map(|basis| (basis, "comparison-removed"))) {
        sheet.row([page.basis(basis), page.word(what)].map(Cell::from));
    }
    page.table(sheet);
}

pub(super) fn caps(page: &mut Page, changes: &RubricComparison, was: &Description, is: &Description) {
    let told = |description: &Description, cap: &Cap| {
        let of = match cap.criterion.as_deref() {
            None => page.word("cap-of-total"),
            Some(id) => description.criterion(id).map_or(id, |group| page.told(&group.label)).to_owned(),
        };
        (page.told(&cap.label).to_owned(), page.stated([of, page.bounds(cap)]))
    };
    let rows = rows_of_both(page, &changes.caps, |cap| told(was, cap), |cap| told(is, cap));
    table(page, "comparison-area-caps", rows);
}

pub(super) fn vetoes(page: &mut Page, changes: &RubricComparison, was: &Description, is: &Description) {
    let rows = rows_of_both(
        page,
        &changes.vetoes,
        |veto| (page.told(&veto.label).to_owned(), page.effect(&veto.effect, &was.grades)),
        |veto| (page.told(&veto.label).to_owned(), page.effect(&veto.effect, &is.grades)),
    );
    table(page, "comparison-area-vetoes", rows);
}

pub(super) fn grades(page: &mut Page, changes: &RubricComparison, was: &Description, is: &Description) {
    let told = |description: &Description, grade: &Grade| {
        let index = description.grades.iter().position(|other| other.id == grade.id).unwrap_or_default();
        let better = index.checked_sub(1).and_then(|better| description.grades.get(better));
        let totals = page.totals_of(better, grade, index + 1 == description.grades.len());
        (page.told(&grade.label).to_owned(), totals)
    };
    let rows = rows_of_both(page, &changes.grades, |grade| told(was, grade), |grade| told(is, grade));
    table(page, "comparison-area-grades", rows);
}

pub(super) fn measures(page: &mut Page, changes: &RubricComparison) {
    let rows = rows_of(page, &changes.measures, |measure| {
        let places = page.say("comparison-places", &[("places", &measure.scale.to_string())]);
        (page.told(&measure.label).to_owned(), page.stated([&measure.unit, &places]))
    });
    table(page, "comparison-area-measures", rows);
}

pub(super) fn checks(page: &mut Page, changes: &RubricComparison) {
    let checks = &changes.checks;
    if checks.is_empty() {
        return;
    }
    page.heading(1, &page.word("comparison-area-checks"));
    severities(page, &checks.changed);
    for (all, heading) in [(&checks.added, "comparison-checks-added"), (&checks.removed, "comparison-checks-removed")] {
        alone(page, all, heading);
    }
    let mut sheet = before_and_after(page, "check-title");
    for change in checks.changed.iter().filter(|change| change.is_reworded) {
        let worded = |check: &Check| {
            let help = page.told(&check.help);
            if change.before.title == change.after.title {
                help.to_owned()
            } else {
                page.stated([page.told(&check.title), help])
            }
        };
        let name = page.told(&change.after.title);
        sheet.row([name.to_owned(), worded(&change.before), worded(&change.after)].map(Cell::from));
    }
    if !sheet.is_empty() {
        page.heading(2, &page.word("comparison-checks-reworded"));
        page.table(sheet);
    }
}

fn severities(page: &mut Page, changed: &[ChangedCheck]) {
    let mut sheet = Sheet::new("")
        .words(&page.word("check-title"))
        .words(&page.word("comparison-when-received"))
        .words(&page.word("comparison-before"))
        .words(&page.word("comparison-after"));
    for change in changed {
        for stretch in &change.severities {
            let severity = |severity| page.severity(severity);
            sheet.row(
                [
                    page.told(&change.after.title).to_owned(),
                    page.stretch(stretch.since, stretch.until),
                    stretch.before.map(severity).unwrap_or_default(),
                    stretch.after.map(severity).unwrap_or_default(),
                ]
                .map(Cell::from),
            );
        }
    }
    if !sheet.is_empty() {
        page.heading(2, &page.word("comparison-severities"));
        page.table(sheet);
    }
}

fn alone(page: &mut Page, checks: &[Check], heading: &str) {
    if checks.is_empty() {
        return;
    }
    page.heading(2, &page.word(heading));
    let mut sheet = Sheet::new("")
        .words(&page.word("check-title"))
        .words(&page.word("check-severity"))
        .words(&page.word("check-help"))
        .words(&page.word("check-code"));
    for check in checks {
        let severities = page.severities(&check.severities);
        sheet.row([page.told(&check.title), &severities, page.told(&check.help), &check.code].map(Cell::from));
    }
    page.table(sheet);
}
