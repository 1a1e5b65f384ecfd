//! The rubric of the comparison: eight criteria over complaint records, in whole thousandths of a point.
//!
//! It knows no engine and no SDK, so that our component, the Extism guest and the native run are the same Rust. What it says stands once
//! more in `policies/rubric.rego` and `policies/rubric.rhai`; the bench holds all of them to equal explanations.

mod day;
mod explanation;
mod record;
mod rules;
mod tally;

pub use day::Day;
pub use explanation::{Explanation, Line};
pub use record::{Answers, Level, Record};
pub use rules::explain;
