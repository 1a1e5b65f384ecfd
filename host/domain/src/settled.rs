//! What the end of a round leaves behind: settlements with their cohorts, roll-ups with their documents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::document::Document;
use crate::ids::{EvaluationId, RoundCode, SettlementId};
use crate::report::RollUp;
use crate::settlement::{Cohort, Settlement};

/// One cohort and what the rubric made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledCohort {
    /// Empty where a round has only one cohort.
    pub name: String,
    /// What the rubric was handed.
    pub cohort: Cohort,
    /// The revision that counted, one per member in the cohort's order.
    pub revisions: Vec<u32>,
    /// The identity of what reviewers had decided, one per member in the cohort's order; empty where nobody decided anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Option<Digest>>,
    /// What the rubric answered, in the same order.
    pub settlement: Settlement,
}

impl SettledCohort {
    /// The identity of what reviewers had decided about a member.
    pub fn review_of(&self, member: usize) -> Option<Digest> {
        self.reviews.get(member).copied().flatten()
    }
}

/// One settlement of a round: every cohort that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Its identifier.
    pub id: SettlementId,
    /// The round.
    pub round: RoundCode,
    /// The release that settled.
    pub rubric: Digest,
    /// When.
    pub at: Timestamp,
    /// The cohorts, in order of their names.
    pub cohorts: Vec<SettledCohort>,
}

/// A settlement in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementSummary {
    /// Its identifier.
    pub id: SettlementId,
    /// The release that settled.
    pub rubric: Digest,
    /// When.
    pub at: Timestamp,
    /// How many members it ranks, all cohorts together.
    pub members: u32,
}

/// A document that a report composed of a roll-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDocument {
    /// The release that composed it.
    pub report: Digest,
    /// The document.
    pub document: Document,
    /// The record of the run.
    pub evaluation: EvaluationId,
}

/// A roll-up of a settlement with its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRollUp {
    /// The settlement that it rolls up.
    pub settlement: SettlementId,
    /// The round.
    pub round: RoundCode,
    /// When.
    pub at: Timestamp,
    /// Everybody's results, without the fields that only one report wanted.
    pub roll_up: RollUp,
    /// One per report of the round.
    pub documents: Vec<KeptDocument>,
}
