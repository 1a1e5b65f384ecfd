//! Quarantines: placed once however many notice at the same time, lifted by a person, both for ever on record.

use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::notice::Notice;
use domain::quarantine::{Lifting, Quarantine};
use futures::FutureExt as _;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::audit::Chain;
use crate::body::{body, pack, packed};
use crate::changes::{self, Change};
use crate::error::already_there;
use crate::{Scope, StoreError, notice};

const WHAT: &str = "quarantine";

impl Scope {
    /// The quarantines of a release, the oldest first.
    pub async fn quarantines(&self, release: Digest) -> Result<Vec<Quarantine>, StoreError> {
        let rows = sqlx::query(
            "SELECT placed.body, lifted.body AS lifting FROM quarantines AS placed
             LEFT JOIN quarantine_liftings AS lifted
               ON lifted.federation = $1 AND lifted.release = $2 AND lifted.placed = placed.entry
             WHERE placed.federation = $1 AND placed.release = $2 ORDER BY placed.entry",
        )
        .bind(self.code.as_str())
        .bind(release.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(quarantine).collect()
    }

    /// Quarantines a release and tells the administration. Where it is quarantined already nothing is recorded and the answer is
    /// `false`.
    pub async fn place_quarantine(
        &self,
        quarantine: &Quarantine,
        notice: &Notice,
        act: Act,
    ) -> Result<bool, StoreError> {
        let (release, packed, notice) = (quarantine.release, pack(quarantine)?, notice.clone());
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = Chain::hold(connection, federation.clone()).await?;
                if in_force(connection, &federation, release).await?.is_some() {
                    return Ok(false);
                }
                sqlx::query("INSERT INTO quarantines (federation, release, entry, body) VALUES ($1, $2, $3, $4)")
                    .bind(federation.as_str())
                    .bind(release.to_string())
                    .bind(chain.next()?)
                    .bind(packed)
                    .execute(&mut *connection)
                    .await
                    .map_err(already_there(WHAT))?;
                notice::keep(connection, &federation, &notice).await?;
                changes::tell(connection, &Change::Release(federation, release)).await?;
                chain.append(connection, act).await?;
                Ok(true)
            }
            .boxed()
        });
        write.await
    }

    /// Lifts the quarantine of a release; `Missing("quarantine")` where it is in none.
    pub async fn lift_quarantine(
        &self,
        release: Digest,
        lifting: &Lifting,
        notice: &Notice,
        act: Act,
    ) -> Result<(), StoreError> {
        let (packed, notice) = (pack(lifting)?, notice.clone());
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let placed = in_force(connection, &federation, release).await?.ok_or(StoreError::Missing(WHAT))?;
                sqlx::query(
                    "INSERT INTO quarantine_liftings (federation, release, placed, entry, body)
                     VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(federation.as_str())
                .bind(release.to_string())
                .bind(placed)
                .bind(entry)
                .bind(packed)
                .execute(&mut *connection)
                .await?;
                notice::keep(connection, &federation, &notice).await?;
                changes::tell(connection, &Change::Release(federation, release)).await
            }
            .boxed()
        })
        .await
    }
}

fn quarantine(row: &AnyRow) -> Result<Quarantine, StoreError> {
    let placed: Quarantine = body(row, WHAT)?;
    let lifting: Option<&[u8]> = row.try_get("lifting")?;
    let lifted = lifting.map(|_| packed(row, "lifting", WHAT)).transpose()?;
    Ok(Quarantine { lifted, ..placed })
}

/// The entry that placed the quarantine in which a release is, seen from inside a transaction.
async fn in_force(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    release: Digest,
) -> Result<Option<i64>, StoreError> {
    let row = sqlx::query(
        "SELECT placed.entry FROM quarantines AS placed WHERE placed.federation = $1 AND placed.release = $2
           AND NOT EXISTS (SELECT 1 FROM quarantine_liftings AS lifted
             WHERE lifted.federation = $1 AND lifted.release = $2 AND lifted.placed = placed.entry)",
    )
    .bind(federation.as_str())
    .bind(release.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.try_get("entry")).transpose()?)
}
