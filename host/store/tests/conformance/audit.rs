//! The audit log: one unbroken chain for each federation.

use domain::audit::AuditEntry;
use domain::digest::Digest;
use futures::future::join_all;

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
                1 => scope.keep_revision(samples::revision(code, &station, 1)).await,
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
