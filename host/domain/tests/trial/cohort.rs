//! Two rubrics on one round: who gains, who crosses a grade, who cannot be scored any more.

use std::collections::BTreeMap;

use domain::ids::UnitCode;
use domain::points::Points;
use domain::rubric::Description;
use domain::settled::SettledCohort;
use domain::trial::cost::Cost;
use domain::trial::difference::{PartKind, UnitScore};
use domain::trial::finding::FindingChanges;
use domain::trial::member::{GradeMove, NotScored, WhyNotScored};
use domain::trial::rubric::{Presence, RubricTrial, Side, TriedUnit, compare};

use crate::sides::{Drawn, plain, points, text};

pub(crate) fn unit(code: &str) -> UnitCode {
    code.parse().expect("a code")
}

/// One rubric's side of a trial, of the members whom it scores.
struct Whole {
    description: Description,
    scores: BTreeMap<UnitCode, UnitScore>,
    cohorts: Vec<SettledCohort>,
    not_scored: BTreeMap<UnitCode, NotScored>,
}

impl Whole {
    fn of(drawn: Drawn, codes: &[&str], not_scored: &[&str]) -> Self {
        let Drawn { description, units, mut cohort, settlement } = drawn;
        cohort.members = codes.iter().map(|code| (*code).to_owned()).collect();
        let cohorts = vec![SettledCohort {
            name: String::new(),
            cohort,
            revisions: vec![1; codes.len()],
            reviews: vec![],
            settlement,
        }];
        let not = NotScored { why: WhyNotScored::Unfit, code: "required".into(), message: text("必须填写") };
        let not_scored = not_scored.iter().map(|code| (unit(code), not.clone())).collect();
        let scores = codes.iter().map(|code| unit(code)).zip(units).collect();
        Self { description, scores, cohorts, not_scored }
    }

    fn side(&self) -> Side<'_> {
        Side {
            description: &self.description,
            scores: &self.scores,
            cohorts: &self.cohorts,
            not_scored: &self.not_scored,
            cost: Cost::default(),
        }
    }
}

fn tried_unit(code: &str) -> TriedUnit {
    TriedUnit {
        unit: unit(code),
        name: format!("{code} 站"),
        cohort: String::new(),
        revision: 1,
        findings: FindingChanges::default(),
        would_be_blocked: false,
    }
}

/// Four stations under a rubric of exits and drills; the candidate asks for hoses instead of drills, and cannot score the last one.
pub(crate) fn tried(exits_of_first: i64) -> RubricTrial {
    let before = plain(&["exits", "drills"], &[&[70_000, 15_000], &[60_000, 10_000], &[40_000, 5_000], &[30_000, 0]]);
    let after = plain(&["exits", "hoses"], &[&[exits_of_first, 5_000], &[60_000, 25_000], &[40_000, 5_000]]);
    let before = Whole::of(before, &["s0", "s1", "s2", "s3"], &[]);
    let after = Whole::of(after, &["s0", "s1", "s2"], &["s3"]);
    let units = ["s0", "s1", "s2", "s3"].map(tried_unit);
    compare(units.into(), before.side(), after.side(), 0)
}

#[test]
fn everybody_is_told_apart_by_what_changes() {
    let found = tried(70_000);
    let told: Vec<_> = found
        .members
        .iter()
        .map(|member| {
            let rank = |outcome: &domain::trial::member::Outcome| outcome.ranked().map(|ranked| ranked.rank);
            (
                member.unit.as_str(),
                member.difference.map(Points::thousandths),
                member.grade_move,
                rank(&member.before),
                rank(&member.after),
            )
        })
        .collect();
    let expected = [
        ("s0", Some(-10_000), Some(GradeMove::Down), Some(1), Some(2)),
        ("s1", Some(15_000), Some(GradeMove::Up), Some(2), Some(1)),
        ("s2", Some(0), None, Some(3), Some(3)),
        ("s3", None, None, Some(4), None),
    ];
    assert_eq!(told, expected);
    assert_eq!((found.upgraded, found.downgraded, found.regraded_sideways), (1, 1, 0));
    assert_eq!(
        found.grades,
        [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]],
        "one row a grade before, and one for none"
    );
    assert_eq!(found.after.not_scored.len(), 1);
    assert_eq!(found.members[3].after.not_scored().expect("a reason").code, "required");
    assert_eq!((found.distribution.rise, found.distribution.fall, found.distribution.stay), (1, 1, 1));
    assert_eq!((found.cohorts[0].ranked_before, found.cohorts[0].ranked_after), (4, 3));
    assert_eq!((found.cohorts[0].median_before, found.cohorts[0].median_after), (points(57_500), points(75_000)));
}

#[test]
fn what_moves_most_stands_first_with_whom_it_concerns() {
    let found = tried(70_000);
    let told: Vec<_> = found
        .moved
        .iter()
        .map(|moved| (moved.kind, moved.id.as_str(), moved.presence, moved.members, moved.sum, moved.size))
        .collect();
    let expected = [
        (PartKind::Criterion, "hoses", Presence::After, 3, points(35_000), points(35_000)),
        (PartKind::Criterion, "drills", Presence::Before, 3, points(-30_000), points(30_000)),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.moved[0].label, text("hoses"));
}

#[test]
fn a_trial_comes_back_from_its_record_as_it_was() {
    let found = domain::trial::Tried::Rubric(Box::new(tried(70_000)));
    let packed = rmp_serde::to_vec_named(&found).expect("message pack");
    assert_eq!(rmp_serde::from_slice::<domain::trial::Tried>(&packed).expect("a trial"), found);
    let json = serde_json::to_string(&found).expect("json");
    assert_eq!(serde_json::from_str::<domain::trial::Tried>(&json).expect("a trial"), found);
}
