//! Settlements that do not follow from the cohort.

use domain::points::Points;
use domain::scorecard::StepKind;
use domain::settlement::{Cohort, MemberStep, SettledColumn, Settlement};

use super::fixture::{description, period, points, step};
use crate::verify::{Index, Rubric};

fn cohort() -> Cohort {
    Cohort {
        period: period(),
        name: String::new(),
        members: ["x", "y", "z"].map(str::to_owned).to_vec(),
        totals: [70, 60, 70].map(points).to_vec(),
        criteria: Vec::new(),
        measures: Vec::new(),
        steps: Vec::new(),
    }
}

/// 70 + 15 = 85 (a), 60 + 5 = 65 (b), 70 + 15 = 85 (a): two first places, then the third.
fn settlement() -> Settlement {
    let column = SettledColumn {
        criterion: "speed".to_owned(),
        points: [15, 5, 15].map(points).to_vec(),
        reason: "按名次".to_owned(),
        measure: Some("minutes".to_owned()),
        statistics: Vec::new(),
    };
    Settlement {
        columns: vec![column],
        steps: Vec::new(),
        totals: [85, 65, 85].map(points).to_vec(),
        ranks: vec![1, 3, 1],
        grades: vec![0, 1, 0],
    }
}

fn lie_about(cohort: &Cohort, bend: impl FnOnce(&mut Settlement)) -> String {
    let mut bent = settlement();
    bend(&mut bent);
    let description = description();
    let rubric = Rubric { description: &description, index: &Index::of(&description) };
    let outcome = crate::verify::settlement(rubric, cohort, &bent);
    outcome.map(|()| "no lie".to_owned()).unwrap_or_else(|lie| lie.to_string())
}

fn lie(bend: impl FnOnce(&mut Settlement)) -> String {
    lie_about(&cohort(), bend)
}

fn member_step(member: u32, kind: StepKind, rule: &str, whole: i64) -> MemberStep {
    MemberStep { member, step: step(kind, rule, whole) }
}

#[test]
fn a_settlement_that_adds_up_is_taken() {
    assert_eq!(lie(|_| ()), "no lie");
}

#[test]
fn columns_are_complete_in_order_long_enough_and_in_range() {
    assert!(lie(|s| s.columns.clear()).contains("0 columns for 1 criteria"));
    assert!(lie(|s| s.columns[0].criterion = "rooms".to_owned()).contains("where that of `speed` belongs"));
    assert!(lie(|s| s.columns[0].points.truncate(2)).contains("2 numbers of points for 3 members"));
    assert!(lie(|s| s.columns[0].points[1] = points(21)).contains("outside 0 to 20"));
    assert!(lie(|s| s.columns[0].points[1] = Points::from_thousandths(1)).contains("multiple"));
    assert!(lie(|s| s.columns[0].measure = Some("hours".to_owned())).contains("does not declare"));
    assert!(lie(|s| s.totals.truncate(2)).contains("2 totals for 3 members"));
    assert!(lie(|s| s.ranks.push(4)).contains("4 ranks for 3 members"));
    assert!(lie(|s| s.grades.clear()).contains("0 grades for 3 members"));
}

#[test]
fn totals_are_the_sum_of_their_parts() {
    assert!(lie(|s| s.totals[1] = points(66)).contains("member 1: the total is 66, but its parts add up to 65"));
}

#[test]
fn equals_share_a_rank_and_the_next_is_skipped() {
    assert!(lie(|s| s.ranks = vec![1, 2, 1]).contains("member 1 is ranked 2 behind 2"));
    assert!(lie(|s| s.ranks = vec![1, 3, 2]).contains("member 2 is ranked 2 behind 0"));
}

#[test]
fn a_grade_is_what_the_total_takes_or_what_a_step_lowers_it_to() {
    assert!(lie(|s| s.grades[0] = 1).contains("lead to 0 to 0"));
    assert!(lie(|s| s.grades[0] = 9).contains("grade number 9"));
    let late = Cohort { steps: vec![member_step(0, StepKind::Downgrade, "late", 0)], ..cohort() };
    assert!(lie_about(&late, |_| ()).contains("lead to 1 to 1"));
    assert_eq!(lie_about(&late, |s| s.grades[0] = 1), "no lie");
    let mut fined = member_step(2, StepKind::Veto, "fined", 0);
    fined.step.grade = Some("b".to_owned());
    assert_eq!(
        lie(|s| {
            s.steps.push(fined);
            s.grades[2] = 1;
        }),
        "no lie"
    );
}

#[test]
fn steps_are_in_the_order_of_members_and_do_what_they_say() {
    let capped = |points_of_step: i64| {
        lie(|s| {
            s.columns[0].points[0] = points(20);
            s.columns[0].points[2] = points(20);
            s.steps = vec![
                member_step(0, StepKind::Cap, "bounds", points_of_step),
                member_step(2, StepKind::Cap, "bounds", points_of_step),
            ];
            s.totals[0] = points(90 + points_of_step);
            s.totals[2] = points(90 + points_of_step);
        })
    };
    assert_eq!(capped(0), "no lie");
    assert!(capped(-1).contains("does not bring the sum to 90"));
    let unordered = lie(|s| {
        s.steps = vec![member_step(2, StepKind::Downgrade, "late", 0), member_step(0, StepKind::Downgrade, "late", 0)];
    });
    assert!(unordered.contains("order of members"));
    assert!(lie(|s| s.steps = vec![member_step(3, StepKind::Downgrade, "late", 0)]).contains("does not have"));
    let pointing = lie(|s| {
        let mut late = member_step(0, StepKind::Downgrade, "late", 0);
        late.step.sources = vec!["/rooms".to_owned()];
        s.steps = vec![late];
    });
    assert!(pointing.contains("never saw"));
}
