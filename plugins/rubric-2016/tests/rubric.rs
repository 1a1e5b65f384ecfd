//! What the 2016-shaped rubric promises, on the three real reports and on invented members.

use huizong_sdk::contract::{EntryKind, StepKind, ValueAdjustment};
use huizong_sdk::testing::{context, review};
use huizong_sdk::{Decimal, Review, Rubric, Severity, number, points};
use proptest::prelude::*;
use rubric_2016::Rubric2016;
use self_assessment::proof::{self, grade_alone, line, points_of};
use serde_json::json;

#[test]
fn the_description_keeps_the_contract() {
    let description = Rubric2016::describe();
    proof::assert_description(&description);
    let range = |id: &str| {
        let criterion = description.criteria.iter().find(|criterion| criterion.id == id).unwrap();
        (criterion.ranges[0].least / 1000, criterion.ranges[0].most / 1000)
    };
    assert_eq!(["system", "system.duties", "system.policies"].map(range), [(-13, 0), (-3, 0), (-10, 0)]);
    assert_eq!(["support", "support.board"].map(range), [(-9, 4), (-2, 2)]);
}

#[test]
fn the_three_reports_score_as_they_always_did() {
    let contexts = proof::report_contexts();
    let reports = proof::reports();
    let totals = [0, 1, 2].map(|at| {
        proof::checked::<Rubric2016>(&reports[at], &contexts[at]);
        proof::scored::<Rubric2016>(&reports[at], &contexts[at], &Review::none()).total
    });
    assert_eq!(totals, [60_500, 37_500, 49_000]);
}

#[test]
fn invented_members_spread_over_the_grades() {
    let settlement = proof::settled::<Rubric2016>(&proof::cards::<Rubric2016>(120));
    let members = proof::members_by_grade::<Rubric2016>(&settlement);
    assert!(members.iter().all(|&members| members >= 3), "{members:?}");
}

#[test]
fn answers_that_tell_nothing_still_get_a_card() {
    let card = proof::scored::<Rubric2016>(&json!({}), &context(), &Review::none());
    assert!(card.total < 40_000 && card.total > 0);
    assert!(card.lines.iter().flat_map(|line| &line.entries).flat_map(|entry| &entry.sources).all(String::is_empty));
}

#[test]
fn a_reversed_audit_period_costs_one_point() {
    let card = proof::scored::<Rubric2016>(&proof::reports()[0], &proof::report_contexts()[0], &Review::none());
    let audit = line(&card, "support.audit");
    assert_eq!(audit.points, -1_000);
    let lost = audit.entries.iter().find(|entry| entry.kind == EntryKind::Deduct).unwrap();
    assert_eq!(lost.reason, "未见起止明确的审计期间，扣1分");
    assert_eq!(lost.sources, ["/internal_audit"]);
}

#[test]
fn a_number_that_is_told_as_a_lower_bound_counts_as_it() {
    let (mut answers, context) = proof::invented(7);
    let mut scored = |qualifier: &str| {
        answers["training"] = json!([{"kind": "consumer_protection_topic", "sessions": {"value": 4, "unit": "次", "qualifier": qualifier}}]);
        answers.as_object_mut().unwrap().remove("training_event");
        points_of(&proof::scored::<Rubric2016>(&answers, &context, &Review::none()), "support.training")
    };
    assert_eq!(["exact", "at_least", "approx"].map(&mut scored), [points("1"), points("1"), points("-2")]);
}

#[test]
fn what_a_reviewer_counts_decides_and_stands_beside_what_was_stated() {
    let (mut answers, context) = proof::invented(13);
    let outlets = context.unit.number("outlet_count").and_then(Decimal::as_whole).unwrap();
    answers["fee_notice"][0]["posted_outlets"] = json!(outlets);
    let mut review = Review::none();
    review.value_adjustments.push(ValueAdjustment {
        at: "/fee_notice/0/posted_outlets".to_owned(),
        stated: Decimal::whole(outlets).into(),
        counted: Decimal::whole(outlets - 3).into(),
        reason: "现场核查".to_owned(),
    });
    let before = proof::scored::<Rubric2016>(&answers, &context, &Review::none());
    let card = proof::scored::<Rubric2016>(&answers, &context, &review);
    // 18 of 21 is 85.71%: three steps of five percentage points have begun.
    assert_eq!(points_of(&before, "conduct.disclosure"), points("0"));
    assert_eq!(points_of(&card, "conduct.disclosure"), points("-1.5"));
    let entry = &line(&card, "conduct.disclosure").entries[1];
    let recount = &entry.comparisons[1];
    assert_eq!((&recount.left, &recount.right), (&number(outlets - 3, ""), &number(outlets, "")));
}

#[test]
fn discretion_ends_where_the_range_ends() {
    let report = &proof::reports()[1];
    let context = &proof::report_contexts()[1];
    let before = points_of(&proof::scored::<Rubric2016>(report, context, &review()), "system.duties");
    let strict = review().with_judgement("system.duties", points("-3"), "职责空泛");
    let card = proof::scored::<Rubric2016>(report, context, &strict);
    assert!(before < points("0"), "the facts took points already");
    assert_eq!(points_of(&card, "system.duties"), points("-3"));
    let kinds: Vec<_> = line(&card, "system.duties").entries.iter().map(|entry| entry.kind).collect();
    assert!(kinds.ends_with(&[EntryKind::Judged, EntryKind::Limit]), "{kinds:?}");
}

#[test]
fn a_mass_incident_lowers_the_grade() {
    let (mut answers, context) = proof::invented(13);
    let before = proof::scored::<Rubric2016>(&answers, &context, &Review::none());
    assert_eq!(grade_alone::<Rubric2016>(&before), "excellent");
    answers["key_event"][0]["count"] = json!(1);
    let card = proof::scored::<Rubric2016>(&answers, &context, &Review::none());
    assert_eq!(card.total, before.total - 3_000);
    assert_eq!(card.steps[0].kind, StepKind::Downgrade);
    assert_eq!(card.steps[0].sources, ["/key_event/0/count"]);
    assert_eq!(grade_alone::<Rubric2016>(&card), "good");
}

#[test]
fn a_claim_without_a_sample_blocks_from_2026_on() {
    let checks = Rubric2016::describe().checks;
    let check = checks.iter().find(|check| check.code == "claim-without-sample").unwrap();
    let severities: Vec<_> = check.severities.iter().map(|dated| (dated.since.year, dated.severity)).collect();
    assert_eq!(severities, [(2016, Severity::Warning), (2026, Severity::Error)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_card_is_the_sum_of_its_explained_parts(seed in any::<u64>()) {
        let (answers, context) = proof::invented(seed);
        proof::scored::<Rubric2016>(&answers, &context, &Review::none());
    }
}
