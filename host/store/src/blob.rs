//! Blobs: what evaluations were handed, under the digest of its bytes, so that each can be run again.

use domain::digest::Digest;
use domain::ids::FederationCode;
use futures::FutureExt as _;
use sqlx::Row as _;

use crate::error::already_there;
use crate::script::Script;
use crate::{Scope, StoreError};

impl Scope {
    /// Keeps bytes under their digest; bytes that are there already are there once.
    pub async fn keep_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(bytes);
        let (federation, bytes) = (self.code.clone(), bytes.to_vec());
        let write = self.write(move |connection| {
            async move {
                let mut script = Script::default();
                add_to(&mut script, &federation, vec![(digest, bytes)]);
                script.run(connection).await.map_err(already_there("blob"))
            }
            .boxed()
        });
        write.await?;
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

/// Adds the insert of blobs under the digests that their bytes have.
pub(crate) fn add_to(script: &mut Script, federation: &FederationCode, blobs: Vec<(Digest, Vec<u8>)>) {
    let sql = |rows| {
        format!(
            "INSERT INTO blobs (federation, digest, bytes) VALUES {rows} ON CONFLICT (federation, digest) DO NOTHING"
        )
    };
    let row = |(digest, bytes): (Digest, Vec<u8>)| [digest.to_string().into(), bytes.into()];
    script.add_rows(sql, usize::MAX, [federation.as_str()], blobs.into_iter().map(row).collect());
}
