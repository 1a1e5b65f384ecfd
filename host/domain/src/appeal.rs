//! Appeals: a member contests the points of one criterion, and somebody decides with a reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::digest::Digest;
use crate::ids::{AppealId, PublicationId, ReviewEntryId, RoundCode, UnitCode};

/// What a member contests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Its identifier.
    pub id: AppealId,
    /// The round.
    pub round: RoundCode,
    /// Who appeals.
    pub unit: UnitCode,
    /// Against what was shown in it.
    pub publication: PublicationId,
    /// The criterion.
    pub criterion: String,
    /// On what grounds.
    pub grounds: String,
    /// What it rests on: digests of attachments.
    pub evidence: Vec<Digest>,
    /// Who wrote it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// How an appeal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppealOutcome {
    /// The member is right: entries change the score.
    Upheld,
    /// The member is right in part: entries change the score.
    PartlyUpheld,
    /// The score stays.
    Dismissed,
}

impl AppealOutcome {
    /// Whether entries have to carry it out.
    pub const fn changes_the_score(self) -> bool {
        matches!(self, Self::Upheld | Self::PartlyUpheld)
    }
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealDecision {
    /// How it ended.
    pub outcome: AppealOutcome,
    /// Why.
    pub reason: String,
    /// The entries that carry it out.
    pub entries: Vec<ReviewEntryId>,
    /// Who decided.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// An appeal with what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAppeal {
    /// What is contested.
    pub appeal: Appeal,
    /// What was decided; none while it waits.
    pub decision: Option<AppealDecision>,
}
