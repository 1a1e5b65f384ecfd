//! Trust and signatures: what a federation decides about keys, and what they signed.

use domain::digest::Digest;
use domain::trust::{KeyAct, SignatureRule, TrustPolicy, TrustedKey};
use futures::future::join_all;
use store::StoreError;

use crate::memory::Memory;
use crate::samples;

pub(crate) fn policy(label: &str) -> TrustPolicy {
    let act = |by: &str| KeyAct { at: samples::time(3), by: by.to_owned() };
    let key = TrustedKey {
        id: "E7620F1842B4E81F".parse().unwrap(),
        key: "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".to_owned(),
        label: label.to_owned(),
        added: act("管理员 1"),
        removed: Some(act("管理员 2")),
    };
    TrustPolicy { signatures: SignatureRule::Warn, keys: vec![key] }
}

pub(crate) async fn the_newest_decision_about_signatures_holds(memory: &Memory) {
    let north = memory.north();
    assert_eq!(north.trust().await.unwrap(), (TrustPolicy::default(), 0));
    let first = north.keep_trust(&policy("one"), 0, samples::act("trust")).await.unwrap();
    assert_eq!(north.trust().await.unwrap(), (policy("one"), first));
    let second = north.keep_trust(&policy("two"), first, samples::act("trust")).await.unwrap();
    assert!(second > first);
    assert_eq!(north.trust().await.unwrap(), (policy("two"), second));
    let late = north.keep_trust(&policy("three"), first, samples::act("trust")).await;
    assert!(matches!(late, Err(StoreError::Stale { .. })), "{late:?}");
    assert_eq!(north.audit(0, 10).await.unwrap().len(), 3, "what came too late is not in the log");
    let nobody = memory.federation("nobody").keep_trust(&policy("one"), 0, samples::act("trust")).await;
    assert!(matches!(nobody, Err(StoreError::Missing("federation"))), "{nobody:?}");
}

pub(crate) async fn of_many_decisions_upon_one_version_one_is_kept(memory: &Memory) {
    let decisions = (0..12).map(|number| {
        let north = memory.north();
        tokio::spawn(async move { north.keep_trust(&policy(&number.to_string()), 0, samples::act("trust")).await })
    });
    let ended: Vec<_> = join_all(decisions).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(ended.iter().filter(|ended| ended.is_ok()).count(), 1);
    assert!(ended.iter().filter_map(|ended| ended.as_ref().err()).all(|e| matches!(e, StoreError::Stale { .. })));
}

pub(crate) async fn a_signature_that_came_later_stands_with_the_release(memory: &Memory) {
    let north = memory.north();
    let mut release = samples::release(b"a component");
    release.signature = None;
    let missing =
        north.sign_release(release.digest, &samples::signature("00000000000000AA"), samples::act("sign")).await;
    assert!(matches!(missing, Err(StoreError::Missing("release"))), "{missing:?}");
    north.keep_release(&release, &[], samples::act("admit")).await.unwrap();
    for key in ["00000000000000AA", "00000000000000BB"] {
        let signature = samples::signature(key);
        assert!(north.sign_release(release.digest, &signature, samples::act("sign")).await.unwrap());
        assert!(
            !north.sign_release(release.digest, &signature, samples::act("sign")).await.unwrap(),
            "it is there once"
        );
        release.signature = Some(signature);
        assert_eq!(north.release(release.digest).await.unwrap().as_ref(), Some(&release));
        assert_eq!(north.releases().await.unwrap(), std::slice::from_ref(&release));
    }
    assert_eq!(north.audit(0, 10).await.unwrap().len(), 4);
    assert_eq!(memory.federation("south").release(release.digest).await.unwrap(), None);
}

pub(crate) async fn a_release_under_anothers_digest_is_not_handed_out(memory: &Memory) {
    let north = memory.north();
    let release = samples::release(b"a component");
    north.keep_release(&release, &[], samples::act("admit")).await.unwrap();
    // The table refuses to be changed, but not to be added to: whoever has the database's password may copy a row.
    let other = Digest::of(b"another component").to_string();
    memory
        .past_the_store_with("INSERT INTO releases SELECT federation, $1, entry + 1, body FROM releases", &other)
        .await
        .unwrap();
    let read = north.release(other.parse().unwrap()).await;
    assert!(matches!(read, Err(StoreError::Corrupt { what: "release", .. })), "{read:?}");
}
