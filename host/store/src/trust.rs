//! Trust: every decision of a federation about signatures; the newest one holds.

use domain::audit::Act;
use domain::trust::TrustPolicy;
use futures::FutureExt as _;

use crate::body::{body, counted, pack};
use crate::error::already_there;
use crate::{Scope, StoreError};

impl Scope {
    /// What the federation has decided about signatures, and the version of that, which [`Scope::keep_trust`] wants back. Before its
    /// first decision that is the default with version 0.
    pub async fn trust(&self) -> Result<(TrustPolicy, u64), StoreError> {
        let row = sqlx::query("SELECT entry, body FROM trust WHERE federation = $1 ORDER BY entry DESC LIMIT 1")
            .bind(self.code.as_str())
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok((TrustPolicy::default(), 0)) };
        Ok((body(&row, "trust decision")?, counted(&row, "entry", "trust decision")?))
    }

    /// Keeps a decision, if the one that it was made upon still holds; its version. Else [`StoreError::Stale`].
    pub async fn keep_trust(&self, policy: &TrustPolicy, from_version: u64, act: Act) -> Result<u64, StoreError> {
        let packed = pack(policy)?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let now = sqlx::query("SELECT COALESCE(MAX(entry), 0) AS entry FROM trust WHERE federation = $1")
                    .bind(federation.as_str())
                    .fetch_one(&mut *connection)
                    .await?;
                let now: u64 = counted(&now, "entry", "trust decision")?;
                if now != from_version {
                    return Err(StoreError::Stale { current: u32::try_from(now).ok() });
                }
                sqlx::query("INSERT INTO trust (federation, entry, body) VALUES ($1, $2, $3)")
                    .bind(federation.as_str())
                    .bind(entry)
                    .bind(packed)
                    .execute(connection)
                    .await
                    .map_err(already_there("trust decision"))?;
                u64::try_from(entry).map_err(|_| StoreError::Corrupt {
                    what: "trust decision",
                    why: "its version is out of range".to_owned(),
                })
            }
            .boxed()
        })
        .await
    }
}
