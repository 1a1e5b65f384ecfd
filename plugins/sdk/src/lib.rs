#![doc = include_str!("../README.md")]

#[cfg(target_arch = "wasm32")]
mod allocator;
pub mod answers;
#[doc(hidden)]
pub mod bindings;
mod calendar;
mod caps;
mod card;
mod column;
mod comparison;
pub mod contract;
mod criterion;
mod cursor;
mod date;
mod decimal;
mod decoder;
mod definition;
mod doc_number;
mod document;
mod edtf;
mod exact;
mod finding;
mod label;
pub mod log;
mod misfit;
#[cfg(target_arch = "wasm32")]
mod panic;
mod partial_date;
mod person;
mod place;
mod points;
mod provenance;
mod quantity;
mod ratio;
pub mod reader;
mod refusal;
pub mod report;
pub mod results;
mod review;
mod rubric;
mod rule;
mod settling;
#[cfg(any(feature = "testing", test))]
pub mod testing;
mod unit;
mod words;

pub use card::{Card, OpenEntry, OpenLine, OpenStep};
pub use column::{Column, Order};
pub use comparison::number;
pub use contract::{
    Amount, Calendar, Cohort, Comparison, Context, CriterionKind, Date, Description, EarlierPeriod, Finding, Pass,
    Period, Refusal, Relation, Review, Rounding, Scorecard, Settlement, Severity, Submission, Text, Unit,
};
pub use criterion::{Criterion, Discretion, PointRange};
pub use date::{Weekday, day};
pub use decimal::{Decimal, NotDecimal};
pub use definition::Definition;
pub use doc_number::{DocNumber, ParseStatus};
pub use edtf::{Edtf, NotEdtf, PartialDay};
pub use exact::Exact;
pub use label::{Label, label};
pub use partial_date::{PartialDate, PeriodStatus, StatedPeriod};
pub use person::{Name, Person};
pub use place::{Place, place};
pub use points::{Points, points};
pub use provenance::{Method, Provenance};
pub use quantity::{Number, Qualifier, Quantity};
pub use ratio::{Ratio, ratio};
pub use reader::Reader;
pub use report::Report;
pub use rubric::Rubric;
pub use rule::{Cap, Check, Effect, Grade, LegalBasis, Measure, Veto};
pub use settling::{OpenColumn, Settling};
pub use words::Words;

/// What the export macros name; nothing for an author.
#[doc(hidden)]
pub mod exported {
    pub use crate::reader::Exported as Reader;
    pub use crate::report::Exported as Report;
    pub use crate::rubric::Exported as Rubric;
}
