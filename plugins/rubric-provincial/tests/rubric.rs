//! What the provincial rubric promises, on the three real reports and on invented members.

use huizong_sdk::contract::{EarlierPeriod, Scorecard, StepKind, ValueAdjustment};
use huizong_sdk::testing::{canonical, context, review};
use huizong_sdk::{Context, Decimal, Period, Points, Review, Rubric, Severity, day, points};
use proptest::prelude::*;
use rubric_provincial::ProvincialRubric;
use self_assessment::proof::{self, points_of};
use serde_json::{Value, json};

#[test]
fn the_description_keeps_the_contract() {
    let description = ProvincialRubric::describe();
    proof::assert_description(&description);
    assert_eq!(description.earlier_periods, 1);
    assert_eq!(description.measures.len(), 4);
}

#[test]
fn the_three_reports_score_as_they_always_did() {
    let contexts = proof::report_contexts();
    let reports = proof::reports();
    let totals = [0, 1, 2].map(|at| {
        proof::checked::<ProvincialRubric>(&reports[at], &contexts[at]);
        proof::scored::<ProvincialRubric>(&reports[at], &contexts[at], &Review::none()).total
    });
    assert_eq!(totals, [22_000, 12_700, 17_000]);
}

#[test]
fn invented_members_spread_over_the_grades() {
    let settlement = proof::settled::<ProvincialRubric>(&proof::cards::<ProvincialRubric>(120));
    let members = proof::members_by_grade::<ProvincialRubric>(&settlement);
    assert!(members.iter().all(|&members| members >= 3), "{members:?}");
}

#[test]
fn answers_that_tell_nothing_still_get_a_card() {
    let card = proof::scored::<ProvincialRubric>(&json!({}), &context(), &Review::none());
    assert!(card.total < 15_000, "{}", card.total);
    assert!(card.measures.iter().all(|measured| measured.value.is_none()));
}

// ---- Late ------------------------------------------------------------------------------------------

#[test]
fn lateness_costs_by_the_hour_until_it_costs_five_points() {
    let (answers, context) = proof::invented(1);
    let lost = |hours| {
        let card = proof::scored::<ProvincialRubric>(&answers, &context, &review().with_hours_late(hours));
        points_of(&card, "discipline.late")
    };
    let expected =
        [(0, "0"), (1, "-1"), (24, "-1"), (25, "-2"), (72, "-2"), (168, "-3"), (169, "-5"), (u32::MAX, "-5")];
    for (hours, points_lost) in expected {
        assert_eq!(lost(hours), points(points_lost), "{hours} hours");
    }
}

// ---- Two years -------------------------------------------------------------------------------------

/// Answers whose statistics say so many of a hundred complaints were closed in time.
fn timely(percent: i64) -> Value {
    json!({"complaint_stat": [{
        "source_code": "outlet", "counts_what": "complaints", "accepted": 100, "closed": 100, "closed_in_limit": percent,
    }]})
}

fn after(year: i16, answers: &Value) -> Context {
    let mut context = context();
    context.earlier.push(EarlierPeriod {
        period: Period { start: day(year, 1, 1), end: day(year, 12, 31) },
        answers: canonical(answers),
        total: 80_000,
        full_marks: 100_000,
        grade: Some("b".to_owned()),
        lines: Vec::new(),
    });
    context
}

fn two_years(this: i64, context: &Context) -> Points {
    points_of(&proof::scored::<ProvincialRubric>(&timely(this), context, &Review::none()), "discipline.two-years")
}

#[test]
fn two_bad_years_in_a_row_cost_three_points() {
    assert_eq!(two_years(94, &after(2022, &timely(90))), points("-3"));
}

#[test]
fn one_bad_year_costs_nothing() {
    assert_eq!(two_years(94, &after(2022, &timely(95))), points("0"));
    assert_eq!(two_years(95, &after(2022, &timely(90))), points("0"));
    assert_eq!(two_years(94, &context()), points("0"));
}

#[test]
fn two_bad_years_with_another_between_them_cost_nothing() {
    assert_eq!(two_years(94, &after(2021, &timely(90))), points("0"));
}

#[test]
fn a_year_whose_answers_cannot_be_read_any_more_costs_nothing() {
    assert_eq!(two_years(94, &after(2022, &json!({"complaint_stat": "见附件"}))), points("0"));
}

// ---- Bonus -----------------------------------------------------------------------------------------

/// A member that deserves every bonus: 2 judged, 2 for the press, 2 for outreach, and 3 for its rank.
fn with_every_bonus() -> Scorecard {
    let (mut answers, context) = proof::invented(13);
    let event = json!({"place_kind": "village", "media_count": 5, "audience": {"value": 10, "unit": "人次"}});
    answers["campaign_event"] = json!(vec![event; 8]);
    answers["survey"] = json!([{"valid": 100, "satisfied": 100, "method": "电话"}]);
    let review = review().with_judgement("bonus.innovation", points("2"), "经验全省推广");
    proof::scored::<ProvincialRubric>(&answers, &context, &review)
}

#[test]
fn the_bonus_is_capped_at_five() {
    let card = with_every_bonus();
    let of_unit = ["bonus.innovation", "bonus.media", "bonus.outreach"].map(|id| points_of(&card, id));
    assert_eq!(of_unit, [points("2"); 3]);
    let mut cards = proof::cards::<ProvincialRubric>(30);
    cards.push(("best".to_owned(), card));
    let settlement = proof::settled::<ProvincialRubric>(&cards);
    let rank = settlement.columns.iter().find(|column| column.criterion == "bonus.rank").unwrap();
    assert_eq!(rank.points[30], 3_000);
    let capped: Vec<_> = settlement.steps.iter().filter(|named| named.member == 30).collect();
    assert_eq!(capped.len(), 1);
    assert_eq!(
        (capped[0].step.kind, capped[0].step.rule.as_str(), capped[0].step.points),
        (StepKind::Cap, "bonus-bound", -4_000)
    );
}

// ---- Cohort ----------------------------------------------------------------------------------------

fn with_events(count: usize) -> Scorecard {
    let (mut answers, context) = proof::invented(13);
    answers["campaign_event"] = json!(vec![json!({"place_kind": "outlet"}); count]);
    proof::scored::<ProvincialRubric>(&answers, &context, &Review::none())
}

#[test]
fn events_earn_in_proportion_to_the_most_of_anybody() {
    let untold = {
        let (mut answers, context) = proof::invented(13);
        answers.as_object_mut().unwrap().remove("campaign_event");
        proof::scored::<ProvincialRubric>(&answers, &context, &Review::none())
    };
    let cards: Vec<_> =
        [with_events(12), with_events(4), with_events(7), untold].map(|card| ("m".to_owned(), card)).into();
    let settlement = proof::settled::<ProvincialRubric>(&cards);
    assert_eq!(settlement.columns[0].criterion, "education.events");
    // 9, 9 × 4/12, 9 × 7/12 = 5.25, and nothing for what is not told.
    assert_eq!(settlement.columns[0].points, [9_000, 3_000, 5_300, 0]);
}

#[test]
fn complaints_are_compared_per_ten_thousand_customers_of_the_register() {
    let (mut answers, _) = proof::invented(13);
    answers.as_object_mut().unwrap().remove("complaint_record");
    answers["complaint_stat"] = timely(100)["complaint_stat"].clone();
    let of_customers = |customers: i64| {
        let context = context().with_attribute("personal_customers", huizong_sdk::number(customers, "户"));
        ("m".to_owned(), proof::scored::<ProvincialRubric>(&answers, &context, &Review::none()))
    };
    let cards = [of_customers(400_000), of_customers(200_000), of_customers(100_000)];
    assert_eq!(cards[0].1.measures[2].value.map(Decimal::from), Some(Decimal::new(25_000, 4)));
    let settlement = proof::settled::<ProvincialRubric>(&cards);
    let volume = settlement.columns.iter().find(|column| column.criterion == "complaints.volume").unwrap();
    // The median is 5 for every 10,000: whoever has 10 gets half of the 6 points.
    assert_eq!(volume.points, [6_000, 6_000, 3_000]);
}

#[test]
fn a_cohort_of_nobody_settles() {
    let settlement = proof::settled::<ProvincialRubric>(&[]);
    assert!(settlement.totals.is_empty() && settlement.columns.len() == 4);
}

// ---- Bottom lines ----------------------------------------------------------------------------------

fn with_event(kind: usize) -> Scorecard {
    let (mut answers, context) = proof::invented(13);
    answers["key_event"][kind]["count"] = json!(1);
    proof::scored::<ProvincialRubric>(&answers, &context, &Review::none())
}

#[test]
fn a_veto_limits_the_total() {
    let card = with_event(0);
    assert_eq!(card.total, 59_000);
    let mut cards = proof::cards::<ProvincialRubric>(10);
    cards.push(("bad".to_owned(), card));
    let settlement = proof::settled::<ProvincialRubric>(&cards);
    assert_eq!(settlement.totals[10], 59_000, "what the cohort adds does not lift it");
    assert_eq!(settlement.grades[10], 4);
}

#[test]
fn a_criminal_case_takes_the_lowest_grade_and_leaves_the_points() {
    let settlement = proof::settled::<ProvincialRubric>(&[("bad".to_owned(), with_event(4))]);
    assert!(settlement.totals[0] > 80_000);
    assert_eq!(settlement.grades[0], 4);
}

#[test]
fn a_leak_lowers_the_grade_by_one_and_concealment_by_two() {
    let (answers, context) = proof::invented(13);
    let grade = |card: Scorecard| {
        let settlement = proof::settled::<ProvincialRubric>(&[("one".to_owned(), card)]);
        settlement.grades[0]
    };
    let clean = grade(proof::scored::<ProvincialRubric>(&answers, &context, &Review::none()));
    let leaked = grade(with_event(2));
    let mut corrected = Review::none();
    let stated = answers["complaint_stat"][0]["accepted"].as_i64().unwrap();
    corrected.value_adjustments.push(ValueAdjustment {
        at: "/complaint_stat/0/accepted".to_owned(),
        stated: Decimal::whole(stated).into(),
        counted: Decimal::whole(stated + 1).into(),
        reason: "漏报一件".to_owned(),
    });
    let card = proof::scored::<ProvincialRubric>(&answers, &context, &corrected);
    assert_eq!(points_of(&card, "discipline.accuracy"), points("-0.5"));
    assert_eq!([clean, leaked, grade(card)], [0, 1, 2]);
}

#[test]
fn records_that_differ_from_statistics_block_from_2025_on() {
    let checks = ProvincialRubric::describe().checks;
    let check = checks.iter().find(|check| check.code == "complaint-records-differ").unwrap();
    let severities: Vec<_> = check.severities.iter().map(|dated| (dated.since.year, dated.severity)).collect();
    assert_eq!(severities, [(2020, Severity::Warning), (2025, Severity::Error)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_card_is_the_sum_of_its_explained_parts(seed in any::<u64>()) {
        let (answers, context) = proof::invented(seed);
        proof::scored::<ProvincialRubric>(&answers, &context, &Review::none());
    }

    #[test]
    fn no_result_depends_on_the_order_of_members(first in any::<u64>(), members in 1_usize..12) {
        let card = |step: usize| {
            let seed = first.wrapping_add(u64::try_from(step).unwrap());
            let (answers, context) = proof::invented(seed);
            (format!("m{step}"), proof::scored::<ProvincialRubric>(&answers, &context, &Review::none()))
        };
        proof::settled::<ProvincialRubric>(&(0..members).map(card).collect::<Vec<_>>());
    }
}
