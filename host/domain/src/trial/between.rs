//! Two trials of one round beside each other: what one candidate would do that the other would not.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::UnitCode;
use crate::points::Points;
use crate::trial::Trial;
use crate::trial::blocks::ChangedBlock;
use crate::trial::difference::{Difference, PartKind, Share};
use crate::trial::distribution::{Distribution, distribution};
use crate::trial::member::{Outcome, TriedMember};
use crate::trial::rubric::RubricTrial;

/// What one member gets from either candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberBetween {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// What the candidate of the first trial makes of it; none where it was not in that trial.
    pub first: Option<Outcome>,
    /// What the candidate of the second makes of it; none where it was not in that trial.
    pub second: Option<Outcome>,
    /// The second total less the first, where both score it.
    pub difference: Option<Points>,
    /// Which parts of the total differ, and together make the difference; empty where the trials had different baselines or judged
    /// different revisions, because then the parts cannot be told.
    pub parts: Vec<PartBetween>,
}

/// A part of a member's total that the candidates give differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartBetween {
    /// What part it is.
    pub kind: PartKind,
    /// The criterion's or the rule's identifier; empty for rounding.
    pub id: String,
    /// What the first candidate gives; none where it has no such part.
    pub first: Option<Share>,
    /// What the second gives; none where it has no such part.
    pub second: Option<Share>,
    /// The second less the first.
    pub difference: Points,
}

/// Two trials of rubrics beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RubricsBetween {
    /// How the totals of the second candidate differ from those of the first.
    pub distribution: Distribution,
    /// Members with another grade.
    pub regraded: u32,
    /// Every member of either whom the candidates treat differently, in order of the codes.
    pub members: Vec<MemberBetween>,
}

/// Two trials of reports beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportsBetween {
    /// Whether both candidates composed the same bytes.
    pub equal: bool,
    /// The blocks that differ between the two documents.
    pub changes: Vec<ChangedBlock>,
    /// How many more differ than are listed.
    pub more_changes: u32,
}

/// What differs between two trials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// Of rubrics.
    Rubrics(RubricsBetween),
    /// Of reports.
    Reports(ReportsBetween),
}

/// Two trials compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialComparison {
    /// The first.
    pub first: Trial,
    /// The second.
    pub second: Trial,
    /// What differs.
    pub between: Between,
}

/// Compares two trials of rubrics; `same_baseline` where both stood beside the same release.
pub fn rubrics_between(first: &RubricTrial, second: &RubricTrial, same_baseline: bool) -> RubricsBetween {
    let by_unit = |trial: &'_ RubricTrial| -> BTreeMap<UnitCode, usize> {
        trial.members.iter().enumerate().map(|(index, member)| (member.unit.clone(), index)).collect()
    };
    let places = (by_unit(first), by_unit(second));
    let units: BTreeSet<&UnitCode> = places.0.keys().chain(places.1.keys()).collect();
    let all: Vec<MemberBetween> = units
        .into_iter()
        .filter_map(|unit| {
            let one = places.0.get(unit).map(|index| &first.members[*index]);
            let other = places.1.get(unit).map(|index| &second.members[*index]);
            member_between(one, other, same_baseline)
        })
        .collect();
    let differences: Vec<Points> = all.iter().filter_map(|member| member.difference).collect();
    let grade =
        |outcome: &Option<Outcome>| outcome.as_ref().and_then(Outcome::ranked).map(|ranked| ranked.grade.clone());
    let is_regraded = |member: &&MemberBetween| {
        grade(&member.first).zip(grade(&member.second)).is_some_and(|(first, second)| first != second)
    };
    RubricsBetween {
        // Differences are multiples of what either rubric rounds to, so any span does.
        distribution: distribution(&differences, Points::from_thousandths(1)),
        regraded: u32::try_from(all.iter().filter(is_regraded).count()).unwrap_or(u32::MAX),
        members: all.into_iter().filter(|member| member.first != member.second).collect(),
    }
}

fn member_between(
    first: Option<&TriedMember>,
    second: Option<&TriedMember>,
    same_baseline: bool,
) -> Option<MemberBetween> {
    let known = second.or(first)?;
    let ranked =
        |member: Option<&TriedMember>| member.and_then(|member| member.after.ranked()).map(|ranked| ranked.total);
    let both = first.zip(second);
    let scored_by_all = both.filter(|(one, other)| {
        same_baseline && one.revision == other.revision && one.difference.is_some() && other.difference.is_some()
    });
    // The baseline may have judged the same revision in another light, when the register has changed between the trials.
    let scored_alike = scored_by_all
        .filter(|(one, other)| one.before.ranked().map(|r| r.total) == other.before.ranked().map(|r| r.total));
    Some(MemberBetween {
        unit: known.unit.clone(),
        name: known.name.clone(),
        first: first.map(|member| member.after.clone()),
        second: second.map(|member| member.after.clone()),
        difference: ranked(first).zip(ranked(second)).map(|(first, second)| second - first),
        parts: scored_alike.map(|(one, other)| parts_between(&one.differences, &other.differences)).unwrap_or_default(),
    })
}

/// What both differ in from one baseline, part by part: the differences add up to the difference of the differences.
pub fn parts_between(first: &[Difference], second: &[Difference]) -> Vec<PartBetween> {
    let mut all: BTreeMap<(PartKind, &str), [Option<&Difference>; 2]> = BTreeMap::new();
    for (side, differences) in [first, second].into_iter().enumerate() {
        for difference in differences {
            all.entry((same_part(difference.kind), &difference.id)).or_default()[side] = Some(difference);
        }
    }
    let mut parts: Vec<PartBetween> = all.into_iter().filter_map(|((_, id), sides)| part_between(id, sides)).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.difference.thousandths().unsigned_abs()));
    parts
}

/// A criterion is the same part in whichever pass it gets its points.
const fn same_part(kind: PartKind) -> PartKind {
    match kind {
        PartKind::Criterion | PartKind::CohortCriterion => PartKind::Criterion,
        other => other,
    }
}

fn part_between(id: &str, [first, second]: [Option<&Difference>; 2]) -> Option<PartBetween> {
    let points = |side: Option<&Difference>| side.map_or(Points::ZERO, |side| side.difference);
    // Where only one differs from the baseline, the other gives what the baseline gives.
    let share = |own: Option<&Difference>, other: Option<&Difference>| match (own, other) {
        (Some(own), _) => own.after.clone(),
        (None, Some(other)) => other.before.clone(),
        (None, None) => None,
    };
    let difference = points(second) - points(first);
    let kinds = [first, second].into_iter().flatten().map(|side| side.kind);
    (difference != Points::ZERO).then_some(PartBetween {
        kind: kinds.min()?,
        id: id.to_owned(),
        first: share(first, second),
        second: share(second, first),
        difference,
    })
}
