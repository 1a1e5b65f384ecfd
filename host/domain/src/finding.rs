//! Findings: what a check found, and how much that weighs on the day.

use serde::{Deserialize, Serialize};

use crate::amount::Comparison;
use crate::check_rule::Ruled;
use crate::rubric::Severity;
use crate::text::Text;

/// Something that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's code.
    pub check: String,
    /// What was found.
    pub message: Text,
    /// Where in the answers (RFC 6901), the most telling first.
    pub at: Vec<String>,
    /// The numbers that were put side by side.
    pub comparisons: Vec<Comparison>,
}

/// A finding with the severity that held when it was found, and the member's explanation.
//
// Read through `Flat`: `flatten` buffers what it reads and forgets whether the format is binary, and a decimal is
// written differently in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Flat")]
pub struct WeighedFinding {
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
    /// How much it weighs.
    pub severity: Severity,
    /// Why the member says it is right all the same.
    pub explanation: Option<String>,
    /// Why it weighs that, where the federation decided so and not the rubric.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruled: Option<Ruled>,
}

impl WeighedFinding {
    /// Whether the federation waived its check for the submission, so that it holds nothing back.
    pub fn is_waived(&self) -> bool {
        self.ruled.as_ref().is_some_and(|ruled| ruled.waived)
    }
}

#[derive(Deserialize)]
struct Flat {
    check: String,
    message: Text,
    at: Vec<String>,
    comparisons: Vec<Comparison>,
    severity: Severity,
    explanation: Option<String>,
    #[serde(default)]
    ruled: Option<Ruled>,
}

impl From<Flat> for WeighedFinding {
    fn from(flat: Flat) -> Self {
        let Flat { check, message, at, comparisons, severity, explanation, ruled } = flat;
        Self { finding: Finding { check, message, at, comparisons }, severity, explanation, ruled }
    }
}

/// The plugin declines to judge a submission: the submission's fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable, kebab-case.
    pub code: String,
    /// Why.
    pub message: Text,
    /// Where in the answers.
    pub pointer: Option<String>,
}
