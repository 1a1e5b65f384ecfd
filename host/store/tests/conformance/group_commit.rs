//! What only SQLite's one writer promises: waiting writes share a commit, and none harms its neighbour.

use domain::digest::Digest;
use domain::limits::{WRITES_PER_COMMIT_MAX, WRITES_WAITING_MAX};
use futures::future::join_all;
use sqlx::{AnyConnection, Connection as _};
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::samples::{self, round_code, unit_code};

/// Holds the database as another process would, so that writes wait.
struct Held(AnyConnection);

impl Held {
    async fn of(memory: &Memory) -> Self {
        let mut connection = AnyConnection::connect(&memory.settings.database).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
        Self(connection)
    }

    async fn release(mut self) {
        sqlx::query("COMMIT").execute(&mut self.0).await.unwrap();
    }
}

/// Begins as many writes of blobs, each with other bytes; they are waiting when this returns.
async fn begin(north: &Scope, writes: usize) -> Vec<tokio::task::JoinHandle<Result<Digest, StoreError>>> {
    let mut begun = Vec::new();
    for n in 0..writes {
        let north = north.clone();
        let (waits, waiting) = tokio::sync::oneshot::channel();
        begun.push(tokio::spawn(async move {
            let bytes = n.to_le_bytes();
            let mut keeping = Box::pin(north.keep_blob(&bytes));
            let first_look = futures::poll!(&mut keeping);
            waits.send(()).unwrap();
            match first_look {
                std::task::Poll::Ready(done) => done,
                std::task::Poll::Pending => keeping.await,
            }
        }));
        waiting.await.unwrap();
    }
    begun
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_writes_share_a_commit() {
    let memory = Memory::sqlite().await;
    let before = memory.store.metrics();
    let held = Held::of(&memory).await;
    let begun = begin(&memory.north(), 3 * WRITES_PER_COMMIT_MAX).await;
    held.release().await;
    for done in join_all(begun).await {
        let digest = done.unwrap().unwrap();
        assert!(memory.north().blob(digest).await.unwrap().is_some());
    }
    let after = memory.store.metrics();
    assert_eq!(after.writes - before.writes, 3 * WRITES_PER_COMMIT_MAX as u64);
    assert_eq!(after.commits - before.commits, 3, "as few commits as the limit on one allows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_too_many_is_told_to_come_back_and_harms_none_that_waits() {
    let memory = Memory::sqlite().await;
    let held = Held::of(&memory).await;
    // One is with the writer already, the others wait in the queue.
    let begun = begin(&memory.north(), 1 + WRITES_WAITING_MAX + 5).await;
    held.release().await;
    let done: Vec<_> = join_all(begun).await.into_iter().map(Result::unwrap).collect();
    let busy = done.iter().filter(|done| matches!(done, Err(StoreError::Busy))).count();
    let kept: Vec<_> = done.iter().filter_map(|done| done.as_ref().ok()).collect();
    assert!((5..=6).contains(&busy), "{busy} were turned away");
    assert_eq!(kept.len() + busy, done.len());
    assert_eq!(memory.store.metrics().turned_away, busy as u64);
    for digest in kept {
        assert!(memory.north().blob(*digest).await.unwrap().is_some());
    }
    memory.north().keep_blob(b"later").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_fails_takes_none_with_it_that_shares_its_commit() {
    let memory = Memory::sqlite().await;
    let north = memory.north();
    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    let before = memory.store.metrics();
    let held = Held::of(&memory).await;
    // Every other one is far ahead of its unit's revisions.
    let begun: Vec<_> = (0..20)
        .map(|n| {
            let (north, number) = (north.clone(), if n % 2 == 0 { 1 } else { 5 });
            let new = samples::revision("north", &format!("station-{n:02}"), number);
            tokio::spawn(async move { north.keep_revision(new).await })
        })
        .collect();
    // They all wait: the database is not theirs before it is released.
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    held.release().await;
    let done: Vec<_> = join_all(begun).await.into_iter().map(Result::unwrap).collect();
    for (n, done) in done.iter().enumerate() {
        let is_right = if n % 2 == 0 { done.is_ok() } else { matches!(done, Err(StoreError::Stale { current: None })) };
        assert!(is_right, "{n}: {done:?}");
        let kept = north.latest_revision(&round_code(), &unit_code(&format!("station-{n:02}"))).await.unwrap();
        assert_eq!(kept.is_some(), n % 2 == 0, "{n}");
    }
    assert_eq!(memory.store.metrics().writes - before.writes, 10);
    assert_eq!(north.audit(0, 100).await.unwrap().len(), 2 + 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_go_on_while_a_write_is_under_way() {
    let memory = Memory::sqlite().await;
    let mut held = Held::of(&memory).await;
    sqlx::query("INSERT INTO federations (code, body) VALUES ('south', x'')").execute(&mut held.0).await.unwrap();
    assert_eq!(memory.store.federations().await.unwrap(), [samples::federation("north")]);
    held.release().await;
}
