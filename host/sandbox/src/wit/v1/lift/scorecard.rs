//! Scorecards as the house holds them.

use domain::scorecard::{Entry, EntryKind, Line, Measured, Scorecard, Step, StepKind};

use super::{each, maybe_text, points, text, texts};
use crate::lie::Lie;
use crate::wit::v1::types;

impl TryFrom<types::Scorecard> for Scorecard {
    type Error = Lie;

    fn try_from(said: types::Scorecard) -> Result<Self, Lie> {
        Ok(Self {
            lines: each(said.lines)?,
            steps: each(said.steps)?,
            total: points(said.total)?,
            measures: each(said.measures)?,
        })
    }
}

impl TryFrom<types::Line> for Line {
    type Error = Lie;

    fn try_from(said: types::Line) -> Result<Self, Lie> {
        Ok(Self { criterion: text(said.criterion)?, points: points(said.points)?, entries: each(said.entries)? })
    }
}

impl TryFrom<types::Entry> for Entry {
    type Error = Lie;

    fn try_from(said: types::Entry) -> Result<Self, Lie> {
        Ok(Self {
            kind: said.kind.into(),
            points: points(said.points)?,
            reason: text(said.reason)?,
            comparisons: each(said.comparisons)?,
            sources: texts(said.sources)?,
        })
    }
}

impl From<types::EntryKind> for EntryKind {
    fn from(said: types::EntryKind) -> Self {
        match said {
            types::EntryKind::Base => Self::Base,
            types::EntryKind::Deduct => Self::Deduct,
            types::EntryKind::Add => Self::Add,
            types::EntryKind::Judged => Self::Judged,
            types::EntryKind::Adjusted => Self::Adjusted,
            types::EntryKind::Limit => Self::Limit,
            types::EntryKind::Round => Self::Round,
            types::EntryKind::Pending => Self::Pending,
        }
    }
}

impl TryFrom<types::Step> for Step {
    type Error = Lie;

    fn try_from(said: types::Step) -> Result<Self, Lie> {
        Ok(Self {
            kind: said.kind.into(),
            rule: text(said.rule)?,
            points: points(said.points)?,
            grade: maybe_text(said.grade)?,
            reason: text(said.reason)?,
            comparisons: each(said.comparisons)?,
            sources: texts(said.sources)?,
        })
    }
}

impl From<types::StepKind> for StepKind {
    fn from(said: types::StepKind) -> Self {
        match said {
            types::StepKind::Cap => Self::Cap,
            types::StepKind::Floor => Self::Floor,
            types::StepKind::Veto => Self::Veto,
            types::StepKind::Downgrade => Self::Downgrade,
            types::StepKind::Round => Self::Round,
        }
    }
}

impl TryFrom<types::Measured> for Measured {
    type Error = Lie;

    fn try_from(said: types::Measured) -> Result<Self, Lie> {
        Ok(Self { measure: text(said.measure)?, value: said.value.map(TryInto::try_into).transpose()? })
    }
}
