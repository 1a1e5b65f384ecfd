//! Settlements as the house holds them.

use domain::settlement::{MemberStep, SettledColumn, Settlement};

use super::{each, maybe_text, plain, points_column, text};
use crate::lie::Lie;
use crate::wit::v1::rubric;

impl TryFrom<rubric::Settlement> for Settlement {
    type Error = Lie;

    fn try_from(said: rubric::Settlement) -> Result<Self, Lie> {
        Ok(Self {
            columns: each(said.columns)?,
            steps: each(said.steps)?,
            totals: points_column(said.totals)?,
            ranks: plain(said.ranks)?,
            grades: plain(said.grades)?,
        })
    }
}

impl TryFrom<rubric::SettledColumn> for SettledColumn {
    type Error = Lie;

    fn try_from(said: rubric::SettledColumn) -> Result<Self, Lie> {
        Ok(Self {
            criterion: text(said.criterion)?,
            points: points_column(said.points)?,
            reason: text(said.reason)?,
            measure: maybe_text(said.measure)?,
            statistics: each(said.statistics)?,
        })
    }
}

impl TryFrom<rubric::MemberStep> for MemberStep {
    type Error = Lie;

    fn try_from(said: rubric::MemberStep) -> Result<Self, Lie> {
        Ok(Self { member: said.member, step: said.step.try_into()? })
    }
}
