//! Mailboxes of units: where their notices are sent, as they are registered now.

use std::collections::BTreeMap;

use domain::audit::Act;
use domain::delivery::Mailbox;
use domain::ids::UnitCode;
use futures::FutureExt as _;

use crate::body::{body, pack, parsed};
use crate::{Scope, StoreError};

const WHAT: &str = "mailbox";

impl Scope {
    /// The mailboxes of a unit; none where nobody named any.
    pub async fn mailboxes(&self, unit: &UnitCode) -> Result<Vec<Mailbox>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM unit_mailboxes WHERE federation = $1 AND unit = $2 ORDER BY entry DESC LIMIT 1",
        )
        .bind(self.code.as_str())
        .bind(unit.as_str())
        .fetch_optional(self.readers())
        .await?;
        row.map_or_else(|| Ok(Vec::new()), |row| body(&row, WHAT))
    }

    /// The mailboxes of every unit that has any.
    pub async fn all_mailboxes(&self) -> Result<BTreeMap<UnitCode, Vec<Mailbox>>, StoreError> {
        let rows = sqlx::query(
            "SELECT unit, body FROM
               (SELECT unit, body, ROW_NUMBER() OVER (PARTITION BY unit ORDER BY entry DESC) AS place
                FROM unit_mailboxes WHERE federation = $1) AS named
             WHERE place = 1 ORDER BY unit",
        )
        .bind(self.code.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((parsed(row, "unit", WHAT)?, body(row, WHAT)?))).collect()
    }

    /// Names the mailboxes of a unit: these and no others.
    pub async fn keep_mailboxes(&self, unit: &UnitCode, mailboxes: &[Mailbox], act: Act) -> Result<(), StoreError> {
        let (unit, packed) = (unit.clone(), pack(&mailboxes)?);
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let known = sqlx::query("SELECT 1 AS known FROM units WHERE federation = $1 AND code = $2 LIMIT 1")
                    .bind(federation.as_str())
                    .bind(unit.as_str())
                    .fetch_optional(&mut *connection)
                    .await?;
                if known.is_none() {
                    return Err(StoreError::Missing("unit"));
                }
                sqlx::query("INSERT INTO unit_mailboxes (federation, unit, entry, body) VALUES ($1, $2, $3, $4)")
                    .bind(federation.as_str())
                    .bind(unit.as_str())
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
