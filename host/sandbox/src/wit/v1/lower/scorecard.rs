//! Scorecards and findings on their way back into a plugin: into the cohort pass and into reports.

use domain::finding::Finding;
use domain::scorecard::{Entry, EntryKind, Line, Measured, Scorecard, Step, StepKind};

use super::each;
use crate::wit::v1::types;

impl From<&Finding> for types::Finding {
    fn from(finding: &Finding) -> Self {
        Self {
            check: finding.check.clone(),
            message: (&finding.message).into(),
            at: finding.at.clone(),
            comparisons: each(&finding.comparisons),
        }
    }
}

impl From<&Scorecard> for types::Scorecard {
    fn from(scorecard: &Scorecard) -> Self {
        Self {
            lines: each(&scorecard.lines),
            steps: each(&scorecard.steps),
            total: scorecard.total.thousandths(),
            measures: each(&scorecard.measures),
        }
    }
}

impl From<&Line> for types::Line {
    fn from(line: &Line) -> Self {
        Self { criterion: line.criterion.clone(), points: line.points.thousandths(), entries: each(&line.entries) }
    }
}

impl From<EntryKind> for types::EntryKind {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Base => Self::Base,
            EntryKind::Deduct => Self::Deduct,
            EntryKind::Add => Self::Add,
            EntryKind::Judged => Self::Judged,
            EntryKind::Adjusted => Self::Adjusted,
            EntryKind::Limit => Self::Limit,
            EntryKind::Round => Self::Round,
            EntryKind::Pending => Self::Pending,
        }
    }
}

impl From<&Entry> for types::Entry {
    fn from(entry: &Entry) -> Self {
        Self {
            kind: entry.kind.into(),
            points: entry.points.thousandths(),
            reason: entry.reason.clone(),
            comparisons: each(&entry.comparisons),
            sources: entry.sources.clone(),
        }
    }
}

impl From<StepKind> for types::StepKind {
    fn from(kind: StepKind) -> Self {
        match kind {
            StepKind::Cap => Self::Cap,
            StepKind::Floor => Self::Floor,
            StepKind::Veto => Self::Veto,
            StepKind::Downgrade => Self::Downgrade,
            StepKind::Round => Self::Round,
        }
    }
}

impl From<&Step> for types::Step {
    fn from(step: &Step) -> Self {
        Self {
            kind: step.kind.into(),
            rule: step.rule.clone(),
            points: step.points.thousandths(),
            grade: step.grade.clone(),
            reason: step.reason.clone(),
            comparisons: each(&step.comparisons),
            sources: step.sources.clone(),
        }
    }
}

impl From<&Measured> for types::Measured {
    fn from(measured: &Measured) -> Self {
        Self { measure: measured.measure.clone(), value: measured.value.map(Into::into) }
    }
}
