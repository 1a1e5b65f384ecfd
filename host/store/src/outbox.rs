//! The outbox: notices on their way out of the house. A host takes a delivery under a lease, and what a host says that lost its lease
//! changes nothing; a delivery may arrive twice, and bears the same identifier then.

use std::time::Duration;

use domain::audit::Act;
use domain::delivery::{Delivery, DeliveryAttempt, DeliveryState};
use domain::ids::{DeliveryId, FederationCode};
use domain::member_notice::MemberNotice;
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use crate::body::{bodies, body, counted, limit, nanoseconds, pack, packed, parsed, time};
use crate::database::Dialect;
use crate::{Scope, Store, StoreError, postgres, sqlite};

const WHAT: &str = "delivery";

/// A delivery that a host has taken, with what it delivers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenDelivery {
    /// Whose it is.
    pub federation: FederationCode,
    /// The delivery; its attempts count the one that is under way.
    pub delivery: Delivery,
    /// The notice.
    pub notice: MemberNotice,
}

impl Store {
    /// Takes a delivery whose time has come, for the length of the lease: the one that waits longest.
    pub async fn take_delivery(&self, now: Timestamp, lease: Duration) -> Result<Option<TakenDelivery>, StoreError> {
        // Hosts ask all the time; mostly there is nothing, and looking is cheaper than writing.
        let due = sqlx::query(
            "SELECT 1 FROM deliveries WHERE state = 'waiting' AND next_at <= $1 AND lease_until < $1 LIMIT 1",
        )
        .bind(nanoseconds(now))
        .fetch_optional(self.readers())
        .await?;
        if due.is_none() {
            return Ok(None);
        }
        let lease_until = nanoseconds(now).saturating_add(i64::try_from(lease.as_nanos()).unwrap_or(i64::MAX));
        self.write(move |connection| {
            async move {
                let lock = match Dialect::of(connection) {
                    Dialect::Sqlite => sqlite::NEXT_JOB_LOCK,
                    Dialect::Postgres => postgres::NEXT_JOB_LOCK,
                };
                let sql = format!(
                    "UPDATE deliveries SET attempts = attempts + 1, lease_until = $2
                     WHERE (federation, id) =
                       (SELECT job.federation, job.id FROM deliveries AS job
                        WHERE job.state = 'waiting' AND job.next_at <= $1 AND job.lease_until < $1
                        ORDER BY job.next_at, job.id LIMIT 1 {lock})
                     RETURNING *"
                );
                let taken = sqlx::query(AssertSqlSafe(sql))
                    .bind(nanoseconds(now))
                    .bind(lease_until)
                    .fetch_optional(&mut *connection)
                    .await?;
                let Some(row) = taken else { return Ok(None) };
                let federation: FederationCode = parsed(&row, "federation", WHAT)?;
                let delivery = delivery(&row)?;
                let row = sqlx::query("SELECT body FROM member_notices WHERE federation = $1 AND id = $2")
                    .bind(federation.as_str())
                    .bind(delivery.notice.to_string())
                    .fetch_one(connection)
                    .await?;
                Ok(Some(TakenDelivery { federation, delivery, notice: body(&row, "notice")? }))
            }
            .boxed()
        })
        .await
    }

    /// Writes down how an attempt ended and what becomes of the delivery; `false` where another host has taken it meanwhile. Where it
    /// failed, what else waits for the same way is put off until `others_not_before`: a dead end costs one attempt, not one a notice.
    pub async fn end_attempt(
        &self,
        taken: &TakenDelivery,
        failure: Option<String>,
        state: DeliveryState,
        at: Timestamp,
        next_at: Timestamp,
        others_not_before: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let (federation, delivery) = (taken.federation.clone(), taken.delivery.clone());
        let attempt = pack(&DeliveryAttempt { number: delivery.attempts, at, failure })?;
        self.write(move |connection| {
            async move {
                let ended = sqlx::query(
                    "UPDATE deliveries SET state = $4, next_at = $5, lease_until = 0
                     WHERE federation = $1 AND id = $2 AND attempts = $3 AND state = 'waiting'",
                )
                .bind(federation.as_str())
                .bind(delivery.id.to_string())
                .bind(i64::from(delivery.attempts))
                .bind(state.code())
                .bind(nanoseconds(next_at))
                .execute(&mut *connection)
                .await?;
                if ended.rows_affected() == 0 {
                    return Ok(false);
                }
                sqlx::query("INSERT INTO delivery_attempts (federation, delivery, number, body) VALUES ($1, $2, $3, $4)")
                    .bind(federation.as_str())
                    .bind(delivery.id.to_string())
                    .bind(i64::from(delivery.attempts))
                    .bind(attempt)
                    .execute(&mut *connection)
                    .await?;
                if let Some(not_before) = others_not_before {
                    sqlx::query(
                        "UPDATE deliveries SET next_at = $3
                         WHERE federation = $1 AND channel = $2 AND state = 'waiting' AND next_at < $3 AND lease_until < $4",
                    )
                    .bind(federation.as_str())
                    .bind(delivery.channel.code())
                    .bind(nanoseconds(not_before))
                    .bind(nanoseconds(at))
                    .execute(connection)
                    .await?;
                }
                Ok(true)
            }
            .boxed()
        })
        .await
    }
}

impl Scope {
    /// The deliveries before one, the newest first, of one state or of all.
    pub async fn deliveries(
        &self,
        state: Option<DeliveryState>,
        before: Option<DeliveryId>,
        items: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        // No identifier sorts behind it.
        let before = before.map_or_else(|| "~".to_owned(), |id| id.to_string());
        let rows = sqlx::query(
            "SELECT * FROM deliveries WHERE federation = $1 AND id < $2 AND state = COALESCE($3, state)
             ORDER BY id DESC LIMIT $4",
        )
        .bind(self.code.as_str())
        .bind(before)
        .bind(state.map(|state| state.code().to_owned()))
        .bind(limit(items))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(delivery).collect()
    }

    /// A delivery with its attempts, the oldest first.
    pub async fn delivery(&self, id: DeliveryId) -> Result<Option<(Delivery, Vec<DeliveryAttempt>)>, StoreError> {
        let row = sqlx::query("SELECT * FROM deliveries WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let attempts =
            sqlx::query("SELECT body FROM delivery_attempts WHERE federation = $1 AND delivery = $2 ORDER BY number")
                .bind(self.code.as_str())
                .bind(id.to_string())
                .fetch_all(self.readers())
                .await?;
        Ok(Some((delivery(&row)?, bodies(&attempts, "delivery attempt")?)))
    }

    /// Lets a delivery that was given up be tried once more; `Missing` where it was not given up.
    pub async fn retry_delivery(&self, id: DeliveryId, now: Timestamp, act: Act) -> Result<(), StoreError> {
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                let moved = sqlx::query(
                    "UPDATE deliveries SET state = 'waiting', next_at = $3
                     WHERE federation = $1 AND id = $2 AND state = 'gave-up'",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(nanoseconds(now))
                .execute(connection)
                .await?;
                if moved.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Missing(WHAT)) }
            }
            .boxed()
        })
        .await
    }
}

fn delivery(row: &AnyRow) -> Result<Delivery, StoreError> {
    let state = DeliveryState::of_code(row.try_get("state")?);
    let state = state.ok_or_else(|| StoreError::Corrupt { what: WHAT, why: "`state` has not its form".to_owned() })?;
    Ok(Delivery {
        id: parsed(row, "id", WHAT)?,
        notice: parsed(row, "notice", WHAT)?,
        channel: packed(row, "body", WHAT)?,
        state,
        attempts: counted(row, "attempts", WHAT)?,
        next_at: time(row, "next_at", WHAT)?,
    })
}
