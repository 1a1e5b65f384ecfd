//! Checkpoints: what the host attested of a federation's audit log, and of what.

use domain::audit::Checkpoint;
use domain::ids::FederationCode;
use futures::FutureExt as _;
use jiff::Timestamp;

use crate::body::{bodies, body, limit, nanoseconds, pack, parsed};
use crate::error::already_there;
use crate::{Scope, Store, StoreError};

const WHAT: &str = "checkpoint";

impl Scope {
    /// Keeps a checkpoint, and gives the one that counts: of two of one entry the first. [`StoreError::Missing`] where the chain has
    /// no such entry.
    pub async fn keep_checkpoint(&self, checkpoint: &Checkpoint) -> Result<Checkpoint, StoreError> {
        let packed = pack(checkpoint)?;
        let sequence = i64::try_from(checkpoint.body.sequence).map_err(|_| StoreError::Missing("audit entry"))?;
        let (hash, at) = (checkpoint.body.hash.to_string(), nanoseconds(checkpoint.body.at));
        let federation = self.code.clone();
        self.write(move |connection| {
            async move {
                let attested = sqlx::query("SELECT 1 FROM audit WHERE federation = $1 AND sequence = $2 AND hash = $3")
                    .bind(federation.as_str())
                    .bind(sequence)
                    .bind(hash)
                    .fetch_optional(&mut *connection)
                    .await?;
                attested.ok_or(StoreError::Missing("audit entry"))?;
                sqlx::query(
                    "INSERT INTO audit_checkpoints (federation, sequence, at, body) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (federation, sequence) DO NOTHING",
                )
                .bind(federation.as_str())
                .bind(sequence)
                .bind(at)
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                let kept = sqlx::query("SELECT body FROM audit_checkpoints WHERE federation = $1 AND sequence = $2")
                    .bind(federation.as_str())
                    .bind(sequence)
                    .fetch_one(&mut *connection)
                    .await?;
                body(&kept, WHAT)
            }
            .boxed()
        })
        .await
    }

    /// The checkpoints of entries after a sequence, oldest first.
    pub async fn checkpoints(&self, after: u64, items: usize) -> Result<Vec<Checkpoint>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM audit_checkpoints WHERE federation = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(limit(items))
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }
}

impl Store {
    /// The federations whose log has grown since it was attested, where that was before a time or never.
    pub async fn unattested_since(&self, before: Timestamp) -> Result<Vec<FederationCode>, StoreError> {
        let rows = sqlx::query(
            "SELECT code FROM federations WHERE
               (SELECT MAX(sequence) FROM audit WHERE federation = code)
                 > COALESCE((SELECT MAX(sequence) FROM audit_checkpoints WHERE federation = code), 0)
               AND COALESCE((SELECT MAX(at) FROM audit_checkpoints WHERE federation = code), 0) <= $1
             ORDER BY code",
        )
        .bind(nanoseconds(before))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| parsed(row, "code", "federation")).collect()
    }
}
