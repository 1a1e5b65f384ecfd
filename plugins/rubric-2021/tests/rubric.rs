//! What the 2021-shaped rubric promises, on the three real reports and on invented members.

use huizong_sdk::contract::{StepKind, ValueAdjustment};
use huizong_sdk::testing::context;
use huizong_sdk::{Decimal, Review, Rubric, Severity, points};
use proptest::prelude::*;
use rubric_2021::Rubric2021;
use self_assessment::proof::{self, grade_alone, points_of};
use serde_json::{Value, json};

#[test]
fn the_description_keeps_the_contract() {
    let description = Rubric2021::describe();
    proof::assert_description(&description);
    let weight = |id: &str| {
        let criterion = description.criteria.iter().find(|criterion| criterion.id == id).unwrap();
        criterion.ranges[0].most / 1000
    };
    assert_eq!(["system", "mechanism", "service", "education", "disputes"].map(weight), [10, 25, 30, 10, 25]);
    assert_eq!(description.criteria.iter().filter(|criterion| criterion.parent.is_some()).count(), 24);
}

#[test]
fn the_three_reports_score_as_they_always_did() {
    let contexts = proof::report_contexts();
    let reports = proof::reports();
    let totals = [0, 1, 2].map(|at| {
        proof::checked::<Rubric2021>(&reports[at], &contexts[at]);
        proof::scored::<Rubric2021>(&reports[at], &contexts[at], &Review::none()).total
    });
    assert_eq!(totals, [26_800, 17_400, 22_700]);
}

#[test]
fn invented_members_spread_over_the_grades() {
    let settlement = proof::settled::<Rubric2021>(&proof::cards::<Rubric2021>(120));
    let members = proof::members_by_grade::<Rubric2021>(&settlement);
    assert!(members.iter().all(|&members| members >= 1), "{members:?}");
}

#[test]
fn answers_that_tell_nothing_still_get_a_card() {
    let card = proof::scored::<Rubric2021>(&json!({}), &context(), &Review::none());
    assert!(card.total < 15_000, "{}", card.total);
}

fn with_events(counts: [i64; 5]) -> (Value, huizong_sdk::Context) {
    let (mut answers, context) = proof::invented(13);
    let kinds = ["mass_incident", "adverse_publicity", "data_leak", "administrative_penalty", "criminal_case"];
    answers["key_event"] =
        kinds.iter().zip(counts).map(|(kind, count)| json!({"type": kind, "count": count})).collect();
    (answers, context)
}

#[test]
fn supervision_takes_at_most_twenty_five_points() {
    let clean = with_events([0; 5]);
    let before = proof::scored::<Rubric2021>(&clean.0, &clean.1, &Review::none());
    let bad = with_events([0, 3, 2, 4, 2]);
    let card = proof::scored::<Rubric2021>(&bad.0, &bad.1, &Review::none());
    assert_eq!(points_of(&card, "supervision.penalties"), points("-20"));
    assert_eq!(before.total - card.total, 25_000);
    let floor = card.steps.iter().find(|step| step.kind == StepKind::Floor).unwrap();
    assert_eq!((floor.rule.as_str(), floor.points), ("supervision-bound", 15_000));
}

#[test]
fn one_penalty_costs_five_points_and_meets_no_bound() {
    let (answers, context) = with_events([0, 0, 0, 1, 0]);
    let card = proof::scored::<Rubric2021>(&answers, &context, &Review::none());
    assert_eq!(points_of(&card, "supervision.penalties"), points("-5"));
    assert!(card.steps.is_empty());
}

#[test]
fn with_a_mass_incident_3a_is_the_best() {
    let (answers, context) = with_events([1, 0, 0, 0, 0]);
    let card = proof::scored::<Rubric2021>(&answers, &context, &Review::none());
    assert!(card.total > 90_000);
    assert_eq!(grade_alone::<Rubric2021>(&card), "3a");
}

#[test]
fn a_share_of_outlets_earns_its_share_of_the_points() {
    let (mut answers, context) = proof::invented(13);
    answers["internal_assessment"][0]["outlets_covered"] = json!(14);
    let outlets = context.unit.number("outlet_count").unwrap();
    assert_eq!(outlets.as_whole(), Some(21));
    let card = proof::scored::<Rubric2021>(&answers, &context, &Review::none());
    // 1 for having one, and 14 of 21 of 3.
    assert_eq!(points_of(&card, "mechanism.assessment"), points("3"));
}

#[test]
fn work_orders_are_believed_before_statistics_until_a_reviewer_corrects_these() {
    let (mut answers, context) = proof::invented(13);
    answers["complaint_record"] = json!([
        {"received_on": "2023-03-01", "closed_on": "2023-03-05", "satisfied": true},
        {"received_on": "2023-03-01", "closed_on": "2023-03-31", "satisfied": true},
    ]);
    answers["complaint_stat"] =
        json!([{"counts_what": "complaints", "accepted": 4, "closed": 4, "closed_in_limit": 4}]);
    let timely = |review: &Review| {
        let card = proof::scored::<Rubric2021>(&answers, &context, review);
        card.measures[0].value.map(|value| Decimal::from(value).to_string())
    };
    assert_eq!(timely(&Review::none()).as_deref(), Some("50.00"));
    let mut corrected = Review::none();
    corrected.value_adjustments.push(ValueAdjustment {
        at: "/complaint_stat/0/closed_in_limit".to_owned(),
        stated: Decimal::whole(4).into(),
        counted: Decimal::whole(3).into(),
        reason: "一件超期".to_owned(),
    });
    assert_eq!(timely(&corrected).as_deref(), Some("75.00"));
}

#[test]
fn where_nobody_complained_nothing_was_late() {
    let (mut answers, context) = proof::invented(13);
    answers["complaint_record"] = json!([]);
    answers["complaint_stat"] =
        json!([{"counts_what": "complaints", "accepted": 0, "closed": 0, "closed_in_limit": 0}]);
    let card = proof::scored::<Rubric2021>(&answers, &context, &Review::none());
    assert_eq!(points_of(&card, "disputes.management"), points("10"));
    assert_eq!(points_of(&card, "disputes.volume"), points("9"));
}

#[test]
fn a_campaign_that_is_named_twice_blocks_from_2025_on() {
    let checks = Rubric2021::describe().checks;
    let check = checks.iter().find(|check| check.code == "campaign-named-twice").unwrap();
    let severities: Vec<_> = check.severities.iter().map(|dated| (dated.since.year, dated.severity)).collect();
    assert_eq!(severities, [(2021, Severity::Warning), (2025, Severity::Error)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_card_is_the_sum_of_its_explained_parts(seed in any::<u64>()) {
        let (answers, context) = proof::invented(seed);
        proof::scored::<Rubric2021>(&answers, &context, &Review::none());
    }
}
