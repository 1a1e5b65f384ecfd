//! What a report says of itself, as the house holds it.

use domain::report::{DocumentKind, ReportDescription, Taking, WantedField};

use super::{each, text};
use crate::lie::Lie;
use crate::wit::v1::report;

impl TryFrom<report::ReportDescription> for ReportDescription {
    type Error = Lie;

    fn try_from(said: report::ReportDescription) -> Result<Self, Lie> {
        Ok(Self {
            id: text(said.id)?,
            version: text(said.version)?,
            title: said.title.try_into()?,
            summary: said.summary.try_into()?,
            composes: each(said.composes)?,
            fields: each(said.fields)?,
        })
    }
}

impl From<report::DocumentKind> for DocumentKind {
    fn from(said: report::DocumentKind) -> Self {
        match said {
            report::DocumentKind::MemberReport => Self::MemberReport,
            report::DocumentKind::RollUp => Self::RollUp,
            report::DocumentKind::Receipt => Self::Receipt,
            report::DocumentKind::ReturnNotice => Self::ReturnNotice,
            report::DocumentKind::Reminder => Self::Reminder,
            report::DocumentKind::Rectification => Self::Rectification,
            report::DocumentKind::AppealDecision => Self::AppealDecision,
        }
    }
}

impl TryFrom<report::WantedField> for WantedField {
    type Error = Lie;

    fn try_from(said: report::WantedField) -> Result<Self, Lie> {
        Ok(Self {
            at: text(said.at)?,
            taking: said.taking.into(),
            label: said.label.try_into()?,
            unit: text(said.unit)?,
        })
    }
}

impl From<report::Taking> for Taking {
    fn from(said: report::Taking) -> Self {
        match said {
            report::Taking::One => Self::One,
            report::Taking::Sum => Self::Sum,
            report::Taking::Count => Self::Count,
        }
    }
}
