//! What the 2025-shaped rubric promises, on the three real reports and on invented members.

use huizong_sdk::contract::ValueAdjustment;
use huizong_sdk::testing::{context, submission_of};
use huizong_sdk::{Date, Decimal, Period, Review, Rubric, Severity, day, points};
use proptest::prelude::*;
use rubric_2025::Rubric2025;
use self_assessment::proof::{self, grade_alone};
use serde_json::json;

const ELEMENTS: [&str; 7] = ["system", "suitability", "marketing", "disputes", "education", "service", "information"];
const MINIMUMS: [i64; 7] = [10, 10, 25, 25, 10, 5, 5];

/// The weights of the seven elements on a day, in points.
fn weights_on(on: Date) -> [i64; 7] {
    let criteria = Rubric2025::describe().criteria;
    ELEMENTS.map(|id| {
        let element = criteria.iter().find(|criterion| criterion.id == id).expect("the element is there");
        element.ranges.iter().rev().find(|range| range.since <= on).expect("weights hold").most / 1000
    })
}

#[test]
fn the_description_keeps_the_contract() {
    let description = Rubric2025::describe();
    proof::assert_description(&description);
    assert_eq!(description.smallest_unit, 100);
}

#[test]
fn ten_free_points_move_with_the_year() {
    let (earlier, later) = (weights_on(day(2023, 12, 31)), weights_on(day(2025, 12, 31)));
    assert_ne!(earlier, later);
    for weights in [earlier, later] {
        let free: Vec<i64> = weights.iter().zip(MINIMUMS).map(|(weight, minimum)| weight - minimum).collect();
        assert!(free.iter().all(|&free| free >= 0), "no element weighs less than the scheme wants: {free:?}");
        assert_eq!(free.iter().sum::<i64>(), 10);
    }
}

#[test]
fn the_same_answers_earn_other_points_under_another_years_weights() {
    let (answers, context) = proof::invented(5);
    let scored = |year: i16| {
        let period = Period { start: day(year, 1, 1), end: day(year, 12, 31) };
        // The year of the answers' own dates plays no part here: without work orders, statistics speak.
        let mut answers = answers.clone();
        answers.as_object_mut().unwrap().remove("complaint_record");
        let card = Rubric2025::score(&submission_of(period, &answers), &context, &Review::none()).unwrap();
        proof::assert_scorecard(&Rubric2025::describe(), period.end, &answers, &card);
        card
    };
    let (earlier, later) = (scored(2024), scored(2025));
    let of = |card: &huizong_sdk::Scorecard, id: &str| proof::points_of(card, id);
    assert_eq!(of(&earlier, "system.governance"), of(&later, "system.governance"), "fixed weights stay");
    assert!(of(&earlier, "disputes.timeliness") > of(&later, "disputes.timeliness"), "13 points became 10");
    assert!(of(&earlier, "suitability.matching") < of(&later, "suitability.matching"), "8 points became 9");
}

#[test]
fn a_period_without_weights_is_refused() {
    let (answers, context) = proof::invented(5);
    let period = Period { start: day(2021, 1, 1), end: day(2021, 12, 31) };
    let refusal = Rubric2025::score(&submission_of(period, &answers), &context, &Review::none()).unwrap_err();
    assert_eq!(refusal.code, "period-before-weights");
}

#[test]
fn the_three_reports_score_as_they_always_did() {
    let contexts = proof::report_contexts();
    let reports = proof::reports();
    let totals = [0, 1, 2].map(|at| {
        proof::checked::<Rubric2025>(&reports[at], &contexts[at]);
        proof::scored::<Rubric2025>(&reports[at], &contexts[at], &Review::none()).total
    });
    assert_eq!(totals, [24_300, 18_200, 19_500]);
}

#[test]
fn invented_members_spread_over_the_levels() {
    let settlement = proof::settled::<Rubric2025>(&proof::cards::<Rubric2025>(120));
    let members = proof::members_by_grade::<Rubric2025>(&settlement);
    assert!(members.iter().filter(|&&members| members > 0).count() >= 7, "{members:?}");
}

#[test]
fn answers_that_tell_nothing_still_get_a_card() {
    let card = proof::scored::<Rubric2025>(&json!({}), &context(), &Review::none());
    assert!(card.total < 10_000, "{}", card.total);
}

#[test]
fn points_are_earned_in_proportion_and_rounded_once_to_a_tenth() {
    let (mut answers, context) = proof::invented(13);
    answers["personal_info"]["pledge_signed"] = json!(1);
    answers["personal_info"]["pledge_scope_total"] = json!(3);
    let card = proof::scored::<Rubric2025>(&answers, &context, &Review::none());
    // 20% and 80% of a third of 2 points: 0.4 + 0.5333… = 0.9333…
    assert_eq!(proof::points_of(&card, "information.pledge"), points("0.9"));
}

#[test]
fn untrue_data_lower_the_level_by_one() {
    let (answers, context) = proof::invented(13);
    let fair = proof::scored::<Rubric2025>(&answers, &context, &Review::none());
    assert_eq!(grade_alone::<Rubric2025>(&fair), "1");
    let corrected = |counted: i64| {
        let stated = answers["product_governance"]["cp_review_count"].as_i64().unwrap();
        let mut review = Review::none();
        review.value_adjustments.push(ValueAdjustment {
            at: "/product_governance/cp_review_count".to_owned(),
            stated: Decimal::whole(stated).into(),
            counted: Decimal::whole(counted).into(),
            reason: "台账核对".to_owned(),
        });
        proof::scored::<Rubric2025>(&answers, &context, &review)
    };
    let stated = answers["product_governance"]["cp_review_count"].as_i64().unwrap();
    assert!(corrected(stated - 1).steps.is_empty());
    let untrue = corrected(stated / 2);
    assert_eq!(untrue.steps[0].rule, "untrue-data");
    assert_eq!(grade_alone::<Rubric2025>(&untrue), "2a");
}

#[test]
fn a_limit_in_working_days_blocks_from_2026_on() {
    let checks = Rubric2025::describe().checks;
    let check = checks.iter().find(|check| check.code == "complaint-limit-in-working-days").unwrap();
    let severities: Vec<_> = check.severities.iter().map(|dated| (dated.since.year, dated.severity)).collect();
    assert_eq!(severities, [(2022, Severity::Warning), (2026, Severity::Error)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_card_is_the_sum_of_its_explained_parts(seed in any::<u64>()) {
        let (answers, context) = proof::invented(seed);
        proof::scored::<Rubric2025>(&answers, &context, &Review::none());
    }
}
