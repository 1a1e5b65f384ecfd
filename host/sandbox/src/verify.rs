//! Verification: every answer of a plugin against the contract and against what the plugin says of itself.
//!
//! What fails here is the plugin's fault and never becomes a score.

mod description;
mod document;
mod finding;
mod index;
mod pointer;
mod reading;
mod refusal;
mod report;
mod scorecard;
mod settlement;
mod steps;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use description::description;
pub(crate) use document::document;
pub(crate) use finding::findings;
pub(crate) use index::{Index, Rubric};
pub(crate) use reading::readings;
pub(crate) use refusal::{refusal, refusal_about};
pub(crate) use report::{reader_description, report_description};
pub(crate) use scorecard::scorecard;
pub(crate) use settlement::settlement;
