//! Rounds: one period, one rubric, one set of reports, a due date.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Period};
use crate::digest::Digest;
use crate::ids::{RoundCode, UnitCode};

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundState {
    /// Takes submissions; late ones are flagged.
    Open,
    /// Takes none any more.
    Closed,
}

/// A step in a round's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundAct {
    /// Take no more submissions.
    Close,
    /// Take submissions again.
    Reopen,
    /// Replace the rubric.
    ReplaceRubric,
    /// Take a revision.
    Submit,
    /// Settle the cohort.
    Settle,
}

impl RoundState {
    /// The state that an act leads to; none where the act is not possible. The one table of it.
    pub const fn after(self, act: RoundAct) -> Option<Self> {
        match (self, act) {
            (Self::Open, RoundAct::Submit | RoundAct::ReplaceRubric | RoundAct::Settle)
            | (Self::Closed, RoundAct::Reopen) => Some(Self::Open),
            (Self::Open, RoundAct::Close) | (Self::Closed, RoundAct::ReplaceRubric | RoundAct::Settle) => {
                Some(Self::Closed)
            }
            (Self::Open, RoundAct::Reopen) | (Self::Closed, RoundAct::Close | RoundAct::Submit) => None,
        }
    }
}

/// A unit that need not report in a round, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// The unit.
    pub unit: UnitCode,
    /// The reason.
    pub reason: String,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Unique in the federation.
    pub code: RoundCode,
    /// Its title.
    pub title: String,
    /// The span that it asks about.
    pub period: Period,
    /// When submissions are due.
    pub due_at: Timestamp,
    /// Where it stands.
    pub state: RoundState,
    /// The rubric in force: a release of the federation.
    pub rubric: Digest,
    /// The reports of the round: releases of the federation.
    pub reports: Vec<Digest>,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The attribute by whose value members are settled in separate cohorts; none for one cohort.
    pub cohort_by: Option<String>,
    /// Who need not report.
    pub exemptions: Vec<Exemption>,
}

impl Round {
    /// Whole hours from the due time to `at`, rounded up; 0 when in time.
    pub fn hours_late(&self, at: Timestamp) -> u32 {
        let seconds = at.as_second().saturating_sub(self.due_at.as_second());
        if seconds <= 0 { 0 } else { u32::try_from((seconds + 3599) / 3600).unwrap_or(u32::MAX) }
    }
}
