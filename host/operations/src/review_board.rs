//! The reviewers' board: what of a round waits for whom.

use std::collections::BTreeMap;

use domain::access::{Caller, Operation};
use domain::expectation::{Expectation, expectation};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::review_entry::{EntryState, KnownEntry, states_of};
use domain::submission::Standing;
use jiff::Timestamp;
use serde::Serialize;
use store::{LastReviewed, Progress};

use crate::error::OperationError;
use crate::office::Office;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewStage {
    /// The member has handed in nothing.
    Missing,
    /// The member has handed in what is held back, and has to mend it.
    HeldBack,
    /// The reviewers have to look at what was handed in.
    ToReview,
    /// The member has to answer what was sent back.
    Returned,
    /// What was handed in last was accepted.
    Accepted,
}

/// One unit of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewRow {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// Whose turn it is.
    pub stage: ReviewStage,
    /// Its newest revision, where there is one.
    pub revision: Option<u32>,
    /// The revision that counts, where one does.
    pub counted: Option<u32>,
    /// Until when the member has to answer what was sent back.
    pub due_at: Option<Timestamp>,
    /// Entries that wait for a second person.
    pub entries_waiting: u32,
    /// Appeals that wait for a decision.
    pub appeals_waiting: u32,
}

impl Office {
    /// The reviewers' board of a round, in order of the units' codes: every unit that has to report, and whoever else has handed in.
    pub async fn review_board(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<ReviewRow>, OperationError> {
        let scope = self.scope(caller, Operation::ReadReviews, federation)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        if !round.policy.review {
            return Err(OperationError::NotPossible { code: "round-without-review" });
        }
        let newest: BTreeMap<UnitCode, Progress> =
            scope.progress(&round.code).await?.into_iter().map(|row| (row.unit.clone(), row)).collect();
        let reviewed = scope.last_reviewed(&round.code).await?;
        let entries = scope.review_entries_of_round(&round.code).await?;
        let mut appeals: BTreeMap<UnitCode, u32> = BTreeMap::new();
        for known in scope.appeals_of_round(&round.code).await? {
            if known.decision.is_none() {
                *appeals.entry(known.appeal.unit).or_default() += 1;
            }
        }
        let rows = scope.units().await?.into_iter().filter_map(|unit| {
            let newest = newest.get(&unit.code);
            let is_expected = expectation(&round, &unit) == Some(Expectation::Expected);
            if newest.is_none() && !is_expected {
                return None;
            }
            let last = reviewed.get(&unit.code).copied().unwrap_or_default();
            let stage = stage_of(newest, last);
            Some(ReviewRow {
                stage,
                revision: newest.map(|newest| newest.revision),
                counted: last.counted(),
                due_at: last.returned.filter(|_| stage == ReviewStage::Returned).map(|(_, due_at)| due_at),
                entries_waiting: entries.get(&unit.code).map_or(0, |entries| waiting(entries)),
                appeals_waiting: appeals.get(&unit.code).copied().unwrap_or_default(),
                unit: unit.code,
                name: unit.name,
            })
        });
        Ok(rows.collect())
    }
}

fn stage_of(newest: Option<&Progress>, last: LastReviewed) -> ReviewStage {
    let Some(newest) = newest else { return ReviewStage::Missing };
    if last.counted() == Some(newest.revision) {
        return ReviewStage::Accepted;
    }
    if last.returned.is_some_and(|(revision, _)| revision == newest.revision) {
        return ReviewStage::Returned;
    }
    match newest.standing {
        Standing::Blocked => ReviewStage::HeldBack,
        Standing::Accepted => ReviewStage::ToReview,
    }
}

fn waiting(entries: &[KnownEntry]) -> u32 {
    let waiting = states_of(entries).into_iter().filter(|state| *state == EntryState::Waiting);
    u32::try_from(waiting.count()).unwrap_or(u32::MAX)
}
