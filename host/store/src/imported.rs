//! Roll-ups that came from the level below: each is kept, the latest of a unit counts.

use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::{RoundCode, UnitCode};
use domain::settled::ImportedRollUp;
use futures::FutureExt as _;

use crate::body::{bodies, body, pack};
use crate::error::already_there;
use crate::{Scope, StoreError};

const WHAT: &str = "imported roll-up";

impl Scope {
    /// Keeps an imported roll-up; from then on it is its unit's latest in the round.
    pub async fn keep_import(&self, imported: &ImportedRollUp, act: Act) -> Result<(), StoreError> {
        let (round, unit, packed) = (imported.round.clone(), imported.unit.clone(), pack(imported)?);
        let (federation, digest) = (self.code.clone(), imported.export.digest);
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(
                    "INSERT INTO imported_roll_ups (federation, round, unit, entry, digest, body)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(federation.as_str())
                .bind(round.as_str())
                .bind(unit.as_str())
                .bind(entry)
                .bind(digest.to_string())
                .bind(packed)
                .execute(connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// The latest import of every unit in a round, in order of the units' codes.
    pub async fn imports(&self, round: &RoundCode) -> Result<Vec<ImportedRollUp>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM imported_roll_ups AS one WHERE federation = $1 AND round = $2 AND entry =
               (SELECT MAX(entry) FROM imported_roll_ups WHERE federation = $1 AND round = $2 AND unit = one.unit)
             ORDER BY unit",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }

    /// The import of a unit in a round that has a digest.
    pub async fn import(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        digest: Digest,
    ) -> Result<Option<ImportedRollUp>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM imported_roll_ups WHERE federation = $1 AND round = $2 AND unit = $3 AND digest = $4
             ORDER BY entry DESC LIMIT 1",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(digest.to_string())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }
}
