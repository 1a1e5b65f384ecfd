//! Whoever asks again with the same key gets what was answered, and nothing is done twice.

use domain::digest::Digest;
use domain::ids::TokenId;
use futures::future::join_all;
use jiff::civil::date;
use store::{Attempt, Scope, StoreError};

use crate::memory::Memory;
use crate::rectifications::item;
use crate::samples::{self, act, round_code, unit_code};

fn attempt(key: &str, request: &[u8]) -> Attempt {
    Attempt { token: TokenId(uuid::Uuid::from_u128(7)), key: key.to_owned(), request: Digest::of(request) }
}

/// One of each in a round that is open.
pub(crate) async fn keep_one_of_each(north: &Scope) {
    north.keep_check_rule(&samples::check_rule(), act("waive")).await.unwrap();
    let item = item("station-1", "ladders");
    let once = north.once(attempt("k-0", b"items"), b"answer".to_vec());
    once.keep_rectifications(std::slice::from_ref(&item), act("open")).await.unwrap();
    assert!(north.remind_of_rectification(item.id, date(2027, 6, 30), &[], act("remind")).await.unwrap());
}

pub(crate) async fn an_attempt_is_made_once_and_its_answer_stays(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    let say = |request: &'static [u8]| {
        let once = north.once(attempt("k-1", request), request.to_vec());
        async move {
            once.keep_message(&round_code(), &unit_code("station-1"), &crate::reviews::message("演练"), act("say"))
                .await
        }
    };
    let said = join_all((0..8).map(|_| say(b"first"))).await;
    assert_eq!(said.iter().filter(|said| said.is_ok()).count(), 1, "{said:?}");
    assert!(said.iter().all(|said| matches!(said, Ok(()) | Err(StoreError::AnsweredBefore))), "{said:?}");
    assert!(matches!(say(b"other").await, Err(StoreError::KeyReused)));
    assert_eq!(north.messages(&round_code(), &unit_code("station-1")).await.unwrap().len(), 1);
    assert_eq!(north.answered(&attempt("k-1", b"first")).await.unwrap(), Some(b"first".to_vec()));
    assert!(matches!(north.answered(&attempt("k-1", b"other")).await, Err(StoreError::KeyReused)));
    assert_eq!(north.answered(&attempt("k-2", b"first")).await.unwrap(), None);
    let anothers = Attempt { token: TokenId(uuid::Uuid::from_u128(8)), ..attempt("k-1", b"first") };
    assert_eq!(north.answered(&anothers).await.unwrap(), None, "a key is its bearer's own");
    assert_eq!(memory.federation("south").answered(&attempt("k-1", b"first")).await.unwrap(), None);
}

pub(crate) async fn of_what_is_overdue_a_member_is_reminded_once_for_each_day(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    let item = item("station-1", "exits");
    north.keep_rectifications(std::slice::from_ref(&item), act("open")).await.unwrap();
    let remind = |day| {
        let north = north.clone();
        async move { north.remind_of_rectification(item.id, day, &[], act("remind")).await.unwrap() }
    };
    let given = join_all((0..5).map(|_| remind(date(2027, 6, 30)))).await;
    assert_eq!(given.iter().filter(|given| **given).count(), 1);
    assert!(remind(date(2027, 9, 30)).await && !remind(date(2027, 9, 30)).await);
}
