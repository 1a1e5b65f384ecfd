//! Rounds: changed by compare-and-swap, because two people may steer one round.

use domain::audit::Act;
use domain::ids::RoundCode;
use domain::round::{Round, RoundState};
use futures::FutureExt as _;
use sqlx::Row as _;

use crate::body::{bodies, body, counted, pack};
use crate::error::already_there;
use crate::{Scope, StoreError};

/// A state as it stands in its column.
pub(crate) const fn state_name(state: RoundState) -> &'static str {
    match state {
        RoundState::Open => "open",
        RoundState::Closed => "closed",
    }
}

impl Scope {
    /// Opens a round.
    pub async fn open_round(&self, round: &Round, act: Act) -> Result<(), StoreError> {
        let (round, packed) = (round.clone(), pack(round)?);
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                sqlx::query(
                    "INSERT INTO rounds (federation, code, version, state, rubric, body) VALUES ($1, $2, 1, $3, $4, $5)",
                )
                .bind(federation.as_str())
                .bind(round.code.as_str())
                .bind(state_name(round.state))
                .bind(round.rubric.to_string())
                .bind(packed)
                .execute(connection)
                .await
                .map_err(already_there("round"))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// A round and its version, which [`Scope::change_round`] wants back.
    pub async fn round(&self, code: &RoundCode) -> Result<Option<(Round, u64)>, StoreError> {
        let row = sqlx::query("SELECT version, body FROM rounds WHERE federation = $1 AND code = $2")
            .bind(self.code.as_str())
            .bind(code.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| Ok((body(&row, "round")?, counted(&row, "version", "round")?))).transpose()
    }

    /// All rounds, in order of their codes.
    pub async fn rounds(&self) -> Result<Vec<Round>, StoreError> {
        let rows = sqlx::query("SELECT body FROM rounds WHERE federation = $1 ORDER BY code")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, "round")
    }

    /// Changes a round, if it still has the version that the change was decided on; else [`StoreError::Stale`] with its
    /// version now.
    pub async fn change_round(&self, round: &Round, from_version: u64, act: Act) -> Result<(), StoreError> {
        let (round, packed) = (round.clone(), pack(round)?);
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                let now = sqlx::query("SELECT version FROM rounds WHERE federation = $1 AND code = $2")
                    .bind(federation.as_str())
                    .bind(round.code.as_str())
                    .fetch_optional(&mut *connection)
                    .await?
                    .ok_or(StoreError::Missing("round"))?;
                let version: i64 = now.try_get("version")?;
                if u64::try_from(version) != Ok(from_version) {
                    return Err(StoreError::Stale { current: u32::try_from(version).ok() });
                }
                sqlx::query(
                    "UPDATE rounds SET version = version + 1, state = $3, rubric = $4, body = $5
                     WHERE federation = $1 AND code = $2",
                )
                .bind(federation.as_str())
                .bind(round.code.as_str())
                .bind(state_name(round.state))
                .bind(round.rubric.to_string())
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
