//! The criteria as a table: number and name, what part they play, what they may give, how they are judged.

use domain::point_table::{EVER_SINCE, NumberedCriterion, PointTable};
use domain::points::Points;
use domain::rubric::{Criterion, CriterionKind, PointRange};
use jiff::civil::Date;

use crate::page::{Cell, Page, Sheet};

/// Days for which weights stand in columns of their own; more are told in one column, in words.
const WEIGHT_COLUMNS_MAX: usize = 4;

/// How the weights of the criteria are told.
enum Weights<'r> {
    /// One number per day on which any changes.
    InColumns(&'r [Date]),
    /// In words, because they change too often or are no single numbers.
    InWords,
}

pub(super) fn criteria(page: &mut Page, rubric: &PointTable) {
    page.heading(1, &page.word("point-table-criteria"));
    let weights = weights(rubric);
    let mut sheet = Sheet::new("").words(&page.word("criterion-name")).words(&page.word("criterion-kind"));
    sheet = match weights {
        Weights::InColumns([]) => sheet.points(&page.word("criterion-points")),
        Weights::InColumns([day]) if *day <= EVER_SINCE => sheet.points(&page.word("criterion-points")),
        Weights::InColumns(days) => days.iter().fold(sheet, |sheet, day| {
            sheet.points(&page.say("criterion-points-since", &[("since", &page.since(*day))]))
        }),
        Weights::InWords => sheet.words(&page.word("criterion-points")),
    };
    sheet = sheet.words(&page.word("criterion-pass")).words(&page.word("criterion-guidance"));
    let mut sheet = sheet.noted(&page.word("point-table-criteria-note"));
    for numbered in &rubric.criteria {
        let criterion = &numbered.criterion;
        let cells = row(page, numbered, &weights);
        if criterion.is_scored() { sheet.row(cells) } else { sheet.strong_row(cells) }
    }
    if let Weights::InColumns(days) = weights {
        let sums: Vec<Cell> = days.iter().map(|day| Cell::from(Some(rubric.base_points_on(*day)))).collect();
        let total = [Cell::from(page.word("point-table-base-total")), Cell::from("")].into_iter().chain(sums);
        sheet.strong_row(total);
    }
    page.table(sheet);
}

fn row(page: &Page, numbered: &NumberedCriterion, weights: &Weights<'_>) -> Vec<Cell> {
    let criterion = &numbered.criterion;
    let mut cells = vec![Cell::from(page.criterion(numbered))];
    cells.push(if criterion.is_scored() { page.criterion_kind(criterion.kind) } else { String::new() }.into());
    match weights {
        Weights::InColumns(days) => {
            cells
                .extend(days.iter().map(|day| Cell::from(criterion.range_on(*day).and_then(single_number(criterion)))));
        }
        Weights::InWords => cells.push(page.ranges(&criterion.ranges).into()),
    }
    cells.push(if criterion.is_scored() { how_it_is_judged(page, criterion) } else { String::new() }.into());
    cells.push(page.told(&criterion.guidance).into());
    cells
}

fn how_it_is_judged(page: &Page, criterion: &Criterion) -> String {
    let judged = criterion
        .judged
        .as_ref()
        .map(|judged| page.say("criterion-judged", &[("range", &page.span(judged.least, judged.most))]));
    page.stated([page.pass(criterion.pass), judged.unwrap_or_default()])
}

/// Numbers in columns where there are few days, and every range is told by one number.
fn weights(rubric: &PointTable) -> Weights<'_> {
    let days = &rubric.range_days;
    let is_single = |criterion: &Criterion| {
        criterion.ranges.iter().all(|range| range.least == Points::ZERO || range.most == Points::ZERO)
    };
    let are_single = rubric.criteria.iter().all(|numbered| is_single(&numbered.criterion));
    if days.len() <= WEIGHT_COLUMNS_MAX && are_single { Weights::InColumns(days) } else { Weights::InWords }
}

/// The one number that tells a range; bottom lines have none.
fn single_number(criterion: &Criterion) -> impl Fn(PointRange) -> Option<Points> {
    let has_weight = criterion.kind != CriterionKind::BottomLine;
    move |range| {
        let is_something = has_weight || range.least != range.most;
        is_something.then_some(if range.most == Points::ZERO { range.least } else { range.most })
    }
}

/// What is left to reviewers, with what they go by.
pub(super) fn discretion(page: &mut Page, rubric: &PointTable) {
    let mut sheet = Sheet::new("")
        .words(&page.word("criterion-name"))
        .words(&page.word("criterion-judged-range"))
        .words(&page.word("criterion-judged-by"));
    for numbered in &rubric.criteria {
        if let Some(judged) = &numbered.criterion.judged {
            let range = page.span(judged.least, judged.most);
            sheet.row([&page.criterion(numbered), &range, page.told(&judged.guidance)].map(Cell::from));
        }
    }
    if !sheet.is_empty() {
        page.heading(1, &page.word("point-table-discretion"));
        page.table(sheet);
    }
}
