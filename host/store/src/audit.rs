//! The audit log: one hash chain for each federation, with one writer at a time.

use domain::audit::{Act, AuditEntry};
use domain::digest::Digest;
use domain::ids::FederationCode;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::body::{counted, limit, parsed};
use crate::database::Dialect;
use crate::error::already_there;
use crate::script::Script;
use crate::{Scope, StoreError, postgres};

impl Scope {
    /// The entries after a sequence, oldest first.
    pub async fn audit(&self, after: u64, items: usize) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = sqlx::query(
            "SELECT sequence, at, actor, verb, subject, found_digest, left_digest, reason, before_hash, hash FROM audit
             WHERE federation = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
        )
        .bind(self.code.as_str())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(limit(items))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(entry).collect()
    }

    /// The end of the chain: the number and the hash of its last entry; none for a federation that is not enrolled.
    pub async fn audit_end(&self) -> Result<Option<(u64, Digest)>, StoreError> {
        let row = sqlx::query("SELECT sequence, hash FROM audit WHERE federation = $1 ORDER BY sequence DESC LIMIT 1")
            .bind(self.code.as_str())
            .fetch_optional(self.readers())
            .await?;
        let end = row.map(|row| Ok((counted(&row, "sequence", WHAT)?, parsed(&row, "hash", WHAT)?)));
        end.transpose()
    }
}

const WHAT: &str = "audit entry";

fn entry(row: &AnyRow) -> Result<AuditEntry, StoreError> {
    let digest = |column| {
        let text: Option<&str> = row.try_get(column)?;
        text.map(|_| parsed(row, column, WHAT)).transpose()
    };
    let act = Act {
        at: parsed(row, "at", WHAT)?,
        actor: row.try_get("actor")?,
        verb: row.try_get("verb")?,
        subject: row.try_get("subject")?,
        found: digest("found_digest")?,
        left: digest("left_digest")?,
        reason: row.try_get("reason")?,
    };
    Ok(AuditEntry {
        sequence: counted(row, "sequence", WHAT)?,
        act,
        before: parsed(row, "before_hash", WHAT)?,
        hash: parsed(row, "hash", WHAT)?,
    })
}

/// The end of a federation's chain, held for the length of a transaction.
pub(crate) struct Chain {
    federation: FederationCode,
    last: Option<(u64, Digest)>,
}

impl Chain {
    /// Takes the federation and finds the end of its chain.
    pub(crate) async fn hold(connection: &mut AnyConnection, federation: FederationCode) -> Result<Self, StoreError> {
        Self::take(connection, &federation).await?;
        let end = sqlx::query(
            "SELECT audit.sequence, audit.hash FROM federations LEFT JOIN audit ON audit.federation = $1
               AND audit.sequence = (SELECT MAX(sequence) FROM audit WHERE federation = $1)
             WHERE federations.code = $1",
        )
        .bind(federation.as_str())
        .fetch_optional(connection)
        .await?
        .ok_or(StoreError::Missing("federation"))?;
        Self::ending(federation, &end)
    }

    /// Takes the federation, so that nobody else writes to it before the transaction ends. PostgreSQL must lock first and
    /// look second: a query sees what was there when it began, not what the transaction left that it waited for. SQLite
    /// has one writer anyway.
    pub(crate) async fn take(connection: &mut AnyConnection, federation: &FederationCode) -> Result<(), StoreError> {
        if Dialect::of(connection) == Dialect::Postgres {
            sqlx::query(postgres::HOLD_FEDERATION).bind(federation.as_str()).execute(connection).await?;
        }
        Ok(())
    }

    /// The chain of a federation that was taken, from a row with the `sequence` and the `hash` of its last entry.
    pub(crate) fn ending(federation: FederationCode, end: &AnyRow) -> Result<Self, StoreError> {
        let last = match end.try_get::<Option<i64>, _>("sequence")? {
            None => None,
            Some(_) => Some((counted(end, "sequence", WHAT)?, parsed(end, "hash", WHAT)?)),
        };
        Ok(Self { federation, last })
    }

    /// The sequence that the next entry will get.
    pub(crate) fn next(&self) -> Result<i64, StoreError> {
        let last = self.last.map_or(0, |(sequence, _)| sequence);
        i64::try_from(last.saturating_add(1))
            .map_err(|_| StoreError::Corrupt { what: "audit entry", why: "its sequence is out of range".to_owned() })
    }

    /// Adds the insert of an act to a script of the same transaction.
    pub(crate) fn add_to(self, script: &mut Script, act: Act) -> Result<(), StoreError> {
        let sequence = self.next()?;
        let AuditEntry { act, before, hash, .. } = AuditEntry::chain(act, self.last);
        script.add(
            "INSERT INTO audit
               (federation, sequence, at, actor, verb, subject, found_digest, left_digest, reason, before_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            [
                self.federation.as_str().into(),
                sequence.into(),
                act.at.to_string().into(),
                act.actor.into(),
                act.verb.into(),
                act.subject.into(),
                act.found.map(|digest| digest.to_string()).into(),
                act.left.map(|digest| digest.to_string()).into(),
                act.reason.into(),
                before.to_string().into(),
                hash.to_string().into(),
            ],
        );
        Ok(())
    }

    /// Appends an act.
    pub(crate) async fn append(self, connection: &mut AnyConnection, act: Act) -> Result<(), StoreError> {
        let mut script = Script::default();
        self.add_to(&mut script, act)?;
        script.run(connection).await.map_err(already_there("audit entry"))
    }
}
