//! Whose signatures count, and that nothing runs whose bytes are not those that were admitted.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use domain::digest::Digest;
use domain::release::Release;
use domain::trust::{SignatureDoubt, SignatureRule};
use minisign::KeyPair;
use operations::{NewKey, NewTrust, OperationError, TrustView, Whose};
use serde_json::json;

use crate::house::{House, Province, with_remark};

fn pair() -> KeyPair {
    KeyPair::generate_unencrypted_keypair().expect("a key pair")
}

/// The `.minisig` file as it is sent.
fn signature(pair: &KeyPair, component: &[u8], comment: &str) -> String {
    let signed = minisign::sign(Some(&pair.pk), &pair.sk, Cursor::new(component), Some(comment), None);
    STANDARD.encode(signed.expect("a signature").into_string())
}

fn trusting(signatures: SignatureRule, pairs: &[&KeyPair]) -> NewTrust {
    let key = |pair: &&KeyPair| NewKey { key: pair.pk.to_base64(), label: "某软件公司".to_owned() };
    NewTrust { signatures, keys: pairs.iter().map(key).collect(), reason: "省联社决定".to_owned(), based_on: None }
}

async fn decide(province: &Province<'_>, new: NewTrust) -> Result<TrustView, OperationError> {
    province.house.office.decide_trust(&province.admin, &province.code, new).await
}

async fn admit(province: &Province<'_>, component: &[u8], signature: Option<&str>) -> Result<Release, OperationError> {
    let component = Bytes::copy_from_slice(component);
    let office = &province.house.office;
    office.admit_signed_release(&province.admin, &province.code, component, signature).await
}

async fn notices(province: &Province<'_>) -> Vec<String> {
    let notices = province.house.office.notices(&province.admin, &province.code, None, 10).await.expect("them");
    notices.into_iter().map(|notice| notice.code).collect()
}

async fn verbs(province: &Province<'_>) -> Vec<String> {
    let log = province.house.office.audit(&province.admin, &province.code, 0, 100).await.expect("the log");
    log.into_iter().map(|entry| entry.act.verb).collect()
}

#[tokio::test]
async fn where_signatures_are_required_only_what_a_trusted_key_signed_is_looked_at() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (trusted, stranger) = (pair(), pair());
    decide(&province, trusting(SignatureRule::Require, &[&trusted])).await.expect("a decision");
    let component = with_remark(rogues::HONEST, "required");
    let of_other = signature(&trusted, b"other bytes", "file:rubric.wasm");
    let untrusted = signature(&stranger, &component, "file:rubric.wasm");
    let cases = [
        (None, "signature-required"),
        (Some("bm90IG1pbmlzaWdu"), "signature-malformed"),
        (Some(of_other.as_str()), "signature-wrong"),
        (Some(untrusted.as_str()), "key-not-trusted"),
    ];
    for (sent, code) in cases {
        let refused = admit(&province, &component, sent).await.expect_err("not admitted");
        assert_eq!((refused.code(), refused.whose()), (code, Whose::Caller));
        // Not even the look at what it is comes before the signature.
        let refused = admit(&province, b"PK\x03\x04", None).await.expect_err("not admitted");
        assert_eq!(refused.code(), "signature-required");
    }
    assert_eq!(house.office.releases(&province.admin, &province.code).await.expect("none"), []);
    assert!(!house.component_file(Digest::of(&component)).exists(), "nothing of it was kept");
    let (_, sandbox) = house.restarted();
    assert!(sandbox.plugin(Digest::of(&component)).is_none());

    let sent = signature(&trusted, &component, "file:rubric.wasm");
    let admitted = admit(&province, &component, Some(&sent)).await.expect("a release");
    let signature = admitted.signature.expect("it is signed");
    assert_eq!((signature.key_label.as_str(), signature.trusted_comment.as_str()), ("某软件公司", "file:rubric.wasm"));
    assert_eq!(admitted.signature_doubt, None);
    assert!(admitted.build.is_some_and(|build| !build.producers.is_empty()), "it says how it was built");
}

#[tokio::test]
async fn where_signatures_are_only_warned_about_the_doubt_is_kept_and_told() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (trusted, stranger) = (pair(), pair());
    decide(&province, trusting(SignatureRule::Warn, &[&trusted])).await.expect("a decision");
    let component = |remark| with_remark(rogues::HONEST, remark);
    let without = admit(&province, &component("a"), None).await.expect("a release");
    assert_eq!(without.signature_doubt, Some(SignatureDoubt::SignatureRequired));
    house.clock.set(crate::house::time("2025-01-21T08:00:00Z"));
    let sent = signature(&stranger, &component("b"), "x");
    let strange = admit(&province, &component("b"), Some(&sent)).await.expect("a release");
    assert_eq!((strange.signature, strange.signature_doubt), (None, Some(SignatureDoubt::KeyNotTrusted)));
    assert_eq!(notices(&province).await, ["admitted-key-not-trusted", "admitted-signature-required"]);

    // Whoever sends the same bytes again with a signature that holds mends it.
    let sent = signature(&trusted, &component("a"), "file:a.wasm");
    let mended = admit(&province, &component("a"), Some(&sent)).await.expect("the release");
    assert_eq!((mended.digest, mended.admitted_at), (without.digest, without.admitted_at));
    assert_eq!(mended.signature.map(|signature| signature.trusted_comment).as_deref(), Some("file:a.wasm"));
    assert_eq!(verbs(&province).await.last().map(String::as_str), Some("sign-release"));
}

#[tokio::test]
async fn where_signatures_are_not_looked_at_anything_may_be_sent_along() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let release = admit(&province, rogues::HONEST, Some("no signature at all")).await.expect("a release");
    assert_eq!((release.signature, release.signature_doubt), (None, None));
    assert_eq!(notices(&province).await, [String::new(); 0]);
}

#[tokio::test]
async fn a_key_that_was_withdrawn_vouches_for_nothing_new_and_for_all_that_it_had_signed() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (old, new) = (pair(), pair());
    let first = decide(&province, trusting(SignatureRule::Require, &[&old])).await.expect("a decision");
    let component = with_remark(rogues::HONEST, "of the old key");
    let sent = signature(&old, &component, "x");
    let signed = admit(&province, &component, Some(&sent)).await.expect("a release");
    let based_on = Some(first.version);
    let second = decide(&province, NewTrust { based_on, ..trusting(SignatureRule::Require, &[&new]) }).await;
    let second = second.expect("a decision");
    assert!(second.version > first.version);
    assert_eq!(second.keys.iter().map(|key| key.is_trusted()).collect::<Vec<_>>(), [false, true]);
    let later = with_remark(rogues::HONEST, "later");
    let refused = admit(&province, &later, Some(&signature(&old, &later, "x"))).await;
    assert_eq!(refused.expect_err("not admitted").code(), "key-not-trusted");
    let kept = house.office.release(&province.admin, &province.code, signed.digest).await.expect("it");
    assert_eq!(kept, signed);

    let late = decide(&province, NewTrust { based_on, ..trusting(SignatureRule::Off, &[]) }).await;
    assert!(matches!(late, Err(OperationError::Stale { .. })), "somebody has decided meanwhile: {late:?}");
    assert_eq!(verbs(&province).await.iter().filter(|verb| *verb == "steer-trust").count(), 2);
}

#[tokio::test]
async fn a_decision_that_would_lock_everybody_out_is_none() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let one = pair();
    let mut bad = trusting(SignatureRule::Require, &[]);
    bad.keys.push(NewKey { key: "not a key".to_owned(), label: String::new() });
    let OperationError::Invalid(problems) = decide(&province, bad).await.expect_err("it is wrong") else { panic!() };
    let places: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
    assert_eq!(places, [("/keys/0/label", "empty"), ("/keys/0/key", "not-a-key")]);
    let nobody = decide(&province, trusting(SignatureRule::Require, &[])).await.expect_err("it is wrong");
    assert_eq!(nobody.code(), "invalid");
    let twice = decide(&province, trusting(SignatureRule::Warn, &[&one, &one])).await.expect_err("it is wrong");
    let OperationError::Invalid(problems) = twice else { panic!("{twice:?}") };
    assert_eq!((problems[0].pointer.as_str(), problems[0].code), ("/keys/1/key", "repeated"));
    for said in problems.iter().flat_map(|problem| [&problem.message.zh, &problem.message.en]) {
        assert!(!said.starts_with("problem-"), "{said}");
    }
    let trust = house.office.trust(&province.admin, &province.code).await.expect("it");
    assert_eq!((trust.version, trust.signatures, trust.keys.len()), (0, SignatureRule::Off, 0));
}

#[tokio::test]
async fn one_federation_s_keys_are_nothing_to_another() {
    let house = House::open().await;
    let (one, other) = (house.federation("f1").await, house.federation("f2").await);
    let key = pair();
    decide(&one, trusting(SignatureRule::Require, &[&key])).await.expect("a decision");
    decide(&other, trusting(SignatureRule::Require, &[&pair()])).await.expect("a decision");
    let refused = admit(&other, rogues::HONEST, Some(&signature(&key, rogues::HONEST, "x"))).await;
    assert_eq!(refused.expect_err("not admitted").code(), "key-not-trusted");
    let denied = house.office.trust(&one.admin, &other.code).await;
    assert!(matches!(denied, Err(OperationError::NotAllowed)));
    let approver = one.approver("分管领导").await;
    let denied = house.office.decide_trust(&approver, &one.code, trusting(SignatureRule::Off, &[])).await;
    assert!(matches!(denied, Err(OperationError::NotAllowed)));
}

#[tokio::test]
async fn a_component_that_was_changed_in_the_store_does_not_run() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let rubric = house.office.round(&province.admin, &province.code, &round).await.expect("the round").round.rubric;
    let file = house.component_file(rubric);
    let whole = std::fs::read(&file).expect("the component");
    let mut one_byte = whole.clone();
    one_byte[whole.len() / 2] ^= 1;
    // One byte, and another admitted component in its place.
    for other in [one_byte, with_remark(rogues::HONEST, "swapped"), rogues::HONEST_CIRCULAR.to_vec(), Vec::new()] {
        std::fs::write(&file, &other).expect("the disk");
        let (office, sandbox) = house.restarted();
        let handed = crate::house::handed(&json!({}));
        let refused = office.submit(&station.clerk, &province.code, &round, &station.unit, handed).await;
        let refused = refused.expect_err("nothing can be judged");
        assert_eq!((refused.code(), refused.whose()), ("artifact-damaged", Whose::Host));
        let refused = office.component(&province.admin, &province.code, rubric).await.expect_err("it is damaged");
        assert_eq!(refused.code(), "artifact-damaged");
        assert!(sandbox.plugin(rubric).is_none() && sandbox.plugin(Digest::of(&other)).is_none(), "nothing was loaded");
    }
    let none = house.office.revisions(&station.clerk, &province.code, &round, &station.unit).await.expect("them");
    assert!(none.is_empty(), "nothing was kept");
    std::fs::write(&file, &whole).expect("the disk");
    let (office, _) = house.restarted();
    let handed = crate::house::handed(&json!({}));
    office.submit(&station.clerk, &province.code, &round, &station.unit, handed).await.expect("a receipt");
}

#[tokio::test]
async fn who_uploads_what_is_there_damaged_is_told_so() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let component = with_remark(rogues::HONEST, "damaged");
    let file = house.component_file(Digest::of(&component));
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("the disk");
    std::fs::write(&file, b"left by somebody").expect("the disk");
    let refused = admit(&province, &component, None).await.expect_err("it cannot be kept");
    assert_eq!(refused.code(), "artifact-damaged");
    assert_eq!(house.office.releases(&province.admin, &province.code).await.expect("none"), []);
}
