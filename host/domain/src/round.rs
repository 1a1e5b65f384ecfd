//! Rounds: one period, one rubric, one set of reports, a due date, and the steps of their life.

mod policy;
mod reminder;
mod step;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::activation::Swap;
use crate::calendar::{Calendar, Period};
use crate::digest::Digest;
use crate::ids::{RoundCode, UnitCode};
use crate::release::PluginKind;

pub use self::policy::{Numbered, PolicyFault, RECEIPT_PLACEHOLDERS, RoundPolicy};
pub use self::step::{NotNow, RoundAct, RoundPhase, RoundState};

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
    /// When it is opened by the calendar, where it was planned for a day.
    #[serde(default)]
    pub opens_at: Option<Timestamp>,
    /// When submissions are due.
    pub due_at: Timestamp,
    /// Where it stands.
    pub state: RoundState,
    /// When its results were first published.
    #[serde(default)]
    pub published_at: Option<Timestamp>,
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
    /// What the federation decided about it beside its rubric.
    #[serde(default)]
    pub policy: RoundPolicy,
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

    /// The round as it goes on after a step of its life at some time.
    pub fn after(&self, act: RoundAct, at: Timestamp) -> Result<Self, NotNow> {
        let Some(state) = self.state_after(act) else {
            return Err(NotNow { act, state: self.state, possible: self.possible_acts() });
        };
        let was_closed = self.state.is_past_collecting() || state.is_past_collecting();
        let published_at = if act == RoundAct::Publish { self.published_at.or(Some(at)) } else { self.published_at };
        Ok(Self { state, pins_fixed: self.pins_fixed || was_closed, published_at, ..self.clone() })
    }

    /// Whether an act is possible now.
    pub fn allows(&self, act: RoundAct) -> Result<(), NotNow> {
        match self.state_after(act) {
            Some(_) => Ok(()),
            None => Err(NotNow { act, state: self.state, possible: self.possible_acts() }),
        }
    }

    /// Everything that is possible now, in the order of a round's life.
    pub fn possible_acts(&self) -> Vec<RoundAct> {
        RoundAct::ALL.into_iter().filter(|act| self.state_after(*act).is_some()).collect()
    }

    /// The table, and what the round's policy adds to it: where reviewers have to accept, nothing is published before they were at work.
    fn state_after(&self, act: RoundAct) -> Option<RoundState> {
        let skips_review = self.policy.review && self.state == RoundState::Closed && act == RoundAct::Publish;
        let cannot_appeal = self.policy.appeal_days == 0 && act == RoundAct::Appeal;
        if skips_review || cannot_appeal { None } else { self.state.after(act) }
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

    /// Until when a submission counts as in time.
    pub fn in_time_until(&self) -> Timestamp {
        self.due_at.checked_add(self.policy.grace()).unwrap_or(self.due_at)
    }

    /// Whole hours from the due time to `at`, rounded up; 0 when in time or within the grace.
    pub fn hours_late(&self, at: Timestamp) -> u32 {
        let seconds = at.as_second().saturating_sub(self.due_at.as_second());
        if seconds <= 0 || at <= self.in_time_until() {
            return 0;
        }
        u32::try_from((seconds + 3599) / 3600).unwrap_or(u32::MAX)
    }

    /// Until when members may appeal, once the round is published.
    pub fn appeals_until(&self) -> Option<Timestamp> {
        let days = SignedDuration::from_hours(24 * i64::from(self.policy.appeal_days));
        self.published_at.and_then(|published| published.checked_add(days).ok())
    }

    /// Whether the calendar says that the round is to be opened by now.
    pub fn opens_by(&self, now: Timestamp) -> bool {
        self.state == RoundState::Planned && self.opens_at.is_some_and(|opens| opens <= now)
    }

    /// Where it stands at some time, given whether it was settled.
    pub fn phase(&self, now: Timestamp, is_settled: bool) -> RoundPhase {
        match self.state {
            RoundState::Planned => RoundPhase::Planned,
            RoundState::Open if now <= self.due_at => RoundPhase::Open,
            RoundState::Open if now <= self.in_time_until() => RoundPhase::Closing,
            RoundState::Open => RoundPhase::Overdue,
            RoundState::Closed | RoundState::Reviewing if is_settled => RoundPhase::Scored,
            RoundState::Closed => RoundPhase::Closed,
            RoundState::Reviewing => RoundPhase::Reviewing,
            RoundState::Published if self.appeals_until().is_some_and(|until| now <= until) => RoundPhase::Appeal,
            RoundState::Published => RoundPhase::Published,
            RoundState::Final => RoundPhase::Final,
            RoundState::Archived => RoundPhase::Archived,
        }
    }
}
