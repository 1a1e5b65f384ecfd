//! What several decided together is recorded, and confirms the entries that it names.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::collective_decision::CollectiveDecision;
use domain::digest::Digest;
use domain::ids::{CollectiveDecisionId, FederationCode, ReviewEntryId, RoundCode, UnitCode};
use domain::limits::{PRESENT_MAX, REVIEW_ENTRIES_MAX};
use domain::review_entry::{Confirmation, EntryDecision, KnownEntry};
use domain::round::RoundAct;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::review_entry::decided_already;

/// What was decided together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCollectiveDecision {
    /// The day of the meeting.
    pub held_on: Date,
    /// The number of the minutes.
    pub minutes: String,
    /// In which functions people took part; never their names.
    pub present: Vec<String>,
    /// What was decided.
    pub resolution: String,
    /// The entries that are confirmed by it.
    #[serde(default)]
    pub entries: Vec<ReviewEntryId>,
}

impl Office {
    /// Records a collective decision. The entries that it names count from then on; whoever made one of them may not record it.
    pub async fn record_collective_decision(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        new: NewCollectiveDecision,
    ) -> Result<CollectiveDecision, OperationError> {
        let scope = self.scope(caller, Operation::RecordCollectiveDecision, federation)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        if !round.policy.review {
            return Err(OperationError::NotPossible { code: "round-without-review" });
        }
        round.allows(RoundAct::Review)?;
        let now = self.now();
        let mut problems = Problems::default();
        problems.name("/minutes", &new.minutes);
        problems.review_text("/resolution", &new.resolution);
        if new.present.is_empty() {
            problems.add("/present", "empty", &[]);
        }
        if new.present.len() > PRESENT_MAX {
            problems.add("/present", "too-many", &[("limit", &PRESENT_MAX.to_string())]);
        }
        for (index, function) in new.present.iter().enumerate().take(PRESENT_MAX) {
            problems.name(format!("/present/{index}"), function);
        }
        if new.held_on > self.day_of(now) {
            problems.add("/held_on", "in-the-future", &[]);
        }
        let of_round = scope.review_entries_of_round(&round.code).await?;
        let named = named(&of_round, &new.entries, &mut problems);
        problems.none_left()?;
        let makers: Vec<&Signatory> = named.iter().map(|known| &known.entry.by).collect();
        self.second_person(caller, &makers).await?;

        let id = CollectiveDecisionId(self.randomness().identifier(now)?);
        let by = Signatory::of(caller);
        let collective = CollectiveDecision {
            id,
            round: round.code.clone(),
            held_on: new.held_on,
            minutes: new.minutes,
            present: new.present,
            resolution: new.resolution,
            entries: new.entries,
            by: by.clone(),
            at: now,
        };
        let decision = EntryDecision {
            confirmation: Confirmation::Confirm,
            by,
            at: now,
            reason: collective.resolution.clone(),
            collective: Some(id),
        };
        let digest = Digest::of(&rmp_serde::to_vec_named(&collective).map_err(OperationError::host)?);
        let subject = format!("round/{}/collective-decision/{id}", round.code);
        let act = self.act(caller, "record-collective-decision", subject, Some(digest), &collective.minutes);
        scope.keep_collective_decision(&collective, &decision, act).await.map_err(decided_already)?;
        let units: BTreeSet<UnitCode> = named.iter().map(|known| known.entry.unit.clone()).collect();
        for unit in units {
            self.assess_after(&scope, &round, &unit).await;
        }
        Ok(collective)
    }

    /// What several decided together in a round, the oldest first.
    pub async fn collective_decisions(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<CollectiveDecision>, OperationError> {
        let scope = self.scope(caller, Operation::ReadReviews, federation)?;
        Ok(scope.collective_decisions(round).await?)
    }
}

/// The entries of a round that are named; each must wait for a decision.
fn named<'a>(
    of_round: &'a BTreeMap<UnitCode, Vec<KnownEntry>>,
    entries: &[ReviewEntryId],
    problems: &mut Problems,
) -> Vec<&'a KnownEntry> {
    let known: BTreeMap<ReviewEntryId, &KnownEntry> =
        of_round.values().flatten().map(|known| (known.entry.id, known)).collect();
    if entries.len() > REVIEW_ENTRIES_MAX {
        problems.add("/entries", "too-many", &[("limit", &REVIEW_ENTRIES_MAX.to_string())]);
    }
    let mut seen = BTreeSet::new();
    let mut named = Vec::new();
    for (index, id) in entries.iter().enumerate().take(REVIEW_ENTRIES_MAX) {
        let waits = known.get(id).filter(|known| known.entry.needs_second && known.decision.is_none());
        match waits {
            None => problems.add(format!("/entries/{index}"), "no-entry-waits", &[]),
            Some(_) if !seen.insert(id) => problems.add(format!("/entries/{index}"), "repeated", &[]),
            Some(known) => named.push(*known),
        }
    }
    named
}
