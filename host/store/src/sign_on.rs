//! Single sign-on: who was sent to the provider that their federation believes, and has not come back.

use domain::digest::Digest;
use domain::limits::SIGN_ONS_WAITING_MAX;
use domain::sign_on::SignOnAttempt;
use futures::FutureExt as _;
use jiff::Timestamp;

use crate::body::{body, counted, nanoseconds, pack};
use crate::{Store, StoreError};

const WHAT: &str = "sign-on";

impl Store {
    /// Somebody is sent away with a state. Those who were sent before a time are not expected back any more.
    pub async fn expect_back(
        &self,
        state: Digest,
        attempt: &SignOnAttempt,
        since: Timestamp,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let packed = pack(attempt)?;
        self.write(move |connection| {
            async move {
                sqlx::query("DELETE FROM sign_on_attempts WHERE at <= $1")
                    .bind(nanoseconds(since))
                    .execute(&mut *connection)
                    .await?;
                let row =
                    sqlx::query("SELECT COUNT(*) AS waiting FROM sign_on_attempts").fetch_one(&mut *connection).await?;
                if counted::<usize>(&row, "waiting", WHAT)? >= SIGN_ONS_WAITING_MAX {
                    return Err(StoreError::Busy);
                }
                sqlx::query("INSERT INTO sign_on_attempts (state, at, body) VALUES ($1, $2, $3)")
                    .bind(state.to_string())
                    .bind(nanoseconds(at))
                    .bind(packed)
                    .execute(connection)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Somebody comes back with a state: once, and not too late.
    pub async fn come_back(&self, state: Digest, since: Timestamp) -> Result<Option<SignOnAttempt>, StoreError> {
        self.write(move |connection| {
            async move {
                let row = sqlx::query("SELECT body FROM sign_on_attempts WHERE state = $1 AND at > $2")
                    .bind(state.to_string())
                    .bind(nanoseconds(since))
                    .fetch_optional(&mut *connection)
                    .await?;
                let removed = sqlx::query("DELETE FROM sign_on_attempts WHERE state = $1")
                    .bind(state.to_string())
                    .execute(connection)
                    .await?;
                // Of two who come back at once, the row is removed by one.
                let row = row.filter(|_| removed.rows_affected() == 1);
                row.map(|row| body(&row, WHAT)).transpose()
            }
            .boxed()
        })
        .await
    }
}
