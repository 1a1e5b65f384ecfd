//! The audit log: one unbroken chain for each federation.

use domain::audit::{AuditEntry, Checkpoint, CheckpointBody};
use domain::digest::Digest;
use futures::future::join_all;
use store::StoreError;

use crate::memory::Memory;
use crate::samples;

/// Follows the chain as an outsider would.
fn assert_unbroken(entries: &[AuditEntry]) {
    let mut before = Digest::of(b"");
    for (sequence, entry) in (1..).zip(entries) {
        assert_eq!(entry.sequence, sequence, "there is a gap");
        assert_eq!(entry.before, before, "entry {sequence} does not follow the one before it");
        assert!(entry.is_intact(), "entry {sequence} is not what was hashed");
        before = entry.hash;
    }
}

pub(crate) async fn the_chain_has_no_gap_while_two_hosts_write(memory: &Memory) {
    memory.store.enrol_federation(&samples::federation("south"), samples::act("enrol")).await.unwrap();
    let second_host = memory.second_host().await;
    for code in ["north", "south"] {
        memory.federation(code).open_round(&samples::round(), samples::act("open")).await.unwrap();
    }
    let acts = (0..120).map(|n| {
        let store = if n % 2 == 0 { memory.store.clone() } else { second_host.clone() };
        let code = if n % 4 < 2 { "north" } else { "south" };
        tokio::spawn(async move {
            let scope = store.federation(&code.parse().unwrap());
            let station = format!("station-{n}");
            match n % 3 {
                0 => scope.register_units(&[samples::unit(&station, "站")], samples::act("register")).await,
                1 => scope.keep_revision(samples::revision(code, &station, 1)).await.map(drop),
                // Refused every time, and so in no log.
                _ => {
                    let opened = scope.open_round(&samples::round(), samples::act("open")).await;
                    assert!(opened.is_err());
                    Ok(())
                }
            }
        })
    });
    for done in join_all(acts).await {
        done.unwrap().unwrap();
    }
    for code in ["north", "south"] {
        let entries = memory.federation(code).audit(0, 1_000).await.unwrap();
        assert_eq!(entries.len(), 2 + 40, "{code}");
        assert_unbroken(&entries);
    }
}

pub(crate) async fn the_log_is_paged_by_sequence(memory: &Memory) {
    let north = memory.north();
    for n in 0..9 {
        north.register_units(&[samples::unit("station-1", &n.to_string())], samples::act("register")).await.unwrap();
    }
    let all = north.audit(0, 100).await.unwrap();
    let mut paged = north.audit(0, 4).await.unwrap();
    paged.extend(north.audit(4, 4).await.unwrap());
    paged.extend(north.audit(8, 4).await.unwrap());
    assert_eq!(paged, all);
    assert_eq!(all.len(), 10);
    assert_unbroken(&all);
    assert_eq!(north.audit(10, 4).await.unwrap(), []);
}

/// What a host would attest; whether the signature is one is not the store's matter.
fn checkpoint(sequence: u64, hash: Digest, at: i64) -> Checkpoint {
    let body = CheckpointBody { federation: "north".parse().unwrap(), sequence, hash, at: samples::time(at) };
    Checkpoint { body, key: "key".to_owned(), signature: format!("at {at}") }
}

/// A checkpoint of the last entry.
pub(crate) async fn checkpoint_of_the_end(scope: &store::Scope) -> Checkpoint {
    let (sequence, hash) = scope.audit_end().await.unwrap().unwrap();
    checkpoint(sequence, hash, 1)
}

pub(crate) async fn a_checkpoint_is_kept_once_and_only_of_what_stands_in_the_chain(memory: &Memory) {
    let north = memory.north();
    let (sequence, hash) = north.audit_end().await.unwrap().unwrap();
    let first = checkpoint(sequence, hash, 1);
    assert_eq!(north.keep_checkpoint(&first).await.unwrap(), first);
    assert_eq!(north.keep_checkpoint(&checkpoint(sequence, hash, 2)).await.unwrap(), first, "the first counts");
    for forged in [checkpoint(sequence, Digest::of(b"another"), 3), checkpoint(sequence + 1, hash, 3)] {
        let refused = north.keep_checkpoint(&forged).await;
        assert!(matches!(refused, Err(StoreError::Missing("audit entry"))), "{refused:?}");
    }
    assert_eq!(north.checkpoints(0, 10).await.unwrap(), [first]);
    assert_eq!(north.checkpoints(sequence, 10).await.unwrap(), []);
}

pub(crate) async fn a_log_that_grew_since_it_was_attested_is_found(memory: &Memory) {
    memory.store.enrol_federation(&samples::federation("south"), samples::act("enrol")).await.unwrap();
    let due = async |at| {
        let codes = memory.store.unattested_since(samples::time(at)).await.unwrap();
        codes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(due(1).await, ["north", "south"], "neither was ever attested");
    let north = memory.north();
    let (sequence, hash) = north.audit_end().await.unwrap().unwrap();
    north.keep_checkpoint(&checkpoint(sequence, hash, 5)).await.unwrap();
    assert_eq!(due(9).await, ["south"], "nothing was done in the north since");
    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    assert_eq!(due(4).await, ["south"], "attested not long ago");
    assert_eq!(due(5).await, ["north", "south"]);
}
