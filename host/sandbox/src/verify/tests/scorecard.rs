//! Scorecards and findings that do not follow from the description.

use domain::amount::Decimal;
use domain::finding::Finding;
use domain::points::Points;
use domain::review::{PointAdjustment, Review};
use domain::scorecard::{EntryKind, Scorecard, StepKind};

use super::fixture::{description, entry, line, points, review, scorecard, step, submission, text};
use crate::verify::{Index, Rubric};

fn lie_in(review: &Review, bend: impl FnOnce(&mut Scorecard)) -> String {
    let mut bent = scorecard();
    bend(&mut bent);
    let description = description();
    let rubric = Rubric { description: &description, index: &Index::of(&description) };
    let outcome = crate::verify::scorecard(rubric, &submission(), review, &bent);
    outcome.map(|()| "no lie".to_owned()).unwrap_or_else(|lie| lie.to_string())
}

fn lie(bend: impl FnOnce(&mut Scorecard)) -> String {
    lie_in(&review(), bend)
}

/// Adds a step and the total that follows from it.
fn stepping(kind: StepKind, rule: &str, whole: i64) -> String {
    lie(|card| {
        card.steps.push(step(kind, rule, whole));
        card.total += points(whole);
    })
}

#[test]
fn a_scorecard_that_adds_up_is_taken() {
    assert_eq!(lie(|_| ()), "no lie");
}

#[test]
fn every_criterion_has_its_line_in_its_place() {
    assert!(lie(|card| drop(card.lines.pop())).contains("5 lines for 6 criteria"));
    assert!(lie(|card| card.lines.swap(0, 1)).contains("where that of `rooms` belongs"));
    assert!(lie(|card| card.lines[0].criterion = "cellar".to_owned()).contains("cellar"));
}

#[test]
fn a_line_is_the_sum_of_its_entries_and_the_total_of_everything() {
    assert!(lie(|card| card.lines[0].points = points(39)).contains("its entries add up to 40"));
    assert!(lie(|card| card.total = points(73)).contains("add up to 72"));
}

#[test]
fn points_stay_in_the_range_in_force_and_are_whole() {
    let over = lie(|card| card.lines[0] = line("rooms", vec![entry(EntryKind::Base, 41)]));
    assert!(over.contains("41 points are outside 0 to 40"), "{over}");
    let fraction = lie(|card| {
        card.lines[0].entries[0].points = Points::from_thousandths(39_900);
        card.lines[0].points = Points::from_thousandths(39_900);
    });
    assert!(fraction.contains("not a multiple of 0.5"), "{fraction}");
    assert!(lie(|card| card.lines[5] = line("arson", vec![entry(EntryKind::Base, 1)])).contains("outside 0 to 0"));
}

#[test]
fn entries_have_the_sign_of_their_kind() {
    assert!(lie(|card| card.lines[0].entries.push(entry(EntryKind::Deduct, 1))).contains("deduction of 1"));
    assert!(lie(|card| card.lines[0].entries.push(entry(EntryKind::Add, -1))).contains("addition of -1"));
}

#[test]
fn judged_and_adjusted_entries_need_who_decided() {
    assert!(lie(|card| card.lines[1].entries.push(entry(EntryKind::Judged, 0))).contains("no discretion"));
    assert_eq!(lie(|card| card.lines[0].entries.push(entry(EntryKind::Judged, 0))), "no lie");
    assert!(lie(|card| card.lines[0].entries.push(entry(EntryKind::Adjusted, 0))).contains("adjusts nothing"));
    let adjustment = PointAdjustment { criterion: "rooms".to_owned(), points: points(-1), reason: "复核".to_owned() };
    let reviewed = Review { point_adjustments: vec![adjustment], ..review() };
    assert_eq!(lie_in(&reviewed, |card| card.lines[0].entries.push(entry(EntryKind::Adjusted, 0))), "no lie");
}

#[test]
fn what_waits_for_the_cohort_waits_and_nothing_else_does() {
    assert!(lie(|card| card.lines[2].entries.clear()).contains("waits for the cohort"));
    assert!(lie(|card| card.lines[2] = line("speed", vec![entry(EntryKind::Base, 1)])).contains("waits"));
    assert!(lie(|card| card.lines[0].entries.push(entry(EntryKind::Pending, 0))).contains("pending entry"));
}

#[test]
fn steps_follow_declared_rules() {
    assert!(stepping(StepKind::Cap, "nothing-such", 0).contains("declares no such cap"));
    assert!(stepping(StepKind::Veto, "nothing-such", 0).contains("declares no such veto"));
    assert!(stepping(StepKind::Cap, "arson", 0).contains("declares no such cap"));
    assert!(stepping(StepKind::Floor, "premises-most", 0).contains("nothing from below"));
    assert!(stepping(StepKind::Round, "bounds", 0).contains("follows no rule"));
}

#[test]
fn a_cap_takes_exactly_what_is_too_much() {
    let harsh = lie(|card| {
        card.steps[0].points = points(-9);
        card.total = points(71);
    });
    assert!(harsh.contains("does not bring the sum to 70"), "{harsh}");
    let idle = lie(|card| {
        card.steps[0].points = points(0);
        card.total = points(80);
    });
    assert!(idle.contains("does not bring the sum to 70"), "{idle}");
    assert!(stepping(StepKind::Cap, "bounds", 1).contains("would add"));
    assert_eq!(stepping(StepKind::Cap, "bounds", 0), "no lie");
    assert!(stepping(StepKind::Floor, "bounds", -1).contains("would take"));
    assert_eq!(stepping(StepKind::Floor, "bounds", 0), "no lie");
}

#[test]
fn a_veto_does_what_its_effect_says() {
    assert_eq!(stepping(StepKind::Veto, "arson", -72), "no lie");
    assert!(stepping(StepKind::Veto, "arson", -71).contains("leaves 1 points instead of none"));
    assert_eq!(stepping(StepKind::Veto, "locked", -22), "no lie");
    assert!(stepping(StepKind::Veto, "locked", -23).contains("instead of at most 50"));
    assert!(stepping(StepKind::Veto, "locked", 0).contains("instead of at most 50"));
    assert!(stepping(StepKind::Veto, "late", 0).contains("is a downgrade"));
    assert_eq!(stepping(StepKind::Downgrade, "late", 0), "no lie");
    assert!(stepping(StepKind::Downgrade, "late", -1).contains("changes no points"));
    assert!(stepping(StepKind::Veto, "fined", 0).contains("does not name the grade"));
    let named = lie(|card| {
        let mut fined = step(StepKind::Veto, "fined", 0);
        fined.grade = Some("b".to_owned());
        card.steps.push(fined);
    });
    assert_eq!(named, "no lie");
    let unknown = lie(|card| card.steps[0].grade = Some("z".to_owned()));
    assert!(unknown.contains("does not declare"), "{unknown}");
}

#[test]
fn sources_resolve_and_reasons_are_short() {
    assert!(lie(|card| card.lines[0].entries[0].sources = vec!["/exits/1".to_owned()]).contains("resolves to nothing"));
    assert!(lie(|card| card.steps[0].sources = vec!["exits".to_owned()]).contains("resolves to nothing"));
    assert!(lie(|card| card.lines[0].entries[0].reason = "长".repeat(401)).contains("400"));
    assert_eq!(lie(|card| card.lines[0].entries[0].reason = "长".repeat(400)), "no lie");
}

#[test]
fn measures_are_complete_in_order_and_no_finer_than_declared() {
    assert!(lie(|card| card.measures.clear()).contains("0 measures instead of 1"));
    assert!(lie(|card| card.measures[0].measure = "hours".to_owned()).contains("hours"));
    assert!(lie(|card| card.measures[0].value = Some(Decimal { digits: 401, scale: 2 })).contains("finer"));
    assert_eq!(lie(|card| card.measures[0].value = Some(Decimal { digits: 400, scale: 2 })), "no lie");
}

#[test]
fn findings_are_documented_and_point_somewhere() {
    let description = description();
    let rubric = Rubric { description: &description, index: &Index::of(&description) };
    let found = |check: &str, at: &[&str]| {
        let at = at.iter().map(|at| (*at).to_owned()).collect();
        let finding = Finding { check: check.to_owned(), message: text("无"), at, comparisons: Vec::new() };
        let outcome = crate::verify::findings(rubric, &submission().answers, &[finding]);
        outcome.map(|()| "no lie".to_owned()).unwrap_or_else(|lie| lie.to_string())
    };
    assert_eq!(found("no-drill", &["/rooms", ""]), "no lie");
    assert!(found("no-door", &["/rooms"]).contains("documents no check"));
    assert!(found("no-drill", &[]).contains("points nowhere"));
    assert!(found("no-drill", &["/rooms", "/roof"]).contains("`/roof` resolves to nothing"));
}
