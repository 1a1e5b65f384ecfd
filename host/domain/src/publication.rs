//! Publications: from one on members see how they stand. A later one is a new version beside it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::ids::{PublicationId, RoundCode, SettlementId};
use crate::review_entry::Confirmation;

/// A settlement that is to be shown to the members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its identifier.
    pub id: PublicationId,
    /// The round.
    pub round: RoundCode,
    /// What is shown.
    pub settlement: SettlementId,
    /// Why now, and for a later version what changed.
    pub reason: String,
    /// Whether a second person has to approve it: the round's rule when it was proposed.
    pub needs_second: bool,
    /// Who published or proposed it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// What a second person decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationDecision {
    /// What.
    pub confirmation: Confirmation,
    /// Who.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Where a publication stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicationState {
    /// Waits for a second person.
    Waiting,
    /// The members see it.
    Published,
    /// A second person did not approve it.
    Rejected,
}

/// A publication with what was decided about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPublication {
    /// What is shown.
    pub publication: Publication,
    /// What was decided; none while it waits, or where nothing is to be decided.
    pub decision: Option<PublicationDecision>,
}

impl KnownPublication {
    /// Where it stands.
    pub fn state(&self) -> PublicationState {
        match self.decision.as_ref().map(|decision| decision.confirmation) {
            Some(Confirmation::Confirm) => PublicationState::Published,
            Some(Confirmation::Reject) => PublicationState::Rejected,
            None if self.publication.needs_second => PublicationState::Waiting,
            None => PublicationState::Published,
        }
    }

    /// Since when the members see it.
    pub fn published_at(&self) -> Option<Timestamp> {
        let since = self.decision.as_ref().map_or(self.publication.at, |decision| decision.at);
        (self.state() == PublicationState::Published).then_some(since)
    }
}

/// Until when a member may appeal against what was published then.
pub fn appeals_until(published_at: Timestamp, appeal_days: u16) -> Timestamp {
    let days = SignedDuration::from_hours(24 * i64::from(appeal_days));
    published_at.checked_add(days).unwrap_or(Timestamp::MAX)
}
