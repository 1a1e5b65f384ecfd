//! Files go to the disk piece by piece, and come back as they were or not at all.

use bytes::Bytes;
use domain::attachment::{AttachedTo, Attachment, AttachmentWithdrawal, FileKind, KnownAttachment};
use domain::digest::Digest;
use domain::ids::AttachmentId;
use futures::TryStreamExt as _;
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::signatory;
use crate::samples::{self, act, round_code, time, unit_code};

fn attachment(digest: Digest) -> Attachment {
    Attachment {
        id: AttachmentId(uuid::Uuid::now_v7()),
        round: round_code(),
        unit: unit_code("station-1"),
        digest,
        name: "演练照片.jpg".to_owned(),
        kind: FileKind::Jpeg,
        bytes: 3,
        to: AttachedTo::Criterion("exits".to_owned()),
        personal: true,
        by: signatory(),
        at: time(30),
    }
}

fn withdrawal() -> AttachmentWithdrawal {
    AttachmentWithdrawal { reason: "误传".to_owned(), by: signatory(), at: time(31) }
}

/// One of each in a round that is open.
pub(crate) async fn keep_one_of_each(north: &Scope) {
    let attachment = attachment(Digest::of(b"abc"));
    north.keep_attachment(&attachment, act("attach")).await.unwrap();
    north.withdraw_attachment(attachment.id, &withdrawal(), act("withdraw")).await.unwrap();
}

async fn written(memory: &Memory, pieces: &[&'static [u8]]) -> Digest {
    let mut writing = memory.store.begin_attachment(&uuid::Uuid::now_v7().to_string()).await.unwrap();
    for piece in pieces {
        writing.write(Bytes::from_static(piece)).await.unwrap();
    }
    writing.finish().await.unwrap()
}

pub(crate) async fn a_file_is_written_piece_by_piece_and_read_again(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    let digest = written(memory, &[b"abc", b"", b"def"]).await;
    assert_eq!(digest, Digest::of(b"abcdef"));
    assert_eq!(written(memory, &[b"abcdef"]).await, digest, "the same bytes lie there once");
    let read: Vec<Bytes> = north.attached_bytes(digest).await.unwrap().try_collect().await.unwrap();
    assert_eq!(read.concat(), b"abcdef");
    assert!(matches!(north.attached_bytes(Digest::of(b"x")).await, Err(StoreError::Missing("attachment"))));

    let (round, unit) = (round_code(), unit_code("station-1"));
    let attachment = attachment(digest);
    north.keep_attachment(&attachment, act("attach")).await.unwrap();
    let known = |withdrawn| vec![KnownAttachment { attachment: attachment.clone(), withdrawn }];
    assert_eq!(north.attachments(&round, &unit).await.unwrap(), known(None));
    north.withdraw_attachment(attachment.id, &withdrawal(), act("withdraw")).await.unwrap();
    let twice = north.withdraw_attachment(attachment.id, &withdrawal(), act("withdraw")).await;
    assert!(matches!(twice, Err(StoreError::AlreadyThere("withdrawal"))), "{twice:?}");
    assert_eq!(north.attachments(&round, &unit).await.unwrap(), known(Some(withdrawal())));
    assert_eq!(north.attachments(&round, &unit_code("station-2")).await.unwrap(), []);
    assert_eq!(memory.federation("south").attachments(&round, &unit).await.unwrap(), []);
}

pub(crate) async fn what_was_begun_and_taken_back_leaves_nothing(memory: &Memory) {
    let mut writing = memory.store.begin_attachment("one").await.unwrap();
    writing.write(Bytes::from_static(b"half")).await.unwrap();
    writing.abandon().await.unwrap();
    let uploads = memory.settings.artifacts.join("uploads");
    let left = std::fs::read_dir(uploads).map(Iterator::count).unwrap_or(0);
    assert_eq!(left, 0);
    assert_eq!(memory.store.sweep_uploads(time(0)).await.unwrap(), 0);
}

pub(crate) async fn a_file_that_was_tampered_with_ends_in_an_error(memory: &Memory) {
    let digest = written(memory, &[b"abcdef"]).await;
    let digits = digest.to_string();
    let file = memory.settings.artifacts.join("attachments/sha256").join(&digits[..2]).join(&digits);
    std::fs::write(file, b"abcdeX").unwrap();
    let pieces = memory.north().attached_bytes(digest).await.unwrap();
    let read: Result<Vec<Bytes>, StoreError> = pieces.try_collect().await;
    assert!(matches!(read, Err(StoreError::Corrupt { what: "attachment", .. })), "{read:?}");
}
