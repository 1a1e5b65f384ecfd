//! Artifacts: named by their bytes, checked on reading.

use std::fs;

use bytes::Bytes;
use domain::digest::Digest;
use store::StoreError;

use crate::memory::Memory;

pub(crate) async fn an_artifact_is_named_by_its_bytes(memory: &Memory) {
    let bytes = Bytes::from_static(b"\0asm, as it was built");
    let digest = memory.store.keep_artifact(bytes.clone()).await.unwrap();
    assert_eq!(digest, Digest::of(&bytes));
    assert_eq!(memory.store.keep_artifact(bytes.clone()).await.unwrap(), digest);
    assert_eq!(memory.store.artifact(digest).await.unwrap(), Some(bytes));
    assert_eq!(memory.store.artifact(Digest::of(b"never kept")).await.unwrap(), None);

    let name = digest.to_string();
    let file = memory.settings.artifacts.join("components/sha256").join(&name[..2]).join(&name);
    assert!(file.is_file(), "{} is where it is", file.display());
}

pub(crate) async fn a_tampered_artifact_is_not_handed_out(memory: &Memory) {
    let digest = memory.store.keep_artifact(Bytes::from_static(b"as it was admitted")).await.unwrap();
    let name = digest.to_string();
    let file = memory.settings.artifacts.join("components/sha256").join(&name[..2]).join(&name);
    fs::write(file, b"as someone would like it").unwrap();

    let read = memory.store.artifact(digest).await;
    assert!(matches!(read, Err(StoreError::Corrupt { what: "artifact", .. })), "{read:?}");
    let again = memory.store.keep_artifact(Bytes::from_static(b"as it was admitted")).await;
    assert!(matches!(again, Err(StoreError::Corrupt { what: "artifact", .. })), "{again:?}");
}
