//! Withdrawals: a release that no round has or had, and that has judged nothing, is taken out of use.

use std::collections::BTreeSet;

use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::release::PluginKind;
use domain::round::Round;
use domain::withdrawal::Withdrawal;
use futures::FutureExt as _;
use sqlx::AnyConnection;

use crate::body::{bodies, body, pack, parsed};
use crate::error::already_there;
use crate::{Scope, StoreError};

const WHAT: &str = "withdrawal";

impl Scope {
    /// Withdraws a release; [`StoreError::InUse`] where a round has it or had it, where it has judged anything, or where a proposal to
    /// use it waits.
    pub async fn withdraw_release(&self, withdrawal: &Withdrawal, act: Act) -> Result<(), StoreError> {
        let (release, packed) = (withdrawal.release, pack(withdrawal)?);
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                if is_in_use(connection, &federation, release).await? {
                    return Err(StoreError::InUse);
                }
                sqlx::query("INSERT INTO withdrawals (federation, release, entry, body) VALUES ($1, $2, $3, $4)")
                    .bind(federation.as_str())
                    .bind(release.to_string())
                    .bind(entry)
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

    /// How a release was withdrawn, where it was.
    pub async fn withdrawal(&self, release: Digest) -> Result<Option<Withdrawal>, StoreError> {
        let row = sqlx::query("SELECT body FROM withdrawals WHERE federation = $1 AND release = $2")
            .bind(self.code.as_str())
            .bind(release.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// All releases that were withdrawn.
    pub async fn withdrawn_releases(&self) -> Result<BTreeSet<Digest>, StoreError> {
        let rows = sqlx::query("SELECT release FROM withdrawals WHERE federation = $1")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| parsed(row, "release", WHAT)).collect()
    }
}

/// Whether a release was withdrawn, seen from inside a transaction.
pub(crate) async fn is_withdrawn(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    release: Digest,
) -> Result<bool, StoreError> {
    let found = sqlx::query("SELECT 1 FROM withdrawals WHERE federation = $1 AND release = $2")
        .bind(federation.as_str())
        .bind(release.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(found.is_some())
}

async fn is_in_use(
    connection: &mut AnyConnection,
    federation: &FederationCode,
    release: Digest,
) -> Result<bool, StoreError> {
    for question in [
        "SELECT 1 FROM pins WHERE federation = $1 AND release = $2 LIMIT 1",
        "SELECT 1 FROM verdicts WHERE federation = $1 AND rubric = $2 LIMIT 1",
        "SELECT 1 FROM activations WHERE federation = $1 AND release = $2 AND NOT EXISTS
           (SELECT 1 FROM activation_decisions AS decided
            WHERE decided.federation = $1 AND decided.activation = activations.id) LIMIT 1",
    ] {
        let found = sqlx::query(question)
            .bind(federation.as_str())
            .bind(release.to_string())
            .fetch_optional(&mut *connection)
            .await?;
        if found.is_some() {
            return Ok(true);
        }
    }
    // Rounds that were opened before pins were kept name their reports nowhere else.
    let rows = sqlx::query("SELECT body FROM rounds WHERE federation = $1")
        .bind(federation.as_str())
        .fetch_all(connection)
        .await?;
    let rounds: Vec<Round> = bodies(&rows, "round")?;
    let kinds = [PluginKind::Rubric, PluginKind::Report];
    Ok(rounds.iter().any(|round| kinds.iter().any(|kind| round.pinned(*kind).contains(&release))))
}
