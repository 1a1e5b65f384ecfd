//! Artifacts: components by the digest of their bytes, in a folder, each on the disk before anyone hears of it.

use std::fs::{self, File};
use std::io;
use std::path::Path as FolderPath;

use bytes::Bytes;
use domain::digest::Digest;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _, PutMode, PutPayload};

use crate::{Store, StoreError};

#[derive(Debug)]
pub(crate) struct Artifacts {
    folder: LocalFileSystem,
}

impl Artifacts {
    pub(crate) fn open(folder: &FolderPath) -> Result<Self, StoreError> {
        let made = fs::create_dir_all(folder).and_then(|()| sync_folder(&folder.canonicalize()?.join("..")));
        made.map_err(StoreError::ArtifactFolder)?;
        // With fsync every put flushes the file, and every folder on its path that is new, before it returns.
        let folder = LocalFileSystem::new_with_prefix(folder).map_err(StoreError::Artifact)?.with_fsync(true);
        Ok(Self { folder })
    }

    /// The folder.
    pub(crate) const fn folder(&self) -> &LocalFileSystem {
        &self.folder
    }
}

impl Store {
    /// Keeps a component and returns its digest, which is its name.
    pub async fn keep_artifact(&self, bytes: Bytes) -> Result<Digest, StoreError> {
        let digest = Digest::of(&bytes);
        let folder = &self.inner.artifacts.folder;
        let payload = PutPayload::from_bytes(bytes);
        match folder.put_opts(&path_of(digest), payload, PutMode::Create.into()).await {
            Ok(_) => Ok(digest),
            Err(object_store::Error::AlreadyExists { .. }) => self.confirm_artifact(digest).await,
            Err(error) => Err(StoreError::Artifact(error)),
        }
    }

    /// The component of a digest, hashed again on reading; none where it was never kept.
    pub async fn artifact(&self, digest: Digest) -> Result<Option<Bytes>, StoreError> {
        let found = match self.inner.artifacts.folder.get(&path_of(digest)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(StoreError::Artifact(error)),
        };
        let bytes = found.bytes().await.map_err(StoreError::Artifact)?;
        if Digest::of(&bytes) != digest {
            return Err(StoreError::Corrupt { what: "artifact", why: format!("its bytes are not those of {digest}") });
        }
        Ok(Some(bytes))
    }

    /// An artifact that is there already must be the right one, and on the disk: whoever put it may have died between
    /// naming the file and flushing the folder.
    async fn confirm_artifact(&self, digest: Digest) -> Result<Digest, StoreError> {
        self.artifact(digest).await?.ok_or(StoreError::Missing("artifact"))?;
        let file = self.inner.artifacts.folder.path_to_filesystem(&path_of(digest)).map_err(StoreError::Artifact)?;
        if let Some(folder) = file.parent() {
            sync_folder(folder).map_err(StoreError::ArtifactFolder)?;
        }
        Ok(digest)
    }
}

/// `components/sha256/ab/abcd…`: two digits of fan-out keep every folder small.
fn path_of(digest: Digest) -> Path {
    let digits = digest.to_string();
    Path::from_iter(["components", "sha256", &digits[..2], &digits])
}

/// Flushes the names in a folder. Only Unix can and need do so.
fn sync_folder(folder: &FolderPath) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
