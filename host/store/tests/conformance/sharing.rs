//! What only a database that several hosts share must promise.

use std::time::Duration;

use domain::digest::Digest;
use domain::round::RoundAct;
use sqlx::{AnyConnection, Connection as _};
use store::{Change, Changes, StoreError};

use crate::memory::Memory;
use crate::release_samples::{activate, notice, quarantine, signatory};
use crate::samples::{self, act, round_code, rubric};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_federation_that_a_host_holds_on_to_holds_up_no_other() {
    let memory = Memory::postgres().await;
    memory.store.enrol_federation(&samples::federation("south"), samples::act("enrol")).await.unwrap();
    // A host that stands still in the middle of a write.
    let mut still = AnyConnection::connect(&memory.settings.database).await.unwrap();
    sqlx::query("BEGIN").execute(&mut still).await.unwrap();
    sqlx::query("SELECT code FROM federations WHERE code = 'north' FOR UPDATE").execute(&mut still).await.unwrap();

    // More writes than the store has connections for them.
    let of_north = (0..12).map(|n| {
        let north = memory.north();
        let unit = samples::unit(&format!("station-{n}"), "站");
        tokio::spawn(async move { north.register_units(&[unit], samples::act("register")).await })
    });
    let of_north: Vec<_> = of_north.collect();
    for _ in 0..3 {
        let unit = samples::unit("station-1", "南站");
        memory.federation("south").register_units(&[unit], samples::act("register")).await.unwrap();
    }
    assert!(of_north.iter().all(|write| !write.is_finished()), "north still waits");
    assert_eq!(memory.north().units().await.unwrap(), [], "and can be read");

    sqlx::query("ROLLBACK").execute(&mut still).await.unwrap();
    for write in of_north {
        write.await.unwrap().unwrap();
    }
    assert_eq!(memory.north().units().await.unwrap().len(), 12);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_too_long_for_another_host_is_told_to_come_back() {
    let memory = Memory::postgres().await;
    let mut still = AnyConnection::connect(&memory.settings.database).await.unwrap();
    sqlx::query("BEGIN").execute(&mut still).await.unwrap();
    sqlx::query("SELECT code FROM federations WHERE code = 'north' FOR UPDATE").execute(&mut still).await.unwrap();

    let unit = samples::unit("station-1", "站");
    let waited = memory.north().register_units(&[unit], samples::act("register")).await;
    assert!(matches!(waited, Err(StoreError::Busy)), "{waited:?}");
}

/// The next thing that a host hears.
async fn heard(changes: &mut Changes) -> Change {
    tokio::time::timeout(Duration::from_secs(10), changes.next()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_host_hears_at_once_what_another_has_changed() {
    let memory = Memory::postgres().await;
    let (north, second_host) = (memory.north(), memory.second_host().await);
    let mut changes = second_host.changes();
    assert_eq!(heard(&mut changes).await, Change::Unknown, "what was before it listened, it has not heard");

    let (release, federation) = (samples::release(b"another rubric"), north.code().clone());
    north.keep_release(&release, &[], act("admit")).await.unwrap();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    activate(&north, rubric(), release.digest).await;
    assert_eq!(heard(&mut changes).await, Change::Candidate(federation.clone(), release.digest));
    assert_eq!(heard(&mut changes).await, Change::Round(federation.clone(), round_code()));
    north.place_quarantine(&quarantine(release.digest), &notice("n"), act("quarantine")).await.unwrap();
    assert_eq!(heard(&mut changes).await, Change::Release(federation.clone(), release.digest));
    let (round, version) = north.round(&round_code()).await.unwrap().unwrap();
    let closed = round.after(RoundAct::Close, samples::time(2000)).unwrap();
    north.change_round(&closed, version, &signatory(), act("close")).await.unwrap();
    assert_eq!(heard(&mut changes).await, Change::Round(federation, round_code()));

    // What is undone is not told.
    let stale = north.change_round(&closed, version, &signatory(), act("close")).await;
    assert!(matches!(stale, Err(StoreError::Stale { .. })));
    let quiet = tokio::time::timeout(Duration::from_millis(200), changes.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_was_cut_off_knows_that_anything_may_have_changed() {
    let memory = Memory::postgres().await;
    let mut changes = memory.store.changes();
    assert_eq!(heard(&mut changes).await, Change::Unknown);
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    assert_eq!(memory.past_the_store(cut).await.unwrap(), 1, "one host listens");
    assert_eq!(heard(&mut changes).await, Change::Unknown);

    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    activate(&north, rubric(), Digest::of(b"another rubric")).await;
    let told = heard(&mut changes).await;
    assert!(matches!(told, Change::Candidate(..)), "it hears again: {told:?}");
}
