//! What differs between two scores of one member.

use domain::limits::{TRIAL_REASON_CHARS_MAX, TRIAL_REASONS_BYTES_MAX};
use domain::points::Points;
use domain::rubric::{Description, Pass, Veto, VetoEffect};
use domain::scorecard::{EntryKind, Scorecard, StepKind};
use domain::settlement::SettledColumn;
use domain::trial::difference::{Difference, PartKind, Share, differences};
use proptest::prelude::*;

use crate::sides::{Drawn, MEMBERS, criterion, description, drawn, line, plain, points, settled, step, text};

type Row<'a> = (PartKind, &'a str, String, String, String);

/// Kind, identifier, before, after and difference of each, as text.
fn told(differences: &[Difference]) -> Vec<Row<'_>> {
    let share = |share: &Option<Share>| share.as_ref().map_or_else(|| "-".to_owned(), |share| share.points.to_string());
    let tell = |one| {
        let Difference { kind, id, before, after, difference }: &Difference = one;
        (*kind, id.as_str(), share(before), share(after), difference.to_string())
    };
    differences.iter().map(tell).collect()
}

fn owned<'a>(rows: &[(PartKind, &'a str, &str, &str, &str)]) -> Vec<Row<'a>> {
    let row = |(kind, id, before, after, by): &(PartKind, &'a str, &str, &str, &str)| {
        (*kind, *id, (*before).to_owned(), (*after).to_owned(), (*by).to_owned())
    };
    rows.iter().map(row).collect()
}

#[test]
fn what_differs_is_listed_the_largest_first_and_what_does_not_is_not() {
    let before = plain(&["exits", "drills", "doors"], &[&[40_000, 10_000, 5_000]]);
    let after = plain(&["exits", "drills", "hoses"], &[&[40_000, 12_500, 3_000]]);
    let found = differences(&before.score(0), &after.score(0));
    let expected = owned(&[
        (PartKind::Criterion, "doors", "5", "-", "-5"),
        (PartKind::Criterion, "hoses", "-", "3", "3"),
        (PartKind::Criterion, "drills", "10", "12.5", "2.5"),
    ]);
    assert_eq!(told(&found), expected);
    assert_eq!(found[2].after.as_ref().expect("a share").reason, "按细则 +12.5");
}

fn with_steps(steps: &[(StepKind, &str, i64)], effect: VetoEffect) -> Drawn {
    let lines = vec![line("exits", EntryKind::Base, 40_000)];
    let steps: Vec<_> = steps.iter().map(|(kind, rule, points)| step(*kind, rule, *points)).collect();
    let total = points(40_000) + steps.iter().map(|step| step.points).sum();
    let card = Scorecard { lines, steps, total, measures: vec![] };
    let description = Description {
        criteria: vec![criterion("exits", Pass::OfUnit)],
        vetoes: vec![Veto { id: "no-drill".into(), label: text("未演练"), effect }],
        ..description()
    };
    settled(description, vec![card], vec![], vec![])
}

#[test]
fn caps_vetoes_and_rounding_are_parts_of_their_own() {
    let before = with_steps(&[(StepKind::Cap, "most", -5_000), (StepKind::Round, "", 100)], VetoEffect::Downgrade(1));
    let after =
        with_steps(&[(StepKind::Cap, "most", -8_000), (StepKind::Veto, "locked", -32_000)], VetoEffect::Downgrade(1));
    let found = differences(&before.score(0), &after.score(0));
    let expected = owned(&[
        (PartKind::Veto, "locked", "-", "-32", "-32"),
        (PartKind::Cap, "most", "-5", "-8", "-3"),
        (PartKind::Rounding, "", "0.1", "-", "-0.1"),
    ]);
    assert_eq!(told(&found), expected);
}

#[test]
fn a_downgrade_that_appears_or_weighs_more_is_listed_though_it_changes_no_points() {
    let lowered = |by| with_steps(&[(StepKind::Downgrade, "no-drill", 0)], VetoEffect::Downgrade(by));
    let none = with_steps(&[], VetoEffect::Downgrade(1));
    let appears = differences(&none.score(0), &lowered(1).score(0));
    assert_eq!(told(&appears), owned(&[(PartKind::Downgrade, "no-drill", "-", "0", "0")]));
    let weighs_more = differences(&lowered(1).score(0), &lowered(2).score(0));
    assert_eq!(told(&weighs_more), owned(&[(PartKind::Downgrade, "no-drill", "0", "0", "0")]));
    assert_eq!(differences(&lowered(1).score(0), &lowered(1).score(0)), []);
}

#[test]
fn a_criterion_that_moves_to_the_cohort_pass_stays_one_part() {
    let before = plain(&["response"], &[&[10_000]]);
    let of_cohort = Description { criteria: vec![criterion("response", Pass::OfCohort)], ..description() };
    let card = Scorecard {
        lines: vec![line("response", EntryKind::Pending, 0)],
        steps: vec![],
        total: Points::ZERO,
        measures: vec![],
    };
    let column = SettledColumn {
        criterion: "response".into(),
        points: vec![points(15_000)],
        reason: "最快者满分".into(),
        measure: None,
        statistics: vec![],
    };
    let after = settled(of_cohort, vec![card], vec![column], vec![]);
    let found = differences(&before.score(0), &after.score(0));
    assert_eq!(told(&found), owned(&[(PartKind::Criterion, "response", "10", "15", "5")]));
    assert_eq!(found[0].after.as_ref().expect("a share").reason, "最快者满分");
    let back = differences(&after.score(0), &after.score(0));
    assert_eq!(back, []);
}

#[test]
fn a_reason_is_no_longer_than_a_trial_keeps_and_the_points_stay() {
    let wordy = |points: i64| {
        let ids: Vec<String> = (0..200).map(|n| format!("c{n}")).collect();
        let lines = ids.iter().map(|id| {
            let mut line = line(id, EntryKind::Base, points);
            line.entries[0].reason = "很".repeat(400);
            line
        });
        let lines: Vec<_> = lines.collect();
        let total = lines.iter().map(|line| line.points).sum();
        let card = Scorecard { lines, steps: vec![], total, measures: vec![] };
        let criteria = ids.iter().map(|id| criterion(id, Pass::OfUnit)).collect();
        settled(Description { criteria, ..description() }, vec![card], vec![], vec![])
    };
    let (before, after) = (wordy(0), wordy(1_000));
    let found = differences(&before.score(0), &after.score(0));
    assert_eq!(found.iter().map(|part| part.difference).sum::<Points>(), points(200_000));
    let reasons: Vec<&str> = found.iter().filter_map(|part| Some(part.after.as_ref()?.reason.as_str())).collect();
    assert!(reasons.iter().map(|reason| reason.len()).sum::<usize>() < TRIAL_REASONS_BYTES_MAX + 200 * "…".len());
    assert_eq!(reasons.iter().map(|reason| reason.chars().count()).max(), Some(TRIAL_REASON_CHARS_MAX + 1));
    assert!(reasons.iter().all(|reason| reason.ends_with('…')));
}

proptest! {
    #[test]
    fn the_differences_of_one_member_add_up_to_the_difference_of_its_totals(before in drawn(), after in drawn()) {
        for member in 0..MEMBERS {
            let (before, after) = (before.score(member), after.score(member));
            let found = differences(&before, &after);
            let sum: Points = found.iter().map(|difference| difference.difference).sum();
            prop_assert_eq!(sum, after.total() - before.total());
            for part in &found {
                let share = |share: &Option<Share>| share.as_ref().map_or(Points::ZERO, |share| share.points);
                prop_assert_eq!(share(&part.after) - share(&part.before), part.difference);
            }
        }
    }

    #[test]
    fn nothing_differs_from_itself(drawn in drawn()) {
        for member in 0..MEMBERS {
            prop_assert_eq!(differences(&drawn.score(member), &drawn.score(member)), vec![]);
        }
    }
}
