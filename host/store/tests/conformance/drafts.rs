//! What members are still writing is written over only by whoever read it.

use domain::answers::Answers;
use domain::digest::Digest;
use domain::draft::{Draft, DraftContent};
use domain::ids::RoundCode;
use domain::round::RoundState;
use futures::future::join_all;
use serde_json::{Value, json};
use store::{DraftTaken, NewRevision, Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::signatory;
use crate::samples::{self, act, round_code, time, unit_code};

fn content(answers: Value) -> DraftContent {
    let explanations = samples::revision("north", "station-1", 1).explanations;
    let amendment = samples::amendment();
    DraftContent { based_on: 0, answers: Answers::from_value(answers).unwrap(), explanations, amendment }
}

fn draft(answers: Value) -> Draft {
    Draft::begun(content(answers), signatory(), time(20))
}

fn state(draft: &Draft) -> Digest {
    draft.state(&round_code())
}

/// A draft in a round that is open.
pub(crate) async fn keep_one(north: &Scope) {
    let draft = draft(json!({ "exits": 2, "remark": "未完" }));
    north.keep_draft(&round_code(), &unit_code("station-1"), None, &draft).await.unwrap();
}

pub(crate) async fn a_draft_comes_back_as_it_was_written_and_is_its_unit_s(memory: &Memory) {
    let north = memory.north();
    let (round, unit) = (round_code(), unit_code("station-1"));
    let none = north.keep_draft(&round, &unit, None, &draft(json!({}))).await;
    assert!(matches!(none, Err(StoreError::Missing(_))), "there is no such round: {none:?}");
    north.open_round(&samples::round(), act("open")).await.unwrap();
    assert_eq!(north.draft(&round, &unit).await.unwrap(), None);
    let first = draft(json!({ "exits": 2, "remark": "未完", "list": [1, null, { "a/b": -3 }] }));
    north.keep_draft(&round, &unit, None, &first).await.unwrap();
    assert_eq!(north.draft(&round, &unit).await.unwrap(), Some(first.clone()));
    assert_eq!(north.draft(&round, &unit_code("station-2")).await.unwrap(), None);
    let second = first.clone().rewritten(&round, content(json!({ "exits": 3 })), signatory(), time(21));
    north.keep_draft(&round, &unit, Some(state(&first)), &second).await.unwrap();
    assert_eq!(north.draft(&round, &unit).await.unwrap(), Some(second.clone()));
    let stale = north.discard_draft(&round, &unit, state(&first)).await;
    assert!(matches!(stale, Err(StoreError::DraftMoved)), "{stale:?}");
    north.discard_draft(&round, &unit, state(&second)).await.unwrap();
    assert_eq!(north.draft(&round, &unit).await.unwrap(), None);
}

pub(crate) async fn of_many_who_write_upon_the_same_one_is_kept(memory: &Memory) {
    let north = memory.north();
    let (round, unit) = (round_code(), unit_code("station-1"));
    north.open_round(&samples::round(), act("open")).await.unwrap();
    let begin = |number: u32| {
        let (north, round, unit) = (north.clone(), round.clone(), unit.clone());
        async move { north.keep_draft(&round, &unit, None, &draft(json!({ "exits": number }))).await }
    };
    let begun = join_all((0..5).map(begin)).await;
    assert_eq!(begun.iter().filter(|begun| begun.is_ok()).count(), 1, "{begun:?}");
    let there = north.draft(&round, &unit).await.unwrap().unwrap();
    let write = |number: u32| {
        let (north, round, unit, there) = (north.clone(), round.clone(), unit.clone(), there.clone());
        async move {
            let next = there.clone().rewritten(&round, content(json!({ "drills": number })), signatory(), time(22));
            north.keep_draft(&round, &unit, Some(state(&there)), &next).await
        }
    };
    let written = join_all((0..5).map(write)).await;
    assert_eq!(written.iter().filter(|written| written.is_ok()).count(), 1, "{written:?}");
    assert!(written.iter().all(|written| matches!(written, Ok(()) | Err(StoreError::DraftMoved))), "{written:?}");
}

pub(crate) async fn a_draft_goes_with_its_revision_or_neither_does(memory: &Memory) {
    let north = memory.north();
    let (round, unit) = (round_code(), unit_code("station-1"));
    north.open_round(&samples::round(), act("open")).await.unwrap();
    keep_one(&north).await;
    let there = north.draft(&round, &unit).await.unwrap().unwrap();
    let taking = |state, left| {
        let draft = Some(DraftTaken { state, left });
        NewRevision { draft, ..samples::revision("north", "station-1", 1) }
    };
    let moved = north.keep_revision(taking(Digest::of(b"another state"), None)).await;
    assert!(matches!(moved, Err(StoreError::DraftMoved)), "{moved:?}");
    assert_eq!(north.latest_revision(&round, &unit).await.unwrap(), None, "neither is there");
    let left = there.clone().rewritten(&round, content(json!({ "exits": 9 })), signatory(), time(23));
    north.keep_revision(taking(state(&there), Some(left.clone()))).await.unwrap();
    assert_eq!(north.draft(&round, &unit).await.unwrap(), Some(left.clone()), "what is held back stays");
    let second = samples::revision("north", "station-1", 2);
    let second = NewRevision { draft: Some(DraftTaken { state: state(&left), left: None }), ..second };
    north.keep_revision(second).await.unwrap();
    assert_eq!(north.draft(&round, &unit).await.unwrap(), None);
}

pub(crate) async fn nothing_is_left_of_drafts_when_a_round_is_over(memory: &Memory) {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    keep_one(&north).await;
    let mut over = samples::round();
    over.state = RoundState::Final;
    north.change_round(&over, 1, &signatory(), act("finalise")).await.unwrap();
    assert_eq!(north.draft(&round_code(), &unit_code("station-1")).await.unwrap(), None);
    let nowhere: RoundCode = "2099".parse().unwrap();
    assert_eq!(north.draft(&nowhere, &unit_code("station-1")).await.unwrap(), None);
}
