//! The sample rubric, run natively: what the builders make of it by themselves.

#[path = "../examples/fire_safety.rs"]
mod fire_safety;

use fire_safety::{DEFINITION, FireSafety};
use huizong_sdk::contract::{EntryKind, PointAdjustment, StepKind};
use huizong_sdk::testing::{cohort, context, review, submission};
use huizong_sdk::{Period, Points, Review, Rubric, Scorecard, day, points};
use serde_json::{Value, json};

fn answers() -> Value {
    json!({"drills": {"value": 3, "unit": "次", "qualifier": "at_least", "raw_text": "3余次"}, "offices": 3, "equipped": 2, "fires": 0})
}

fn scored(answers: &Value, review: &Review) -> Scorecard {
    FireSafety::score(&submission(answers), &context(), review).expect("it can be scored")
}

fn points_of(scorecard: &Scorecard, criterion: &str) -> Points {
    let line = scorecard.lines.iter().find(|line| line.criterion == criterion).expect("every criterion has a line");
    Points::from_thousandths(line.points)
}

fn entries_of(scorecard: &Scorecard, criterion: &str) -> Vec<(EntryKind, Points)> {
    let line = scorecard.lines.iter().find(|line| line.criterion == criterion).expect("every criterion has a line");
    line.entries.iter().map(|entry| (entry.kind, Points::from_thousandths(entry.points))).collect()
}

fn with(name: &str, value: Value) -> Value {
    let mut answers = answers();
    answers[name] = value;
    answers
}

#[test]
fn a_scorecard_has_a_line_for_every_criterion_in_order() {
    let scorecard = scored(&answers(), &review());
    let criteria: Vec<&str> = scorecard.lines.iter().map(|line| line.criterion.as_str()).collect();
    assert_eq!(criteria, ["drills", "coverage", "late", "order", "rank", "fire"]);
    assert_eq!(entries_of(&scorecard, "rank"), [(EntryKind::Pending, Points::ZERO)]);
    assert_eq!(scorecard.total, points("41.7").thousandths());
}

#[test]
fn a_share_is_rounded_in_an_entry_of_its_own() {
    let scorecard = scored(&answers(), &review());
    let expected = [(EntryKind::Add, points("26.666")), (EntryKind::Round, points("0.034"))];
    assert_eq!(entries_of(&scorecard, "coverage"), expected);
    assert_eq!(points_of(&scorecard, "coverage"), points("26.7"));
}

#[test]
fn a_line_stays_in_its_range() {
    let scorecard = scored(&with("drills", json!({"value": 9, "unit": "次", "qualifier": "exact"})), &review());
    assert_eq!(entries_of(&scorecard, "drills"), [(EntryKind::Base, points("45")), (EntryKind::Limit, points("-25"))]);
    let late = scored(&answers(), &review().with_hours_late(100));
    assert_eq!(points_of(&late, "late"), points("-5"));
}

#[test]
fn a_reviewer_is_heard_where_the_rubric_leaves_discretion() {
    let mut review =
        review().with_judgement("order", points("30"), "现场良好").with_judgement("drills", points("1"), "无权");
    let adjustment =
        PointAdjustment { criterion: "drills".to_owned(), points: -2000, reason: "一次不实".to_owned() };
    review.point_adjustments.push(adjustment);
    let scorecard = scored(&answers(), &review);
    assert_eq!(points_of(&scorecard, "order"), points("30"));
    assert_eq!(
        entries_of(&scorecard, "drills"),
        [(EntryKind::Base, points("15")), (EntryKind::Adjusted, points("-2"))]
    );
}

#[test]
fn a_veto_is_a_named_step_below_the_sum() {
    let review = review().with_judgement("order", points("35"), "优");
    let scorecard = scored(&with("fires", json!(1)), &review);
    let [veto] = &scorecard.steps[..] else { panic!("one step") };
    assert_eq!(
        (veto.kind, veto.rule.as_str(), veto.points),
        (StepKind::Veto, "had-a-fire", points("-16.8").thousandths())
    );
    assert_eq!(veto.sources, ["/fires"]);
    assert_eq!(scorecard.total, points("59.9").thousandths());
}

#[test]
fn a_reversed_period_is_found_at_its_place() {
    let answers = with("inspected", json!({"edtf": "2023-12/2023-09", "status": "reversed"}));
    let findings = FireSafety::check(&submission(&answers), &context()).unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].at, ["/inspected/edtf"]);
    assert!(FireSafety::check(&submission(&self::answers()), &context()).unwrap().is_empty());
}

#[test]
fn a_rubric_declines_what_it_cannot_judge() {
    let refusal = FireSafety::score(&submission(&with("offices", json!(0))), &context(), &review()).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.pointer.as_deref()), ("no-offices", Some("/offices")));
    let unreadable = FireSafety::check(&submission(&with("drills", json!("many"))), &context()).unwrap_err();
    assert_eq!(unreadable.pointer.as_deref(), Some("/drills"));
}

#[test]
fn a_cohort_is_settled_with_caps_vetoes_ranks_and_grades() {
    let drills = |count: i64| json!({"value": count, "unit": "次", "qualifier": "exact"});
    let full = json!({"drills": drills(4), "offices": 1, "equipped": 1, "fires": 0});
    let judged = |points_given: &str| review().with_judgement("order", points(points_given), "现场");
    let burnt = json!({"drills": drills(3), "offices": 1, "equipped": 1, "fires": 2});
    let middling = json!({"drills": drills(2), "offices": 1, "equipped": 1, "fires": 0});
    let poor = json!({"drills": drills(1), "offices": 1, "equipped": 0, "fires": 0});
    let year = Period { start: day(2023, 1, 1), end: day(2023, 12, 31) };
    let cohort = cohort(
        &DEFINITION,
        year,
        &[
            ("poor", scored(&poor, &review())),
            ("full", scored(&full, &judged("37"))),
            ("burnt", scored(&burnt, &judged("35"))),
            ("middling", scored(&middling, &judged("20"))),
        ],
    );
    let settlement = FireSafety::settle(&cohort).unwrap();
    assert_eq!(settlement.columns[0].points, [0, 5000, 5000, 5000]);
    assert_eq!(settlement.totals, [5_000, 100_000, 59_900, 75_000]);
    assert_eq!(settlement.ranks, [4, 1, 3, 2]);
    assert_eq!(settlement.grades, [1, 0, 1, 0]);
    // The veto of the unit pass holds on against the bonus of the cohort pass.
    let [veto] = &settlement.steps[..] else { panic!("one step") };
    assert_eq!((veto.member, veto.step.kind, veto.step.points), (2, StepKind::Veto, -5_000));
}

#[test]
fn a_forgotten_criterion_is_the_plugins_fault() {
    let review = review();
    let unwritten =
        std::panic::catch_unwind(|| huizong_sdk::Card::new(&DEFINITION, day(2023, 12, 31), &review).finish());
    let message = *unwritten.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("`drills`"), "{message}");
}
