//! A round goes on with another release: whole or not at all, once, and by the database's clock.

use std::time::Duration;

use domain::activation::{ActivationAct, ActivationState, PinnedBy};
use domain::digest::Digest;
use domain::limits::{PROPOSALS_WAITING_MAX, REPLACED_GRACE};
use domain::release::PluginKind;
use domain::round::{Round, RoundAct};
use domain::settled::KeptDocument;
use futures::future::join_all;
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::{activate, decision, notice, proposal, signatory, swap};
use crate::samples::{self, act, round_code, rubric};

fn other() -> Digest {
    Digest::of(b"another rubric")
}

async fn open_round(memory: &Memory) -> Scope {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    north
}

async fn round_of(north: &Scope) -> Round {
    north.round(&round_code()).await.unwrap().unwrap().0
}

async fn states(north: &Scope) -> Vec<ActivationState> {
    north.activations(&round_code(), 100).await.unwrap().iter().map(domain::activation::Activation::state).collect()
}

/// Longer than what was begun under a replaced release may still be kept.
async fn the_grace_is_over() {
    tokio::time::sleep(REPLACED_GRACE + Duration::from_millis(100)).await;
}

pub(crate) async fn an_approved_proposal_is_a_swap_on_record(memory: &Memory) {
    let north = open_round(memory).await;
    let proposal = proposal(rubric(), other());
    north.keep_proposal(&proposal, act("propose")).await.unwrap();
    let waiting = north.activation(proposal.id).await.unwrap().unwrap();
    assert_eq!((&waiting.proposal, waiting.state()), (&proposal, ActivationState::Proposed));
    assert_eq!(round_of(&north).await.rubric, rubric(), "a proposal changes nothing");

    let (decision, notice) = (decision(ActivationAct::Approve), notice("activated"));
    let round = north.approve(&proposal, &decision, &notice, act("activate")).await.unwrap();
    assert_eq!(round, Round { rubric: other(), ..samples::round() });
    assert_eq!(north.round(&round_code()).await.unwrap(), Some((round, 2)));
    let decided = north.activation(proposal.id).await.unwrap().unwrap();
    assert_eq!((decided.state(), decided.decision), (ActivationState::Approved, Some(decision)));
    assert_eq!(north.notices(None, 10).await.unwrap(), [notice]);
    assert_eq!(north.audit(0, 10).await.unwrap().last().unwrap().act, act("activate"));
}

pub(crate) async fn pins_say_what_was_in_force_from_when_until_when(memory: &Memory) {
    let north = open_round(memory).await;
    activate(&north, rubric(), other()).await;
    let back = swap(other(), rubric());
    let round = north.roll_back(&round_code(), back, &signatory(), &notice("rolled-back"), act("roll-back")).await;
    assert_eq!(round.unwrap().rubric, rubric());

    let pins = north.pins(&round_code()).await.unwrap();
    let told: Vec<_> = pins.iter().map(|pin| (pin.kind, pin.release, pin.replaces, pin.by)).collect();
    let report = Digest::of(b"a report");
    let expected = [
        (PluginKind::Report, report, None, PinnedBy::Opening),
        (PluginKind::Rubric, rubric(), None, PinnedBy::Opening),
        (PluginKind::Rubric, other(), Some(rubric()), PinnedBy::Activation),
        (PluginKind::Rubric, rubric(), Some(other()), PinnedBy::Rollback),
    ];
    assert_eq!(told, expected);
    assert_eq!(pins[0].until, None);
    assert_eq!(pins[1].until, Some(pins[2].since));
    assert_eq!((pins[2].until, pins[3].until), (Some(pins[3].since), None));
    assert!(pins[1].since <= pins[2].since && pins[2].since <= pins[3].since);
    let age = jiff::Timestamp::now().duration_since(pins[3].since).abs();
    assert!(age < jiff::SignedDuration::from_secs(60), "milliseconds since 1970, not {:?}", pins[3].since);
}

pub(crate) async fn of_many_decisions_one_stands(memory: &Memory) {
    let north = open_round(memory).await;
    let proposal = proposal(rubric(), other());
    north.keep_proposal(&proposal, act("propose")).await.unwrap();
    let second_host = memory.second_host().await;
    let decisions = (0..16).map(|n| {
        let host = if n % 4 < 2 { &memory.store } else { &second_host };
        let (north, proposal) = (host.federation(&"north".parse().unwrap()), proposal.clone());
        tokio::spawn(async move {
            if n % 2 == 0 {
                let approval = decision(ActivationAct::Approve);
                north.approve(&proposal, &approval, &notice("activated"), act("activate")).await.map(|_| true)
            } else {
                let rejection = decision(ActivationAct::Reject);
                north.keep_decision(proposal.id, &rejection, act("reject")).await.map(|()| false)
            }
        })
    });
    let ended: Vec<_> = join_all(decisions).await.into_iter().map(Result::unwrap).collect();
    let won: Vec<bool> = ended.iter().filter_map(|ended| ended.as_ref().ok().copied()).collect();
    assert_eq!(won.len(), 1);
    let lost = ended.iter().filter(|ended| matches!(ended, Err(StoreError::AlreadyThere("decision")))).count();
    assert_eq!(lost, 15, "{ended:?}");
    assert_eq!(round_of(&north).await.rubric, if won[0] { other() } else { rubric() });
    assert_eq!(north.audit(0, 100).await.unwrap().len(), 4, "what was refused is not in the log");
}

pub(crate) async fn a_swap_overtakes_what_waited_to_replace_the_same_release(memory: &Memory) {
    let north = open_round(memory).await;
    let (third, report) = (Digest::of(b"a third rubric"), Digest::of(b"a report"));
    let mut of_report = proposal(report, Digest::of(b"another report"));
    of_report.kind = PluginKind::Report;
    for waiting in [&proposal(rubric(), third), &of_report] {
        north.keep_proposal(waiting, act("propose")).await.unwrap();
    }
    activate(&north, rubric(), other()).await;
    use ActivationState::{Approved, Overtaken, Proposed};
    assert_eq!(states(&north).await, [Approved, Proposed, Overtaken]);
    let overtaken = &north.activations(&round_code(), 100).await.unwrap()[2];
    assert_eq!(overtaken.decision.as_ref().unwrap().by, decision(ActivationAct::Approve).by);

    north.approve(&of_report, &decision(ActivationAct::Approve), &notice("n"), act("activate")).await.unwrap();
    assert_eq!(round_of(&north).await.reports, [of_report.release]);
}

pub(crate) async fn a_swap_that_the_round_cannot_take_leaves_nothing_behind(memory: &Memory) {
    let north = open_round(memory).await;
    let stale = proposal(other(), Digest::of(b"a third rubric"));
    north.keep_proposal(&stale, act("propose")).await.unwrap();
    let before = north.audit(0, 100).await.unwrap();
    let approval = decision(ActivationAct::Approve);
    let swapped = north.approve(&stale, &approval, &notice("activated"), act("activate")).await;
    assert!(matches!(swapped, Err(StoreError::RoundMoved)), "{swapped:?}");
    let back = swap(other(), rubric());
    let swapped = north.roll_back(&round_code(), back, &signatory(), &notice("n"), act("roll-back")).await;
    assert!(matches!(swapped, Err(StoreError::RoundMoved)), "{swapped:?}");
    let unknown = proposal(rubric(), other());
    let swapped = north.approve(&unknown, &approval, &notice("activated"), act("activate")).await;
    assert!(matches!(swapped, Err(StoreError::Missing(_))), "{swapped:?}");

    assert_eq!(states(&north).await, [ActivationState::Proposed]);
    assert_eq!((round_of(&north).await, north.notices(None, 9).await.unwrap()), (samples::round(), vec![]));
    assert_eq!(north.audit(0, 100).await.unwrap(), before);
    assert_eq!(north.pins(&round_code()).await.unwrap().len(), 2);
}

pub(crate) async fn a_closed_round_keeps_its_pins_and_nothing_waits_in_it(memory: &Memory) {
    let north = open_round(memory).await;
    let waiting = proposal(rubric(), other());
    north.keep_proposal(&waiting, act("propose")).await.unwrap();
    let closed = samples::round().after(RoundAct::Close, samples::time(2000)).unwrap();
    north.change_round(&closed, 1, &signatory(), act("close")).await.unwrap();
    assert_eq!(states(&north).await, [ActivationState::Overtaken]);
    let reopened = closed.after(RoundAct::Reopen, samples::time(2001)).unwrap();
    north.change_round(&reopened, 2, &signatory(), act("reopen")).await.unwrap();

    let again = proposal(rubric(), other());
    north.keep_proposal(&again, act("propose")).await.unwrap();
    let approval = decision(ActivationAct::Approve);
    let swapped = north.approve(&again, &approval, &notice("activated"), act("activate")).await;
    assert!(matches!(swapped, Err(StoreError::RoundMoved)), "{swapped:?}");
    assert_eq!(round_of(&north).await.rubric, rubric());
}

pub(crate) async fn what_was_begun_under_a_replaced_rubric_is_kept_for_a_moment_only(memory: &Memory) {
    let north = open_round(memory).await;
    activate(&north, rubric(), other()).await;
    north.keep_revision(samples::revision("north", "station-1", 1)).await.unwrap();
    let verdict = samples::verdict("station-1", 1, rubric());
    north.keep_verdicts(&round_code(), vec![(verdict.clone(), vec![])]).await.unwrap();
    let never = samples::verdict("station-1", 1, Digest::of(b"never in force"));
    let kept = north.keep_verdicts(&round_code(), vec![(never, vec![])]).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");

    the_grace_is_over().await;
    let kept = north.keep_revision(samples::revision("north", "station-1", 2)).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");
    let kept = north.keep_verdicts(&round_code(), vec![(verdict.clone(), vec![])]).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");

    // In force again, it judges again.
    north.roll_back(&round_code(), swap(other(), rubric()), &signatory(), &notice("n"), act("b")).await.unwrap();
    north.keep_revision(samples::revision("north", "station-1", 2)).await.unwrap();
    north.keep_verdicts(&round_code(), vec![(verdict, vec![])]).await.unwrap();
}

pub(crate) async fn a_moment_does_not_open_a_closed_round(memory: &Memory) {
    let north = open_round(memory).await;
    activate(&north, rubric(), other()).await;
    let closed = round_of(&north).await.after(RoundAct::Close, samples::time(2000)).unwrap();
    north.change_round(&closed, 2, &signatory(), act("close")).await.unwrap();
    let kept = north.keep_revision(samples::revision("north", "station-1", 1)).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");
}

pub(crate) async fn no_settlement_and_no_document_of_a_replaced_release_is_kept(memory: &Memory) {
    let north = open_round(memory).await;
    let settled = samples::settled(rubric());
    north.keep_settlement(&settled, &[], act("settle")).await.unwrap();
    activate(&north, rubric(), other()).await;
    let kept = north.keep_settlement(&samples::settled(rubric()), &[], act("settle")).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");
    north.keep_settlement(&samples::settled(other()), &[], act("settle")).await.unwrap();

    let mut roll_up = samples::roll_up(settled.id);
    let document = roll_up.documents[0].document.clone();
    let evaluation = roll_up.documents[0].evaluation;
    roll_up.documents.push(KeptDocument { report: Digest::of(b"another report"), document, evaluation });
    let kept = north.keep_roll_up(&roll_up, &[], act("roll-up")).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");
    assert_eq!(north.latest_roll_up(&round_code()).await.unwrap(), None);
}

pub(crate) async fn proposals_cannot_be_made_without_end(memory: &Memory) {
    let north = open_round(memory).await;
    for _ in 0..PROPOSALS_WAITING_MAX {
        north.keep_proposal(&proposal(rubric(), other()), act("propose")).await.unwrap();
    }
    let one_more = north.keep_proposal(&proposal(rubric(), other()), act("propose")).await;
    assert!(matches!(one_more, Err(StoreError::Busy)), "{one_more:?}");
    let newest = north.activations(&round_code(), 3).await.unwrap();
    assert_eq!(newest.len(), 3);
    north.keep_decision(newest[0].proposal.id, &decision(ActivationAct::Reject), act("reject")).await.unwrap();
    north.keep_proposal(&proposal(rubric(), other()), act("propose")).await.unwrap();
}
