//! The self-assessed score: T12.

use huizong_sdk::{Check, Comparison, Decimal, Finding, Relation, Severity, Text, label, number, place};

use crate::case::Case;

/// T12: a score without its full marks or its items.
pub const SELF_SCORE_UNFOUNDED: Check = Check::new(
    "self-score-unfounded",
    label("自评得分没有满分或逐项得分", "The self-score lacks its full marks or items"),
    label(
        "填了自评得分，就要填满分和逐项得分（或扣分）。",
        "A self-score comes with its full marks and the points of each item.",
    ),
    Severity::Error,
);

/// T12: items that do not add up to the score.
pub const SELF_SCORE_SUM_DIFFERS: Check = Check::new(
    "self-score-sum-differs",
    label("逐项得分之和与自评得分不符", "The items do not add up to the self-score"),
    label(
        "逐项得分之和应等于自评得分；逐项填扣分（负数）的，满分加扣分应等于自评得分。",
        "The items add up to the score; items that are deductions (negative) take it from the full marks.",
    ),
    Severity::Error,
);

pub(super) fn self_score_unfounded(case: &Case<'_>, found: &mut Vec<Finding>) {
    let cover = &case.answers.submission;
    let Some(score) = cover.self_score.as_ref().and_then(huizong_sdk::Quantity::decimal) else { return };
    let has_full_marks = cover.self_score_full_marks.as_ref().is_some_and(|full| full.value.is_some());
    let has_items = !case.answers.self_score_item.is_empty();
    let (zh, en) = match (has_full_marks, has_items) {
        (true, true) => return,
        (false, false) => ("满分和逐项得分", "its full marks and items"),
        (false, true) => ("满分", "its full marks"),
        (true, false) => ("逐项得分", "its items"),
    };
    let message = Text::new(format!("自评{score}分，没有{zh}"), format!("The score of {score} lacks {en}"));
    found.push(Finding::new(&SELF_SCORE_UNFOUNDED, message, place("submission").field("self_score")));
}

pub(super) fn self_score_sum_differs(case: &Case<'_>, found: &mut Vec<Finding>) {
    let cover = &case.answers.submission;
    let items = &case.answers.self_score_item;
    let Some(score) = cover.self_score.as_ref().and_then(huizong_sdk::Quantity::decimal) else { return };
    let full = cover.self_score_full_marks.as_ref().and_then(huizong_sdk::Quantity::decimal);
    let at = place("submission").field("self_score");
    if let Some(full) = full.filter(|&full| score > full || score < Decimal::ZERO) {
        let message = Text::new(
            format!("自评{score}分，不在0至满分{full}之间"),
            format!("The score of {score} is not between 0 and {full}"),
        );
        let comparison = Comparison::new("自评得分", number(score, "分"), Relation::PartOf, number(full, "分"));
        found.push(Finding::new(&SELF_SCORE_SUM_DIFFERS, message, at.clone()).comparing(comparison));
    }
    let points: Option<Vec<Decimal>> = items.iter().map(|item| item.points).collect();
    let Some(points) = points.filter(|points| !points.is_empty()) else { return };
    let sum = points.iter().fold(Decimal::ZERO, |sum, &next| sum.plus(next));
    let are_deductions = points.iter().all(|&points| points <= Decimal::ZERO) && score > Decimal::ZERO;
    let counted = match full {
        Some(full) if are_deductions => full.plus(sum),
        _ => sum,
    };
    if counted == score {
        return;
    }
    let message = Text::new(
        format!("逐项合计{counted}分，自评{score}分"),
        format!("The items give {counted}, the score says {score}"),
    );
    let comparison = Comparison::new("逐项合计与自评得分", number(counted, "分"), Relation::Equal, number(score, "分"));
    found.push(
        Finding::new(&SELF_SCORE_SUM_DIFFERS, message, at).and_at(place("self_score_item")).comparing(comparison),
    );
}
