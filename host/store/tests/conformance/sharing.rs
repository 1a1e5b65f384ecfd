//! What only a database that several hosts share must promise.

use sqlx::{AnyConnection, Connection as _};
use store::StoreError;

use crate::memory::Memory;
use crate::samples;

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
