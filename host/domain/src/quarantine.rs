//! Quarantine: a release that faults more than its federation allows is used no more until its administration lifts that.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::digest::Digest;
use crate::limits::{QUARANTINE_FAULTS_MAX, QUARANTINE_WINDOW_MAX};
use crate::release_fault::ReleaseFault;

/// How much a federation allows its releases to fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuarantinePolicy {
    /// So many different inputs may fault within the window; one more, and the release is quarantined. The same input sent again and
    /// again counts once, so that nobody takes a release out of use by repeating what it cannot stand.
    pub faults_max: u32,
    /// How far back faults count, in seconds.
    pub window_seconds: u32,
}

impl Default for QuarantinePolicy {
    /// What holds for a federation that has not decided.
    fn default() -> Self {
        Self { faults_max: 10, window_seconds: 600 }
    }
}

/// A policy that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPolicy {
    /// It allows more faults than are counted.
    #[error("at most {QUARANTINE_FAULTS_MAX} faults can be allowed")]
    FaultsMax,
    /// Its window is empty or too long.
    #[error("the window is 1 to {} seconds", QUARANTINE_WINDOW_MAX.as_secs())]
    Window,
}

impl QuarantinePolicy {
    /// Whether it can be held.
    pub fn examine(self) -> Result<(), NotPolicy> {
        if self.faults_max > QUARANTINE_FAULTS_MAX {
            return Err(NotPolicy::FaultsMax);
        }
        if self.window_seconds == 0 || self.window() > QUARANTINE_WINDOW_MAX {
            return Err(NotPolicy::Window);
        }
        Ok(())
    }

    /// How far back faults count.
    pub fn window(self) -> Duration {
        Duration::from_secs(self.window_seconds.into())
    }

    /// From when on faults count, now; what came before a quarantine was lifted is forgiven.
    pub fn counted_since(self, now: Timestamp, lifted_at: Option<Timestamp>) -> Timestamp {
        let begin = now.checked_sub(self.window()).unwrap_or(Timestamp::MIN);
        lifted_at.map_or(begin, |lifted| lifted.max(begin))
    }

    /// How many different inputs faulted, where that is more than is allowed.
    pub fn exceeded_by(self, faults: &[ReleaseFault], since: Timestamp) -> Option<u32> {
        let counted = faults.iter().filter(|fault| fault.at >= since);
        let inputs: BTreeSet<Digest> = counted.map(|fault| fault.input).collect();
        let inputs = u32::try_from(inputs.len()).unwrap_or(u32::MAX);
        (inputs > self.faults_max).then_some(inputs)
    }
}

/// A release was quarantined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantine {
    /// The release.
    pub release: Digest,
    /// When.
    pub placed_at: Timestamp,
    /// How many different inputs had faulted.
    pub inputs: u32,
    /// What was allowed then.
    pub policy: QuarantinePolicy,
    /// How it ended; none while it lasts.
    pub lifted: Option<Lifting>,
}

/// A quarantine was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifting {
    /// By whom.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}
