//! A submission, what is known before it and what became known after it, as the contract writes them.

use domain::calendar::Calendar;
use domain::review::{Explanation, Judgement, PointAdjustment, Review, ValueAdjustment};
use domain::scorecard::CriterionPoints;
use domain::submission::Submission;
use domain::unit::{Attribute, Context, EarlierPeriod, Unit};
use wasmtime::component::{ComponentType, Lower};

use super::each;
use crate::wit::v1::types;

/// The contract's submission, borrowed: answers may be large, and go straight into the plugin's memory.
#[derive(ComponentType, Lower)]
#[component(record)]
pub(crate) struct LoweredSubmission<'a> {
    round: &'a str,
    period: types::Period,
    revision: u32,
    #[component(name = "received-on")]
    received_on: types::Date,
    answers: &'a [u8],
}

impl<'a> From<&'a Submission> for LoweredSubmission<'a> {
    fn from(submission: &'a Submission) -> Self {
        let envelope = &submission.envelope;
        Self {
            round: &envelope.round,
            period: envelope.period.into(),
            revision: envelope.revision,
            received_on: envelope.received_on.into(),
            answers: submission.answers.bytes(),
        }
    }
}

impl From<&Context> for types::Context {
    fn from(context: &Context) -> Self {
        Self {
            unit: (&context.unit).into(),
            calendar: (&context.calendar).into(),
            earlier: context.comparable().into_iter().map(Into::into).collect(),
        }
    }
}

impl From<&Unit> for types::Unit {
    fn from(unit: &Unit) -> Self {
        Self {
            code: unit.code.clone(),
            name: unit.name.clone(),
            aliases: unit.aliases.clone(),
            kind: unit.kind.clone(),
            attributes: each(&unit.attributes),
        }
    }
}

impl From<&Attribute> for types::Attribute {
    fn from(attribute: &Attribute) -> Self {
        Self { name: attribute.name.clone(), value: (&attribute.value).into() }
    }
}

impl From<&Calendar> for types::Calendar {
    fn from(calendar: &Calendar) -> Self {
        Self {
            covers: calendar.covers.into(),
            holidays: each(&calendar.holidays),
            working_days: each(&calendar.working_days),
        }
    }
}

impl From<&EarlierPeriod> for types::EarlierPeriod {
    fn from(earlier: &EarlierPeriod) -> Self {
        Self {
            period: earlier.period.into(),
            answers: earlier.answers.clone(),
            total: earlier.total.thousandths(),
            full_marks: earlier.full_marks.thousandths(),
            grade: earlier.grade.clone(),
            lines: each(&earlier.lines),
        }
    }
}

impl From<&CriterionPoints> for types::CriterionPoints {
    fn from(line: &CriterionPoints) -> Self {
        Self { criterion: line.criterion.clone(), points: line.points.thousandths() }
    }
}

impl From<&Review> for types::Review {
    fn from(review: &Review) -> Self {
        Self {
            hours_late: review.hours_late,
            judgements: each(&review.judgements),
            value_adjustments: each(&review.value_adjustments),
            point_adjustments: each(&review.point_adjustments),
            explanations: each(&review.explanations),
        }
    }
}

impl From<&Judgement> for types::Judgement {
    fn from(judgement: &Judgement) -> Self {
        Self {
            criterion: judgement.criterion.clone(),
            points: judgement.points.thousandths(),
            reason: judgement.reason.clone(),
        }
    }
}

impl From<&ValueAdjustment> for types::ValueAdjustment {
    fn from(adjustment: &ValueAdjustment) -> Self {
        Self {
            at: adjustment.at.clone(),
            stated: adjustment.stated.into(),
            counted: adjustment.counted.into(),
            reason: adjustment.reason.clone(),
        }
    }
}

impl From<&PointAdjustment> for types::PointAdjustment {
    fn from(adjustment: &PointAdjustment) -> Self {
        Self {
            criterion: adjustment.criterion.clone(),
            points: adjustment.points.thousandths(),
            reason: adjustment.reason.clone(),
        }
    }
}

impl From<&Explanation> for types::Explanation {
    fn from(explanation: &Explanation) -> Self {
        Self { check: explanation.check.clone(), at: explanation.at.clone(), text: explanation.text.clone() }
    }
}
