//! People with accounts: second persons to each other, except to whoever once knew their password.

use domain::access::{Caller, Role};
use operations::{NewAccount, NewDecision, NewGrant, NewPassword, NewSession, OperationError, Verdict};
use serde_json::json;

use crate::house::{House, Province, with_remark};

const PASSWORD: &str = "correct horse battery";

/// Somebody whom a caller lets in, and who signs in.
async fn let_in(province: &Province<'_>, by: &Caller, login: &str, role: Role) -> Caller {
    let office = &province.house.office;
    let new = NewAccount {
        login: login.to_owned(),
        name: "某人".to_owned(),
        password: Some(PASSWORD.to_owned()),
        grants: vec![NewGrant { role, unit: None }],
    };
    office.create_account(by, &province.code, new).await.expect("an account");
    sign_in(province, login, PASSWORD).await
}

async fn sign_in(province: &Province<'_>, login: &str, password: &str) -> Caller {
    let office = &province.house.office;
    let new = NewSession { federation: province.code.clone(), login: login.to_owned(), password: password.to_owned() };
    let signed_in = office.sign_in(new, "192.0.2.1").await.expect("signed in");
    assert!(!format!("{signed_in:?}").contains(&signed_in.secret), "a secret stands in no debug output");
    office.caller_of_session(&signed_in.secret).await.expect("somebody")
}

#[tokio::test]
async fn who_once_knew_a_password_is_no_second_person_to_its_owner() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    province.station("s1").await.hand_in(&round, &json!({})).await;
    let candidate = province.admit(&with_remark(rogues::HONEST, "another")).await;
    let proposal = province.propose(&round, candidate).await;
    let decide = async |caller: &Caller| {
        let new = NewDecision { decision: Verdict::Approve, reason: "已阅".to_owned() };
        house.office.decide_activation(caller, &province.code, &round, proposal, new).await
    };
    let puppet = let_in(&province, &province.admin, "puppet", Role::Approver).await;
    let refused = decide(&puppet).await.expect_err("it is a puppet");
    assert_eq!(refused.code(), "second-person-issued-by-first");

    // A director whom the operator let in is one; not any more once the proposer has given them another password.
    let director = let_in(&province, &house.operator, "director", Role::Approver).await;
    let accounts = house.office.accounts(&province.admin, &province.code).await.expect("them");
    let id = accounts.iter().find(|account| account.login.as_str() == "director").expect("the director").id;
    let new = NewPassword { password: "staple battery horse".to_owned(), reason: "忘记密码".to_owned() };
    house.office.reset_password(&province.admin, &province.code, id, new).await.expect("reset");
    let taken_over = sign_in(&province, "director", "staple battery horse").await;
    assert_eq!((taken_over.token, &taken_over.label), (director.token, &director.label), "it is the same person");
    let refused = decide(&taken_over).await.expect_err("somebody else knows the password");
    assert_eq!(refused.code(), "second-person-issued-by-first");

    let other = let_in(&province, &house.operator, "deputy", Role::Approver).await;
    assert_eq!(other.label, "@deputy");
    decide(&other).await.expect("a second person");
}

#[tokio::test]
async fn whoever_signs_in_is_what_the_account_is_and_nothing_of_another_federation() {
    let house = House::open().await;
    let (one, other) = (house.federation("f1").await, house.federation("f2").await);
    let admin = let_in(&one, &one.admin, "admin", Role::FederationAdmin).await;
    let namesake = let_in(&other, &other.admin, "admin", Role::FederationAdmin).await;
    house.office.units(&admin, &one.code).await.expect("its own");
    for (caller, code) in [(&admin, &other.code), (&namesake, &one.code)] {
        assert!(matches!(house.office.units(caller, code).await, Err(OperationError::NotAllowed)));
        assert!(matches!(house.office.accounts(caller, code).await, Err(OperationError::NotAllowed)));
    }
    let accounts = house.office.accounts(&admin, &one.code).await.expect("them");
    let foreign = house.office.account(&namesake, &other.code, accounts[0].id).await;
    assert!(matches!(foreign, Err(OperationError::Missing("account"))), "an identifier opens no door");
}
