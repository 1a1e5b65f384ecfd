//! Rounds: one period, one rubric, one set of reports, a due date.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::activation::Swap;
use crate::calendar::{Calendar, Period};
use crate::digest::Digest;
use crate::ids::{RoundCode, UnitCode};
use crate::release::PluginKind;

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
    /// Replace a release that is pinned to it.
    ReplaceRelease,
    /// Take a revision.
    Submit,
    /// Settle the cohort.
    Settle,
}

impl RoundState {
    /// The state that an act leads to; none where the act is not possible. The one table of it.
    pub const fn after(self, act: RoundAct) -> Option<Self> {
        match (self, act) {
            (Self::Open, RoundAct::Submit | RoundAct::ReplaceRelease | RoundAct::Settle)
            | (Self::Closed, RoundAct::Reopen) => Some(Self::Open),
            (Self::Open, RoundAct::Close) | (Self::Closed, RoundAct::Settle) => Some(Self::Closed),
            (Self::Open, RoundAct::Reopen)
            | (Self::Closed, RoundAct::Close | RoundAct::Submit | RoundAct::ReplaceRelease) => None,
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
    /// Whether it was ever closed: from then on it keeps its releases for ever, also once it is opened again.
    #[serde(default)]
    pub pins_fixed: bool,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The attribute by whose value members are settled in separate cohorts; none for one cohort.
    pub cohort_by: Option<String>,
    /// Who need not report.
    pub exemptions: Vec<Exemption>,
}

/// Why a release cannot take another's place in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSwapped {
    /// The round is closed.
    #[error("the round is closed")]
    Closed,
    /// The round was closed once.
    #[error("a round that was ever closed keeps its releases")]
    PinsFixed,
    /// What is to be replaced is not in force.
    #[error("what is to be replaced is not in force")]
    NotInForce,
    /// What is to replace it is in force already.
    #[error("it is in force already")]
    InForceAlready,
}

impl Round {
    /// Whether its releases can still be replaced.
    pub const fn takes_swaps(&self) -> Result<(), NotSwapped> {
        if self.state.after(RoundAct::ReplaceRelease).is_none() {
            return Err(NotSwapped::Closed);
        }
        if self.pins_fixed { Err(NotSwapped::PinsFixed) } else { Ok(()) }
    }

    /// The round as it goes on after a step of its life; none where the step is not possible.
    pub fn after(&self, act: RoundAct) -> Option<Self> {
        let state = self.state.after(act)?;
        let was_closed = self.state == RoundState::Closed || state == RoundState::Closed;
        Some(Self { state, pins_fixed: self.pins_fixed || was_closed, ..self.clone() })
    }

    /// The round once one release has taken another's place.
    pub fn swapped(&self, swap: Swap) -> Result<Self, NotSwapped> {
        self.takes_swaps()?;
        if self.pinned(swap.kind).contains(&swap.release) {
            return Err(NotSwapped::InForceAlready);
        }
        let mut round = self.clone();
        let place = match swap.kind {
            PluginKind::Rubric => Some(&mut round.rubric).filter(|rubric| **rubric == swap.replaces),
            PluginKind::Report => round.reports.iter_mut().find(|report| **report == swap.replaces),
            PluginKind::Reader => None,
        };
        *place.ok_or(NotSwapped::NotInForce)? = swap.release;
        Ok(round)
    }

    /// The releases that the round uses as a kind of plugin.
    pub fn pinned(&self, kind: PluginKind) -> &[Digest] {
        match kind {
            PluginKind::Rubric => std::slice::from_ref(&self.rubric),
            PluginKind::Report => &self.reports,
            PluginKind::Reader => &[],
        }
    }

    /// Whole hours from the due time to `at`, rounded up; 0 when in time.
    pub fn hours_late(&self, at: Timestamp) -> u32 {
        let seconds = at.as_second().saturating_sub(self.due_at.as_second());
        if seconds <= 0 { 0 } else { u32::try_from((seconds + 3599) / 3600).unwrap_or(u32::MAX) }
    }
}
