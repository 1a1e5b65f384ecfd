//! Jobs: long work that a caller watches instead of waiting for it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{FederationCode, JobId, RoundCode};

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobKind {
    /// Scores what the rubric in force has not scored yet, then settles the cohort.
    Settle {
        /// The round.
        round: RoundCode,
    },
    /// Rolls the last settlement up and composes its documents.
    RollUp {
        /// The round.
        round: RoundCode,
    },
    /// Tries a release beside the one in force, without touching anything.
    TryRelease {
        /// The round on whose submissions it is tried.
        round: RoundCode,
        /// The release.
        release: Digest,
        /// The release in force whose place it would take, where that was said.
        #[serde(default)]
        replaces: Option<Digest>,
        /// Who asked for it: the label of a token.
        asked_by: String,
    },
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// Waits for a worker.
    Waiting,
    /// A worker has it.
    Running,
    /// Done.
    Done,
    /// Given up; the message says why.
    Failed,
}

/// A piece of long work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its identifier.
    pub id: JobId,
    /// Whose it is.
    pub federation: FederationCode,
    /// What it does.
    pub kind: JobKind,
    /// Where it stands.
    pub state: JobState,
    /// How much is done.
    pub done: u32,
    /// Of how much; 0 while that is unknown.
    pub total: u32,
    /// What is being done, or why it failed.
    pub message: String,
    /// How often it was begun; a worker whose attempt is not this one has lost the job.
    pub attempt: u32,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
    /// The digest of its result.
    pub result: Option<Digest>,
}
