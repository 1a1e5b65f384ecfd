//! Releases are quarantined once and by record, and withdrawn only where nothing uses them; the administration hears of it.

use domain::activation::ActivationAct;
use domain::digest::Digest;
use domain::quarantine::{Quarantine, QuarantinePolicy};
use domain::style_sheet::{StyleParts, StyleSheet};
use futures::future::join_all;
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::{activate, decision, lifting, notice, proposal, quarantine, withdrawal};
use crate::samples::{self, act, round_code, rubric};

/// A federation with a release of the component.
async fn with_release(memory: &Memory, component: &[u8]) -> (Scope, Digest) {
    let (north, release) = (memory.north(), samples::release(component));
    north.keep_release(&release, &[], act("admit")).await.unwrap();
    (north, release.digest)
}

pub(crate) async fn however_many_notice_a_release_is_quarantined_once(memory: &Memory) {
    let (north, release) = with_release(memory, b"a component").await;
    let second_host = memory.second_host().await;
    let placings = (0..16).map(|n| {
        let host = if n % 2 == 0 { &memory.store } else { &second_host };
        let north = host.federation(&"north".parse().unwrap());
        tokio::spawn(async move {
            north.place_quarantine(&quarantine(release), &notice("quarantined"), act("quarantine")).await.unwrap()
        })
    });
    let placed: Vec<bool> = join_all(placings).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(placed.iter().filter(|placed| **placed).count(), 1);
    assert_eq!(north.quarantines(release).await.unwrap(), [quarantine(release)]);
    assert_eq!(north.notices(None, 10).await.unwrap().len(), 1);
    assert_eq!(north.audit(0, 100).await.unwrap().len(), 3);
}

pub(crate) async fn a_lifted_quarantine_stays_on_record_and_can_come_again(memory: &Memory) {
    let (north, release) = with_release(memory, b"a component").await;
    let lift = || async { north.lift_quarantine(release, &lifting(), &notice("lifted"), act("lift")).await };
    let place =
        || async { north.place_quarantine(&quarantine(release), &notice("quarantined"), act("quarantine")).await };
    assert!(matches!(lift().await, Err(StoreError::Missing("quarantine"))));
    assert!(place().await.unwrap());
    lift().await.unwrap();
    assert!(matches!(lift().await, Err(StoreError::Missing("quarantine"))));
    assert!(place().await.unwrap());
    let first = Quarantine { lifted: Some(lifting()), ..quarantine(release) };
    assert_eq!(north.quarantines(release).await.unwrap(), [first, quarantine(release)]);
    let codes: Vec<String> = north.notices(None, 10).await.unwrap().into_iter().map(|notice| notice.code).collect();
    assert_eq!(codes, ["quarantined", "lifted", "quarantined"]);
}

pub(crate) async fn the_newest_policy_holds(memory: &Memory) {
    let north = memory.north();
    assert_eq!(north.quarantine_policy().await.unwrap(), QuarantinePolicy::default());
    for faults_max in [3, 0, 7] {
        let policy = QuarantinePolicy { faults_max, window_seconds: 60 };
        north.keep_quarantine_policy(policy, act("set")).await.unwrap();
        assert_eq!(north.quarantine_policy().await.unwrap(), policy);
    }
}

pub(crate) async fn the_newest_style_sheet_holds_in_its_federation(memory: &Memory) {
    let (north, south) = (memory.north(), memory.federation("south"));
    assert_eq!(north.style_sheet().await.unwrap(), StyleSheet::default());
    for header in ["内部", "公开"] {
        let parts = StyleParts { header: header.to_owned(), ..StyleParts::default() };
        let sheet = StyleSheet::try_from(parts).unwrap();
        north.keep_style_sheet(&sheet, act("set")).await.unwrap();
        assert_eq!(north.style_sheet().await.unwrap(), sheet);
    }
    assert_eq!(south.style_sheet().await.unwrap(), StyleSheet::default());
}

pub(crate) async fn notices_are_paged_the_newest_first(memory: &Memory) {
    let (north, release) = with_release(memory, b"a component").await;
    for number in 0..7 {
        assert!(
            north
                .place_quarantine(&quarantine(release), &notice(&format!("placed-{number}")), act("quarantine"))
                .await
                .unwrap()
        );
        north.lift_quarantine(release, &lifting(), &notice(&format!("lifted-{number}")), act("lift")).await.unwrap();
    }
    let (mut read, mut before) = (Vec::new(), None);
    loop {
        let page = north.notices(before, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        read.extend(page.into_iter().map(|notice| notice.code));
    }
    let newest_first = (0..7).rev().flat_map(|number| [format!("lifted-{number}"), format!("placed-{number}")]);
    assert_eq!(read, newest_first.collect::<Vec<_>>());
}

pub(crate) async fn a_release_is_withdrawn_only_where_nothing_uses_it_or_ever_did(memory: &Memory) {
    let (north, first) = with_release(memory, b"the rubric").await;
    let (_, second) = with_release(memory, b"another rubric").await;
    let (_, report) = with_release(memory, b"a report").await;
    let (_, unused) = with_release(memory, b"an unused one").await;
    assert_eq!(first, rubric());
    north.open_round(&samples::round(), act("open")).await.unwrap();
    activate(&north, first, second).await;
    let waiting = proposal(second, unused);
    north.keep_proposal(&waiting, act("propose")).await.unwrap();
    for in_use in [first, second, report, unused] {
        let withdrawn = north.withdraw_release(&withdrawal(in_use), act("withdraw")).await;
        assert!(matches!(withdrawn, Err(StoreError::InUse)), "{withdrawn:?}");
    }
    north.keep_decision(waiting.id, &decision(ActivationAct::Reject), act("reject")).await.unwrap();
    north.withdraw_release(&withdrawal(unused), act("withdraw")).await.unwrap();
    assert_eq!(north.withdrawal(unused).await.unwrap(), Some(withdrawal(unused)));
    assert_eq!(north.withdrawal(first).await.unwrap(), None);
    assert_eq!(north.withdrawn_releases().await.unwrap().into_iter().collect::<Vec<_>>(), [unused]);
    let twice = north.withdraw_release(&withdrawal(unused), act("withdraw")).await;
    assert!(matches!(twice, Err(StoreError::AlreadyThere("withdrawal"))), "{twice:?}");
    assert!(north.release(unused).await.unwrap().is_some(), "what it was can still be read");
}

pub(crate) async fn a_withdrawn_release_comes_into_no_round(memory: &Memory) {
    let (north, withdrawn) = with_release(memory, b"an unused one").await;
    north.open_round(&samples::round(), act("open")).await.unwrap();
    north.withdraw_release(&withdrawal(withdrawn), act("withdraw")).await.unwrap();
    let proposal = proposal(rubric(), withdrawn);
    north.keep_proposal(&proposal, act("propose")).await.unwrap();
    let swapped = north.approve(&proposal, &decision(ActivationAct::Approve), &notice("n"), act("activate")).await;
    assert!(matches!(swapped, Err(StoreError::Withdrawn)), "{swapped:?}");
    assert_eq!(north.round(&round_code()).await.unwrap().unwrap(), (samples::round(), 1));

    let mut next = samples::round();
    next.code = "2026-autumn".parse().unwrap();
    next.reports = vec![withdrawn];
    let opened = north.open_round(&next, act("open")).await;
    assert!(matches!(opened, Err(StoreError::Withdrawn)), "{opened:?}");
    assert_eq!(north.rounds().await.unwrap().len(), 1);
}
