//! Trials: what another release would change for whom, found out on what members really handed in, before anybody decides.
//!
//! A trial is an answer to a question and nothing else: no verdict, settlement or published score comes from it. It is kept, so that
//! whoever approves a release names the trial that was read.

pub mod between;
pub mod blocks;
pub mod cost;
pub mod difference;
pub mod distribution;
pub mod finding;
pub mod member;
pub mod report;
pub mod rubric;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{RoundCode, TrialId};
use crate::limits::TRIAL_REASON_CHARS_MAX;
use crate::trial::report::ReportTrial;
use crate::trial::rubric::RubricTrial;

/// What kind of release is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrialKind {
    /// A rubric, on everything that counts in the round.
    Rubric,
    /// A report, on the round's newest roll-up.
    Report,
}

/// A trial in few words: what was tried beside what, and how much would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Its identifier: that of the job that made it.
    pub id: TrialId,
    /// The round on whose submissions it was made.
    pub round: RoundCode,
    /// What kind of release was tried.
    pub kind: TrialKind,
    /// The release that was in force when the trial began.
    pub baseline: Digest,
    /// The release that was tried beside it.
    pub candidate: Digest,
    /// When it ended.
    pub at: Timestamp,
    /// Who asked for it: the label of a token.
    pub asked_by: String,
    /// Members whose revisions were judged by both; of a report, members in the roll-up.
    pub members: u32,
    /// How many of them would get another total; of a report, how many blocks of the document differ.
    pub changed: u32,
    /// How many would get another grade.
    pub regraded: u32,
    /// How many could not be scored any more: the form does not fit, the candidate declines, or it fails.
    pub not_scored: u32,
    /// The digest of everything that it found.
    pub found: Digest,
}

/// Everything that a trial found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tried {
    /// Of a rubric: everybody's scores before and after.
    Rubric(Box<RubricTrial>),
    /// Of a report: the document before and after.
    Report(Box<ReportTrial>),
}

impl Tried {
    /// What it found of a rubric.
    pub const fn rubric(&self) -> Option<&RubricTrial> {
        match self {
            Self::Rubric(found) => Some(found),
            Self::Report(_) => None,
        }
    }

    /// What it found of a report.
    pub const fn report(&self) -> Option<&ReportTrial> {
        match self {
            Self::Rubric(_) => None,
            Self::Report(found) => Some(found),
        }
    }
}

/// A sentence of a plugin, no longer than a trial keeps.
pub fn shortened(sentence: &str) -> String {
    match sentence.char_indices().nth(TRIAL_REASON_CHARS_MAX) {
        None => sentence.to_owned(),
        Some((end, _)) => format!("{}…", &sentence[..end]),
    }
}
