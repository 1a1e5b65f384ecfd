//! A round goes on with another release, and back; a release that fails too often, and one that nothing uses.

use domain::access::Role;
use domain::activation::{ActivationState, PinnedBy};
use domain::digest::Digest;
use domain::ids::{ActivationId, RoundCode};
use domain::quarantine::QuarantinePolicy;
use domain::round::RoundAct;
use operations::{NewDecision, NewLifting, NewProposal, NewRollback, NewWithdrawal, OperationError, Verdict};
use serde_json::json;

use crate::house::{House, Province, handed, new_token, time, with_remark};

fn decision(decision: Verdict) -> NewDecision {
    NewDecision { decision, reason: "研究决定".to_owned() }
}

fn back() -> NewRollback {
    NewRollback { leaving: None, reason: "发现问题".to_owned() }
}

async fn in_force(province: &Province<'_>, round: &RoundCode) -> Digest {
    province.house.office.round(&province.admin, &province.code, round).await.expect("the round").round.rubric
}

/// A round with one revision that counts, and a release that may take the place of its rubric.
async fn round_and_candidate(province: &Province<'_>) -> (RoundCode, Digest) {
    let round = province.round().await;
    province.station("s1").await.hand_in(&round, &json!({})).await;
    (round, province.admit(&with_remark(rogues::HONEST, "2")).await)
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, OperationError>) -> String {
    outcome.expect_err("it is not possible").code().to_owned()
}

#[tokio::test]
async fn nobody_approves_what_they_uploaded_or_proposed_nor_does_a_token_that_they_issued() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, candidate) = round_and_candidate(&province).await;
    let proposal = province.propose(&round, candidate).await;
    let decide =
        |caller| house.office.decide_activation(caller, &province.code, &round, proposal, decision(Verdict::Approve));
    assert_eq!(code_of(decide(&province.admin).await), "not-a-second-person");
    let new = new_token(Role::Approver, None, "另一人");
    let token = house.office.issue_token(&province.admin, &province.code, new).await.expect("a token");
    let puppet = house.office.caller(&token.secret).await.expect("an approver");
    assert_eq!(code_of(decide(&puppet).await), "second-person-issued-by-first");
    let namesake = province.approver(&province.admin.label).await;
    assert_eq!(code_of(decide(&namesake).await), "not-a-second-person", "one label is one person");
    assert_ne!(in_force(&province, &round).await, candidate);

    let approved = province.approve(&round, proposal).await;
    assert_eq!(approved.state, ActivationState::Approved);
    assert_eq!(in_force(&province, &round).await, candidate);
    assert_eq!(code_of(decide(&province.approver("第三人").await).await), "activation-decided");
}

#[tokio::test]
async fn a_proposal_names_a_trial_of_that_release_on_that_round_and_a_reason() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, candidate) = round_and_candidate(&province).await;
    let other = province.admit(&with_remark(rogues::HONEST, "3")).await;
    let trial = province.try_release(&round, candidate).await;
    let propose = |release, reason: &str| {
        let new = NewProposal { release, trial, reason: reason.to_owned() };
        house.office.propose_activation(&province.admin, &province.code, &round, new)
    };
    for (release, reason, pointer) in
        [(other, "修订", "/trial"), (Digest::of(b"nothing"), "修订", "/release"), (candidate, " ", "/reason")]
    {
        let refused = propose(release, reason).await;
        let Err(OperationError::Invalid(problems)) = refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].pointer, pointer);
    }
    propose(candidate, "修订").await.expect("a proposal");
}

#[tokio::test]
async fn what_was_proposed_is_rejected_or_overtaken_by_another_activation_and_then_stays_so() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, candidate) = round_and_candidate(&province).await;
    let other = province.admit(&with_remark(rogues::HONEST, "3")).await;
    let (rejected, overtaken) = (province.propose(&round, candidate).await, province.propose(&round, other).await);
    let reject = decision(Verdict::Reject);
    house
        .office
        .decide_activation(&province.admin, &province.code, &round, rejected, reject)
        .await
        .expect("taken back");
    let winner = province.propose(&round, candidate).await;
    province.approve(&round, winner).await;
    let state = async |id: ActivationId| {
        house.office.activation(&province.admin, &province.code, &round, id).await.expect("a proposal").state
    };
    assert_eq!(state(rejected).await, ActivationState::Rejected);
    assert_eq!(state(overtaken).await, ActivationState::Overtaken);
    assert_eq!(state(winner).await, ActivationState::Approved);
}

#[tokio::test]
async fn a_rollback_is_the_same_act_backwards_and_both_stand_in_the_history() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, candidate) = round_and_candidate(&province).await;
    let first = in_force(&province, &round).await;
    let roll_back = || house.office.roll_back(&province.admin, &province.code, &round, back());
    assert_eq!(code_of(roll_back().await), "nothing-to-roll-back");
    province.activate(&round, candidate).await;
    house.clock.set(time("2025-01-20T08:01:00Z"));
    let swap = roll_back().await.expect("back");
    assert_eq!((swap.replaces, swap.release), (candidate, first));
    assert_eq!(in_force(&province, &round).await, first);
    assert_eq!(code_of(roll_back().await), "nothing-to-roll-back", "twice goes back no further than the opening");
    let pins = house.office.pins(&province.admin, &province.code, &round).await.expect("the history");
    let rubrics: Vec<(Digest, PinnedBy)> = pins
        .iter()
        .filter(|pin| pin.kind == domain::release::PluginKind::Rubric)
        .map(|pin| (pin.release, pin.by))
        .collect();
    let expected = [(first, PinnedBy::Opening), (candidate, PinnedBy::Activation), (first, PinnedBy::Rollback)];
    assert_eq!(rubrics, expected);
    let told = house.office.notices(&province.admin, &province.code, None, 10).await.expect("notices");
    let codes: Vec<&str> = told.iter().map(|notice| notice.code.as_str()).collect();
    assert_eq!(codes, ["release-rolled-back", "release-activated"]);
    for notice in told {
        assert!(!notice.message.zh.starts_with("notice-") && !notice.message.en.starts_with("notice-"));
    }
}

#[tokio::test]
async fn a_round_that_was_ever_closed_keeps_its_releases_also_once_it_is_open_again() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, candidate) = round_and_candidate(&province).await;
    let waiting = province.propose(&round, candidate).await;
    for act in [RoundAct::Close, RoundAct::Reopen] {
        house.office.act_on_round(&province.admin, &province.code, &round, act, "延期").await.expect("done");
    }
    let approver = province.approver("分管领导").await;
    let approve = decision(Verdict::Approve);
    let decided = house.office.decide_activation(&approver, &province.code, &round, waiting, approve).await;
    assert_eq!(code_of(decided), "activation-decided", "closing overtook it");
    let trial = province.try_release(&round, candidate).await;
    let new = NewProposal { release: candidate, trial, reason: "修订".to_owned() };
    let proposed = house.office.propose_activation(&province.admin, &province.code, &round, new).await;
    assert_eq!(code_of(proposed), "round-keeps-releases");
}

#[tokio::test]
async fn a_release_that_fails_on_too_many_inputs_is_out_of_use_until_somebody_lifts_that() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let trap = province.admit(&rogues::component(rogues::Rogue::Traps)).await;
    let (bad, good) = (province.open("2024", trap).await, province.admit(rogues::HONEST).await);
    let good = province.open("2025", good).await;
    let policy = QuarantinePolicy { faults_max: 2, window_seconds: 600 };
    house.office.set_quarantine_policy(&province.admin, &province.code, policy).await.expect("set");
    let station = province.station("s1").await;
    for _ in 0..4 {
        let failed = station.submit(&bad, handed(&json!({ "minutes": 1 }))).await;
        assert!(matches!(failed, Err(OperationError::PluginFault { .. })), "one input again and again: {failed:?}");
    }
    let mut codes = Vec::new();
    for minutes in 2..6 {
        codes.push(code_of(station.submit(&bad, handed(&json!({ "minutes": minutes }))).await));
    }
    assert_eq!(codes.last().map(String::as_str), Some("release-quarantined"), "{codes:?}");
    station.hand_in(&good, &json!({})).await;
    let told = house.office.notices(&province.admin, &province.code, None, 10).await.expect("notices");
    assert_eq!(told.iter().filter(|notice| notice.code == "release-quarantined").count(), 1);

    house.clock.set(time("2025-01-20T08:01:00Z"));
    let lift = || {
        let why = NewLifting { reason: "已核实".to_owned() };
        house.office.lift_quarantine(&province.admin, &province.code, trap, why)
    };
    assert!(lift().await.expect("lifted").lifted.is_some());
    assert_eq!(code_of(lift().await), "not-in-quarantine");
    house.clock.set(time("2025-01-20T08:02:00Z"));
    let failed = station.submit(&bad, handed(&json!({ "minutes": 9 }))).await;
    assert!(matches!(failed, Err(OperationError::PluginFault { .. })), "it is used again: {failed:?}");
    assert_eq!(house.office.quarantines(&province.admin, &province.code, trap).await.expect("them").len(), 1);
}

#[tokio::test]
async fn a_release_is_withdrawn_only_where_no_round_has_or_had_it() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (round, candidate) = round_and_candidate(&province).await;
    let used = in_force(&province, &round).await;
    let withdraw = |release| {
        let why = NewWithdrawal { reason: "不再需要".to_owned() };
        house.office.withdraw_release(&province.admin, &province.code, release, why)
    };
    assert_eq!(code_of(withdraw(used).await), "release-in-use");
    let trial = province.try_release(&round, candidate).await;
    withdraw(candidate).await.expect("withdrawn");
    assert_eq!(code_of(withdraw(candidate).await), "release-withdrawn");
    let new = NewProposal { release: candidate, trial, reason: "修订".to_owned() };
    let proposed = house.office.propose_activation(&province.admin, &province.code, &round, new).await;
    assert_eq!(code_of(proposed), "release-withdrawn");
}
