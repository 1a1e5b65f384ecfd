//! Reviews: what was sent back, said, decided, accepted, shown and contested.

use domain::appeal::{Appeal, AppealDecision, AppealOutcome};
use domain::assessment::Assessment;
use domain::collective_decision::CollectiveDecision;
use domain::conversation::{Message, MessageKind, Side};
use domain::counting::Counting;
use domain::digest::Digest;
use domain::ids::{AppealId, CollectiveDecisionId, MessageId, PublicationId, ReviewEntryId, SettlementId};
use domain::points::Points;
use domain::publication::{Publication, PublicationDecision, PublicationState};
use domain::review_entry::{Confirmation, EntryDecision, ReviewAct, ReviewEntry, Seal};
use domain::round::{Round, RoundAct, RoundState};
use domain::submission_return::{ReturnItem, ReturnReason, SubmissionReturn};
use futures::future::join_all;
use store::{Scope, StoreError};

use crate::memory::Memory;
use crate::release_samples::signatory;
use crate::samples::{self, act, round_code, rubric, time, unit_code};

const UNIT: &str = "station-1";

/// A round in which the unit has handed in so many revisions.
async fn with_revisions(memory: &Memory, revisions: u32) -> Scope {
    let north = memory.north();
    north.open_round(&samples::round(), act("open")).await.unwrap();
    for revision in 1..=revisions {
        north.keep_revision(samples::revision("north", UNIT, revision)).await.unwrap();
    }
    north
}

pub(crate) fn message(text: &str) -> Message {
    Message {
        id: MessageId(uuid::Uuid::now_v7()),
        at: "/drills".to_owned(),
        revision: 1,
        kind: MessageKind::Returned(ReturnReason::Wrong),
        text: text.to_owned(),
        side: Side::Reviewer,
        by: "评审 1".to_owned(),
        said_at: time(9),
    }
}

pub(crate) fn sent_back(revision: u32, due: i64) -> SubmissionReturn {
    SubmissionReturn {
        round: round_code(),
        unit: unit_code(UNIT),
        revision,
        items: vec![ReturnItem {
            at: "/drills".to_owned(),
            reason: ReturnReason::Wrong,
            text: "与台账不符".to_owned(),
        }],
        due_at: time(due),
        hours_late: 2,
        by: signatory(),
        at: time(9),
    }
}

pub(crate) fn entry(needs_second: bool) -> (ReviewEntry, Seal) {
    let entry = ReviewEntry {
        id: ReviewEntryId(uuid::Uuid::now_v7()),
        round: round_code(),
        unit: unit_code(UNIT),
        revision: 1,
        act: ReviewAct::AdjustPoints { criterion: "drills".to_owned(), points: Points::from_thousandths(-500) },
        reason: "记录不全".to_owned(),
        evidence: vec![Digest::of(b"a photograph")],
        appeal: None,
        needs_second,
        by: signatory(),
        at: time(10),
    };
    (entry, Seal { key: "a key".to_owned(), signature: "a signature".to_owned() })
}

fn entry_decision(confirmation: Confirmation, collective: Option<CollectiveDecisionId>) -> EntryDecision {
    EntryDecision { confirmation, by: signatory(), at: time(11), reason: "同意".to_owned(), collective }
}

pub(crate) fn collective(entries: Vec<ReviewEntryId>) -> CollectiveDecision {
    CollectiveDecision {
        id: CollectiveDecisionId(uuid::Uuid::now_v7()),
        round: round_code(),
        held_on: "2026-03-01".parse().unwrap(),
        minutes: "2026-3".to_owned(),
        present: vec!["协会副主任".to_owned()],
        resolution: "予以确认".to_owned(),
        entries,
        by: signatory(),
        at: time(12),
    }
}

pub(crate) fn publication(settlement: SettlementId, needs_second: bool) -> Publication {
    Publication {
        id: PublicationId(uuid::Uuid::now_v7()),
        round: round_code(),
        settlement,
        reason: "评审结束".to_owned(),
        needs_second,
        by: signatory(),
        at: time(13),
    }
}

pub(crate) fn appeal(publication: PublicationId, criterion: &str) -> Appeal {
    Appeal {
        id: AppealId(uuid::Uuid::now_v7()),
        round: round_code(),
        unit: unit_code(UNIT),
        publication,
        criterion: criterion.to_owned(),
        grounds: "已补正".to_owned(),
        evidence: vec![Digest::of(b"a letter")],
        by: signatory(),
        at: time(14),
    }
}

fn assessment(review: Digest, reason: &str) -> Assessment {
    let mut verdict = samples::verdict(UNIT, 1, rubric());
    reason.clone_into(&mut verdict.findings[0].finding.check);
    Assessment { review, entries: vec![entry(false).0.id], verdict, at: time(15) }
}

/// Takes the round to where members may appeal.
async fn publish_round(north: &Scope) {
    let (round, version) = north.round(&round_code()).await.unwrap().unwrap();
    let published = Round { state: RoundState::Published, ..round };
    north.change_round(&published, version, &signatory(), act("publish")).await.unwrap();
}

/// Keeps one of everything.
pub(crate) async fn keep_one_of_each(north: &Scope, settlement: SettlementId) {
    let (round, unit) = (round_code(), unit_code(UNIT));
    north.keep_return(&sent_back(1, 100), &[message("请核实")], act("return")).await.unwrap();
    north.accept_revision(&round, &unit, 1, &signatory(), act("accept")).await.unwrap();
    let (entry, seal) = entry(true);
    north.keep_review_entry(&entry, &seal, act("adjust")).await.unwrap();
    let collective = collective(vec![entry.id]);
    let decision = entry_decision(Confirmation::Confirm, Some(collective.id));
    north.keep_collective_decision(&collective, &decision, act("decide")).await.unwrap();
    north.keep_assessment(&round, &assessment(Digest::of(b"review"), "one"), &[]).await.unwrap();
    let publication = publication(settlement, true);
    north.keep_publication(&publication, None, act("publish")).await.unwrap();
    let decision = PublicationDecision {
        confirmation: Confirmation::Confirm,
        by: signatory(),
        at: time(16),
        reason: "同意".to_owned(),
    };
    north.decide_publication(publication.id, &decision, None, act("approve")).await.unwrap();
    publish_round(north).await;
    let appeal = appeal(publication.id, "drills");
    north.keep_appeal(&appeal, act("appeal")).await.unwrap();
    let decision = AppealDecision {
        outcome: AppealOutcome::Dismissed,
        reason: "依据充分".to_owned(),
        entries: vec![],
        by: signatory(),
        at: time(17),
    };
    north.decide_appeal(appeal.id, &decision, vec![], act("decide-appeal")).await.unwrap();
}

pub(crate) async fn only_what_was_accepted_and_not_sent_back_counts(memory: &Memory) {
    let north = with_revisions(memory, 2).await;
    let (round, unit) = (round_code(), unit_code(UNIT));
    let counts = async |expected: Option<u32>| {
        assert_eq!(north.counted_revision(&round, &unit, Counting::Accepted).await.unwrap(), expected);
        let all = north.counted(&round, Counting::Accepted).await.unwrap();
        assert_eq!(all.first().map(|counted| counted.revision), expected);
        let verdicts = north.verdicts_of_counted(&round, Counting::Accepted, rubric()).await.unwrap();
        assert_eq!(verdicts.first().map(|verdict| verdict.revision), expected);
    };
    counts(None).await;
    assert_eq!(north.counted_revision(&round, &unit, Counting::HandedIn).await.unwrap(), Some(2));

    let old = north.accept_revision(&round, &unit, 1, &signatory(), act("accept")).await;
    assert!(matches!(old, Err(StoreError::Stale { current: Some(2) })), "{old:?}");
    north.accept_revision(&round, &unit, 2, &signatory(), act("accept")).await.unwrap();
    counts(Some(2)).await;
    // An amendment does not count before it is accepted, and leaves what counts when it is sent back.
    north.keep_revision(samples::revision("north", UNIT, 3)).await.unwrap();
    counts(Some(2)).await;
    north.keep_return(&sent_back(3, 100), &[message("请核实")], act("return")).await.unwrap();
    counts(Some(2)).await;
    north.accept_revision(&round, &unit, 3, &signatory(), act("accept")).await.unwrap();
    counts(Some(3)).await;
    north.keep_return(&sent_back(3, 100), &[], act("return")).await.unwrap();
    counts(None).await;
    north.accept_revision(&round, &unit, 3, &signatory(), act("accept")).await.unwrap();
    counts(Some(3)).await;
}

pub(crate) async fn a_closed_round_takes_what_it_sent_back_until_that_is_due(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let mut closed = samples::round();
    closed.state = RoundState::Closed;
    north.change_round(&closed, 1, &signatory(), act("close")).await.unwrap();
    let next = |revision: u32| {
        let mut next = samples::revision("north", UNIT, revision);
        next.taken_as = RoundAct::Resubmit;
        next
    };
    let unasked = north.keep_revision(next(2)).await;
    assert!(matches!(unasked, Err(StoreError::RoundMoved)), "{unasked:?}");

    let (round, unit) = (round_code(), unit_code(UNIT));
    let old = north.keep_return(&sent_back(7, 100), &[], act("return")).await;
    assert!(matches!(old, Err(StoreError::Stale { current: Some(1) })), "{old:?}");
    // Revision 2 is received in second 2.
    north.keep_return(&sent_back(1, 1), &[message("请核实")], act("return")).await.unwrap();
    assert_eq!(north.open_return(&round, &unit).await.unwrap(), Some(sent_back(1, 1)));
    let overdue = north.keep_revision(next(2)).await;
    assert!(matches!(overdue, Err(StoreError::RoundMoved)), "{overdue:?}");
    north.keep_return(&sent_back(1, 50), &[message("再延期")], act("return")).await.unwrap();
    north.keep_revision(next(2)).await.unwrap();
    assert_eq!(north.open_return(&round, &unit).await.unwrap(), None, "it was answered");
    let again = north.keep_revision(next(3)).await;
    assert!(matches!(again, Err(StoreError::RoundMoved)), "a return is answered once: {again:?}");

    north.keep_return(&sent_back(2, 50), &[], act("return")).await.unwrap();
    let early = north.accept_revision(&round, &unit, 2, &signatory(), act("accept")).await;
    assert!(matches!(early, Err(StoreError::RoundMoved)), "nobody reviews yet: {early:?}");
    closed.state = RoundState::Reviewing;
    north.change_round(&closed, 2, &signatory(), act("begin-review")).await.unwrap();
    north.accept_revision(&round, &unit, 2, &signatory(), act("accept")).await.unwrap();
    assert_eq!(north.open_return(&round, &unit).await.unwrap(), None, "it was accepted after all");
    assert_eq!(north.returns(&round, &unit).await.unwrap().len(), 3);
    let said: Vec<_> = north.messages(&round, &unit).await.unwrap().into_iter().map(|said| said.text).collect();
    assert_eq!(said, ["请核实", "再延期"]);
}

pub(crate) async fn of_many_decisions_on_an_entry_one_stands(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let (round, unit) = (round_code(), unit_code(UNIT));
    let (one, seal) = entry(true);
    north.keep_review_entry(&one, &seal, act("adjust")).await.unwrap();
    let again = north.keep_review_entry(&one, &seal, act("adjust")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("review entry"))), "{again:?}");
    let decisions = (0..8).map(|number| {
        let north = north.clone();
        let confirmation = if number % 2 == 0 { Confirmation::Confirm } else { Confirmation::Reject };
        let decision = entry_decision(confirmation, None);
        tokio::spawn(async move { north.decide_review_entry(one.id, &decision, act("decide")).await })
    });
    let ended: Vec<_> = join_all(decisions).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(ended.iter().filter(|ended| ended.is_ok()).count(), 1);
    let known = north.review_entries(&round, &unit).await.unwrap();
    assert_eq!((known.len(), &known[0].entry, &known[0].seal), (1, &one, &seal));
    assert!(known[0].decision.is_some());
    assert_eq!(north.review_entries_of_round(&round).await.unwrap()[&unit], known);
    assert_eq!(north.review_entries(&round, &unit_code("station-2")).await.unwrap(), []);
}

pub(crate) async fn a_collective_decision_confirms_all_of_its_entries_or_none(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let (round, unit) = (round_code(), unit_code(UNIT));
    let ((one, seal), (two, _)) = (entry(true), entry(true));
    north.keep_review_entry(&one, &seal, act("adjust")).await.unwrap();
    north.keep_review_entry(&two, &seal, act("adjust")).await.unwrap();
    north.decide_review_entry(two.id, &entry_decision(Confirmation::Reject, None), act("reject")).await.unwrap();

    let both = collective(vec![one.id, two.id]);
    let decision = entry_decision(Confirmation::Confirm, Some(both.id));
    let refused = north.keep_collective_decision(&both, &decision, act("decide")).await;
    assert!(matches!(refused, Err(StoreError::AlreadyThere("decision"))), "{refused:?}");
    assert_eq!(north.collective_decisions(&round).await.unwrap(), []);
    assert_eq!(north.review_entries(&round, &unit).await.unwrap()[0].decision, None);

    let one_only = collective(vec![one.id]);
    let decision = entry_decision(Confirmation::Confirm, Some(one_only.id));
    north.keep_collective_decision(&one_only, &decision, act("decide")).await.unwrap();
    assert_eq!(north.review_entries(&round, &unit).await.unwrap()[0].decision, Some(decision));
    assert_eq!(north.collective_decisions(&round).await.unwrap(), [one_only]);
}

pub(crate) async fn every_scorecard_stays_and_the_first_of_the_same_review_stands(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let (round, unit) = (round_code(), unit_code(UNIT));
    let (review, other) = (Digest::of(b"a review"), Digest::of(b"another"));
    let first = assessment(review, "one");
    let record = samples::evaluation(rubric());
    north.keep_assessment(&round, &first, std::slice::from_ref(&record)).await.unwrap();
    north.keep_assessment(&round, &assessment(review, "two"), &[]).await.unwrap();
    assert_eq!(north.assessment(&round, &unit, 1, rubric(), review).await.unwrap().as_ref(), Some(&first));
    assert_eq!(north.evaluation(record.id).await.unwrap(), Some(record));
    assert_eq!(north.assessment(&round, &unit, 1, rubric(), other).await.unwrap(), None);
    let mut later = assessment(other, "three");
    later.at = time(16);
    north.keep_assessment(&round, &later, &[]).await.unwrap();
    assert_eq!(north.assessments(&round, &unit).await.unwrap(), [first, later]);
    assert_eq!(north.verdicts_of_submission(&round, &unit).await.unwrap().len(), 1, "what was handed in stays");

    let mut of_another = assessment(review, "four");
    of_another.verdict.rubric = Digest::of(b"a rubric that is not in force");
    let kept = north.keep_assessment(&round, &of_another, &[]).await;
    assert!(matches!(kept, Err(StoreError::RoundMoved)), "{kept:?}");
}

pub(crate) async fn a_publication_takes_the_round_with_it_or_is_not_kept(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let settled = samples::settled(rubric());
    north.keep_settlement(&settled, &[], act("settle")).await.unwrap();
    let (round, version) = north.round(&round_code()).await.unwrap().unwrap();
    let mut published = round.clone();
    published.state = RoundState::Published;

    let stale =
        north.keep_publication(&publication(settled.id, false), Some((&published, version + 1)), act("publish")).await;
    assert!(matches!(stale, Err(StoreError::RoundMoved)), "{stale:?}");
    assert_eq!(north.publications(&round_code()).await.unwrap(), []);

    let waiting = publication(settled.id, true);
    north.keep_publication(&waiting, None, act("propose")).await.unwrap();
    let known = north.publications(&round_code()).await.unwrap();
    assert_eq!((known[0].state(), known[0].published_at()), (PublicationState::Waiting, None));
    let decision = PublicationDecision {
        confirmation: Confirmation::Confirm,
        by: signatory(),
        at: time(20),
        reason: "同意".to_owned(),
    };
    north.decide_publication(waiting.id, &decision, Some((&published, version)), act("approve")).await.unwrap();
    let again = north.decide_publication(waiting.id, &decision, None, act("approve")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("decision"))), "{again:?}");
    let known = north.publications(&round_code()).await.unwrap();
    assert_eq!((known[0].state(), known[0].published_at()), (PublicationState::Published, Some(time(20))));
    assert_eq!(north.round(&round_code()).await.unwrap(), Some((published, version + 1)));

    let of_nothing = publication(SettlementId(uuid::Uuid::now_v7()), false);
    let kept = north.keep_publication(&of_nothing, None, act("publish")).await;
    assert!(matches!(kept, Err(StoreError::Missing(_))), "{kept:?}");
}

pub(crate) async fn nothing_of_a_round_that_is_over_changes(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let (round, unit) = (round_code(), unit_code(UNIT));
    let (waits, seal) = entry(true);
    north.keep_review_entry(&waits, &seal, act("adjust")).await.unwrap();
    publish_round(&north).await;
    let contested = appeal(PublicationId(uuid::Uuid::now_v7()), "drills");
    north.keep_appeal(&contested, act("appeal")).await.unwrap();
    let (now, version) = north.round(&round).await.unwrap().unwrap();
    let over = Round { state: RoundState::Final, ..now };
    let early = north.change_round(&over, version, &signatory(), act("finalise")).await;
    assert!(matches!(early, Err(StoreError::RoundMoved)), "an appeal waits: {early:?}");
    let decision = AppealDecision {
        outcome: AppealOutcome::Dismissed,
        reason: "依据充分".to_owned(),
        entries: vec![],
        by: signatory(),
        at: time(17),
    };
    north.decide_appeal(contested.id, &decision, vec![], act("decide-appeal")).await.unwrap();
    north.change_round(&over, version, &signatory(), act("finalise")).await.unwrap();

    let late = [
        north.keep_review_entry(&entry(false).0, &seal, act("adjust")).await,
        north.decide_review_entry(waits.id, &entry_decision(Confirmation::Confirm, None), act("confirm")).await,
        north.keep_return(&sent_back(1, 100), &[], act("return")).await,
        north.accept_revision(&round, &unit, 1, &signatory(), act("accept")).await,
        north.keep_appeal(&appeal(contested.publication, "drills"), act("appeal")).await,
    ];
    for late in late {
        assert!(matches!(late, Err(StoreError::RoundMoved)), "{late:?}");
    }
}

pub(crate) async fn one_appeal_about_a_criterion_waits_at_a_time(memory: &Memory) {
    let north = with_revisions(memory, 1).await;
    let early = north.keep_appeal(&appeal(PublicationId(uuid::Uuid::now_v7()), "drills"), act("appeal")).await;
    assert!(matches!(early, Err(StoreError::RoundMoved)), "nothing is published: {early:?}");
    publish_round(&north).await;
    let (round, unit) = (round_code(), unit_code(UNIT));
    let shown = PublicationId(uuid::Uuid::now_v7());
    let first = appeal(shown, "drills");
    north.keep_appeal(&first, act("appeal")).await.unwrap();
    let twice = north.keep_appeal(&appeal(shown, "drills"), act("appeal")).await;
    assert!(matches!(twice, Err(StoreError::AlreadyThere("appeal"))), "{twice:?}");
    north.keep_appeal(&appeal(shown, "exits"), act("appeal")).await.unwrap();

    let (mut entry, seal) = entry(false);
    entry.appeal = Some(first.id);
    let decision = AppealDecision {
        outcome: AppealOutcome::Upheld,
        reason: "属实".to_owned(),
        entries: vec![entry.id],
        by: signatory(),
        at: time(21),
    };
    let entries = vec![(entry.clone(), seal)];
    north.decide_appeal(first.id, &decision, entries, act("decide-appeal")).await.unwrap();
    let again = north.decide_appeal(first.id, &decision, vec![], act("decide-appeal")).await;
    assert!(matches!(again, Err(StoreError::AlreadyThere("decision"))), "{again:?}");
    assert_eq!(north.review_entries(&round, &unit).await.unwrap()[0].entry, entry);
    north.keep_appeal(&appeal(shown, "drills"), act("appeal")).await.unwrap();
    let known = north.appeals(&round, &unit).await.unwrap();
    assert_eq!(known.iter().map(|one| one.decision.is_some()).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(north.appeals_of_round(&round).await.unwrap(), known);
}
