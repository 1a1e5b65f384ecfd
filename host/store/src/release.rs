//! Releases: which plugins a federation has admitted. Their components are artifacts.

use domain::audit::Act;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::release::Release;
use futures::FutureExt as _;

use crate::audit::Chain;
use crate::body::{bodies, body, pack};
use crate::evaluation::PackedEvaluations;
use crate::{Scope, StoreError};

impl Scope {
    /// Keeps an admitted release with the records of its admission. A release that the federation has already stays as it
    /// was admitted first, no act is recorded and the answer is `false`.
    pub async fn keep_release(
        &self,
        release: &Release,
        evaluations: &[Evaluation],
        act: Act,
    ) -> Result<bool, StoreError> {
        let (digest, packed) = (release.digest.to_string(), pack(release)?);
        let evaluations = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = Chain::hold(connection, federation.clone()).await?;
                let inserted = sqlx::query(
                    "INSERT INTO releases (federation, digest, entry, body) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (federation, digest) DO NOTHING",
                )
                .bind(federation.as_str())
                .bind(digest)
                .bind(chain.next()?)
                .bind(packed)
                .execute(&mut *connection)
                .await?;
                let is_new = inserted.rows_affected() == 1;
                if is_new {
                    evaluations.insert(connection, &federation).await?;
                    chain.append(connection, act).await?;
                }
                Ok(is_new)
            }
            .boxed()
        });
        write.await
    }

    /// An admitted release.
    pub async fn release(&self, digest: Digest) -> Result<Option<Release>, StoreError> {
        let row = sqlx::query("SELECT body FROM releases WHERE federation = $1 AND digest = $2")
            .bind(self.code.as_str())
            .bind(digest.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, "release")).transpose()
    }

    /// All admitted releases, in the order of their admission.
    pub async fn releases(&self) -> Result<Vec<Release>, StoreError> {
        let rows = sqlx::query("SELECT body FROM releases WHERE federation = $1 ORDER BY entry")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, "release")
    }
}
