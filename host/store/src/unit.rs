//! Org units: as they are registered now, with what they were registered as before.

use std::collections::BTreeMap;

use domain::audit::Act;
use domain::federation::OrgUnit;
use domain::ids::UnitCode;
use futures::FutureExt as _;

use crate::body::{bodies, body, counted, pack};
use crate::error::already_there;
use crate::script::Script;
use crate::{Scope, StoreError};

/// Units that one insert takes: their parameters stay far below what a statement may have.
const UNITS_PER_INSERT: usize = 500;

impl Scope {
    /// Registers units, or registers them anew by their code; of units with the same code in the list the last counts.
    pub async fn register_units(&self, units: &[OrgUnit], act: Act) -> Result<(), StoreError> {
        let packed = |unit: &OrgUnit| Ok((unit.code.clone(), pack(unit)?));
        let units: BTreeMap<UnitCode, Vec<u8>> = units.iter().map(packed).collect::<Result<_, StoreError>>()?;
        let federation = self.code.clone();
        self.record(act, move |connection, since| {
            async move {
                let row = |(code, packed): (UnitCode, Vec<u8>)| [code.as_str().into(), since.into(), packed.into()];
                let sql = |rows| format!("INSERT INTO units (federation, code, since, body) VALUES {rows}");
                let mut script = Script::default();
                script.add_rows(sql, UNITS_PER_INSERT, [federation.as_str()], units.into_iter().map(row).collect());
                script.run(connection).await.map_err(already_there("unit"))
            }
            .boxed()
        })
        .await
    }

    /// By which audit entry a unit was registered last; 0 where none ever was. As long as it stays the same, so does the register.
    pub async fn units_as_of(&self) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COALESCE(MAX(since), 0) AS since FROM units WHERE federation = $1")
            .bind(self.code.as_str())
            .fetch_one(self.readers())
            .await?;
        counted(&row, "since", "unit")
    }

    /// All units as they are registered now, in order of their codes.
    pub async fn units(&self) -> Result<Vec<OrgUnit>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM
               (SELECT code, body, ROW_NUMBER() OVER (PARTITION BY code ORDER BY since DESC) AS place
                FROM units WHERE federation = $1) AS registered
             WHERE place = 1 ORDER BY code",
        )
        .bind(self.code.as_str())
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, "unit")
    }

    /// A unit as it is registered now.
    pub async fn unit(&self, code: &UnitCode) -> Result<Option<OrgUnit>, StoreError> {
        let row = sqlx::query("SELECT body FROM units WHERE federation = $1 AND code = $2 ORDER BY since DESC LIMIT 1")
            .bind(self.code.as_str())
            .bind(code.as_str())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, "unit")).transpose()
    }
}
