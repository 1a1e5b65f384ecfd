//! The contract's own types, by name: what crosses the boundary exactly as `wit/v1` writes it.

pub use crate::bindings::rubric::exports::huizong::plugin::rubric::{
    Cohort, CriterionColumn, MeasureColumn, MemberStep, SettledColumn, Settlement,
};
pub use crate::bindings::shared::huizong::plugin::types::{
    Amount, Attribute, Calendar, Cap, Check, Comparison, Context, Criterion, CriterionKind, CriterionPoints, Date,
    DatedSeverity, Decimal, Description, Discretion, EarlierPeriod, Entry, EntryKind, Explanation, Finding, Grade,
    Judgement, LegalBasis, Line, Measure, Measured, Pass, Period, PointAdjustment, PointRange, Quantity, Refusal,
    Relation, Review, Rounding, Scorecard, Severity, Step, StepKind, Submission, Text, Unit, ValueAdjustment, Veto,
    VetoEffect,
};
