//! Sessions: found by the digest of their secret together with the account, so that what is true of it now holds at once.

use domain::account::Account;
use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::{AccountId, SessionId};
use domain::session::Session;
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::body::{body, nanoseconds, parsed, time};
use crate::error::already_there;
use crate::{Scope, Store, StoreError};

const WHAT: &str = "session";

impl Scope {
    /// Keeps that somebody has signed in. Sessions of the account that began before a time are over and go.
    pub async fn begin_session(&self, session: &Session, over: Timestamp, act: Act) -> Result<(), StoreError> {
        let session = session.clone();
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                sqlx::query("DELETE FROM sessions WHERE federation = $1 AND account = $2 AND began_at < $3")
                    .bind(federation.as_str())
                    .bind(session.account.to_string())
                    .bind(nanoseconds(over))
                    .execute(&mut *connection)
                    .await?;
                sqlx::query(
                    "INSERT INTO sessions (secret_hash, federation, account, id, began_at, seen_at)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(session.secret_hash.to_string())
                .bind(federation.as_str())
                .bind(session.account.to_string())
                .bind(session.id.to_string())
                .bind(nanoseconds(session.began_at))
                .bind(nanoseconds(session.seen_at))
                .execute(connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Ends a session.
    pub async fn end_session(&self, id: SessionId, act: Act) -> Result<(), StoreError> {
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                sqlx::query("DELETE FROM sessions WHERE federation = $1 AND id = $2")
                    .bind(federation.as_str())
                    .bind(id.to_string())
                    .execute(connection)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// The sessions of an account, over or not.
    pub async fn sessions(&self, account: AccountId) -> Result<Vec<Session>, StoreError> {
        let rows = sqlx::query(
            "SELECT secret_hash, federation, account, id, began_at, seen_at FROM sessions
             WHERE federation = $1 AND account = $2 ORDER BY began_at, id",
        )
        .bind(self.code.as_str())
        .bind(account.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(session).collect()
    }
}

impl Store {
    /// The session whose secret has this digest, over or not, with its account as it is now.
    pub async fn session_of_hash(&self, secret_hash: Digest) -> Result<Option<(Session, Account)>, StoreError> {
        let row = sqlx::query(
            "SELECT sessions.secret_hash, sessions.federation, sessions.account, sessions.id, sessions.began_at,
               sessions.seen_at, accounts.body
             FROM sessions JOIN accounts ON accounts.federation = sessions.federation AND accounts.id = sessions.account
             WHERE sessions.secret_hash = $1",
        )
        .bind(secret_hash.to_string())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| Ok((session(&row)?, body(&row, "account")?))).transpose()
    }

    /// Somebody was seen.
    pub async fn see_session(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            async move {
                sqlx::query("UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2")
                    .bind(id.to_string())
                    .bind(nanoseconds(at))
                    .execute(connection)
                    .await?;
                Ok(())
            }
            .boxed()
        })
        .await
    }
}

fn session(row: &AnyRow) -> Result<Session, StoreError> {
    Ok(Session {
        id: parsed(row, "id", WHAT)?,
        secret_hash: parsed(row, "secret_hash", WHAT)?,
        federation: parsed(row, "federation", WHAT)?,
        account: parsed(row, "account", WHAT)?,
        began_at: time(row, "began_at", WHAT)?,
        seen_at: time(row, "seen_at", WHAT)?,
    })
}
