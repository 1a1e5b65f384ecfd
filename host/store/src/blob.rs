//! Blobs: what evaluations were handed, under the digest of its bytes, so that each can be run again.

use domain::digest::Digest;
use domain::ids::FederationCode;
use futures::FutureExt as _;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::body::placeholders;
use crate::{Scope, StoreError};

impl Scope {
    /// Keeps bytes under their digest; bytes that are there already are there once.
    pub async fn keep_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(bytes);
        let (federation, bytes) = (self.code.clone(), bytes.to_vec());
        self.store.write(move |connection| insert(connection, federation, vec![(digest, bytes)]).boxed()).await?;
        Ok(digest)
    }

    /// The bytes of a digest, hashed again on reading.
    pub async fn blob(&self, digest: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query("SELECT bytes FROM blobs WHERE federation = $1 AND digest = $2")
            .bind(self.code.as_str())
            .bind(digest.to_string())
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let bytes: Vec<u8> = row.try_get("bytes")?;
        if Digest::of(&bytes) != digest {
            return Err(StoreError::Corrupt { what: "blob", why: format!("its bytes are not those of {digest}") });
        }
        Ok(Some(bytes))
    }
}

/// Inserts blobs under the digests that their bytes have.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    federation: FederationCode,
    blobs: Vec<(Digest, Vec<u8>)>,
) -> Result<(), StoreError> {
    let values = placeholders(blobs.len(), 1, 2);
    let sql = format!(
        "INSERT INTO blobs (federation, digest, bytes) VALUES {values} ON CONFLICT (federation, digest) DO NOTHING"
    );
    let mut insert = sqlx::query(AssertSqlSafe(sql)).bind(federation.as_str());
    for (digest, bytes) in blobs {
        insert = insert.bind(digest.to_string()).bind(bytes);
    }
    insert.execute(connection).await?;
    Ok(())
}
