//! Applying what a rubric declares after the lines are summed: caps in the pass that knows their lines, then vetoes.

use crate::contract::{Comparison, Step, StepKind};
use crate::definition::Definition;
use crate::points::Points;
use crate::rule::{Cap, Effect};

/// In which pass a step is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Unit,
    Cohort,
}

/// What the declared caps bound: for each cap the scored criteria and the earlier caps that its group holds, found out once.
pub(crate) struct Bounds<'d> {
    definition: &'d Definition,
    bounds: Vec<Bound<'d>>,
}

struct Bound<'d> {
    cap: &'d Cap,
    stage: Stage,
    criteria: Vec<usize>,
    inner_caps: Vec<usize>,
}

impl<'d> Bounds<'d> {
    pub(crate) fn of(definition: &'d Definition) -> Self {
        let parents = parents(definition);
        let mut bounds: Vec<Bound<'d>> = Vec::with_capacity(definition.caps.len());
        for cap in definition.caps {
            let group = cap.group.and_then(|group| definition.criterion_index(group));
            let is_inside = |index: usize| is_inside(&parents, index, group);
            let is_scored = |&index: &usize| !definition.criteria[index].is_group();
            let criteria: Vec<usize> =
                (0..definition.criteria.len()).filter(is_scored).filter(|&i| is_inside(i)).collect();
            let waits = criteria.iter().any(|&index| definition.criteria[index].is_of_cohort());
            let lies_inside =
                |inner: &Bound<'_>| match inner.cap.group.and_then(|group| definition.criterion_index(group)) {
                    Some(inner_group) => is_inside(inner_group),
                    None => group.is_none(),
                };
            let inner_caps =
                bounds.iter().enumerate().filter(|(_, inner)| lies_inside(inner)).map(|(at, _)| at).collect();
            let stage = if waits { Stage::Cohort } else { Stage::Unit };
            bounds.push(Bound { cap, stage, criteria, inner_caps });
        }
        Self { definition, bounds }
    }

    /// What the caps of a stage change in a total, in the order of declaration; `points_of` tells a criterion's points by its index.
    pub(crate) fn applied(&self, stage: Stage, total: &mut Points, points_of: impl Fn(usize) -> Points) -> Vec<Step> {
        let mut changes = vec![Points::ZERO; self.bounds.len()];
        let mut steps = Vec::new();
        for (at, bound) in self.bounds.iter().enumerate() {
            // What another stage capped in the whole is in its total already, or follows later.
            let is_now = bound.stage == stage;
            if !is_now && (stage == Stage::Unit || bound.cap.group.is_none()) {
                continue;
            }
            let of_group = || {
                let lines: Points = bound.criteria.iter().map(|&index| points_of(index)).sum();
                lines + bound.inner_caps.iter().map(|&inner| changes[inner]).sum()
            };
            let sum = if bound.cap.group.is_none() { *total } else { of_group() };
            changes[at] = bound.cap.bounded(sum) - sum;
            if is_now && changes[at] != Points::ZERO {
                *total += changes[at];
                steps.push(step_of(bound.cap, changes[at]));
            }
        }
        steps
    }

    pub(crate) const fn definition(&self) -> &'d Definition {
        self.definition
    }
}

fn step_of(cap: &Cap, change: Points) -> Step {
    let is_cap = change < Points::ZERO;
    let (bound, words) = if is_cap { (cap.most, "最高") } else { (cap.least, "最低") };
    Step {
        kind: if is_cap { StepKind::Cap } else { StepKind::Floor },
        rule: cap.id.to_owned(),
        points: change.thousandths(),
        grade: None,
        reason: format!("{}：{words} {} 分", cap.label.zh, bound.unwrap_or_default()),
        comparisons: Vec::new(),
        sources: Vec::new(),
    }
}

/// The index of each criterion's group.
pub(crate) fn parents(definition: &Definition) -> Vec<Option<usize>> {
    let criteria = definition.criteria;
    let group_before = |at: usize| criteria[..at].iter().rposition(|group| Some(group.id) == criteria[at].parent);
    (0..criteria.len()).map(group_before).collect()
}

/// Whether a criterion stands in a group, at any depth, or is the group; everything stands in the whole.
pub(crate) fn is_inside(parents: &[Option<usize>], index: usize, group: Option<usize>) -> bool {
    let Some(group) = group else { return true };
    let mut at = Some(index);
    while let Some(node) = at {
        if node == group {
            return true;
        }
        at = parents[node];
    }
    false
}

/// A veto that somebody breached, until the sum is known.
pub(crate) struct Breach {
    pub(crate) rule: &'static str,
    pub(crate) effect: Effect,
    pub(crate) reason: String,
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) sources: Vec<String>,
}

impl Breach {
    /// A breach of a declared veto.
    ///
    /// # Panics
    /// When the definition declares no such veto: a fault of the plugin that no submission can cause.
    pub(crate) fn of(definition: &Definition, id: &str, reason: impl Into<String>) -> Self {
        let veto = definition.veto(id).unwrap_or_else(|| panic!("the definition declares no veto `{id}`"));
        let reason = crate::card::shortened(reason.into());
        Self { rule: veto.id, effect: veto.effect, reason, comparisons: Vec::new(), sources: Vec::new() }
    }

    /// What it does to a running total.
    pub(crate) fn change(&self, total: Points) -> Points {
        match self.effect {
            Effect::Zero => -total,
            Effect::AtMost(most) => Points::ZERO.min(most - total),
            Effect::Grade(_) | Effect::Downgrade(_) => Points::ZERO,
        }
    }

    pub(crate) fn step(self, change: Points, grade: Option<&'static str>) -> Step {
        Step {
            kind: if matches!(self.effect, Effect::Downgrade(_)) { StepKind::Downgrade } else { StepKind::Veto },
            rule: self.rule.to_owned(),
            points: change.thousandths(),
            grade: grade.map(str::to_owned),
            reason: self.reason,
            comparisons: self.comparisons,
            sources: self.sources,
        }
    }
}

/// The grade that vetoes and downgrades leave of the one that a total takes.
pub(crate) struct Graded<'d> {
    definition: &'d Definition,
    by_total: usize,
    lowered: usize,
    at_best: usize,
}

impl<'d> Graded<'d> {
    pub(crate) fn by(definition: &'d Definition, total: Points) -> Self {
        Self { definition, by_total: definition.grade_index(total), lowered: 0, at_best: 0 }
    }

    /// Takes an effect into account and tells the grade that it leads to at best.
    pub(crate) fn apply(&mut self, effect: Effect) -> Option<&'static str> {
        let index = match effect {
            Effect::Zero | Effect::AtMost(_) => return None,
            Effect::Grade(id) => {
                let index = self.definition.grades.iter().position(|grade| grade.id == id)?;
                self.at_best = self.at_best.max(index);
                index
            }
            Effect::Downgrade(grades) => {
                self.lowered += usize::from(grades);
                self.by_total_lowered()
            }
        };
        self.definition.grades.get(index).map(|grade| grade.id)
    }

    pub(crate) fn index(&self) -> usize {
        self.by_total_lowered().max(self.at_best)
    }

    fn by_total_lowered(&self) -> usize {
        (self.by_total + self.lowered).min(self.definition.grades.len().saturating_sub(1))
    }
}
