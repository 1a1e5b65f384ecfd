//! Differences: the parts of a member's total that two rubrics give differently. Together they are the difference of the totals, exactly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::explanation::MemberSettled;
use crate::points::Points;
use crate::rubric::{Description, Pass, VetoEffect};
use crate::scorecard::{EntryKind, Line, Scorecard, Step, StepKind};
use crate::trial::shortened;

/// What part of a total differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartKind {
    /// A criterion that a submission answers by itself, on at least one side.
    Criterion,
    /// A criterion that compares everybody.
    CohortCriterion,
    /// A bound from above.
    Cap,
    /// A bound from below.
    Floor,
    /// A rule that overrides the sum.
    Veto,
    /// A rule that lowers the grade; it changes no points.
    Downgrade,
    /// Bringing the total to a multiple of the smallest unit.
    Rounding,
}

/// What a part gives under one rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Its points, of both passes together.
    pub points: Points,
    /// Why, in the rubric's own words.
    pub reason: String,
}

/// A part of a member's total that two rubrics give differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What part it is.
    pub kind: PartKind,
    /// The criterion's or the rule's identifier; empty for rounding.
    pub id: String,
    /// What the rubric in force gives; none where it has no such part.
    pub before: Option<Share>,
    /// What the candidate gives; none where it has no such part.
    pub after: Option<Share>,
    /// After less before.
    pub difference: Points,
}

/// One member's score under one rubric.
#[derive(Clone, Copy, Debug)]
pub struct MemberScore<'a> {
    /// What the rubric says of itself.
    pub description: &'a Description,
    /// What the unit pass gave.
    pub scorecard: &'a Scorecard,
    /// What the cohort pass made of it.
    pub settled: MemberSettled<'a>,
}

impl MemberScore<'_> {
    /// The final total.
    pub fn total(&self) -> Points {
        self.settled.settlement.totals.get(self.settled.member).copied().unwrap_or_default()
    }
}

/// What differs between two scores of one member, the largest difference first.
///
/// Where both totals are the sums of their parts, which the host holds of every answer of a plugin, the differences add up to the
/// difference of the totals: every line, column and step of either side is in exactly one part.
pub fn differences(before: &MemberScore<'_>, after: &MemberScore<'_>) -> Vec<Difference> {
    let (mut before, after) = (parts_of(before), parts_of(after));
    let mut all: Vec<Difference> =
        after.into_iter().filter_map(|(key, part)| difference(key, before.remove(&key), Some(part))).collect();
    all.extend(before.into_iter().filter_map(|(key, part)| difference(key, Some(part), None)));
    all.sort_by_key(|difference| {
        (std::cmp::Reverse(difference.difference.thousandths().unsigned_abs()), difference.kind, difference.id.clone())
    });
    all
}

/// Which part. Criteria are the same part in whichever pass they get their points.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Criterion(&'a str),
    Step(PartKind, &'a str),
}

#[derive(Default)]
struct Part<'a> {
    points: Points,
    reasons: Vec<String>,
    is_of_cohort: bool,
    /// What a step does beside its points.
    effect: Option<(Option<&'a VetoEffect>, Option<&'a String>)>,
}

impl Part<'_> {
    fn share(&self) -> Share {
        Share { points: self.points, reason: shortened(&self.reasons.join("；")) }
    }
}

fn difference(key: Key<'_>, before: Option<Part<'_>>, after: Option<Part<'_>>) -> Option<Difference> {
    let points = |part: &Option<Part<'_>>| part.as_ref().map_or(Points::ZERO, |part| part.points);
    let difference = points(&after) - points(&before);
    let effect =
        |part: &Option<Part<'_>>| part.as_ref().and_then(|part| part.effect).map(|(e, g)| (e.cloned(), g.cloned()));
    if difference == Points::ZERO && effect(&before) == effect(&after) {
        return None;
    }
    let (kind, id) = match key {
        Key::Step(kind, rule) => (kind, rule),
        Key::Criterion(id) => {
            let of_unit = [&before, &after].into_iter().flatten().any(|part| !part.is_of_cohort);
            (if of_unit { PartKind::Criterion } else { PartKind::CohortCriterion }, id)
        }
    };
    let (before, after) = (before.map(|part| part.share()), after.map(|part| part.share()));
    Some(Difference { kind, id: id.to_owned(), before, after, difference })
}

fn parts_of<'a>(score: &MemberScore<'a>) -> BTreeMap<Key<'a>, Part<'a>> {
    let MemberScore { description, scorecard, settled } = *score;
    let MemberSettled { settlement, member, .. } = settled;
    let mut parts: BTreeMap<Key<'a>, Part<'a>> = BTreeMap::new();
    for line in &scorecard.lines {
        let part = parts.entry(Key::Criterion(&line.criterion)).or_default();
        part.points += line.points;
        part.reasons.extend(reason_of(line));
        let criterion = description.criterion(&line.criterion);
        part.is_of_cohort = criterion.is_some_and(|criterion| criterion.pass == Pass::OfCohort);
    }
    for column in &settlement.columns {
        let part = parts.entry(Key::Criterion(&column.criterion)).or_default();
        part.points += column.points.get(member).copied().unwrap_or_default();
        part.reasons.push(column.reason.clone());
        part.is_of_cohort = true;
    }
    let later = steps_of(settled).iter().map(|step| &step.step);
    for step in scorecard.steps.iter().chain(later) {
        add_step(&mut parts, description, step);
    }
    parts
}

/// The member's own steps of the cohort pass, which stand in the order of members.
fn steps_of(settled: MemberSettled<'_>) -> &[crate::settlement::MemberStep] {
    let steps = &settled.settlement.steps;
    let number = u32::try_from(settled.member).unwrap_or(u32::MAX);
    let (start, end) =
        (steps.partition_point(|step| step.member < number), steps.partition_point(|step| step.member <= number));
    &steps[start..end]
}

fn add_step<'a>(parts: &mut BTreeMap<Key<'a>, Part<'a>>, description: &'a Description, step: &'a Step) {
    let kind = match step.kind {
        StepKind::Cap => PartKind::Cap,
        StepKind::Floor => PartKind::Floor,
        StepKind::Veto => PartKind::Veto,
        StepKind::Downgrade => PartKind::Downgrade,
        StepKind::Round => PartKind::Rounding,
    };
    let part = parts.entry(Key::Step(kind, &step.rule)).or_default();
    part.points += step.points;
    part.reasons.extend((!step.reason.is_empty()).then(|| step.reason.clone()));
    if matches!(step.kind, StepKind::Veto | StepKind::Downgrade) {
        let veto = description.vetoes.iter().find(|veto| veto.id == step.rule);
        part.effect = Some((veto.map(|veto| &veto.effect), step.grade.as_ref()));
    }
}

/// How a line came about, step by step. What only waits for the cohort pass says nothing.
fn reason_of(line: &Line) -> Option<String> {
    let entries = line.entries.iter().filter(|entry| entry.kind != EntryKind::Pending);
    let told: Vec<String> = entries
        .map(|entry| {
            let sign = if entry.points > Points::ZERO { "+" } else { "" };
            if entry.points == Points::ZERO {
                entry.reason.clone()
            } else {
                format!("{} {sign}{}", entry.reason, entry.points)
            }
        })
        .collect();
    (!told.is_empty()).then(|| told.join("；"))
}
