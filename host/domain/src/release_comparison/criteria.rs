//! Criteria side by side: added, removed, moved, renamed, weighed differently.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::paired::Paired;
use super::{Items, timeline};
use crate::point_table::{NumberedCriterion, numbered};
use crate::points::Points;
use crate::rubric::{Criterion, PointRange};

/// A criterion that stands only in one of the rubrics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandingAlone {
    /// The criterion with its number.
    #[serde(flatten)]
    pub numbered: NumberedCriterion,
    /// The one criterion that stands only in the other rubric and has the same name: perhaps the same one under another identifier.
    pub namesake: Option<String>,
}

/// What changed about a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionAspect {
    /// Its name.
    Label,
    /// The group that it stands in.
    Parent,
    /// What part it plays.
    Kind,
    /// In which pass it gets its points.
    Pass,
    /// The points that it may give.
    Ranges,
    /// What is left to a reviewer.
    Judged,
    /// How the points are given.
    Guidance,
}

/// The points that a criterion may give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// The least.
    pub least: Points,
    /// The most.
    pub most: Points,
}

impl Weight {
    /// What weighs: the most that it gives, or where it only takes away, the most that it takes.
    pub fn points(self) -> Points {
        if self.most > Points::ZERO { self.most } else { self.least }
    }
}

/// For which periods a criterion weighs something else, and by how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RangeDifference {
    /// The first day of a period's end for which it does.
    pub since: Date,
    /// The last one; none where there is no last.
    pub until: Option<Date>,
    /// What it gave; none where it had not begun.
    pub before: Option<Weight>,
    /// What it gives; none where it has not begun.
    pub after: Option<Weight>,
    /// By how much more it weighs; what has not begun weighs nothing.
    pub difference: Points,
}

/// A criterion that stands in both rubrics and is not the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedCriterion {
    /// As it was.
    pub before: NumberedCriterion,
    /// As it is.
    pub after: NumberedCriterion,
    /// What changed.
    pub aspects: Vec<CriterionAspect>,
    /// For which periods it weighs something else.
    pub ranges: Vec<RangeDifference>,
}

/// A group whose criteria stand in another order, of those that stand in it in both rubrics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reordered {
    /// The group; none for the top.
    pub group: Option<String>,
    /// Their identifiers as they stood.
    pub before: Vec<String>,
    /// As they stand.
    pub after: Vec<String>,
}

/// Compares criteria by their identifiers.
pub(super) fn criteria(before: &[Criterion], after: &[Criterion]) -> Items<StandingAlone, ChangedCriterion> {
    let (before, after) = (numbered(before), numbered(after));
    let paired = Paired::of(&before, &after, |numbered| &numbered.criterion.id);
    let (added, removed) = (names(&paired.added), names(&paired.removed));
    Items {
        added: paired.added.iter().map(|numbered| alone(numbered, &added, &removed)).collect(),
        removed: paired.removed.iter().map(|numbered| alone(numbered, &removed, &added)).collect(),
        changed: paired.both.into_iter().filter_map(|(before, after)| changed_criterion(before, after)).collect(),
    }
}

/// Identifiers by the name that they bear.
type Names<'c> = BTreeMap<&'c str, Vec<&'c str>>;

fn names<'c>(criteria: &[&'c NumberedCriterion]) -> Names<'c> {
    let mut names: Names<'c> = BTreeMap::new();
    for numbered in criteria {
        names.entry(numbered.criterion.label.zh.trim()).or_default().push(&numbered.criterion.id);
    }
    names
}

/// A name tells something only where exactly one on each side bears it.
fn alone(numbered: &NumberedCriterion, own: &Names<'_>, other: &Names<'_>) -> StandingAlone {
    let name = numbered.criterion.label.zh.trim();
    let namesake = match (own.get(name).map(Vec::as_slice), other.get(name).map(Vec::as_slice)) {
        (Some([_]), Some([namesake])) if !name.is_empty() => Some((*namesake).to_owned()),
        _ => None,
    };
    StandingAlone { numbered: numbered.clone(), namesake }
}

fn changed_criterion(before: &NumberedCriterion, after: &NumberedCriterion) -> Option<ChangedCriterion> {
    let (was, is) = (&before.criterion, &after.criterion);
    let ranges = range_differences(&was.ranges, &is.ranges);
    let aspects: Vec<CriterionAspect> = [
        (CriterionAspect::Label, was.label != is.label),
        (CriterionAspect::Parent, was.parent != is.parent),
        (CriterionAspect::Kind, was.kind != is.kind),
        (CriterionAspect::Pass, was.pass != is.pass),
        (CriterionAspect::Ranges, !ranges.is_empty()),
        (CriterionAspect::Judged, was.judged != is.judged),
        (CriterionAspect::Guidance, was.guidance != is.guidance),
    ]
    .into_iter()
    .filter_map(|(aspect, is_changed)| is_changed.then_some(aspect))
    .collect();
    let is_changed = !aspects.is_empty();
    is_changed.then(|| ChangedCriterion { before: before.clone(), after: after.clone(), aspects, ranges })
}

fn range_differences(before: &[PointRange], after: &[PointRange]) -> Vec<RangeDifference> {
    let history = |ranges: &[PointRange]| -> Vec<(Date, Weight)> {
        ranges.iter().map(|range| (range.since, Weight { least: range.least, most: range.most })).collect()
    };
    let weighs = |weight: Option<Weight>| weight.map_or(Points::ZERO, Weight::points);
    let stretches = timeline::differences(&history(before), &history(after));
    stretches
        .into_iter()
        .map(|stretch| RangeDifference {
            since: stretch.since,
            until: stretch.until,
            before: stretch.before,
            after: stretch.after,
            difference: weighs(stretch.after) - weighs(stretch.before),
        })
        .collect()
}

/// Groups in which criteria that stand there in both rubrics stand in another order, in the order of the identifiers of the groups.
pub(super) fn reordered(before: &[Criterion], after: &[Criterion]) -> Vec<Reordered> {
    let (was, is) = (children(before), children(after));
    let groups = was.iter().filter_map(|(group, before)| {
        let after = is.get(group)?;
        let (in_before, in_after): (BTreeSet<&str>, BTreeSet<&str>) =
            (before.iter().copied().collect(), after.iter().copied().collect());
        let kept = |all: &[&str], others: &BTreeSet<&str>| -> Vec<String> {
            all.iter().filter(|id| others.contains(*id)).map(|id| (*id).to_owned()).collect()
        };
        let (before, after) = (kept(before, &in_after), kept(after, &in_before));
        (before != after).then(|| Reordered { group: group.map(str::to_owned), before, after })
    });
    groups.collect()
}

fn children(criteria: &[Criterion]) -> BTreeMap<Option<&str>, Vec<&str>> {
    let mut children: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    for criterion in criteria {
        children.entry(criterion.parent.as_deref()).or_default().push(&criterion.id);
    }
    children
}
