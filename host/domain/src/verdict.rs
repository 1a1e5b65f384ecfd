//! Verdicts: what one rubric release says of one revision.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::finding::{Refusal, WeighedFinding};
use crate::ids::{EvaluationId, UnitCode};
use crate::scorecard::Scorecard;

/// What the unit pass made of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scored {
    /// A scorecard.
    Card(Scorecard),
    /// The rubric declined to score it.
    Refused(Refusal),
}

impl Scored {
    /// The scorecard, where there is one.
    pub const fn card(&self) -> Option<&Scorecard> {
        match self {
            Self::Card(card) => Some(card),
            Self::Refused(_) => None,
        }
    }
}

/// What one rubric release says of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whose revision.
    pub unit: UnitCode,
    /// Which revision.
    pub revision: u32,
    /// The release that judged.
    pub rubric: Digest,
    /// What its checks found, weighed.
    pub findings: Vec<WeighedFinding>,
    /// What it earns by itself.
    pub score: Scored,
    /// The records of the runs behind it: the check, then the score.
    pub evaluations: [EvaluationId; 2],
}
