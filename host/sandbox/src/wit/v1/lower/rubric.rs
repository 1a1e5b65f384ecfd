//! The parts of a rubric's description that a report is handed.

use domain::rubric::{Check, Criterion, CriterionKind, DatedSeverity, Discretion, Grade, Pass, PointRange, Severity};

use super::each;
use crate::wit::v1::types;

impl From<&Criterion> for types::Criterion {
    fn from(criterion: &Criterion) -> Self {
        Self {
            id: criterion.id.clone(),
            parent: criterion.parent.clone(),
            label: (&criterion.label).into(),
            kind: criterion.kind.into(),
            pass: criterion.pass.into(),
            ranges: each(&criterion.ranges),
            judged: criterion.judged.as_ref().map(Into::into),
            guidance: (&criterion.guidance).into(),
        }
    }
}

impl From<CriterionKind> for types::CriterionKind {
    fn from(kind: CriterionKind) -> Self {
        match kind {
            CriterionKind::Group => Self::Group,
            CriterionKind::Base => Self::Base,
            CriterionKind::Deduction => Self::Deduction,
            CriterionKind::Bonus => Self::Bonus,
            CriterionKind::BottomLine => Self::BottomLine,
        }
    }
}

impl From<Pass> for types::Pass {
    fn from(pass: Pass) -> Self {
        match pass {
            Pass::OfUnit => Self::OfUnit,
            Pass::OfCohort => Self::OfCohort,
        }
    }
}

impl From<&PointRange> for types::PointRange {
    fn from(range: &PointRange) -> Self {
        Self { since: range.since.into(), least: range.least.thousandths(), most: range.most.thousandths() }
    }
}

impl From<&Discretion> for types::Discretion {
    fn from(discretion: &Discretion) -> Self {
        Self {
            least: discretion.least.thousandths(),
            most: discretion.most.thousandths(),
            guidance: (&discretion.guidance).into(),
        }
    }
}

impl From<&Grade> for types::Grade {
    fn from(grade: &Grade) -> Self {
        Self { id: grade.id.clone(), label: (&grade.label).into(), at_least: grade.at_least.thousandths() }
    }
}

impl From<Severity> for types::Severity {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
            Severity::Off => Self::Off,
        }
    }
}

impl From<&DatedSeverity> for types::DatedSeverity {
    fn from(dated: &DatedSeverity) -> Self {
        Self { since: dated.since.into(), severity: dated.severity.into() }
    }
}

impl From<&Check> for types::Check {
    fn from(check: &Check) -> Self {
        Self {
            code: check.code.clone(),
            title: (&check.title).into(),
            help: (&check.help).into(),
            severities: each(&check.severities),
        }
    }
}
