//! Accounts and sessions: what is true of somebody now holds at once, and attempts are counted one by one.

use domain::access::Grant;
use domain::account::{Account, AccountState};
use domain::digest::Digest;
use domain::ids::{AccountId, SessionId};
use domain::session::Session;
use store::{SessionsEnd, SignInPlace, StoreError};

use crate::Memory;
use crate::samples::{act, time};

fn account(login: &str) -> Account {
    Account {
        id: AccountId(uuid::Uuid::now_v7()),
        federation: "north".parse().unwrap(),
        login: login.parse().unwrap(),
        name: "某某".to_owned(),
        state: AccountState::Active,
        grants: vec![Grant::of_administration("north".parse().unwrap())],
        issued_by: vec![domain::ids::TokenId(uuid::Uuid::from_u128(7))],
        created_at: time(1),
        version: 1,
    }
}

fn session(account: &Account, secret: &str, at: i64) -> Session {
    Session {
        id: SessionId(uuid::Uuid::now_v7()),
        secret_hash: Digest::of(secret.as_bytes()),
        federation: account.federation.clone(),
        account: account.id,
        began_at: time(at),
        seen_at: time(at),
    }
}

pub(crate) async fn an_account_is_its_newest_version_and_a_login_name_is_taken_once(memory: &Memory) {
    let (north, one) = (memory.north(), account("clerk.1"));
    north.keep_account(&one, Some("a hash"), act("create")).await.unwrap();
    let taken = north.keep_account(&account("Clerk.1"), None, act("create")).await;
    assert!(matches!(taken, Err(StoreError::AlreadyThere("account"))), "{taken:?}");
    north.keep_account(&account("auditor"), None, act("create")).await.unwrap();
    let logins: Vec<_> = north.accounts().await.unwrap().into_iter().map(|account| account.login).collect();
    assert_eq!(logins, ["auditor".parse().unwrap(), "clerk.1".parse().unwrap()]);

    let changed = Account { version: 2, grants: vec![], ..one.clone() };
    north.change_account(&changed, None, SessionsEnd::None, act("change")).await.unwrap();
    let late = Account { version: 2, ..one.clone() };
    let stale = north.change_account(&late, None, SessionsEnd::None, act("change")).await;
    assert!(matches!(stale, Err(StoreError::Stale { .. })), "{stale:?}");
    let known = north.account_of_login(&one.login).await.unwrap().unwrap();
    assert_eq!(known, (changed.clone(), Some("a hash".to_owned())), "the password stays where none is given");
    let again = Account { version: 3, ..changed };
    north.change_account(&again, Some("another"), SessionsEnd::None, act("password")).await.unwrap();
    let known = north.account_of_login(&one.login).await.unwrap().unwrap();
    assert_eq!((known.0, known.1.as_deref()), (again, Some("another")));
    assert_eq!(north.account(one.id).await.unwrap().unwrap().version, 3);
    assert_eq!(memory.store.account_anywhere(one.id).await.unwrap().unwrap().version, 3);
}

pub(crate) async fn a_federation_has_accounts_of_its_own(memory: &Memory) {
    memory.store.enrol_federation(&crate::samples::federation("south"), act("enrol")).await.unwrap();
    let (north, south) = (memory.north(), memory.federation("south"));
    let one = account("clerk");
    north.keep_account(&one, Some("a hash"), act("create")).await.unwrap();
    assert_eq!(south.account(one.id).await.unwrap(), None);
    assert_eq!(south.account_of_login(&one.login).await.unwrap(), None);
    let other = Account { federation: "south".parse().unwrap(), ..account("clerk") };
    south.keep_account(&other, None, act("create")).await.unwrap();
    let moved = Account { version: 2, ..one.clone() };
    let foreign = south.change_account(&moved, None, SessionsEnd::None, act("change")).await;
    assert!(matches!(foreign, Err(StoreError::Stale { .. })), "{foreign:?}");
    let mine = session(&one, "secret", 0);
    north.begin_session(&mine, time(-10), act("in")).await.unwrap();
    south.end_session(mine.id, act("out")).await.unwrap();
    assert!(
        memory.store.session_of_hash(mine.secret_hash).await.unwrap().is_some(),
        "another federation ends none of ours"
    );
}

pub(crate) async fn a_session_comes_with_its_account_and_ends_with_it(memory: &Memory) {
    let (north, one) = (memory.north(), account("clerk"));
    north.keep_account(&one, None, act("create")).await.unwrap();
    let (first, second, third) = (session(&one, "1", 100), session(&one, "2", 200), session(&one, "3", 300));
    north.begin_session(&first, time(0), act("in")).await.unwrap();
    north.begin_session(&second, time(0), act("in")).await.unwrap();
    let known = memory.store.session_of_hash(first.secret_hash).await.unwrap();
    assert_eq!(known, Some((first.clone(), one.clone())));
    memory.store.see_session(first.id, time(150)).await.unwrap();
    memory.store.see_session(first.id, time(120)).await.unwrap();
    let (seen, _) = memory.store.session_of_hash(first.secret_hash).await.unwrap().unwrap();
    assert_eq!(seen.seen_at, time(150), "nobody was seen earlier than they were");

    north.begin_session(&third, time(150), act("in")).await.unwrap();
    let left: Vec<_> = north.sessions(one.id).await.unwrap().into_iter().map(|session| session.id).collect();
    assert_eq!(left, [second.id, third.id], "what is over goes");
    let changed = Account { version: 2, ..one.clone() };
    north.change_account(&changed, Some("new"), SessionsEnd::AllBut(third.id), act("password")).await.unwrap();
    assert_eq!(north.sessions(one.id).await.unwrap().len(), 1);
    assert_eq!(memory.store.session_of_hash(second.secret_hash).await.unwrap(), None);
    let shut_out = Account { version: 3, state: AccountState::Disabled, ..one.clone() };
    north.change_account(&shut_out, None, SessionsEnd::All, act("disable")).await.unwrap();
    assert_eq!(memory.store.session_of_hash(third.secret_hash).await.unwrap(), None);
}

pub(crate) async fn however_many_try_to_sign_in_at_once_only_so_many_may(memory: &Memory) {
    let places = |login: &str, address: &str| {
        let place = |text: &str, attempts_max| SignInPlace { place: Digest::of(text.as_bytes()), attempts_max };
        [place(login, 3), place(address, 5)]
    };
    let store = &memory.store;
    let attempt = |places, at| store.attempt_sign_in(SessionId(uuid::Uuid::now_v7()), places, time(at - 60), time(at));
    let all = futures::future::join_all((0..8).map(|_| attempt(places("clerk", "here"), 1_000))).await;
    let counted = all.into_iter().filter(|outcome| matches!(outcome, Ok(None))).count();
    assert_eq!(counted, 3);
    assert_eq!(attempt(places("clerk", "elsewhere"), 1_010).await.unwrap(), Some(time(1_000)), "whichever the address");
    for _ in 0..2 {
        assert_eq!(attempt(places("other", "here"), 1_010).await.unwrap(), None);
    }
    assert_eq!(attempt(places("third", "here"), 1_020).await.unwrap(), Some(time(1_000)), "whichever the account");
    assert_eq!(attempt(places("clerk", "here"), 1_061).await.unwrap(), None, "attempts are forgotten");

    let id = SessionId(uuid::Uuid::now_v7());
    assert_eq!(store.attempt_sign_in(id, places("good", "there"), time(1_940), time(2_000)).await.unwrap(), None);
    assert_eq!(attempt(places("good", "there"), 2_000).await.unwrap(), None);
    store.sign_in_succeeded(id, Digest::of(b"good")).await.unwrap();
    for _ in 0..3 {
        assert_eq!(attempt(places("good", "there"), 2_010).await.unwrap(), None);
    }
    assert_eq!(attempt(places("good", "there"), 2_010).await.unwrap(), Some(time(2_010)));
    let refused = attempt(places("next", "there"), 2_010).await.unwrap();
    assert_eq!(refused, None, "four stand at the address: the failed one before, and three");
    assert!(
        attempt(places("next", "there"), 2_010).await.unwrap().is_some(),
        "a success forgets nothing of the address"
    );
}
