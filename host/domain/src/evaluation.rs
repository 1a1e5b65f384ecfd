//! Evaluations: the record of every run of a plugin, complete enough to run it again and compare the bytes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::EvaluationId;
use crate::release::PluginKind;
use crate::review::Review;
use crate::submission::Envelope;

/// What a plugin was asked, with everything large named by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// What it is.
    Describe(PluginKind),
    /// What is wrong or doubtful in a submission.
    Check {
        /// The envelope.
        envelope: Envelope,
        /// The canonical answers.
        answers: Digest,
        /// The MessagePack bytes of the context.
        context: Digest,
    },
    /// What a submission earns by itself.
    Score {
        /// The envelope.
        envelope: Envelope,
        /// The canonical answers.
        answers: Digest,
        /// The MessagePack bytes of the context.
        context: Digest,
        /// What became known afterwards.
        review: Review,
    },
    /// What the cohort makes of it: the MessagePack bytes of the cohort.
    Settle(Digest),
    /// A document: the MessagePack bytes of the request.
    Compose(Digest),
    /// Proposed answers: the text's UTF-8 bytes.
    Read(Digest),
}

impl Asked {
    /// The contract's name of the function.
    pub const fn function(&self) -> &'static str {
        match self {
            Self::Describe(_) => "describe",
            Self::Check { .. } => "check",
            Self::Score { .. } => "score",
            Self::Settle(_) => "settle",
            Self::Compose(_) => "compose",
            Self::Read(_) => "read",
        }
    }
}

/// How an evaluation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// With an answer or a refusal: the digest of its canonical MessagePack bytes.
    Answered(Digest),
    /// With a fault: its stable code.
    Faulted(String),
}

/// What one run cost and gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The component.
    pub release: Digest,
    /// The digest of everything that it was asked.
    pub input: Digest,
    /// The fingerprint of the engine and its settings; fuel is comparable only within one.
    pub engine: String,
    /// Fuel used.
    pub fuel: u64,
    /// The most memory that the instance held, memories and tables together.
    pub peak_memory_bytes: u64,
    /// Time on the clock in microseconds: for people, never part of a comparison.
    pub wall_micros: u64,
    /// How it ended.
    pub outcome: Outcome,
}

/// A recorded evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Its identifier.
    pub id: EvaluationId,
    /// When it ran.
    pub at: Timestamp,
    /// What was asked.
    pub asked: Asked,
    /// What it cost and gave.
    pub run: Run,
}
