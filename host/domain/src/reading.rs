//! Readings: answers that a reader proposes, each with the words that it was read from.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::text::Text;

/// What a reader says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderDescription {
    /// The same for all versions.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its name.
    pub title: Text,
    /// What it reads.
    pub summary: Text,
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// In so many words.
    Stated,
    /// By a rule.
    Inferred,
    /// One of several ways.
    Guessed,
}

/// One proposed answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Where in the answers it belongs.
    pub at: String,
    /// The proposed value.
    pub value: Value,
    /// First Unicode scalar value of the span.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// How sure.
    pub certainty: Certainty,
    /// A remark.
    pub note: Option<Text>,
}
