//! A report beside another on one roll-up: the documents that both compose, and where they differ.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{EvaluationId, SettlementId};
use crate::text::Text;
use crate::trial::blocks::ChangedBlock;
use crate::trial::cost::Cost;

/// What one report made of the roll-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedReport {
    /// The report's title.
    pub title: Text,
    /// Its version.
    pub version: String,
    /// The document's title; empty where there is no document.
    pub document_title: String,
    /// The digest of the document's MessagePack bytes, under which it is kept; none where the report declined or failed.
    pub document: Option<Digest>,
    /// How many blocks it has.
    pub blocks: u32,
    /// Why there is no document, where there is none: the stable code and the words.
    pub failure: Option<ReportFailure>,
    /// The record of the run that composed it, or failed to.
    pub evaluation: Option<EvaluationId>,
    /// What the run cost.
    pub cost: Cost,
}

/// Why a report composed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFailure {
    /// The stable code of the refusal or of the fault.
    pub code: String,
    /// In words.
    pub message: Text,
}

/// Everything that a trial of a report found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTrial {
    /// The settlement that the roll-up is of.
    pub settlement: SettlementId,
    /// The report of the round.
    pub before: TriedReport,
    /// The candidate.
    pub after: TriedReport,
    /// The blocks that differ, in order, as far as they are listed.
    pub changes: Vec<ChangedBlock>,
    /// How many more differ than are listed.
    pub more_changes: u32,
}
