//! Single sign-on: whom a federation believes (the newest decision holds), and who was sent there and has not come back.

use domain::audit::Act;
use domain::digest::Digest;
use domain::limits::SIGN_ONS_WAITING_MAX;
use domain::sign_on::{SignOn, SignOnAttempt};
use futures::FutureExt as _;
use jiff::Timestamp;

use crate::body::{body, counted, nanoseconds, pack};
use crate::{Scope, Store, StoreError};

const WHAT: &str = "sign-on";

impl Scope {
    /// The provider of identities that the federation believes, where there is one.
    pub async fn sign_on(&self) -> Result<Option<SignOn>, StoreError> {
        let row = sqlx::query("SELECT body FROM sign_ons WHERE federation = $1 ORDER BY entry DESC LIMIT 1")
            .bind(self.code.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map_or(Ok(None), |row| body(&row, WHAT))
    }

    /// Names the provider, or says that there is none any more.
    pub async fn keep_sign_on(&self, sign_on: Option<&SignOn>, act: Act) -> Result<(), StoreError> {
        let packed = pack(&sign_on)?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query("INSERT INTO sign_ons (federation, entry, body) VALUES ($1, $2, $3)")
                    .bind(federation.as_str())
                    .bind(entry)
                    .bind(packed)
                    .execute(connection)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }
}

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
