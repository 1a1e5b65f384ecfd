//! The audit log tells who did what, in a chain.

use domain::audit::Checkpoint;
use domain::submission::Receipt;
use futures::TryStreamExt as _;
use operations::{AuditDoubt, AuditVerified, Evidence, OperationError, verify_audit};
use serde_json::json;

use crate::house::{House, Province, time};

#[tokio::test]
async fn every_act_stands_in_the_chain_with_who_did_it() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let receipt = station.hand_in(&round, &json!({})).await.receipt;
    province.settle(&round).await;
    province.roll_up(&round).await;
    let entries = house.office.audit(&province.admin, &province.code, 0, 500).await.expect("the log");
    let verbs: Vec<&str> = entries.iter().map(|entry| entry.act.verb.as_str()).collect();
    let expected = [
        "enrol-federation",
        "issue-token",
        "admit-release",
        "admit-release",
        "open-round",
        "register-units",
        "issue-token",
        "submit",
        "ask-settle",
        "settle",
        "ask-roll-up",
        "roll-up",
    ];
    assert_eq!(verbs, expected);
    for (entry, next) in entries.iter().zip(&entries[1..]) {
        assert!(entry.is_intact() && next.before == entry.hash && next.sequence == entry.sequence + 1);
    }
    let submitted = &entries[7].act;
    assert_eq!((submitted.actor.as_str(), submitted.left), ("s1", Some(receipt.body.answers)));
    let rest = house.office.audit(&province.admin, &province.code, entries[8].sequence, 500).await.expect("the rest");
    assert_eq!(rest, entries[9..]);
}

/// The whole log as it leaves the house.
async fn export(province: &Province<'_>) -> Vec<u8> {
    let lines = province.house.office.audit_export(&province.admin, &province.code).await.expect("an export");
    let chunks: Vec<_> = lines.try_collect().await.expect("all of it");
    chunks.concat()
}

fn verified(export: &[u8], house: &House, evidence: &Evidence) -> AuditVerified {
    verify_audit(export, &[house.office.receipt_key().to_owned()], evidence).expect("bytes in memory can be read")
}

/// The doubts with their lines.
fn doubts(found: &AuditVerified) -> Vec<(u64, AuditDoubt)> {
    found.faults.iter().map(|fault| (fault.line, fault.doubt)).collect()
}

/// A log with a checkpoint in its midst, and what was given out meanwhile.
async fn a_year(province: &Province<'_>) -> (Checkpoint, Receipt) {
    let round = province.round().await;
    let station = province.station("s1").await;
    let receipt = station.hand_in(&round, &json!({})).await.receipt;
    let office = &province.house.office;
    let checkpoint = office.checkpoint(&province.admin, &province.code).await.expect("a checkpoint");
    province.settle(&round).await;
    province.roll_up(&round).await;
    (checkpoint, receipt)
}

#[tokio::test]
async fn an_export_proves_itself_to_an_outsider() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (checkpoint, receipt) = a_year(&province).await;
    let bytes = export(&province).await;
    assert_eq!(bytes, export(&province).await, "of the same log always the same bytes");
    let evidence = Evidence { checkpoints: vec![checkpoint], receipts: vec![receipt] };
    let found = verified(&bytes, &house, &evidence);
    assert_eq!(found.faults, []);
    assert_eq!(found.federation.as_ref(), Some(&province.code));
    assert_eq!((found.entries, found.checkpoints, found.attested_entries, found.receipts), (12, 2, 12, 1));
    let other_key = verify_audit(&bytes[..], &["AAAA".to_owned()], &Evidence::default()).expect("readable");
    assert_eq!(doubts(&other_key), [(10, AuditDoubt::NotSigned), (15, AuditDoubt::NotSigned)]);
}

#[tokio::test]
async fn one_changed_byte_anywhere_is_found_and_located() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    a_year(&province).await;
    let bytes = export(&province).await;
    let mut line = 1;
    for place in 0..bytes.len() {
        // Every byte of the head and of what is signed; of the entries, which are all alike, every seventh, another one in each line.
        let is_tried = matches!(line, 1 | 10 | 15) || (place + line) % 7 == 0 || bytes[place] == b'\n';
        if !is_tried {
            continue;
        }
        let mut changed = bytes.clone();
        // One bit: the nearest that a byte can come to what it was.
        changed[place] ^= 1;
        let found = verified(&changed, &house, &Evidence::default());
        let first = found.faults.first().unwrap_or_else(|| panic!("byte {place} can be changed unnoticed"));
        assert_eq!(usize::try_from(first.line).expect("few"), line, "byte {place}: {first:?}");
        if bytes[place] == b'\n' {
            line += 1;
        }
    }
    assert_eq!(line, 16, "every line was tried");
}

#[tokio::test]
async fn lines_that_are_left_out_or_moved_are_missed() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (checkpoint, _) = a_year(&province).await;
    let bytes = export(&province).await;
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let of = |lines: &[&[u8]], evidence: &Evidence| doubts(&verified(&lines.concat(), &house, evidence));
    for place in 1..lines.len() {
        let mut without = lines.clone();
        let left_out = without.remove(place);
        let found = of(&without, &Evidence::default());
        // A checkpoint in the midst proves no more than the last one: without it the log is still whole.
        let is_needed = !left_out.starts_with(b"{\"checkpoint");
        assert_eq!(!found.is_empty(), is_needed, "line {} left out: {found:?}", place + 1);
    }
    let mut swapped = lines.clone();
    swapped.swap(3, 4);
    assert_eq!(of(&swapped, &Evidence::default()).first(), Some(&(4, AuditDoubt::Gap)));
    let mut twice = lines.clone();
    twice.push(lines[14]);
    assert_eq!(of(&twice, &Evidence::default()), [(16, AuditDoubt::BehindTheEnd)]);
    assert_eq!(of(&lines[..9], &Evidence::default()), [(10, AuditDoubt::CutOff)]);
    assert_eq!(of(&[], &Evidence::default()), [(1, AuditDoubt::CutOff)]);

    // Another log that its host signed well is still not the one of which a checkpoint was given out.
    let other = House::open().await;
    let forged = other.federation("f1").await;
    forged.station("s2").await;
    let earlier = Evidence { checkpoints: vec![checkpoint], receipts: Vec::new() };
    a_year(&forged).await;
    let found = verified(&export(&forged).await, &other, &Evidence::default());
    assert!(found.is_intact());
    let found = verified(&export(&forged).await, &other, &earlier);
    assert_eq!(doubts(&found), [(9, AuditDoubt::EarlierDiffers)]);
}

#[tokio::test]
async fn a_log_is_attested_by_itself_once_an_hour_while_it_grows() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let attested = async || {
        house.office.attest_what_is_due().await.expect("attested");
        let checkpoints = house.office.checkpoints(&province.admin, &province.code, 0, 10).await.expect("them");
        checkpoints.iter().map(|checkpoint| checkpoint.body.sequence).collect::<Vec<_>>()
    };
    assert_eq!(attested().await, [2]);
    province.round().await;
    assert_eq!(attested().await, [2], "the hour is not over");
    house.clock.set(time("2025-01-20T09:00:00Z"));
    assert_eq!(attested().await, [2, 5]);
    house.clock.set(time("2025-01-20T19:00:00Z"));
    assert_eq!(attested().await, [2, 5], "nothing was done since");
}

#[tokio::test]
async fn a_member_reads_no_log_and_nobody_reads_anothers() {
    let house = House::open().await;
    let (one, other) = (house.federation("f1").await, house.federation("f2").await);
    let clerk = one.station("s1").await.clerk;
    for (caller, code) in [(&clerk, &one.code), (&one.admin, &other.code), (&house.operator, &one.code)] {
        let export = house.office.audit_export(caller, code).await.err();
        assert!(matches!(export, Some(OperationError::NotAllowed)), "{export:?}");
        let checkpoint = house.office.checkpoint(caller, code).await.err();
        assert!(matches!(checkpoint, Some(OperationError::NotAllowed)), "{checkpoint:?}");
    }
}
