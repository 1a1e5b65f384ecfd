//! Attachments: their bytes go into the folder of artifacts piece by piece, their records into the database.

use std::time::Duration;

use bytes::Bytes;
use domain::attachment::{Attachment, AttachmentWithdrawal, KnownAttachment};
use domain::audit::Act;
use domain::digest::{Digest, Hashing};
use domain::ids::{AttachmentId, RoundCode, UnitCode};
use domain::limits::ATTACHMENTS_MAX;
use futures::stream::BoxStream;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStore as _, ObjectStoreExt as _, PutPayload};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::body::{body, limit, pack, packed};
use crate::error::already_there;
use crate::{Scope, Store, StoreError};

const WHAT: &str = "attachment";
/// How old a file must be that was begun and never finished, before it is swept away: whoever wrote it is gone.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// A file on its way into the folder: nobody can read it before it is whole.
pub struct Writing {
    store: Store,
    staged: Path,
    upload: Box<dyn MultipartUpload>,
    hashing: Hashing,
    bytes: u64,
}

impl Store {
    /// Begins to write a file; `name` is one that nothing else is called by.
    pub async fn begin_attachment(&self, name: &str) -> Result<Writing, StoreError> {
        let staged = Path::from_iter(["uploads", name]);
        let upload = self.folder().put_multipart(&staged).await.map_err(StoreError::Artifact)?;
        Ok(Writing { store: self.clone(), staged, upload, hashing: Hashing::default(), bytes: 0 })
    }

    /// Sweeps away what was begun long ago and never finished.
    pub async fn sweep_uploads(&self, now: jiff::Timestamp) -> Result<usize, StoreError> {
        let all: Vec<_> =
            self.folder().list(Some(&Path::from("uploads"))).try_collect().await.map_err(StoreError::Artifact)?;
        let mut swept = 0;
        for old in all {
            let age = now.as_second().saturating_sub(old.last_modified.timestamp());
            if age > i64::try_from(ABANDONED_AFTER.as_secs()).unwrap_or(i64::MAX) {
                self.folder().delete(&old.location).await.map_err(StoreError::Artifact)?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

impl Writing {
    /// Writes another piece.
    pub async fn write(&mut self, piece: Bytes) -> Result<(), StoreError> {
        self.hashing.take(&piece);
        self.bytes += piece.len() as u64;
        self.upload.put_part(PutPayload::from_bytes(piece)).await.map_err(StoreError::Artifact)
    }

    /// How much was written.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes back what was written.
    pub async fn abandon(mut self) -> Result<(), StoreError> {
        self.upload.abort().await.map_err(StoreError::Artifact)
    }

    /// The file is whole: it is on the disk under its digest when this returns.
    pub async fn finish(mut self) -> Result<Digest, StoreError> {
        self.upload.complete().await.map_err(StoreError::Artifact)?;
        let digest = self.hashing.digest();
        self.store.folder().rename(&self.staged, &path_of(digest)).await.map_err(StoreError::Artifact)?;
        Ok(digest)
    }
}

impl Scope {
    /// Keeps the record of a file whose bytes are there; [`StoreError::Full`] where the unit has too many in the round.
    pub async fn keep_attachment(&self, attachment: &Attachment, act: Act) -> Result<(), StoreError> {
        let (row, attachment, federation) = (pack(attachment)?, attachment.clone(), self.code.clone());
        self.record(act, move |connection, entry| {
            async move {
                let there = sqlx::query(
                    "SELECT COUNT(*) AS there FROM attachments WHERE federation = $1 AND round = $2 AND unit = $3",
                )
                .bind(federation.as_str())
                .bind(attachment.round.as_str())
                .bind(attachment.unit.as_str())
                .fetch_one(&mut *connection)
                .await?;
                if there.try_get::<i64, _>("there")? >= limit(ATTACHMENTS_MAX) {
                    return Err(StoreError::Full(WHAT));
                }
                sqlx::query(
                    "INSERT INTO attachments (federation, id, round, unit, entry, digest, body)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)",
                )
                .bind(federation.as_str())
                .bind(attachment.id.to_string())
                .bind(attachment.round.as_str())
                .bind(attachment.unit.as_str())
                .bind(entry)
                .bind(attachment.digest.to_string())
                .bind(row)
                .execute(connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Withdraws an attachment; `AlreadyThere("withdrawal")` where it was withdrawn.
    pub async fn withdraw_attachment(
        &self,
        id: AttachmentId,
        withdrawal: &AttachmentWithdrawal,
        act: Act,
    ) -> Result<(), StoreError> {
        let (row, federation) = (pack(withdrawal)?, self.code.clone());
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(
                    "INSERT INTO attachment_withdrawals (federation, attachment, entry, body) VALUES ($1, $2, $3, $4)",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(entry)
                .bind(row)
                .execute(connection)
                .await
                .map_err(already_there("withdrawal"))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// A unit's attachments in a round, with what became of them, the oldest first.
    pub async fn attachments(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<KnownAttachment>, StoreError> {
        let rows = sqlx::query(
            "SELECT attachments.body, withdrawn.body AS withdrawal FROM attachments
             LEFT JOIN attachment_withdrawals AS withdrawn
               ON withdrawn.federation = $1 AND withdrawn.attachment = attachments.id
             WHERE attachments.federation = $1 AND attachments.round = $2 AND attachments.unit = $3
             ORDER BY attachments.entry",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(known).collect()
    }

    /// The bytes of an attachment, piece by piece. Where they are not those of its digest, the last piece is an error.
    pub async fn attached_bytes(
        &self,
        digest: Digest,
    ) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, StoreError> {
        let found = match self.store.folder().get(&path_of(digest)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Err(StoreError::Missing(WHAT)),
            Err(error) => return Err(StoreError::Artifact(error)),
        };
        let pieces = found.into_stream().map_err(StoreError::Artifact).map(Some);
        let checked =
            pieces.chain(futures::stream::once(async { None })).scan(Hashing::default(), move |hashing, piece| {
                let checked = match piece {
                    Some(Ok(piece)) => {
                        hashing.take(&piece);
                        Some(Ok(piece))
                    }
                    Some(Err(error)) => Some(Err(error)),
                    None if std::mem::take(hashing).digest() == digest => None,
                    None => {
                        let why = format!("its bytes are not those of {digest}");
                        Some(Err(StoreError::Corrupt { what: WHAT, why }))
                    }
                };
                std::future::ready(checked)
            });
        Ok(checked.boxed())
    }
}

fn known(row: &AnyRow) -> Result<KnownAttachment, StoreError> {
    let has_withdrawal = row.try_get::<Option<&[u8]>, _>("withdrawal")?.is_some();
    let withdrawn = if has_withdrawal { Some(packed(row, "withdrawal", WHAT)?) } else { None };
    Ok(KnownAttachment { attachment: body(row, WHAT)?, withdrawn })
}

/// `attachments/sha256/ab/abcd…`: two digits of fan-out keep every folder small.
fn path_of(digest: Digest) -> Path {
    let digits = digest.to_string();
    Path::from_iter(["attachments", "sha256", &digits[..2], &digits])
}
