//! A cohort as the contract writes it: columns, which cross the boundary in one copy each.

use domain::settlement::{Cohort, CriterionColumn, MeasureColumn, MemberStep};

use super::each;
use super::values::thousandths;
use crate::wit::v1::rubric;

impl From<&Cohort> for rubric::Cohort {
    fn from(cohort: &Cohort) -> Self {
        Self {
            period: cohort.period.into(),
            name: cohort.name.clone(),
            members: cohort.members.clone(),
            totals: thousandths(&cohort.totals),
            criteria: each(&cohort.criteria),
            measures: each(&cohort.measures),
            steps: each(&cohort.steps),
        }
    }
}

impl From<&CriterionColumn> for rubric::CriterionColumn {
    fn from(column: &CriterionColumn) -> Self {
        Self { criterion: column.criterion.clone(), points: thousandths(&column.points) }
    }
}

impl From<&MeasureColumn> for rubric::MeasureColumn {
    fn from(column: &MeasureColumn) -> Self {
        Self { measure: column.measure.clone(), values: column.values.clone(), known: column.known.clone() }
    }
}

impl From<&MemberStep> for rubric::MemberStep {
    fn from(step: &MemberStep) -> Self {
        Self { member: step.member, step: (&step.step).into() }
    }
}
