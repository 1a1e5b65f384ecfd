//! Who may do what, at the counter itself.

use documents::Format;
use domain::access::Role;
use operations::{NewRollback, NewTrial, OperationError};
use serde_json::json;

use crate::house::{House, answers, handed, new_round, new_token};

#[tokio::test]
async fn a_member_reads_only_its_own() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let (one, other) = (province.station("s1").await, province.station("s2").await);
    one.hand_in(&round, &json!({})).await;
    other.hand_in(&round, &json!({})).await;
    let (office, code) = (&house.office, &province.code);
    office.submission(&one.clerk, code, &round, &one.unit, None).await.expect("its own");
    let denied = [
        office.submission(&one.clerk, code, &round, &other.unit, None).await.err(),
        office.revisions(&one.clerk, code, &round, &other.unit).await.err(),
        office.findings(&one.clerk, code, &round, &other.unit, None).await.err(),
        office.receipt(&one.clerk, code, &round, &other.unit, None).await.err(),
        office.scorecard(&one.clerk, code, &round, &other.unit, None).await.err(),
        office.standing(&one.clerk, code, &round, &other.unit).await.err(),
        office.member_report(&one.clerk, code, &round, &other.unit, None, Format::Html).await.err(),
        office.submit(&one.clerk, code, &round, &other.unit, handed(&json!({}))).await.err(),
        office.pre_check(&one.clerk, code, &round, &other.unit, answers(&json!({}))).await.err(),
        office.pre_check_pack(&one.clerk, code, &round, &other.unit).await.err(),
        office.progress(&one.clerk, code, &round).await.err(),
        office.settlement(&one.clerk, code, &round).await.err(),
        office.roll_up(&one.clerk, code, &round).await.err(),
        office.units(&one.clerk, code).await.err(),
        office.jobs(&one.clerk, code).await.err(),
        office.ask_settle(&one.clerk, code, &round).await.err(),
        office.evaluations(&one.clerk, code, None, 10).await.err(),
        office.compare(&one.clerk, code, &round, None, None).await.err(),
    ];
    for (index, denied) in denied.into_iter().enumerate() {
        assert!(matches!(denied, Some(OperationError::NotAllowed)), "{index}: {denied:?}");
    }
}

#[tokio::test]
async fn one_federation_sees_nothing_of_another() {
    let house = House::open().await;
    let (one, other) = (house.federation("f1").await, house.federation("f2").await);
    let round = other.round().await;
    let station = other.station("s1").await;
    station.hand_in(&round, &json!({})).await;
    let (office, theirs) = (&house.office, &other.code);
    let release = office.releases(&other.admin, theirs).await.expect("them")[0].digest;
    let denied = [
        office.units(&one.admin, theirs).await.err(),
        office.releases(&one.admin, theirs).await.err(),
        office.rounds(&one.admin, theirs).await.err(),
        office.submission(&one.admin, theirs, &round, &station.unit, None).await.err(),
        office.ask_try(&one.admin, theirs, &round, NewTrial { release, replaces: None }).await.err(),
        office
            .roll_back(&one.admin, theirs, &round, NewRollback { leaving: None, reason: "越权".to_owned() })
            .await
            .err(),
        office.activations(&one.admin, theirs, &round).await.err(),
        office.notices(&one.admin, theirs, None, 10).await.err(),
        office.open_round(&one.admin, theirs, new_round("2025", release)).await.err(),
    ];
    for (index, denied) in denied.into_iter().enumerate() {
        assert!(matches!(denied, Some(OperationError::NotAllowed)), "{index}: {denied:?}");
    }
    let missing = office.release(&one.admin, &one.code, release).await;
    assert!(matches!(missing, Err(OperationError::Missing("release"))), "a digest opens no door");
}

#[tokio::test]
async fn an_administration_cannot_hand_in_for_a_member_and_the_operator_sees_no_submission() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({})).await;
    let (office, code) = (&house.office, &province.code);
    let forged = office.submit(&province.admin, code, &round, &station.unit, handed(&json!({}))).await;
    assert!(matches!(forged, Err(OperationError::NotAllowed)));
    let peeked = office.submission(&house.operator, code, &round, &station.unit, None).await;
    assert!(matches!(peeked, Err(OperationError::NotAllowed)));
    let member = new_token(Role::MemberClerk, Some(&station.unit), "后门");
    let back_door = office.issue_token(&house.operator, code, member).await;
    assert!(matches!(back_door, Err(OperationError::NotAllowed)), "the operator issues no member's token");
    let operator = office.issue_token(&province.admin, code, new_token(Role::Operator, None, "升权")).await;
    assert!(matches!(operator, Err(OperationError::Invalid(_))), "no federation has an operator");
}

#[tokio::test]
async fn a_secret_that_was_never_issued_is_nobody() {
    let house = House::open().await;
    for secret in ["", "hz_", "hz_0000000000000000000000000000000000000000000", "Bearer x"] {
        assert!(matches!(house.office.caller(secret).await, Err(OperationError::NotAuthenticated)), "{secret}");
    }
}

#[tokio::test]
async fn an_issued_secret_is_long_and_stands_in_no_debug_output() {
    let house = House::open().await;
    let token = house.office.issue_operator_token("second").await.expect("a token");
    assert_eq!(token.secret.len(), "hz_".len() + 43);
    assert!(!format!("{token:?}").contains(&token.secret[3..]));
}
