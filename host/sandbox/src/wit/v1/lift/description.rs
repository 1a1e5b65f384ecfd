//! What a rubric says of itself, as the house holds it.

use domain::limits::FORM_BYTES_MAX;
use domain::rubric::{
    Cap, Check, Criterion, CriterionKind, DatedSeverity, Description, Discretion, Grade, LegalBasis, Measure, Pass,
    PointRange, Rounding, Severity, Veto, VetoEffect,
};

use super::values::day;
use super::{each, maybe_text, points, text};
use crate::lie::{Lie, hold};
use crate::wit::v1::types;

impl TryFrom<types::Description> for Description {
    type Error = Lie;

    fn try_from(said: types::Description) -> Result<Self, Lie> {
        // The form alone may be longer than other texts.
        let form_bytes = said.form.len();
        hold(form_bytes <= FORM_BYTES_MAX, || format!("the form has {form_bytes} bytes, more than {FORM_BYTES_MAX}"))?;
        Ok(Self {
            id: text(said.id)?,
            version: text(said.version)?,
            title: said.title.try_into()?,
            summary: said.summary.try_into()?,
            basis: each(said.basis)?,
            full_marks: points(said.full_marks)?,
            smallest_unit: points(said.smallest_unit)?,
            rounding: said.rounding.into(),
            criteria: each(said.criteria)?,
            caps: each(said.caps)?,
            vetoes: each(said.vetoes)?,
            grades: each(said.grades)?,
            checks: each(said.checks)?,
            measures: each(said.measures)?,
            earlier_periods: said.earlier_periods,
            form: said.form,
        })
    }
}

impl TryFrom<types::LegalBasis> for LegalBasis {
    type Error = Lie;

    fn try_from(said: types::LegalBasis) -> Result<Self, Lie> {
        let note = said.note.map(TryInto::try_into).transpose()?;
        Ok(Self { title: text(said.title)?, number: maybe_text(said.number)?, note })
    }
}

impl From<types::Rounding> for Rounding {
    fn from(said: types::Rounding) -> Self {
        match said {
            types::Rounding::HalfUp => Self::HalfUp,
            types::Rounding::HalfEven => Self::HalfEven,
            types::Rounding::TowardZero => Self::TowardZero,
        }
    }
}

impl TryFrom<types::Criterion> for Criterion {
    type Error = Lie;

    fn try_from(said: types::Criterion) -> Result<Self, Lie> {
        Ok(Self {
            id: text(said.id)?,
            parent: maybe_text(said.parent)?,
            label: said.label.try_into()?,
            kind: said.kind.into(),
            pass: said.pass.into(),
            ranges: each(said.ranges)?,
            judged: said.judged.map(TryInto::try_into).transpose()?,
            guidance: said.guidance.try_into()?,
        })
    }
}

impl From<types::CriterionKind> for CriterionKind {
    fn from(said: types::CriterionKind) -> Self {
        match said {
            types::CriterionKind::Group => Self::Group,
            types::CriterionKind::Base => Self::Base,
            types::CriterionKind::Deduction => Self::Deduction,
            types::CriterionKind::Bonus => Self::Bonus,
            types::CriterionKind::BottomLine => Self::BottomLine,
        }
    }
}

impl From<types::Pass> for Pass {
    fn from(said: types::Pass) -> Self {
        match said {
            types::Pass::OfUnit => Self::OfUnit,
            types::Pass::OfCohort => Self::OfCohort,
        }
    }
}

impl TryFrom<types::PointRange> for PointRange {
    type Error = Lie;

    fn try_from(said: types::PointRange) -> Result<Self, Lie> {
        Ok(Self { since: day(said.since)?, least: points(said.least)?, most: points(said.most)? })
    }
}

impl TryFrom<types::Discretion> for Discretion {
    type Error = Lie;

    fn try_from(said: types::Discretion) -> Result<Self, Lie> {
        Ok(Self { least: points(said.least)?, most: points(said.most)?, guidance: said.guidance.try_into()? })
    }
}

impl TryFrom<types::Cap> for Cap {
    type Error = Lie;

    fn try_from(said: types::Cap) -> Result<Self, Lie> {
        Ok(Self {
            id: text(said.id)?,
            label: said.label.try_into()?,
            criterion: maybe_text(said.criterion)?,
            least: said.least.map(points).transpose()?,
            most: said.most.map(points).transpose()?,
        })
    }
}

impl TryFrom<types::VetoEffect> for VetoEffect {
    type Error = Lie;

    fn try_from(said: types::VetoEffect) -> Result<Self, Lie> {
        Ok(match said {
            types::VetoEffect::Zero => Self::Zero,
            types::VetoEffect::AtMost(most) => Self::AtMost(points(most)?),
            types::VetoEffect::Grade(grade) => Self::Grade(text(grade)?),
            types::VetoEffect::Downgrade(grades) => Self::Downgrade(grades),
        })
    }
}

impl TryFrom<types::Veto> for Veto {
    type Error = Lie;

    fn try_from(said: types::Veto) -> Result<Self, Lie> {
        Ok(Self { id: text(said.id)?, label: said.label.try_into()?, effect: said.effect.try_into()? })
    }
}

impl TryFrom<types::Grade> for Grade {
    type Error = Lie;

    fn try_from(said: types::Grade) -> Result<Self, Lie> {
        Ok(Self { id: text(said.id)?, label: said.label.try_into()?, at_least: points(said.at_least)? })
    }
}

impl From<types::Severity> for Severity {
    fn from(said: types::Severity) -> Self {
        match said {
            types::Severity::Error => Self::Error,
            types::Severity::Warning => Self::Warning,
            types::Severity::Info => Self::Info,
            types::Severity::Off => Self::Off,
        }
    }
}

impl TryFrom<types::DatedSeverity> for DatedSeverity {
    type Error = Lie;

    fn try_from(said: types::DatedSeverity) -> Result<Self, Lie> {
        Ok(Self { since: day(said.since)?, severity: said.severity.into() })
    }
}

impl TryFrom<types::Check> for Check {
    type Error = Lie;

    fn try_from(said: types::Check) -> Result<Self, Lie> {
        Ok(Self {
            code: text(said.code)?,
            title: said.title.try_into()?,
            help: said.help.try_into()?,
            severities: each(said.severities)?,
        })
    }
}

impl TryFrom<types::Measure> for Measure {
    type Error = Lie;

    fn try_from(said: types::Measure) -> Result<Self, Lie> {
        Ok(Self { id: text(said.id)?, label: said.label.try_into()?, unit: text(said.unit)?, scale: said.scale })
    }
}
