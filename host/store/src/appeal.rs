//! Appeals of members, and what was decided about them.

use domain::appeal::{Appeal, AppealDecision, KnownAppeal};
use domain::audit::Act;
use domain::ids::{AppealId, FederationCode, RoundCode, UnitCode};
use domain::limits::{APPEALS_MAX, REVIEW_ACTS_LISTED_MAX};
use domain::review_entry::{ReviewEntry, Seal};
use domain::round::RoundAct;
use futures::FutureExt as _;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::body::{body, limit, pack, packed};
use crate::error::already_there;
use crate::round::still_allows;
use crate::{Scope, StoreError, review_entry};

const WHAT: &str = "appeal";

impl Scope {
    /// Keeps an appeal; `AlreadyThere("appeal")` where one of the same unit about the same criterion waits, [`StoreError::Full`] where the
    /// unit has too many, [`StoreError::RoundMoved`] where the round takes none any more.
    pub async fn keep_appeal(&self, appeal: &Appeal, act: Act) -> Result<(), StoreError> {
        let (federation, packed, appeal) = (self.code.clone(), pack(appeal)?, appeal.clone());
        self.record(act, move |connection, entry| {
            async move {
                still_allows(connection, &federation, &appeal.round, RoundAct::Appeal).await?;
                let rows = sqlx::query(APPEALS_OF_UNIT)
                    .bind(federation.as_str())
                    .bind(appeal.round.as_str())
                    .bind(appeal.unit.as_str())
                    .fetch_all(&mut *connection)
                    .await?;
                let earlier: Vec<KnownAppeal> = rows.iter().map(known).collect::<Result<_, _>>()?;
                if earlier.iter().any(|one| one.decision.is_none() && one.appeal.criterion == appeal.criterion) {
                    return Err(StoreError::AlreadyThere(WHAT));
                }
                if earlier.len() >= APPEALS_MAX {
                    return Err(StoreError::Full(WHAT));
                }
                sqlx::query(
                    "INSERT INTO appeals (federation, id, round, unit, entry, body) VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(federation.as_str())
                .bind(appeal.id.to_string())
                .bind(appeal.round.as_str())
                .bind(appeal.unit.as_str())
                .bind(entry)
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Keeps what was decided about an appeal with the entries that carry it out, all or nothing; `AlreadyThere("decision")` where it was
    /// decided.
    pub async fn decide_appeal(
        &self,
        id: AppealId,
        decision: &AppealDecision,
        entries: Vec<(ReviewEntry, Seal)>,
        act: Act,
    ) -> Result<(), StoreError> {
        let (federation, packed, entries) = (self.code.clone(), pack(decision)?, review_entry::sealed(entries));
        self.record(act, move |connection, audited| {
            async move {
                sqlx::query("INSERT INTO appeal_decisions (federation, appeal, entry, body) VALUES ($1, $2, $3, $4)")
                    .bind(federation.as_str())
                    .bind(id.to_string())
                    .bind(audited)
                    .bind(packed)
                    .execute(&mut *connection)
                    .await
                    .map_err(already_there("decision"))?;
                review_entry::insert(connection, &federation, audited, &entries, RoundAct::DecideAppeal).await
            }
            .boxed()
        })
        .await
    }

    /// The appeals of a unit in a round, the oldest first.
    pub async fn appeals(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<KnownAppeal>, StoreError> {
        let rows = sqlx::query(APPEALS_OF_UNIT)
            .bind(self.code.as_str())
            .bind(round.as_str())
            .bind(unit.as_str())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(known).collect()
    }

    /// All appeals in a round, the oldest first.
    pub async fn appeals_of_round(&self, round: &RoundCode) -> Result<Vec<KnownAppeal>, StoreError> {
        let rows = sqlx::query(
            "SELECT made.body, decided.body AS decision FROM appeals AS made
             LEFT JOIN appeal_decisions AS decided ON decided.federation = $1 AND decided.appeal = made.id
             WHERE made.federation = $1 AND made.round = $2 ORDER BY made.entry LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(limit(REVIEW_ACTS_LISTED_MAX))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(known).collect()
    }
}

/// Whether every appeal in a round is decided, seen from inside a transaction; else [`StoreError::RoundMoved`].
pub(crate) async fn none_waits(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    round: &RoundCode,
) -> Result<(), StoreError> {
    let waiting = sqlx::query(
        "SELECT 1 FROM appeals WHERE federation = $1 AND round = $2 AND NOT EXISTS
           (SELECT 1 FROM appeal_decisions AS decided WHERE decided.federation = $1 AND decided.appeal = appeals.id)
         LIMIT 1",
    )
    .bind(federation.as_str())
    .bind(round.as_str())
    .fetch_optional(connection)
    .await?;
    if waiting.is_some() { Err(StoreError::RoundMoved) } else { Ok(()) }
}

const APPEALS_OF_UNIT: &str = "SELECT made.body, decided.body AS decision FROM appeals AS made
     LEFT JOIN appeal_decisions AS decided ON decided.federation = $1 AND decided.appeal = made.id
     WHERE made.federation = $1 AND made.round = $2 AND made.unit = $3 ORDER BY made.entry";

fn known(row: &AnyRow) -> Result<KnownAppeal, StoreError> {
    let decision: Option<&[u8]> = row.try_get("decision")?;
    let decision = decision.map(|_| packed(row, "decision", WHAT)).transpose()?;
    Ok(KnownAppeal { appeal: body(row, WHAT)?, decision })
}
