//! Entries of reviewers: appended, decided by somebody else where the round wants it, and never changed.

use std::collections::BTreeMap;

use domain::audit::Act;
use domain::collective_decision::CollectiveDecision;
use domain::ids::{FederationCode, ReviewEntryId, RoundCode, UnitCode};
use domain::limits::{REVIEW_ACTS_LISTED_MAX, REVIEW_ENTRIES_MAX};
use domain::review_entry::{EntryDecision, KnownEntry, ReviewEntry, Seal};
use domain::round::RoundAct;
use futures::FutureExt as _;
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::body::{bodies, body, limit, pack, packed, parsed};
use crate::error::already_there;
use crate::round::still_allows;
use crate::{Scope, StoreError};

const WHAT: &str = "review entry";

/// An entry with its signature, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sealed {
    entry: ReviewEntry,
    seal: Seal,
}

impl Scope {
    /// Keeps an entry; [`StoreError::Full`] where the submission has too many.
    pub async fn keep_review_entry(&self, entry: &ReviewEntry, seal: &Seal, act: Act) -> Result<(), StoreError> {
        let sealed = [Sealed { entry: entry.clone(), seal: seal.clone() }];
        let federation = self.code.clone();
        self.record(act, move |connection, audited| {
            async move { insert(connection, &federation, audited, &sealed, RoundAct::Review).await }.boxed()
        })
        .await
    }

    /// The entries on one submission, the oldest first.
    pub async fn review_entries(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<KnownEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT made.body, decided.body AS decision FROM review_entries AS made
             LEFT JOIN review_entry_decisions AS decided
               ON decided.federation = $1 AND decided.review_entry = made.id
             WHERE made.federation = $1 AND made.round = $2 AND made.unit = $3 ORDER BY made.entry, made.place",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(known).collect()
    }

    /// The entries on every submission of a round that has any, each the oldest first.
    pub async fn review_entries_of_round(
        &self,
        round: &RoundCode,
    ) -> Result<BTreeMap<UnitCode, Vec<KnownEntry>>, StoreError> {
        let rows = sqlx::query(
            "SELECT made.body, decided.body AS decision FROM review_entries AS made
             LEFT JOIN review_entry_decisions AS decided
               ON decided.federation = $1 AND decided.review_entry = made.id
             WHERE made.federation = $1 AND made.round = $2 ORDER BY made.entry, made.place",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        let mut entries: BTreeMap<UnitCode, Vec<KnownEntry>> = BTreeMap::new();
        for row in &rows {
            let known = known(row)?;
            entries.entry(known.entry.unit.clone()).or_default().push(known);
        }
        Ok(entries)
    }

    /// Keeps what a second person decided; `AlreadyThere("decision")` where the entry was decided.
    pub async fn decide_review_entry(
        &self,
        id: ReviewEntryId,
        decision: &EntryDecision,
        act: Act,
    ) -> Result<(), StoreError> {
        let (federation, decision) = (self.code.clone(), decision.clone());
        self.record(act, move |connection, audited| {
            async move { decide(connection, &federation, id, audited, &decision).await }.boxed()
        })
        .await
    }

    /// Keeps what several decided together, and that it confirms the entries that it names, all or none; `AlreadyThere("decision")`
    /// where one of them was decided.
    pub async fn keep_collective_decision(
        &self,
        collective: &CollectiveDecision,
        decision: &EntryDecision,
        act: Act,
    ) -> Result<(), StoreError> {
        let (federation, packed) = (self.code.clone(), pack(collective)?);
        let (collective, decision) = (collective.clone(), decision.clone());
        self.record(act, move |connection, audited| {
            async move {
                sqlx::query(
                    "INSERT INTO collective_decisions (federation, id, round, entry, body) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(federation.as_str())
                .bind(collective.id.to_string())
                .bind(collective.round.as_str())
                .bind(audited)
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there("collective decision"))?;
                for entry in &collective.entries {
                    decide(connection, &federation, *entry, audited, &decision).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// What several decided together in a round, the oldest first.
    pub async fn collective_decisions(&self, round: &RoundCode) -> Result<Vec<CollectiveDecision>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM collective_decisions WHERE federation = $1 AND round = $2 ORDER BY entry LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(limit(REVIEW_ACTS_LISTED_MAX))
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, "collective decision")
    }
}

fn known(row: &AnyRow) -> Result<KnownEntry, StoreError> {
    let Sealed { entry, seal } = body(row, WHAT)?;
    let decision: Option<&[u8]> = row.try_get("decision")?;
    let decision = decision.map(|_| packed(row, "decision", WHAT)).transpose()?;
    Ok(KnownEntry { entry, seal, decision })
}

/// Entries with their signatures, for an insert in somebody else's transaction.
pub(crate) fn sealed(entries: Vec<(ReviewEntry, Seal)>) -> Vec<Sealed> {
    entries.into_iter().map(|(entry, seal)| Sealed { entry, seal }).collect()
}

/// Keeps entries of one audit entry, all about one round; [`StoreError::RoundMoved`] where that does not allow the act any more.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    audited: i64,
    entries: &[Sealed],
    act: RoundAct,
) -> Result<(), StoreError> {
    if let Some(first) = entries.first() {
        still_allows(connection, federation, &first.entry.round, act).await?;
    }
    for (place, sealed) in (0_i64..).zip(entries) {
        let ReviewEntry { id, round, unit, .. } = &sealed.entry;
        let row = sqlx::query(
            "SELECT COUNT(*) AS made FROM review_entries WHERE federation = $1 AND round = $2 AND unit = $3",
        )
        .bind(federation.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_one(&mut *connection)
        .await?;
        if row.try_get::<i64, _>("made")? >= limit(REVIEW_ENTRIES_MAX) {
            return Err(StoreError::Full(WHAT));
        }
        sqlx::query(
            "INSERT INTO review_entries (federation, id, round, unit, entry, place, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(federation.as_str())
        .bind(id.to_string())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(audited)
        .bind(place)
        .bind(pack(sealed)?)
        .execute(&mut *connection)
        .await
        .map_err(already_there(WHAT))?;
    }
    Ok(())
}

async fn decide(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    id: ReviewEntryId,
    audited: i64,
    decision: &EntryDecision,
) -> Result<(), StoreError> {
    let made = sqlx::query("SELECT round FROM review_entries WHERE federation = $1 AND id = $2")
        .bind(federation.as_str())
        .bind(id.to_string())
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(StoreError::Missing("review-entry"))?;
    still_allows(connection, federation, &parsed(&made, "round", WHAT)?, RoundAct::Review).await?;
    sqlx::query("INSERT INTO review_entry_decisions (federation, review_entry, entry, body) VALUES ($1, $2, $3, $4)")
        .bind(federation.as_str())
        .bind(id.to_string())
        .bind(audited)
        .bind(pack(decision)?)
        .execute(connection)
        .await
        .map_err(already_there("decision"))?;
    Ok(())
}
