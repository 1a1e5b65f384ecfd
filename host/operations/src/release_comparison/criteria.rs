//! What changed about criteria: first the points, then what came and went, then everything else.

use domain::point_table::NumberedCriterion;
use domain::release_comparison::{
    ChangedCriterion, CriterionAspect, Reordered, RubricComparison, StandingAlone, Weight,
};
use domain::rubric::{Criterion, Description};

use crate::page::{Cell, Page, Sheet, signed};

pub(super) fn criteria(page: &mut Page, changes: &RubricComparison, was: &Description, is: &Description) {
    let criteria = &changes.criteria;
    if criteria.is_empty() && changes.reordered.is_empty() {
        return;
    }
    page.heading(1, &page.word("comparison-area-criteria"));
    weights(page, &criteria.changed);
    alone(page, &criteria.added, "comparison-criteria-added", "comparison-namesake-before", was);
    alone(page, &criteria.removed, "comparison-criteria-removed", "comparison-namesake-after", is);
    others(page, &criteria.changed, was, is);
    order(page, &changes.reordered, was, is);
}

/// What a criterion weighed and weighs.
fn weights(page: &mut Page, changed: &[ChangedCriterion]) {
    let mut sheet = Sheet::new("")
        .words(&page.word("criterion-name"))
        .words(&page.word("comparison-when-ending"))
        .words(&page.word("comparison-before"))
        .words(&page.word("comparison-after"))
        .words(&page.word("comparison-difference"))
        .noted(&page.word("comparison-weights-note"));
    let weight = |weight: Option<Weight>| match weight {
        Some(weight) => page.weight(weight.least, weight.most),
        None => page.word("comparison-not-yet"),
    };
    for change in changed {
        for range in &change.ranges {
            let cells = [
                page.criterion(&change.after),
                page.stretch(range.since, range.until),
                weight(range.before),
                weight(range.after),
                signed(range.difference),
            ];
            let cells = cells.map(Cell::from);
            if change.after.criterion.is_scored() { sheet.row(cells) } else { sheet.strong_row(cells) }
        }
    }
    if !sheet.is_empty() {
        page.heading(2, &page.word("comparison-weights"));
        page.table(sheet);
    }
}

fn alone(page: &mut Page, all: &[StandingAlone], heading: &str, namesake: &str, other: &Description) {
    if all.is_empty() {
        return;
    }
    page.heading(2, &page.word(heading));
    let mut sheet = Sheet::new("")
        .words(&page.word("criterion-name"))
        .words(&page.word("criterion-kind"))
        .words(&page.word("criterion-points"))
        .words(&page.word("criterion-guidance"))
        .words(&page.word(namesake));
    for one in all {
        let criterion = &one.numbered.criterion;
        let same = one.namesake.as_deref().map(|id| {
            let group =
                other.criterion(id).and_then(|named| named.parent.as_deref()).and_then(|id| other.criterion(id));
            group.map_or_else(
                || page.word("comparison-same-name"),
                |group| page.say("comparison-same-name-in", &[("group", page.told(&group.label))]),
            )
        });
        let cells = [
            page.criterion(&one.numbered),
            page.criterion_kind(criterion.kind),
            page.ranges(&criterion.ranges),
            page.told(&criterion.guidance).to_owned(),
            same.unwrap_or_default(),
        ];
        let cells = cells.map(Cell::from);
        if criterion.is_scored() { sheet.row(cells) } else { sheet.strong_row(cells) }
    }
    page.table(sheet);
}

/// Everything that changed but the points.
fn others(page: &mut Page, changed: &[ChangedCriterion], was: &Description, is: &Description) {
    let mut sheet = Sheet::new("")
        .words(&page.word("criterion-name"))
        .words(&page.word("comparison-what"))
        .words(&page.word("comparison-before"))
        .words(&page.word("comparison-after"));
    for change in changed {
        for aspect in change.aspects.iter().filter(|aspect| **aspect != CriterionAspect::Ranges) {
            let told = |numbered: &NumberedCriterion, rubric| told(page, *aspect, &numbered.criterion, rubric);
            let name = page.criterion(&change.after);
            sheet.row(
                [name, aspect_name(page, *aspect), told(&change.before, was), told(&change.after, is)].map(Cell::from),
            );
        }
    }
    if !sheet.is_empty() {
        page.heading(2, &page.word("comparison-criteria-others"));
        page.table(sheet);
    }
}

fn aspect_name(page: &Page, aspect: CriterionAspect) -> String {
    page.word(match aspect {
        CriterionAspect::Label => "comparison-name",
        CriterionAspect::Parent => "comparison-parent",
        CriterionAspect::Kind => "criterion-kind",
        CriterionAspect::Pass => "criterion-pass",
        CriterionAspect::Ranges => "criterion-points",
        CriterionAspect::Judged => "comparison-judged",
        CriterionAspect::Guidance => "criterion-guidance",
    })
}

fn told(page: &Page, aspect: CriterionAspect, criterion: &Criterion, rubric: &Description) -> String {
    match aspect {
        CriterionAspect::Label => page.told(&criterion.label).to_owned(),
        CriterionAspect::Parent => match criterion.parent.as_deref() {
            None => page.word("comparison-top"),
            Some(id) => rubric.criterion(id).map_or(id, |group| page.told(&group.label)).to_owned(),
        },
        CriterionAspect::Kind => page.criterion_kind(criterion.kind),
        CriterionAspect::Pass => page.pass(criterion.pass),
        CriterionAspect::Ranges => page.ranges(&criterion.ranges),
        CriterionAspect::Judged => {
            let by = criterion.judged.as_ref().map(|judged| page.told(&judged.guidance)).unwrap_or_default();
            page.stated([&page.discretion(criterion.judged.as_ref()), by])
        }
        CriterionAspect::Guidance => page.told(&criterion.guidance).to_owned(),
    }
}

fn order(page: &mut Page, reordered: &[Reordered], was: &Description, is: &Description) {
    if reordered.is_empty() {
        return;
    }
    page.heading(2, &page.word("comparison-order"));
    let mut sheet = super::page::before_and_after(page, "comparison-parent");
    let label = |rubric: &Description, id: &str| -> String {
        rubric.criterion(id).map_or(id, |criterion| page.told(&criterion.label)).to_owned()
    };
    for group in reordered {
        let name = group.group.as_deref().map_or_else(|| page.word("comparison-top"), |id| label(is, id));
        let before = page.listed(group.before.iter().map(|id| label(was, id)));
        let after = page.listed(group.after.iter().map(|id| label(is, id)));
        sheet.row([name, before, after].map(Cell::from));
    }
    page.table(sheet);
}
