//! What stands beside the criteria: bounds, vetoes, grades, measures and checks.

use domain::point_table::PointTable;

use crate::page::{Cell, Page, Sheet};

pub(super) fn caps(page: &mut Page, rubric: &PointTable) {
    if rubric.caps.is_empty() {
        return;
    }
    page.heading(1, &page.word("point-table-caps"));
    let mut sheet =
        Sheet::new("").words(&page.word("page-rule")).words(&page.word("cap-of")).words(&page.word("cap-bound"));
    for cap in &rubric.caps {
        let of = match &cap.criterion {
            None => page.word("cap-of-total"),
            Some(id) => {
                let group = rubric.criteria.iter().find(|numbered| numbered.criterion.id == *id);
                group.map_or_else(|| id.clone(), |group| page.criterion(group))
            }
        };
        sheet.row([page.told(&cap.label), &of, &page.bounds(cap)].map(Cell::from));
    }
    page.table(sheet);
}

pub(super) fn vetoes(page: &mut Page, rubric: &PointTable) {
    if rubric.vetoes.is_empty() {
        return;
    }
    page.heading(1, &page.word("point-table-vetoes"));
    let mut sheet = Sheet::new("").words(&page.word("page-rule")).words(&page.word("veto-effect"));
    for veto in &rubric.vetoes {
        sheet.row([page.told(&veto.label), &page.effect(&veto.effect, &rubric.grades)].map(Cell::from));
    }
    page.table(sheet);
}

pub(super) fn grades(page: &mut Page, rubric: &PointTable) {
    page.heading(1, &page.word("point-table-grades"));
    let mut sheet = Sheet::new("").words(&page.word("grade-name")).words(&page.word("grade-totals"));
    let last = rubric.grades.len().saturating_sub(1);
    for (index, grade) in rubric.grades.iter().enumerate() {
        let better = index.checked_sub(1).and_then(|better| rubric.grades.get(better));
        sheet.row([page.told(&grade.label), &page.totals_of(better, grade, index == last)].map(Cell::from));
    }
    page.table(sheet);
}

pub(super) fn measures(page: &mut Page, rubric: &PointTable) {
    if rubric.measures.is_empty() {
        return;
    }
    page.heading(1, &page.word("point-table-measures"));
    page.paragraph(&page.word("point-table-measures-why"));
    let mut sheet = Sheet::new("")
        .words(&page.word("measure-name"))
        .words(&page.word("page-unit"))
        .words(&page.word("measure-places"));
    for measure in &rubric.measures {
        sheet.row([page.told(&measure.label), &measure.unit, &measure.scale.to_string()].map(Cell::from));
    }
    page.table(sheet);
}

pub(super) fn checks(page: &mut Page, rubric: &PointTable) {
    if rubric.checks.is_empty() {
        return;
    }
    page.heading(1, &page.word("point-table-checks"));
    page.paragraph(&page.word("point-table-checks-why"));
    let mut sheet = Sheet::new("")
        .words(&page.word("check-title"))
        .words(&page.word("check-severity"))
        .words(&page.word("check-help"))
        .words(&page.word("check-code"));
    for check in &rubric.checks {
        let severities = page.severities(&check.severities);
        sheet.row([page.told(&check.title), &severities, page.told(&check.help), &check.code].map(Cell::from));
    }
    page.table(sheet);
}
