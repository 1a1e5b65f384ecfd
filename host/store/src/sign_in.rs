//! Attempts to sign in: counted by account and by address before the password is looked at, so that no two of them count as one.

use domain::digest::Digest;
use domain::ids::SessionId;
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::body::{limit, nanoseconds, time};
use crate::database::Dialect;
use crate::{Store, StoreError, postgres};

/// Where attempts are counted, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInPlace {
    /// A digest of an account's name or of an address; neither stands in the database.
    pub place: Digest,
    /// How many attempts there may be in the time that is looked back.
    pub attempts_max: usize,
}

impl Store {
    /// Counts an attempt, named by the session that it is to become, at its places, unless there were too many since a time at one of them: then it gives the oldest of those that are in
    /// the way, and counts nothing.
    pub async fn attempt_sign_in(
        &self,
        attempt: SessionId,
        places: [SignInPlace; 2],
        since: Timestamp,
        at: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.write(move |connection| {
            async move {
                if Dialect::of(connection) == Dialect::Postgres {
                    sqlx::query(postgres::HOLD_SIGN_IN).execute(&mut *connection).await?;
                }
                sqlx::query("DELETE FROM sign_in_attempts WHERE at <= $1")
                    .bind(nanoseconds(since))
                    .execute(&mut *connection)
                    .await?;
                let mut in_the_way = None;
                for place in places {
                    in_the_way = in_the_way.max(too_many_at(connection, place).await?);
                }
                if in_the_way.is_some() {
                    return Ok(in_the_way);
                }
                for SignInPlace { place, .. } in places {
                    sqlx::query("INSERT INTO sign_in_attempts (id, place, at) VALUES ($1, $2, $3)")
                        .bind(attempt.to_string())
                        .bind(place.to_string())
                        .bind(nanoseconds(at))
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(None)
            }
            .boxed()
        })
        .await
    }

    /// An attempt succeeded: it was none, and those at the account before it are forgotten. Those at the address stay, or whoever has one
    /// account could try others without end.
    pub async fn sign_in_succeeded(&self, attempt: SessionId, account: Digest) -> Result<(), StoreError> {
        self.write(move |connection| {
            async move {
                sqlx::query("DELETE FROM sign_in_attempts WHERE id = $1 OR place = $2")
                    .bind(attempt.to_string())
                    .bind(account.to_string())
                    .execute(connection)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }
}

/// The oldest of the attempts at a place that have to be forgotten before there is room for another.
async fn too_many_at(connection: &mut AnyConnection, place: SignInPlace) -> Result<Option<Timestamp>, StoreError> {
    let row = sqlx::query("SELECT at FROM sign_in_attempts WHERE place = $1 ORDER BY at DESC LIMIT 1 OFFSET $2")
        .bind(place.place.to_string())
        .bind(limit(place.attempts_max.saturating_sub(1)))
        .fetch_optional(connection)
        .await?;
    row.map(|row| time(&row, "at", "sign-in attempt")).transpose()
}
