//! A reviewed round: by what day something may still be done, who may not decide about themselves, and what settling makes of it.

use domain::appeal::{AppealOutcome, KnownAppeal};
use domain::ids::{ReviewEntryId, RoundCode};
use domain::points::Points;
use domain::review_entry::{Confirmation, EntryState};
use domain::round::{RoundAct, RoundPolicy, RoundState};
use domain::submission_return::{ReturnItem, ReturnReason};
use operations::{
    NewAcceptance, NewAppeal, NewAppealDecision, NewConfirmation, NewPublication, NewReturn, NewReviewAct,
    NewReviewEntry, NewRound, OperationError, OwnStanding, ReviewEntryView, verify_review_entry,
};
use serde_json::json;

use crate::house::{House, Province, Station, handed, new_round, time, with_remark};

const REVIEWED: fn() -> RoundPolicy = || RoundPolicy { review: true, ..RoundPolicy::default() };

async fn reviewed(province: &Province<'_>, policy: RoundPolicy) -> RoundCode {
    let rubric = province.admit(rogues::HONEST).await;
    let new = NewRound { policy, ..new_round("2024", rubric) };
    province.house.office.open_round(&province.admin, &province.code, new).await.expect("a round").code
}

impl Province<'_> {
    async fn accept(&self, round: &RoundCode, station: &Station<'_>, revision: u32) {
        let new = NewAcceptance { revision, note: String::new() };
        let office = &self.house.office;
        office.accept_submission(&self.admin, &self.code, round, &station.unit, new).await.expect("accepted");
    }

    async fn adjust(&self, round: &RoundCode, station: &Station<'_>, points: i64) -> ReviewEntryView {
        let (criterion, points) = ("exits".to_owned(), Points::from_thousandths(points));
        let act = NewReviewAct::AdjustPoints { criterion, points };
        let new = NewReviewEntry { revision: 1, act, reason: "现场核查".to_owned(), evidence: vec![] };
        let office = &self.house.office;
        office.add_review_entry(&self.admin, &self.code, round, &station.unit, new, None).await.expect("an entry")
    }

    async fn steer(&self, round: &RoundCode, act: RoundAct) -> Result<RoundState, OperationError> {
        let office = &self.house.office;
        Ok(office.act_on_round(&self.admin, &self.code, round, act, "按计划").await?.state)
    }

    async fn publish(&self, round: &RoundCode) {
        self.settle(round).await;
        let new = NewPublication { settlement: None, reason: "评审结束".to_owned() };
        self.house.office.publish(&self.admin, &self.code, round, new, None).await.expect("published");
    }
}

impl Station<'_> {
    async fn appeal(&self, round: &RoundCode, criterion: &str) -> Result<domain::appeal::Appeal, OperationError> {
        let new = NewAppeal { criterion: criterion.to_owned(), grounds: "已整改".to_owned(), evidence: vec![] };
        let office = &self.province.house.office;
        office.appeal(&self.clerk, &self.province.code, round, &self.unit, new).await
    }

    async fn standing(&self, round: &RoundCode) -> OwnStanding {
        let office = &self.province.house.office;
        office.standing(&self.clerk, &self.province.code, round, &self.unit).await.expect("a standing")
    }
}

fn withdraw(entry: ReviewEntryId) -> NewAppealDecision {
    let acts = vec![NewReviewAct::Withdraw { entry }];
    NewAppealDecision { outcome: AppealOutcome::Upheld, reason: "属实".to_owned(), acts }
}

fn code<T: std::fmt::Debug>(refused: Result<T, OperationError>) -> String {
    refused.expect_err("it is refused").code().to_owned()
}

#[tokio::test]
async fn members_appeal_until_the_last_second_of_their_days_and_not_after() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = reviewed(&province, RoundPolicy { appeal_days: 3, ..REVIEWED() }).await;
    let (one, two) = (province.station("s1").await, province.station("s2").await);
    for station in [&one, &two] {
        station.hand_in(&round, &json!({})).await;
        province.accept(&round, station, 1).await;
    }
    let entry = province.adjust(&round, &one, -20_000).await;
    province.steer(&round, RoundAct::Close).await.expect("closed");
    province.steer(&round, RoundAct::BeginReview).await.expect("under review");
    house.clock.set(time("2025-03-01T02:00:00Z"));
    province.publish(&round).await;

    house.clock.set(time("2025-03-04T02:00:00Z"));
    let appeal = one.appeal(&round, "exits").await.expect("in time");
    house.clock.set(time("2025-03-04T02:00:01Z"));
    assert_eq!(code(one.appeal(&round, "extinguishers").await), "appeal-too-late");
    assert_eq!(code(province.steer(&round, RoundAct::Finalise).await), "appeals-wait");

    // The decision changes one member's points: that one, and nobody else, may appeal against the new ones.
    let before = one.standing(&round).await.total;
    let decided = house.office.decide_appeal(
        &province.admin,
        &province.code,
        &round,
        &one.unit,
        appeal.id,
        withdraw(entry.entry.id),
    );
    let KnownAppeal { decision, .. } = decided.await.expect("decided");
    assert_eq!(decision.expect("a decision").entries.len(), 1);
    assert_eq!(one.standing(&round).await.total, before, "nothing changes before it is published");
    house.clock.set(time("2025-03-10T02:00:00Z"));
    province.publish(&round).await;
    assert!(one.standing(&round).await.total > before);
    assert_eq!(one.standing(&round).await.total, two.standing(&round).await.total);
    assert_eq!(code(two.appeal(&round, "exits").await), "appeal-too-late");
    one.appeal(&round, "exits").await.expect("its points are new");
    assert_eq!(code(province.steer(&round, RoundAct::Finalise).await), "appeals-wait");
}

#[tokio::test]
async fn a_return_is_answered_until_it_is_due_whatever_the_round_takes() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = reviewed(&province, REVIEWED()).await;
    let station = province.station("s1").await;
    house.clock.set(time("2025-01-31T18:30:00Z"));
    let late = station.hand_in(&round, &json!({})).await;
    assert_eq!(late.receipt.body.hours_late, 3);
    province.steer(&round, RoundAct::Close).await.expect("closed");
    let back = |revision: u32| {
        let items =
            vec![ReturnItem { at: "/drills".to_owned(), reason: ReturnReason::Wrong, text: "请核实".to_owned() }];
        let new = NewReturn { revision, due_at: time("2025-02-10T00:00:00Z"), items };
        house.office.return_submission(&province.admin, &province.code, &round, &station.unit, new, None)
    };
    back(1).await.expect("sent back");
    house.clock.set(time("2025-02-10T00:00:00Z"));
    let answered = station.hand_in(&round, &json!({"drills": 3})).await;
    assert_eq!(answered.receipt.body.hours_late, 3, "who was late stays late, and the review's time is not counted");

    house.clock.set(time("2025-02-09T00:00:00Z"));
    back(2).await.expect("sent back again");
    house.clock.set(time("2025-02-10T00:00:01Z"));
    assert_eq!(code(station.submit(&round, handed(&json!({}))).await), "round-closed");
    assert_eq!(code(back(2).await), "invalid", "a new date lies in the future");
}

#[tokio::test]
async fn where_two_persons_decide_nobody_decides_an_appeal_about_their_own_entry() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = reviewed(&province, RoundPolicy { two_person_review: true, ..REVIEWED() }).await;
    let (station, approver) = (province.station("s1").await, province.approver("分管领导").await);
    station.hand_in(&round, &json!({})).await;
    province.accept(&round, &station, 1).await;
    let entry = province.adjust(&round, &station, -10_000).await;
    assert_eq!(entry.state, EntryState::Waiting);
    let confirm = |id: ReviewEntryId| {
        let new = NewConfirmation { decision: Confirmation::Confirm, reason: "同意".to_owned() };
        house.office.decide_review_entry(&approver, &province.code, &round, &station.unit, id, new)
    };
    confirm(entry.entry.id).await.expect("confirmed");
    province.steer(&round, RoundAct::Close).await.expect("closed");
    province.steer(&round, RoundAct::BeginReview).await.expect("under review");
    province.settle(&round).await;
    // The round's own step publishes, too, and waits for the second person all the same.
    assert_eq!(province.steer(&round, RoundAct::Publish).await.expect("proposed"), RoundState::Reviewing);
    let waiting = house.office.publications(&province.admin, &province.code, &round).await.expect("a list");
    let new = NewConfirmation { decision: Confirmation::Confirm, reason: "同意".to_owned() };
    let id = waiting[0].publication.id;
    house.office.decide_publication(&approver, &province.code, &round, id, new).await.expect("published");

    let appeal = station.appeal(&round, "exits").await.expect("an appeal");
    let decide = |caller: domain::access::Caller| {
        let (office, round, province, unit) = (&house.office, &round, &province, &station.unit);
        async move { office.decide_appeal(&caller, &province.code, round, unit, appeal.id, withdraw(entry.entry.id)).await }
    };
    assert_eq!(code(decide(province.admin.clone()).await), "not-a-second-person");
    let decided = decide(approver.clone()).await.expect("decided");
    let carries_out = decided.decision.expect("a decision").entries[0];
    let review = house.office.review(&province.admin, &province.code, &round, &station.unit).await.expect("a review");
    assert_eq!(review.entries.last().map(|view| view.state), Some(EntryState::Waiting));
    assert_eq!(
        code(confirm(carries_out).await),
        "not-a-second-person",
        "what carries it out needs another person, too"
    );
}

#[tokio::test]
async fn what_reviewers_decided_goes_on_under_another_rubric_and_every_entry_is_verified_off_line() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = reviewed(&province, REVIEWED()).await;
    let (one, two) = (province.station("s1").await, province.station("s2").await);
    for station in [&one, &two] {
        station.hand_in(&round, &json!({})).await;
        province.accept(&round, station, 1).await;
    }
    let view = province.adjust(&round, &one, -12_000).await;
    let key = house.office.receipt_key();
    verify_review_entry(&view.entry, &view.seal, &province.code, key).expect("genuine");
    let mut tampered = view.entry.clone();
    tampered.reason.push('！');
    verify_review_entry(&tampered, &view.seal, &province.code, key).expect_err("it was changed");

    province.settle(&round).await;
    let totals = async || {
        let ranking = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
        let mut members = ranking.cohorts[0].members.clone();
        members.sort_by(|one, other| one.unit.cmp(&other.unit));
        members.into_iter().map(|member| member.total).collect::<Vec<_>>()
    };
    let before = totals().await;
    assert!(before[0] < before[1]);
    // Another release that behaves alike: the trial, which judges with what reviewers decided, finds that nobody's total changes.
    let other = province.admit(&with_remark(rogues::HONEST, "remark")).await;
    province.activate(&round, other).await;
    province.settle(&round).await;
    assert_eq!(totals().await, before);
    let versions = house.office.scorecard_versions(&province.admin, &province.code, &round, &one.unit).await;
    let versions = versions.expect("the versions");
    assert_eq!(versions.iter().filter(|version| version.review.is_some()).count(), 2, "one under each rubric");
    province.roll_up(&round).await;
    let rolled_up = house.office.roll_up(&province.admin, &province.code, &round).await.expect("a roll-up");
    assert_eq!(rolled_up.roll_up.totals, before);
}
