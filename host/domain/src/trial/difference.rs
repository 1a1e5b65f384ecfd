//! Differences: the parts of a member's total that two rubrics give differently. Together they are the difference of the totals, exactly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::explanation::MemberSettled;
use crate::limits::TRIAL_REASONS_BYTES_MAX;
use crate::points::Points;
use crate::rubric::{Description, Pass, VetoEffect};
use crate::scorecard::{EntryKind, Line, Scorecard, Step, StepKind};
use crate::settlement::MemberStep;
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

/// What the unit pass gave one member, part by part: the scorecard without everything that a trial does not keep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitScore {
    parts: BTreeMap<Key, Part>,
}

impl UnitScore {
    /// The parts of a scorecard. Reasons are kept up to [`TRIAL_REASONS_BYTES_MAX`]; points always are.
    pub fn of(description: &Description, scorecard: &Scorecard) -> Self {
        let mut parts = Parts { description, all: BTreeMap::new() };
        for line in &scorecard.lines {
            parts.add_line(line);
        }
        for step in &scorecard.steps {
            parts.add_step(step);
        }
        let mut left = TRIAL_REASONS_BYTES_MAX;
        for part in parts.all.values_mut() {
            part.reason = shortened(&part.reason);
            match left.checked_sub(part.reason.len()) {
                Some(rest) => left = rest,
                None => "…".clone_into(&mut part.reason),
            }
        }
        Self { parts: parts.all }
    }
}

/// One member's score under one rubric.
#[derive(Clone, Copy, Debug)]
pub struct MemberScore<'a> {
    /// What the rubric says of itself.
    pub description: &'a Description,
    /// What the unit pass gave.
    pub unit: &'a UnitScore,
    /// What the cohort pass made of it.
    pub settled: MemberSettled<'a>,
}

impl MemberScore<'_> {
    /// The final total.
    pub fn total(&self) -> Points {
        self.settled.settlement.totals.get(self.settled.member).copied().unwrap_or_default()
    }

    /// The parts of both passes.
    fn parts(&self) -> BTreeMap<Key, Part> {
        let mut parts = Parts { description: self.description, all: self.unit.parts.clone() };
        for column in &self.settled.settlement.columns {
            let points = column.points.get(self.settled.member).copied().unwrap_or_default();
            let part = parts.all.entry(Key::Criterion(column.criterion.clone())).or_default();
            part.add(points, &shortened(&column.reason));
            part.is_of_cohort = true;
        }
        for step in steps_of(self.settled) {
            parts.add_step(&step.step);
        }
        parts.all
    }
}

/// What differs between two scores of one member, the largest difference first.
///
/// Where both totals are the sums of their parts, which the host holds of every answer of a plugin, the differences add up to the
/// difference of the totals: every line, column and step of either side is in exactly one part.
pub fn differences(before: &MemberScore<'_>, after: &MemberScore<'_>) -> Vec<Difference> {
    let (mut before, after) = (before.parts(), after.parts());
    let mut all: Vec<Difference> = Vec::new();
    for (key, part) in after {
        let known = before.remove(&key);
        all.extend(difference(key, known, Some(part)));
    }
    all.extend(before.into_iter().filter_map(|(key, part)| difference(key, Some(part), None)));
    all.sort_by(|one, other| {
        let size = |one: &Difference| one.difference.thousandths().unsigned_abs();
        (size(other), one.kind, &one.id).cmp(&(size(one), other.kind, &other.id))
    });
    all
}

/// Which part. Criteria are the same part in whichever pass they get their points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Criterion(String),
    Step(PartKind, String),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    points: Points,
    reason: String,
    is_of_cohort: bool,
    /// What a step does beside its points: the effect of its rule, and the grade that it names.
    effect: Option<(Option<VetoEffect>, Option<String>)>,
}

impl Part {
    fn add(&mut self, points: Points, reason: &str) {
        self.points += points;
        if !self.reason.is_empty() && !reason.is_empty() {
            self.reason.push('；');
        }
        self.reason.push_str(reason);
    }

    fn share(self) -> Share {
        Share { points: self.points, reason: shortened(&self.reason) }
    }
}

fn difference(key: Key, before: Option<Part>, after: Option<Part>) -> Option<Difference> {
    let points = |part: &Option<Part>| part.as_ref().map_or(Points::ZERO, |part| part.points);
    let difference = points(&after) - points(&before);
    let effect = |part: &Option<Part>| part.as_ref().and_then(|part| part.effect.clone());
    if difference == Points::ZERO && effect(&before) == effect(&after) {
        return None;
    }
    let of_unit = [&before, &after].into_iter().flatten().any(|part| !part.is_of_cohort);
    let (kind, id) = match key {
        Key::Step(kind, rule) => (kind, rule),
        Key::Criterion(id) if of_unit => (PartKind::Criterion, id),
        Key::Criterion(id) => (PartKind::CohortCriterion, id),
    };
    Some(Difference { kind, id, before: before.map(Part::share), after: after.map(Part::share), difference })
}

/// Parts that are being added up.
struct Parts<'a> {
    description: &'a Description,
    all: BTreeMap<Key, Part>,
}

impl Parts<'_> {
    fn add_line(&mut self, line: &Line) {
        let criterion = self.description.criterion(&line.criterion);
        let part = self.all.entry(Key::Criterion(line.criterion.clone())).or_default();
        part.add(line.points, &reason_of(line));
        part.is_of_cohort = criterion.is_some_and(|criterion| criterion.pass == Pass::OfCohort);
    }

    fn add_step(&mut self, step: &Step) {
        let kind = match step.kind {
            StepKind::Cap => PartKind::Cap,
            StepKind::Floor => PartKind::Floor,
            StepKind::Veto => PartKind::Veto,
            StepKind::Downgrade => PartKind::Downgrade,
            StepKind::Round => PartKind::Rounding,
        };
        let part = self.all.entry(Key::Step(kind, step.rule.clone())).or_default();
        part.add(step.points, &shortened(&step.reason));
        if matches!(step.kind, StepKind::Veto | StepKind::Downgrade) {
            let veto = self.description.vetoes.iter().find(|veto| veto.id == step.rule);
            part.effect = Some((veto.map(|veto| veto.effect.clone()), step.grade.clone()));
        }
    }
}

/// The member's own steps of the cohort pass, which stand in the order of members.
fn steps_of(settled: MemberSettled<'_>) -> &[MemberStep] {
    let steps = &settled.settlement.steps;
    let number = u32::try_from(settled.member).unwrap_or(u32::MAX);
    let start = steps.partition_point(|step| step.member < number);
    let end = steps.partition_point(|step| step.member <= number);
    &steps[start..end]
}

/// How a line came about, step by step. What only waits for the cohort pass says nothing.
fn reason_of(line: &Line) -> String {
    let entries = line.entries.iter().filter(|entry| entry.kind != EntryKind::Pending);
    let told = entries.map(|entry| {
        let sign = if entry.points > Points::ZERO { "+" } else { "" };
        if entry.points == Points::ZERO {
            entry.reason.clone()
        } else {
            format!("{} {sign}{}", entry.reason, entry.points)
        }
    });
    told.collect::<Vec<_>>().join("；")
}
