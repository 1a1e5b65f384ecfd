//! A rubric beside another on one round: everybody's scores, and what that means for the cohort.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cohort::median;
use crate::explanation::MemberSettled;
use crate::ids::UnitCode;
use crate::points::Points;
use crate::rubric::{Description, Grade};
use crate::settled::SettledCohort;
use crate::text::Text;
use crate::trial::cost::Cost;
use crate::trial::difference::{MemberScore, PartKind, UnitScore, differences};
use crate::trial::distribution::{Distribution, distribution};
use crate::trial::finding::{CheckChange, FindingChanges, check_changes};
use crate::trial::member::{GradeMove, NotScored, Outcome, Ranked, TriedMember, WhyNotScored};

/// A rubric as a trial names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedRubric {
    /// Its title.
    pub title: Text,
    /// Its version.
    pub version: String,
    /// What a total is out of.
    pub full_marks: Points,
    /// Its grades, the best first.
    pub grades: Vec<Grade>,
    /// What its runs cost.
    pub cost: Cost,
    /// Whom it does not score, by why.
    pub not_scored: Vec<NotScoredCount>,
}

/// How many members have no score for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotScoredCount {
    /// The reason.
    pub why: WhyNotScored,
    /// How many.
    pub members: u32,
}

/// One cohort under both rubrics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedCohort {
    /// Empty where the round has only one.
    pub name: String,
    /// How many the rubric in force ranks.
    pub ranked_before: u32,
    /// How many the candidate ranks.
    pub ranked_after: u32,
    /// The median of the totals before.
    pub median_before: Points,
    /// The median of the totals after.
    pub median_after: Points,
}

/// On which side a part of the score exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Under both rubrics.
    Both,
    /// Only under the one in force.
    Before,
    /// Only under the candidate.
    After,
}

/// How much one part of the score moves everybody together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// What part it is.
    pub kind: PartKind,
    /// The criterion's or the rule's identifier; empty for rounding.
    pub id: String,
    /// Its name; empty for rounding.
    pub label: Text,
    /// Which of the rubrics have it.
    pub presence: Presence,
    /// How many members it concerns.
    pub members: u32,
    /// The sum of its differences.
    pub sum: Points,
    /// The sum of their sizes, whatever the sign.
    pub size: Points,
}

/// Everything that a trial of a rubric found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RubricTrial {
    /// The rubric in force.
    pub before: TriedRubric,
    /// The candidate.
    pub after: TriedRubric,
    /// The cohorts, in order of their names.
    pub cohorts: Vec<TriedCohort>,
    /// How the totals of those differ whom both score.
    pub distribution: Distribution,
    /// The parts of the score that move, the one that moves most first.
    pub moved: Vec<Moved>,
    /// Members by grade: one row for each grade before, and one for those without a score; in each, one number for each grade after,
    /// and one for those without.
    pub grades: Vec<Vec<u32>>,
    /// Members that rise to a better grade.
    pub upgraded: u32,
    /// Members that fall to a worse grade.
    pub downgraded: u32,
    /// Members that come to a grade of another scale.
    pub regraded_sideways: u32,
    /// The checks whose findings change.
    pub checks: Vec<CheckChange>,
    /// Members whose revision would be held back if they handed it in under the candidate.
    pub would_be_blocked: u32,
    /// Members to whom the rubric in force gives another unit total today than when it judged them: the register or an earlier
    /// period has changed since.
    pub drifted: u32,
    /// Everybody, in order of the codes.
    pub members: Vec<TriedMember>,
}

/// One member whose revision was judged by both rubrics.
#[derive(Clone, Debug)]
pub struct TriedUnit {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// Its cohort.
    pub cohort: String,
    /// The revision.
    pub revision: u32,
    /// What changes in its findings.
    pub findings: FindingChanges,
    /// Whether a revision with the candidate's findings would be held back.
    pub would_be_blocked: bool,
}

/// What one rubric made of a round.
#[derive(Debug)]
pub struct Side<'a> {
    /// What the rubric says of itself.
    pub description: &'a Description,
    /// What the unit pass gave, by unit.
    pub scores: &'a BTreeMap<UnitCode, UnitScore>,
    /// The cohorts that it settled.
    pub cohorts: &'a [SettledCohort],
    /// Why it has no score for the others.
    pub not_scored: &'a BTreeMap<UnitCode, NotScored>,
    /// What its runs cost.
    pub cost: Cost,
}

/// Compares what two rubrics made of the same revisions.
pub fn compare(units: Vec<TriedUnit>, before: Side<'_>, after: Side<'_>, drifted: u32) -> RubricTrial {
    let cohorts = cohorts(before.cohorts, after.cohorts);
    let placed = (Placed::of(&before), Placed::of(&after));
    let checks = check_changes(units.iter().map(|unit| &unit.findings), before.description, after.description);
    let members: Vec<TriedMember> = units.into_iter().map(|unit| compared(unit, &placed.0, &placed.1)).collect();
    let of_members: Vec<Points> = members.iter().filter_map(|member| member.difference).collect();
    let smallest_unit = before.description.smallest_unit.min(after.description.smallest_unit);
    let moves = |wanted| count(members.iter().filter(|member| member.grade_move == Some(wanted)).count());
    RubricTrial {
        cohorts,
        distribution: distribution(&of_members, smallest_unit),
        moved: moved(&members, before.description, after.description),
        grades: grades(&members, before.description, after.description),
        upgraded: moves(GradeMove::Up),
        downgraded: moves(GradeMove::Down),
        regraded_sideways: moves(GradeMove::Sideways),
        checks,
        would_be_blocked: count(members.iter().filter(|member| member.would_be_blocked).count()),
        drifted,
        before: tried(&before, members.iter().map(|member| &member.before)),
        after: tried(&after, members.iter().map(|member| &member.after)),
        members,
    }
}

/// One side with the place of every member in it.
struct Placed<'a> {
    side: &'a Side<'a>,
    places: BTreeMap<&'a str, MemberSettled<'a>>,
}

impl<'a> Placed<'a> {
    fn of(side: &'a Side<'a>) -> Self {
        let places = side.cohorts.iter().flat_map(|cohort| {
            cohort.cohort.members.iter().enumerate().map(|(member, code)| {
                (code.as_str(), MemberSettled { cohort: &cohort.cohort, settlement: &cohort.settlement, member })
            })
        });
        Self { side, places: places.collect() }
    }

    fn score(&self, unit: &UnitCode) -> Option<MemberScore<'a>> {
        let settled = *self.places.get(unit.as_str())?;
        Some(MemberScore { description: self.side.description, unit: self.side.scores.get(unit)?, settled })
    }

    fn outcome(&self, unit: &UnitCode) -> Outcome {
        let ranked = self.score(unit).and_then(|score| {
            let MemberSettled { cohort, settlement, member } = score.settled;
            let grade = score.description.grades.get(usize::from(*settlement.grades.get(member)?))?;
            Some(Ranked {
                total: score.total(),
                grade: grade.id.clone(),
                rank: *settlement.ranks.get(member)?,
                ranked: count(cohort.members.len()),
            })
        });
        let unknown = || NotScored { why: WhyNotScored::Unfit, code: String::new(), message: Text::default() };
        let not_scored = || self.side.not_scored.get(unit).cloned().unwrap_or_else(unknown);
        ranked.map_or_else(|| Outcome::NotScored(not_scored()), Outcome::Ranked)
    }
}

fn compared(unit: TriedUnit, before: &Placed<'_>, after: &Placed<'_>) -> TriedMember {
    let TriedUnit { unit, name, cohort, revision, findings, would_be_blocked } = unit;
    let (was, is) = (before.outcome(&unit), after.outcome(&unit));
    let scores = before.score(&unit).zip(after.score(&unit));
    let differences = scores.map(|(before, after)| differences(&before, &after)).unwrap_or_default();
    let both = was.ranked().zip(is.ranked());
    TriedMember {
        difference: both.map(|(was, is)| is.total - was.total),
        grade_move: both.and_then(|(was, is)| grade_move(was, is, before.side.description, after.side.description)),
        unit,
        name,
        cohort,
        revision,
        before: was,
        after: is,
        differences,
        findings: findings.listed,
        more_findings: findings.more,
        would_be_blocked,
    }
}

/// Which grade of a scale is the same as one of another rubric: the one of its identifier, or else of its name.
pub fn grade_in(scale: &[Grade], grade: &Grade) -> Option<usize> {
    let by_identifier = scale.iter().position(|known| known.id == grade.id);
    by_identifier.or_else(|| scale.iter().position(|known| known.label.zh == grade.label.zh))
}

/// Better and worse can be told where one of the scales has both grades.
fn grade_move(was: &Ranked, is: &Ranked, before: &Description, after: &Description) -> Option<GradeMove> {
    let of = |description: &Description, id: &str| description.grades.iter().position(|grade| grade.id == id);
    let (own_before, own_after) = (of(before, &was.grade), of(after, &is.grade));
    let in_scale = |scale: &Description, place: Option<usize>, grades: &Description| {
        grade_in(&scale.grades, grades.grades.get(place?)?)
    };
    let places = in_scale(after, own_before, before).zip(own_after);
    match places.or_else(|| own_before.zip(in_scale(before, own_after, after))) {
        Some((was, is)) if is == was => None,
        Some((was, is)) if is < was => Some(GradeMove::Up),
        Some(_) => Some(GradeMove::Down),
        None => (was.grade != is.grade).then_some(GradeMove::Sideways),
    }
}

fn tried<'m>(side: &Side<'_>, outcomes: impl Iterator<Item = &'m Outcome>) -> TriedRubric {
    let mut not_scored: BTreeMap<WhyNotScored, u32> = BTreeMap::new();
    for not in outcomes.filter_map(Outcome::not_scored) {
        *not_scored.entry(not.why).or_default() += 1;
    }
    let Description { title, version, full_marks, grades, .. } = side.description;
    TriedRubric {
        title: title.clone(),
        version: version.clone(),
        full_marks: *full_marks,
        grades: grades.clone(),
        cost: side.cost.clone(),
        not_scored: not_scored.into_iter().map(|(why, members)| NotScoredCount { why, members }).collect(),
    }
}

fn cohorts(before: &[SettledCohort], after: &[SettledCohort]) -> Vec<TriedCohort> {
    let mut all: BTreeMap<&str, [Option<&SettledCohort>; 2]> = BTreeMap::new();
    for (side, cohorts) in [before, after].into_iter().enumerate() {
        for cohort in cohorts {
            all.entry(&cohort.name).or_default()[side] = Some(cohort);
        }
    }
    let ranked = |cohort: Option<&SettledCohort>| cohort.map_or(0, |cohort| count(cohort.cohort.members.len()));
    let middle = |cohort: Option<&SettledCohort>| cohort.map_or(Points::ZERO, |c| median(&c.settlement.totals));
    let cohort = |(name, [before, after]): (&str, [Option<&SettledCohort>; 2])| TriedCohort {
        name: name.to_owned(),
        ranked_before: ranked(before),
        ranked_after: ranked(after),
        median_before: middle(before),
        median_after: middle(after),
    };
    all.into_iter().map(cohort).collect()
}

fn moved(members: &[TriedMember], before: &Description, after: &Description) -> Vec<Moved> {
    let mut all: BTreeMap<(PartKind, &str), Moved> = BTreeMap::new();
    for difference in members.iter().flat_map(|member| &member.differences) {
        let key = (difference.kind, difference.id.as_str());
        let moved = all.entry(key).or_insert_with(|| {
            let labels = (label(before, key.0, key.1), label(after, key.0, key.1));
            let presence = match (&labels.0, &labels.1) {
                (Some(_), None) => Presence::Before,
                (None, Some(_)) => Presence::After,
                _ => Presence::Both,
            };
            Moved {
                kind: key.0,
                id: key.1.to_owned(),
                label: labels.1.or(labels.0).unwrap_or_default(),
                presence,
                members: 0,
                sum: Points::ZERO,
                size: Points::ZERO,
            }
        });
        moved.members += 1;
        moved.sum += difference.difference;
        moved.size += Points::from_thousandths(difference.difference.thousandths().saturating_abs());
    }
    let mut all: Vec<Moved> = all.into_values().collect();
    all.sort_by(|one, other| (other.size, other.members, &one.id).cmp(&(one.size, one.members, &other.id)));
    all
}

/// The name of a part of the score, where the rubric declares it. Rounding is no part that is declared.
fn label(description: &Description, kind: PartKind, id: &str) -> Option<Text> {
    let label = match kind {
        PartKind::Criterion | PartKind::CohortCriterion => {
            description.criterion(id).filter(|criterion| criterion.is_scored()).map(|criterion| &criterion.label)
        }
        PartKind::Cap | PartKind::Floor => description.caps.iter().find(|cap| cap.id == id).map(|cap| &cap.label),
        PartKind::Veto | PartKind::Downgrade => {
            description.vetoes.iter().find(|veto| veto.id == id).map(|veto| &veto.label)
        }
        PartKind::Rounding => None,
    };
    label.cloned()
}

fn grades(members: &[TriedMember], before: &Description, after: &Description) -> Vec<Vec<u32>> {
    let place = |description: &Description, outcome: &Outcome| {
        let grade = outcome.ranked().map(|ranked| ranked.grade.as_str());
        let place = description.grades.iter().position(|known| Some(known.id.as_str()) == grade);
        place.unwrap_or(description.grades.len())
    };
    let mut matrix = vec![vec![0; after.grades.len() + 1]; before.grades.len() + 1];
    for member in members {
        matrix[place(before, &member.before)][place(after, &member.after)] += 1;
    }
    matrix
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
