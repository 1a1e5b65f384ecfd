//! Faults of releases: each call in which a plugin broke the contract or a limit, kept so that somebody can mend it.
//!
//! Only what the plugin did stands here. What the host had no time or no memory for says nothing of a release.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{EvaluationId, FaultId, UnitCode};

/// A call in which a plugin broke the contract or a limit. It names functions and identifiers of the plugin, never a value of the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseFault {
    /// Its identifier.
    pub id: FaultId,
    /// When it happened, by the house's clock.
    pub at: Timestamp,
    /// Whose fault it is.
    pub release: Digest,
    /// The contract's name of the function that was called.
    pub function: String,
    /// What went wrong: the stable code, kebab-case.
    pub kind: String,
    /// The same in words, for whoever has to mend it.
    pub detail: String,
    /// The plugin's functions that were running, the innermost first; by their numbers where the component has no names.
    pub trace: Vec<String>,
    /// The digest of everything that the plugin was asked: the same question faults again.
    pub input: Digest,
    /// The record by which the call can be replayed; none where nothing was kept, as of a pre-check.
    pub evaluation: Option<EvaluationId>,
    /// Whose submission it was called on; none where it was called on everybody's.
    pub unit: Option<UnitCode>,
}

/// How often a release failed in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultTally {
    /// The contract's name of the function.
    pub function: String,
    /// What went wrong: the stable code, kebab-case.
    pub kind: String,
    /// How often.
    pub faults: u64,
    /// When first.
    pub first_at: Timestamp,
    /// When last.
    pub last_at: Timestamp,
}
