//! Releases: which plugins a federation has admitted. Their components are artifacts.

use domain::audit::Act;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::notice::Notice;
use domain::release::Release;
use domain::trust::Signature;
use futures::FutureExt as _;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::audit::Chain;
use crate::body::{body, pack, packed};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::{Scope, StoreError, notice};

const WHAT: &str = "release";

impl Scope {
    /// Keeps an admitted release with the records of its admission. A release that the federation has already stays as it
    /// was admitted first, no act is recorded and the answer is `false`.
    pub async fn keep_release(
        &self,
        release: &Release,
        evaluations: &[Evaluation],
        act: Act,
    ) -> Result<bool, StoreError> {
        self.keep_release_noticed(release, evaluations, None, act).await
    }

    /// The same, with something that the administration should know about it.
    pub async fn keep_release_noticed(
        &self,
        release: &Release,
        evaluations: &[Evaluation],
        notice: Option<Notice>,
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
                    if let Some(notice) = notice {
                        notice::keep(connection, &federation, &notice).await?;
                    }
                    chain.append(connection, act).await?;
                }
                Ok(is_new)
            }
            .boxed()
        });
        write.await
    }

    /// Keeps a signature over a release that was verified after its admission. One by the same key with the same comment that is there
    /// already is there once, no act is recorded and the answer is `false`.
    pub async fn sign_release(&self, release: Digest, signature: &Signature, act: Act) -> Result<bool, StoreError> {
        let (signature, packed) = (signature.clone(), pack(signature)?);
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let chain = Chain::hold(connection, federation.clone()).await?;
                let row = sqlx::query(SELECT_RELEASE)
                    .bind(federation.as_str())
                    .bind(release.to_string())
                    .fetch_optional(&mut *connection)
                    .await?
                    .ok_or(StoreError::Missing("release"))?;
                let newest = signed(&row, Some(release))?.signature;
                let is_same =
                    |one: &Signature| one.key == signature.key && one.trusted_comment == signature.trusted_comment;
                if newest.as_ref().is_some_and(is_same) {
                    return Ok(false);
                }
                sqlx::query(
                    "INSERT INTO release_signatures (federation, release, entry, body) VALUES ($1, $2, $3, $4)",
                )
                .bind(federation.as_str())
                .bind(release.to_string())
                .bind(chain.next()?)
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there("signature"))?;
                chain.append(connection, act).await?;
                Ok(true)
            }
            .boxed()
        });
        write.await
    }

    /// An admitted release, with the newest signature over it.
    pub async fn release(&self, digest: Digest) -> Result<Option<Release>, StoreError> {
        let row = sqlx::query(SELECT_RELEASE)
            .bind(self.code.as_str())
            .bind(digest.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| signed(&row, Some(digest))).transpose()
    }

    /// All admitted releases, in the order of their admission, each with the newest signature over it.
    pub async fn releases(&self) -> Result<Vec<Release>, StoreError> {
        let rows = sqlx::query(
            "SELECT releases.body AS body, (
               SELECT body FROM release_signatures AS later
               WHERE later.federation = releases.federation AND later.release = releases.digest
               ORDER BY later.entry DESC LIMIT 1) AS signature
             FROM releases WHERE federation = $1 ORDER BY entry",
        )
        .bind(self.code.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| signed(row, None)).collect()
    }
}

const SELECT_RELEASE: &str = "
    SELECT releases.body AS body, (
      SELECT body FROM release_signatures AS later
      WHERE later.federation = releases.federation AND later.release = releases.digest
      ORDER BY later.entry DESC LIMIT 1) AS signature
    FROM releases WHERE federation = $1 AND digest = $2";

/// A release with the newest signature over it. One that was found by a digest has to be the one of that digest: whoever changed the
/// row may have meant another component to be taken for it.
fn signed(row: &AnyRow, found_by: Option<Digest>) -> Result<Release, StoreError> {
    let mut release: Release = body(row, WHAT)?;
    if found_by.is_some_and(|digest| digest != release.digest) {
        return Err(StoreError::Corrupt { what: WHAT, why: format!("it is of {}", release.digest) });
    }
    let later: Option<&[u8]> = row.try_get("signature")?;
    if later.is_some() {
        release.signature = Some(packed(row, "signature", "signature")?);
    }
    Ok(release)
}
