//! Cohorts: everybody's scorecards turned into columns for the cohort pass, and its answer read back member by member.

use crate::amount::Decimal;
use crate::calendar::Period;
use crate::ids::UnitCode;
use crate::points::Points;
use crate::rubric::{Description, Pass};
use crate::scorecard::{CriterionPoints, Scorecard, Step, StepKind};
use crate::settled::SettledCohort;
use crate::settlement::{Cohort, CriterionColumn, MeasureColumn, MemberStep};

/// One member that is settled.
#[derive(Clone, Copy, Debug)]
pub struct ScoredMember<'a> {
    /// The unit.
    pub unit: &'a UnitCode,
    /// What the unit pass gave.
    pub scorecard: &'a Scorecard,
}

/// The columns of some members, in their order.
pub fn cohort_of(description: &Description, period: Period, name: &str, members: &[ScoredMember<'_>]) -> Cohort {
    let of_unit = description.scored().filter(|criterion| criterion.pass == Pass::OfUnit);
    let criteria = of_unit.map(|criterion| CriterionColumn {
        criterion: criterion.id.clone(),
        points: members.iter().map(|member| points_of(member.scorecard, &criterion.id)).collect(),
    });
    let measures = description.measures.iter().map(|measure| {
        let values: Vec<Option<i64>> =
            members.iter().map(|member| measured(member.scorecard, &measure.id, measure.scale)).collect();
        MeasureColumn {
            measure: measure.id.clone(),
            known: values.iter().map(|value| u8::from(value.is_some())).collect(),
            values: values.into_iter().map(Option::unwrap_or_default).collect(),
        }
    });
    Cohort {
        period,
        name: name.to_owned(),
        members: members.iter().map(|member| member.unit.to_string()).collect(),
        totals: members.iter().map(|member| member.scorecard.total).collect(),
        criteria: criteria.collect(),
        measures: measures.collect(),
        steps: members
            .iter()
            .zip(0_u32..)
            .flat_map(|(member, index)| overriding_steps(member.scorecard, index))
            .collect(),
    }
}

fn points_of(scorecard: &Scorecard, criterion: &str) -> Points {
    let line = scorecard.lines.iter().find(|line| line.criterion == criterion);
    line.map_or(Points::ZERO, |line| line.points)
}

fn measured(scorecard: &Scorecard, measure: &str, scale: u8) -> Option<i64> {
    let measured = scorecard.measures.iter().find(|measured| measured.measure == measure)?;
    measured.value.and_then(|value: Decimal| value.rescaled_exactly(scale))
}

fn overriding_steps(scorecard: &Scorecard, member: u32) -> impl Iterator<Item = MemberStep> {
    let overrides = |step: &&Step| matches!(step.kind, StepKind::Veto | StepKind::Downgrade);
    scorecard.steps.iter().filter(overrides).map(move |step| MemberStep { member, step: step.clone() })
}

/// The middle of some totals; of an even number the mean of the two in the middle, cut off at a thousandth.
pub fn median(totals: &[Points]) -> Points {
    let mut sorted = totals.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => Points::ZERO,
        odd if odd % 2 == 1 => sorted[middle],
        _ => Points::from_thousandths(i64::midpoint(sorted[middle - 1].thousandths(), sorted[middle].thousandths())),
    }
}

impl SettledCohort {
    /// The index of a unit among the members.
    pub fn index_of(&self, unit: &UnitCode) -> Option<usize> {
        self.cohort.members.iter().position(|member| member == unit.as_str())
    }

    /// A member's final points per criterion of both passes, in the description's order.
    pub fn lines_of(&self, member: usize, description: &Description) -> Vec<CriterionPoints> {
        let lines = self.final_columns(description).into_iter().map(|column| CriterionPoints {
            points: column.points.get(member).copied().unwrap_or_default(),
            criterion: column.criterion,
        });
        lines.collect()
    }

    /// The final points per criterion of both passes, in the description's order.
    pub fn final_columns(&self, description: &Description) -> Vec<CriterionColumn> {
        let columns = description.scored().map(|criterion| {
            let points = match criterion.pass {
                Pass::OfUnit => {
                    self.cohort.criteria.iter().find(|column| column.criterion == criterion.id).map(|c| &c.points)
                }
                Pass::OfCohort => {
                    self.settlement.columns.iter().find(|column| column.criterion == criterion.id).map(|c| &c.points)
                }
            };
            let nothing = || vec![Points::ZERO; self.cohort.members.len()];
            CriterionColumn { criterion: criterion.id.clone(), points: points.cloned().unwrap_or_else(nothing) }
        });
        columns.collect()
    }
}
