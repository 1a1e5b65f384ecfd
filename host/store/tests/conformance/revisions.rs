//! Revisions: given once, whole or not at all, and in one order.

use domain::counting::Counting;
use domain::digest::Digest;
use domain::round::{RoundAct, RoundState};
use domain::submission::Receipt;
use domain::submission::Standing;
use domain::verdict::Scored;
use futures::future::join_all;
use store::{NewRevision, Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::{activate, signatory};
use crate::samples::{self, round_code, rubric, unit_code};

async fn open_round(memory: &Memory) -> Scope {
    let north = memory.north();
    north.open_round(&samples::round(), samples::act("open")).await.unwrap();
    north
}

fn with_key(mut new: NewRevision, key: &str, request: &str) -> NewRevision {
    new.key = Some((key.to_owned(), Digest::of(request.as_bytes())));
    new
}

/// Everything that stands in the scope of a unit's revisions.
async fn traces(north: &Scope, new: &NewRevision) -> [bool; 6] {
    let number = new.envelope.revision;
    let kept = north.revision(&new.round, &new.unit, number).await.unwrap();
    let is_ours = kept.is_some_and(|kept| kept.receipt == new.receipt);
    let verdict = north.verdict(&new.round, &new.unit, number, new.verdict.rubric).await.unwrap();
    [
        is_ours,
        verdict.as_ref() == Some(&new.verdict),
        north.evaluation(new.evaluations[0].id).await.unwrap().is_some(),
        north.evaluation(new.evaluations[1].id).await.unwrap().is_some(),
        north.blob(Digest::of(&new.answers)).await.unwrap().is_some(),
        north.blob(Digest::of(&new.context)).await.unwrap().is_some(),
    ]
}

pub(crate) async fn a_key_brings_back_its_receipt(memory: &Memory) {
    let north = open_round(memory).await;
    let new = with_key(samples::revision("north", "station-1", 1), "key-1", "a request");
    let unit = unit_code("station-1");
    assert_eq!(north.receipt_of_key(&unit, "key-1").await.unwrap(), None);
    north.keep_revision(new.clone()).await.unwrap();
    let known = Some((Digest::of(b"a request"), new.receipt.clone()));
    assert_eq!(north.receipt_of_key(&unit, "key-1").await.unwrap(), known);
    assert_eq!(north.receipt_of_key(&unit, "key-2").await.unwrap(), None);
    assert_eq!(north.receipt_of_key(&unit_code("station-2"), "key-1").await.unwrap(), None);
}

pub(crate) async fn thirty_two_duplicates_with_one_key_give_one_receipt(memory: &Memory) {
    let north = open_round(memory).await;
    // Each duplicate was evaluated and signed by itself: the signatures differ.
    let duplicates = (0..32).map(|_| {
        let (north, new) = (north.clone(), with_key(samples::revision("north", "station-1", 1), "key-1", "a request"));
        tokio::spawn(async move { (new.receipt.clone(), north.keep_revision(new).await) })
    });
    let ended: Vec<_> = join_all(duplicates).await.into_iter().map(Result::unwrap).collect();

    let first: Vec<_> = ended.iter().filter(|(_, kept)| kept.is_ok()).map(|(receipt, _)| receipt).collect();
    let &[first] = first.as_slice() else { panic!("{} receipts were given", first.len()) };
    for (_, kept) in &ended {
        match kept {
            Ok(_) => {}
            Err(StoreError::Replayed(receipt)) => assert_eq!(&**receipt, first),
            Err(other) => panic!("{other:?}"),
        }
    }
    let unit = unit_code("station-1");
    let known = north.receipt_of_key(&unit, "key-1").await.unwrap();
    assert_eq!(known.as_ref().map(|(_, receipt)| receipt), Some(first));
    assert_eq!(north.revisions(&round_code(), &unit).await.unwrap().len(), 1);
}

pub(crate) async fn a_key_serves_one_request_only(memory: &Memory) {
    let north = open_round(memory).await;
    north.keep_revision(with_key(samples::revision("north", "station-1", 1), "key-1", "a request")).await.unwrap();
    let other = with_key(samples::revision("north", "station-1", 2), "key-1", "another request");
    let kept = north.keep_revision(other).await;
    assert!(matches!(kept, Err(StoreError::KeyReused)), "{kept:?}");
    // Another unit's key is another key.
    north
        .keep_revision(with_key(samples::revision("north", "station-2", 1), "key-1", "another request"))
        .await
        .unwrap();
}

pub(crate) async fn of_concurrent_revisions_exactly_one_wins(memory: &Memory) {
    let north = open_round(memory).await;
    let second_host = memory.second_host().await.federation(north.code());
    for number in 1..=3 {
        let revisions = (0..16).map(|n| {
            let host = if n % 2 == 0 { north.clone() } else { second_host.clone() };
            let new = samples::revision("north", "station-1", number);
            tokio::spawn(async move { (new.receipt.clone(), host.keep_revision(new).await) })
        });
        let ended: Vec<_> = join_all(revisions).await.into_iter().map(Result::unwrap).collect();
        let stale = |kept: &Result<Receipt, StoreError>| matches!(kept, Err(StoreError::Stale { current }) if *current == Some(number));
        let winners: Vec<_> = ended.iter().filter(|(_, kept)| kept.is_ok()).map(|(receipt, _)| receipt).collect();
        assert_eq!(winners.len(), 1);
        assert_eq!(ended.iter().filter(|(_, kept)| stale(kept)).count(), 15);
        let latest = north.latest_revision(&round_code(), &unit_code("station-1")).await.unwrap().unwrap();
        assert_eq!(&latest.receipt, winners[0]);
    }
    let far_ahead = north.keep_revision(samples::revision("north", "station-1", 9)).await;
    assert!(matches!(far_ahead, Err(StoreError::Stale { current: Some(3) })), "{far_ahead:?}");
    let none_before = north.keep_revision(samples::revision("north", "station-2", 2)).await;
    assert!(matches!(none_before, Err(StoreError::Stale { current: None })), "{none_before:?}");
}

pub(crate) async fn a_round_that_moved_takes_no_revision(memory: &Memory) {
    let nowhere = memory.north().keep_revision(samples::revision("north", "station-1", 1)).await;
    assert!(matches!(nowhere, Err(StoreError::Missing("round"))), "{nowhere:?}");

    let north = open_round(memory).await;
    let mut round = samples::round();
    round.state = RoundState::Closed;
    north.change_round(&round, 1, &signatory(), samples::act("close")).await.unwrap();
    let kept = north.keep_revision(samples::revision("north", "station-1", 1)).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");

    let unasked = NewRevision { taken_as: RoundAct::Resubmit, ..samples::revision("north", "station-2", 1) };
    let kept = north.keep_revision(unasked).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "nothing of it was sent back: {kept:?}");

    round.state = RoundState::Open;
    north.change_round(&round, 2, &signatory(), samples::act("reopen")).await.unwrap();
    north.keep_revision(samples::revision("north", "station-1", 1)).await.unwrap();
}

pub(crate) async fn a_receipt_for_other_answers_is_not_kept(memory: &Memory) {
    let north = open_round(memory).await;
    let mut new = samples::revision("north", "station-1", 1);
    new.answers.push(0);
    let kept = north.keep_revision(new).await;
    assert!(matches!(kept, Err(StoreError::Corrupt { what: "revision", .. })), "{kept:?}");
    assert_eq!(north.revisions(&round_code(), &unit_code("station-1")).await.unwrap(), []);
}

pub(crate) async fn a_revision_that_is_refused_leaves_nothing_behind(memory: &Memory) {
    let north = open_round(memory).await;
    let first = samples::revision("north", "station-1", 1);
    north.keep_revision(first.clone()).await.unwrap();
    let entries = north.audit(0, 100).await.unwrap();

    // The last step fails, after everything before it was inserted: a record with this identifier is there already.
    let mut broken = samples::revision("north", "station-2", 1);
    broken.evaluations[1].id = first.evaluations[1].id;
    let kept = north.keep_revision(broken.clone()).await;
    assert!(matches!(kept, Err(StoreError::AlreadyThere(_))), "{kept:?}");
    assert_eq!(traces(&north, &broken).await, [false, false, false, true, false, false]);
    assert_eq!(north.audit(0, 100).await.unwrap(), entries);
    assert_eq!(traces(&north, &first).await, [true; 6]);
}

pub(crate) async fn a_revision_whose_caller_goes_away_is_there_whole_or_not_at_all(memory: &Memory) {
    let north = open_round(memory).await;
    // Each caller looks once more often than the one before it, and leaves.
    let mut all = Vec::new();
    let mut answered = 0;
    for patience in 0..60 {
        let new = samples::revision("north", &format!("station-{patience}"), 1);
        let mut keeping = Box::pin(north.keep_revision(new.clone()));
        for _ in 0..patience {
            if let std::task::Poll::Ready(kept) = futures::poll!(&mut keeping) {
                kept.unwrap();
                answered += 1;
                assert_eq!(traces(&north, &new).await, [true; 6], "an answer means that it is kept");
                break;
            }
            tokio::time::sleep(std::time::Duration::from_micros(200)).await;
        }
        drop(keeping);
        all.push(new);
    }
    assert!(answered > 0, "nobody was patient enough for the claim to mean anything");
    // A write that comes after them all: whatever was still under way has ended.
    north.keep_revision(samples::revision("north", "station-last", 1)).await.unwrap();

    let mut kept = 0;
    for new in &all {
        let traces = traces(&north, new).await;
        assert!(traces == [true; 6] || traces == [false; 6], "{}: {traces:?}", new.unit);
        kept += usize::from(traces[0]);
    }
    assert!(kept >= answered);
    let submits = north.audit(0, 1_000).await.unwrap().into_iter().filter(|entry| entry.act.verb == "submit").count();
    assert_eq!(submits, kept + 1);
}

pub(crate) async fn the_newest_accepted_revision_counts(memory: &Memory) {
    let north = open_round(memory).await;
    // station-1: accepted, blocked. station-2: accepted, accepted. station-3: blocked only.
    let hand_in = |unit: &'static str, number: u32, standing: Standing| {
        let (north, mut new) = (north.clone(), samples::revision("north", unit, number));
        new.receipt.body.standing = standing;
        async move { north.keep_revision(new).await.unwrap() }
    };
    hand_in("station-2", 1, Standing::Accepted).await;
    hand_in("station-2", 2, Standing::Accepted).await;
    hand_in("station-1", 1, Standing::Accepted).await;
    hand_in("station-1", 2, Standing::Blocked).await;
    hand_in("station-3", 1, Standing::Blocked).await;

    let progress = north.progress(&round_code()).await.unwrap();
    let told: Vec<_> = progress.iter().map(|row| (row.unit.as_str(), row.revision, row.standing)).collect();
    assert_eq!(
        told,
        [
            ("station-1", 2, Standing::Blocked),
            ("station-2", 2, Standing::Accepted),
            ("station-3", 1, Standing::Blocked),
        ]
    );
    let first = &progress[0];
    assert_eq!((first.received_at, first.hours_late), (samples::time(2), 2));
    assert_eq!((first.errors, first.warnings, first.warnings_explained), (0, 2, 1));

    let counted = north.counted(&round_code(), Counting::HandedIn).await.unwrap();
    let told: Vec<_> = counted.iter().map(|row| (row.unit.as_str(), row.revision)).collect();
    assert_eq!(told, [("station-1", 1), ("station-2", 2)]);
    let new = samples::revision("north", "station-2", 2);
    assert_eq!(counted[1].answers, Digest::of(&new.answers));
    assert_eq!(counted[1].context, Digest::of(&new.context));
    assert_eq!((&counted[1].envelope, &counted[1].explanations), (&new.envelope, &new.explanations));

    let verdicts = north.verdicts_of_counted(&round_code(), Counting::HandedIn, rubric()).await.unwrap();
    let told: Vec<_> = verdicts.iter().map(|verdict| (verdict.unit.as_str(), verdict.revision)).collect();
    assert_eq!(told, [("station-1", 1), ("station-2", 2)]);
    assert_eq!(north.verdicts_of_counted(&round_code(), Counting::HandedIn, Digest::of(b"another")).await.unwrap(), []);

    let revisions = north.revisions(&round_code(), &unit_code("station-1")).await.unwrap();
    let told: Vec<_> = revisions.iter().map(|row| (row.revision, row.standing)).collect();
    assert_eq!(told, [(1, Standing::Accepted), (2, Standing::Blocked)]);
}

pub(crate) async fn the_first_verdict_of_a_release_stands(memory: &Memory) {
    let north = open_round(memory).await;
    north.keep_revision(samples::revision("north", "station-1", 1)).await.unwrap();
    let trial = Digest::of(b"another rubric");
    activate(&north, rubric(), trial).await;
    let first = samples::verdict("station-1", 1, trial);
    let mut second = samples::verdict("station-1", 1, trial);
    second.score = Scored::Refused(domain::finding::Refusal {
        code: "no-data".to_owned(),
        message: domain::text::Text::default(),
        pointer: None,
    });
    let record = samples::evaluation(trial);
    north.keep_verdicts(&round_code(), vec![(first.clone(), vec![])]).await.unwrap();
    north.keep_verdicts(&round_code(), vec![(second, vec![record.clone()])]).await.unwrap();
    let unit = unit_code("station-1");
    assert_eq!(north.verdict(&round_code(), &unit, 1, trial).await.unwrap(), Some(first));
    assert_eq!(north.evaluation(record.id).await.unwrap(), Some(record));
    assert!(north.verdict(&round_code(), &unit, 1, rubric()).await.unwrap().is_some());
    assert_eq!(north.judged_by(trial).await.unwrap(), 1);
    assert_eq!(north.judged_by(Digest::of(b"a rubric of nobody")).await.unwrap(), 0);

    let of_nothing = vec![(samples::verdict("station-1", 7, trial), vec![])];
    let kept = north.keep_verdicts(&round_code(), of_nothing).await;
    assert!(matches!(kept, Err(StoreError::Missing(_))), "{kept:?}");
}
