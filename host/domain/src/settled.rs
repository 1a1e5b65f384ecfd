//! What the end of a round leaves behind: settlements with their cohorts, roll-ups with their documents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::document::Document;
use crate::ids::{EvaluationId, RoundCode, SettlementId, UnitCode};
use crate::report::{FieldColumn, RollUp};
use crate::roll_up_export::{RollUpExport, RollUpPart};
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
    /// Every field that any report of the round wanted: what the next level is told.
    #[serde(default)]
    pub fields: Vec<FieldColumn>,
    /// The roll-ups of the level below that it was composed of.
    #[serde(default)]
    pub parts: Vec<RollUpPart>,
}

/// A roll-up of the level below, as it was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedRollUp {
    /// The round that it is a part of.
    pub round: RoundCode,
    /// As which unit.
    pub unit: UnitCode,
    /// When it was handed over.
    pub at: Timestamp,
    /// Whole hours after the due time.
    pub hours_late: u32,
    /// What was handed over.
    pub export: RollUpExport,
}

impl ImportedRollUp {
    /// It as a part of a roll-up.
    pub fn as_part(&self) -> RollUpPart {
        let RollUpExport { body, digest, key, .. } = &self.export;
        RollUpPart {
            unit: self.unit.clone(),
            federation: body.federation.clone(),
            digest: *digest,
            key: key.clone(),
            members: u32::try_from(body.roll_up.members.len()).unwrap_or(u32::MAX),
        }
    }
}
