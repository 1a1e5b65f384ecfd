//! Activations: a round goes on with another release once somebody has proposed it upon a trial and a second person has approved
//! it. A rollback is the same act backwards.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::Caller;
use crate::digest::Digest;
use crate::ids::{ActivationId, RoundCode, TokenId, TrialId};
use crate::release::PluginKind;

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivationState {
    /// Waits for a second person.
    Proposed,
    /// Approved: the round went on with the release from then on.
    Approved,
    /// Rejected.
    Rejected,
    /// What it was to replace is no longer in force, or the round keeps its releases: its trial says nothing any more.
    Overtaken,
}

/// What can become of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivationAct {
    /// A second person approves it.
    Approve,
    /// Somebody rejects it; also whoever proposed it, who takes it back so.
    Reject,
    /// Something else replaced what it was to replace, or the round was closed.
    Overtake,
}

impl ActivationState {
    /// The state that an act leads to; none where the act is not possible. The one table of it: what was decided stays decided.
    pub const fn after(self, act: ActivationAct) -> Option<Self> {
        match (self, act) {
            (Self::Proposed, ActivationAct::Approve) => Some(Self::Approved),
            (Self::Proposed, ActivationAct::Reject) => Some(Self::Rejected),
            (Self::Proposed, ActivationAct::Overtake) => Some(Self::Overtaken),
            (Self::Approved | Self::Rejected | Self::Overtaken, _) => None,
        }
    }
}

/// Somebody who did something, as the records name them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// The token that was shown.
    pub token: TokenId,
    /// Its label.
    pub label: String,
}

impl Signatory {
    /// Whoever is asking.
    pub fn of(caller: &Caller) -> Self {
        Self { token: caller.token, label: caller.label.clone() }
    }

    /// Whether both are the same person, as far as the house can tell: one token, or one label on two.
    pub fn is_same_person(&self, other: &Self) -> bool {
        self.token == other.token || self.label == other.label
    }
}

/// What was proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its identifier.
    pub id: ActivationId,
    /// The round that is to go on with another release.
    pub round: RoundCode,
    /// As what the release is to be used.
    pub kind: PluginKind,
    /// The release in force that is to be replaced: the trial's baseline.
    pub replaces: Digest,
    /// The release that is to replace it: the trial's candidate.
    pub release: Digest,
    /// The trial that shows what would change for whom.
    pub trial: TrialId,
    /// Why.
    pub reason: String,
    /// Who proposes it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub act: ActivationAct,
    /// Who decided, or whose act overtook it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A proposal with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activation {
    /// What was proposed.
    pub proposal: Proposal,
    /// What became of it; none while it waits.
    pub decision: Option<Decision>,
}

impl Activation {
    /// Where it stands.
    pub fn state(&self) -> ActivationState {
        let act = self.decision.as_ref().map(|decision| decision.act);
        act.and_then(|act| ActivationState::Proposed.after(act)).unwrap_or(ActivationState::Proposed)
    }
}

/// Why somebody cannot be the second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSecondPerson {
    /// They uploaded the release, or proposed it.
    #[error("whoever uploaded the release or proposed it cannot approve it")]
    SamePerson,
    /// Their token comes from one of those who uploaded the release or proposed it.
    #[error("a token that the uploader or the proposer issued cannot approve")]
    IssuedByThem,
}

/// Whether somebody may approve what others brought about: they are none of them, and their token comes from none of them, neither
/// straight nor over tokens in between (`issuers`: who issued the approver's token, who issued that one's, and so on).
pub fn is_second_person(
    approver: &Signatory,
    issuers: &[TokenId],
    others: &[&Signatory],
) -> Result<(), NotSecondPerson> {
    if others.iter().any(|other| other.is_same_person(approver)) {
        return Err(NotSecondPerson::SamePerson);
    }
    if others.iter().any(|other| issuers.contains(&other.token)) {
        return Err(NotSecondPerson::IssuedByThem);
    }
    Ok(())
}

/// How a release came to be pinned to a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinnedBy {
    /// The round was opened with it.
    Opening,
    /// An approved proposal.
    Activation,
    /// A rollback: the same act backwards.
    Rollback,
}

/// One release takes another's place in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// As what both are used.
    pub kind: PluginKind,
    /// What was in force.
    pub replaces: Digest,
    /// What is in force from then on.
    pub release: Digest,
}

/// A release is pinned to a round, by the clock of the database, which all hosts share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// As what it is used.
    pub kind: PluginKind,
    /// The release.
    pub release: Digest,
    /// What it replaced; none at the opening.
    pub replaces: Option<Digest>,
    /// How it came to be pinned.
    pub by: PinnedBy,
    /// From when on.
    pub since: Timestamp,
    /// Until when; none while it is in force.
    pub until: Option<Timestamp>,
}

/// What going back does, given everything that was ever pinned to a round in its order: it undoes the newest activation that was
/// not undone yet, or the newest of those that brought in `leaving`. So whoever asks twice goes back two steps and never forward
/// again. None where there is nothing to go back to.
pub fn step_back(pins: &[Pin], leaving: Option<Digest>) -> Option<Swap> {
    let mut undoable: Vec<Swap> = Vec::new();
    for pin in pins {
        let Some(replaces) = pin.replaces else { continue };
        let done = Swap { kind: pin.kind, replaces, release: pin.release };
        match pin.by {
            PinnedBy::Opening => {}
            PinnedBy::Activation => undoable.push(done),
            PinnedBy::Rollback => {
                if let Some(place) = undoable.iter().rposition(|undone| undone.backwards() == done) {
                    undoable.remove(place);
                }
            }
        }
    }
    let newest = undoable.iter().rev().find(|swap| leaving.is_none_or(|leaving| swap.release == leaving));
    newest.map(|swap| swap.backwards())
}

impl Swap {
    /// The same backwards.
    #[must_use]
    pub const fn backwards(self) -> Self {
        Self { kind: self.kind, replaces: self.release, release: self.replaces }
    }
}
