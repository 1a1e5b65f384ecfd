//! A member hands in a revision.

use domain::rubric::Severity;
use domain::submission::Standing;
use operations::{HandedIn, OperationError, verify_receipt};
use serde_json::json;

use crate::house::{House, answers, explanation, handed, time, with_remark};

#[tokio::test]
async fn a_clean_revision_counts_and_is_scored() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let submitted = station.hand_in(&round, &json!({})).await;
    assert_eq!(submitted.receipt.body.standing, Standing::Accepted);
    assert_eq!(submitted.receipt.body.number, "f1/2024/s1/001");
    assert_eq!(submitted.scorecard.expect("a scorecard").total.to_string(), "73");
    let view = house.office.submission(&station.clerk, &province.code, &round, &station.unit, None).await.expect("it");
    assert_eq!(view.answers, answers(&json!({})));
    assert_eq!(view.envelope.received_on.to_string(), "2025-01-20");
}

#[tokio::test]
async fn a_closed_round_refuses_submissions_and_takes_them_again_once_reopened() {
    use domain::round::RoundAct::{Close, Reopen};
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({})).await;
    let steer = |act| house.office.act_on_round(&province.admin, &province.code, &round, act, "期限已到");
    steer(Close).await.expect("closed");
    assert!(matches!(station.submit(&round, handed(&json!({}))).await, Err(OperationError::RoundClosed)));
    steer(Reopen).await.expect("open");
    assert_eq!(station.hand_in(&round, &json!({})).await.receipt.body.revision, 2);
}

#[tokio::test]
async fn another_host_that_still_believes_the_round_open_finds_it_closed() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let second = house.second_host();
    let submit = || second.submit(&station.clerk, &province.code, &round, &station.unit, handed(&json!({})));
    submit().await.expect("a receipt; the second host now remembers the round");
    let close = domain::round::RoundAct::Close;
    house.office.act_on_round(&province.admin, &province.code, &round, close, "期限已到").await.expect("closed");
    assert!(matches!(submit().await, Err(OperationError::RoundClosed)));
    let reopen = domain::round::RoundAct::Reopen;
    house.office.act_on_round(&province.admin, &province.code, &round, reopen, "延期").await.expect("open");
    submit().await.expect("a receipt: a closed round is not believed");
}

#[tokio::test]
async fn another_host_that_is_told_nothing_judges_by_the_new_rubric_half_a_second_later() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let second = house.second_host();
    let submit = || second.submit(&station.clerk, &province.code, &round, &station.unit, handed(&json!({})));
    let before = submit().await.expect("a receipt").receipt.body.rubric;
    let other = province.admit(&with_remark(rogues::HONEST, "2")).await;
    province.activate(&round, other).await;
    // It was told nothing, and so believes the old one for half a second.
    house.clock.set(time("2025-01-20T08:00:01Z"));
    let after = submit().await.expect("a receipt").receipt.body.rubric;
    assert_ne!(before, other);
    assert_eq!(after, other);
}

#[tokio::test]
async fn a_repeated_key_returns_the_same_receipt_even_when_the_round_is_closed() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let with_key = || HandedIn { key: Some("k-1".to_owned()), ..handed(&json!({ "drills": 0 })) };
    let first = station.submit(&round, with_key()).await.expect("a receipt");
    let close = domain::round::RoundAct::Close;
    house.office.act_on_round(&province.admin, &province.code, &round, close, "期限已到").await.expect("closed");
    house.clock.set(time("2025-02-20T08:00:00Z"));
    let again = station.submit(&round, with_key()).await.expect("the receipt");
    assert!(again.replayed && !first.replayed);
    assert_eq!((again.receipt, again.findings, again.scorecard), (first.receipt, first.findings, first.scorecard));
    let revisions = house.office.revisions(&station.clerk, &province.code, &round, &station.unit).await.expect("them");
    assert_eq!(revisions.len(), 1);
}

#[tokio::test]
async fn a_key_that_came_with_other_content_is_refused() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let with_key = |drills: u32| HandedIn { key: Some("k-1".to_owned()), ..handed(&json!({ "drills": drills })) };
    station.submit(&round, with_key(1)).await.expect("a receipt");
    assert!(matches!(station.submit(&round, with_key(2)).await, Err(OperationError::KeyReused)));
    let neighbour = province.station("s2").await;
    assert!(!neighbour.submit(&round, with_key(2)).await.expect("another's key").replayed);
}

#[tokio::test]
async fn the_same_key_sent_many_times_at_once_gives_one_revision() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let with_key = || HandedIn { key: Some("k-1".to_owned()), ..handed(&json!({})) };
    let all = futures::future::join_all((0..8).map(|_| station.submit(&round, with_key()))).await;
    let receipts: Vec<_> = all.into_iter().map(|submitted| submitted.expect("a receipt").receipt).collect();
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
}

#[tokio::test]
async fn revisions_that_race_are_all_kept_one_after_the_other() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let all = (0..3).map(|drills| station.submit(&round, handed(&json!({ "drills": drills + 1 }))));
    let all = futures::future::join_all(all).await;
    let mut numbers: Vec<u32> =
        all.into_iter().map(|submitted| submitted.expect("a receipt").receipt.body.revision).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3]);
}

#[tokio::test]
async fn a_revision_that_builds_upon_an_old_one_is_told_of_the_newest() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let based_on = |known| HandedIn { based_on: Some(known), ..handed(&json!({})) };
    assert!(matches!(station.submit(&round, based_on(1)).await, Err(OperationError::Stale { current: None })));
    station.submit(&round, based_on(0)).await.expect("the first");
    assert!(matches!(station.submit(&round, based_on(0)).await, Err(OperationError::Stale { current: Some(1) })));
    station.submit(&round, based_on(1)).await.expect("the second");
}

#[tokio::test]
async fn a_blocked_revision_is_kept_and_does_not_count() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let blocked = station.hand_in(&round, &json!({ "extinguishers": -1 })).await;
    assert_eq!(blocked.receipt.body.standing, Standing::Blocked);
    assert_eq!(blocked.receipt.body.errors, 1);
    assert_eq!(blocked.findings[0].severity, Severity::Error);
    let wall = house.office.progress(&province.admin, &province.code, &round).await.expect("the wall");
    assert_eq!((wall.expected, wall.accepted, wall.blocked, wall.missing), (1, 0, 1, 0));
    let job = house.office.ask_settle(&province.admin, &province.code, &round).await.expect("a job");
    let ended = province.finish(job).await;
    assert_eq!(ended.state, domain::job::JobState::Failed);
    let said = operations::job_message(&ended);
    assert!(said.zh.contains("尚无计入") && said.en.contains("nothing to settle"), "{said:?}");
}

#[tokio::test]
async fn an_explained_warning_is_accepted_and_an_unexplained_one_is_not() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let silent = station.hand_in(&round, &json!({ "drills": 0 })).await;
    assert_eq!(silent.receipt.body.standing, Standing::Blocked);
    let explained = HandedIn { explanations: vec![explanation("no-drill")], ..handed(&json!({ "drills": 0 })) };
    let explained = station.submit(&round, explained).await.expect("a receipt");
    assert_eq!(explained.receipt.body.standing, Standing::Accepted);
    assert_eq!((explained.receipt.body.warnings, explained.receipt.body.warnings_explained), (1, 1));
}

#[tokio::test]
async fn an_explanation_of_a_check_that_does_not_exist_is_refused_with_its_place() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let explained = HandedIn { explanations: vec![explanation("no-such-check")], ..handed(&json!({})) };
    let Err(OperationError::Invalid(problems)) = station.submit(&round, explained).await else { panic!("accepted") };
    assert_eq!((problems[0].pointer.as_str(), problems[0].code), ("/explanations/0/check", "unknown-check"));
}

#[tokio::test]
async fn answers_that_do_not_fit_the_form_are_refused_and_not_kept() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let refused = station.submit(&round, handed(&json!({ "rooms": 0, "drills": "two", "spare": 1 }))).await;
    let Err(OperationError::Invalid(problems)) = refused else { panic!("accepted") };
    let mut places: Vec<&str> = problems.iter().map(|problem| problem.pointer.as_str()).collect();
    places.sort_unstable();
    assert_eq!(places, ["/drills", "/rooms", "/spare"]);
    let nothing = house.office.submission(&station.clerk, &province.code, &round, &station.unit, None).await;
    assert!(matches!(nothing, Err(OperationError::Missing("revision"))));
}

#[tokio::test]
async fn a_late_revision_is_taken_with_its_hours() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    house.clock.set(time("2025-02-01T16:00:01Z"));
    let late = station.hand_in(&round, &json!({})).await;
    assert_eq!(late.receipt.body.hours_late, 25);
    let view = house.office.submission(&station.clerk, &province.code, &round, &station.unit, None).await.expect("it");
    assert_eq!(view.envelope.received_on.to_string(), "2025-02-02", "the day where the house is");
}

#[tokio::test]
async fn a_receipt_verifies_off_line_and_a_changed_one_does_not() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let receipt = station.hand_in(&round, &json!({})).await.receipt;
    let key = house.office.receipt_key();
    verify_receipt(&receipt, key).expect("genuine");
    let sent = serde_json::to_string(&receipt).expect("JSON");
    verify_receipt(&serde_json::from_str(&sent).expect("a receipt"), key).expect("genuine after a journey");
    let mut changed = receipt.clone();
    changed.body.warnings += 1;
    verify_receipt(&changed, key).expect_err("changed");
    let stranger = operations::Signer::from_secret(&[8; 32]);
    verify_receipt(&receipt, stranger.public_key()).expect_err("another host's key");
}

#[tokio::test]
async fn a_plugin_fault_costs_its_own_call_and_is_recorded() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let liar = province.admit(&rogues::component(rogues::Rogue::LiesAboutTotal)).await;
    let round = province.open("2024", liar).await;
    let station = province.station("s1").await;
    let fault = station.submit(&round, handed(&json!({}))).await.expect_err("a lie");
    assert_eq!((fault.code(), fault.whose()), ("lied", operations::Whose::Plugin));
    let nothing = house.office.submission(&station.clerk, &province.code, &round, &station.unit, None).await;
    assert!(matches!(nothing, Err(OperationError::Missing("revision"))));
    let all = house.office.evaluations(&province.admin, &province.code, None, 500).await.expect("them");
    let faulted: Vec<_> = all
        .iter()
        .filter(|evaluation| matches!(evaluation.run.outcome, domain::evaluation::Outcome::Faulted(_)))
        .collect();
    assert_eq!(faulted.len(), 1);
    let replayed = house.office.replay(&province.admin, &province.code, faulted[0].id).await.expect("a replay");
    assert!(replayed.equal, "the same lie");
}

#[tokio::test]
async fn a_pre_check_says_what_handing_in_would_and_keeps_nothing() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let (office, code, unit) = (&house.office, &province.code, &station.unit);
    let before = office.evaluations(&province.admin, code, None, 500).await.expect("them").len();
    let tried =
        office.pre_check(&station.clerk, code, &round, unit, answers(&json!({ "drills": 0 }))).await.expect("it");
    let pack = office.pre_check_pack(&station.clerk, code, &round, unit).await.expect("a pack");
    assert_eq!(office.evaluations(&province.admin, code, None, 500).await.expect("them").len(), before);
    let submitted = station.hand_in(&round, &json!({ "drills": 0 })).await;
    assert_eq!(tried.standing, submitted.receipt.body.standing);
    assert_eq!((tried.findings, tried.scorecard), (submitted.findings, submitted.scorecard));
    let view = office.submission(&station.clerk, code, &round, unit, None).await.expect("it");
    assert_eq!((pack.envelope, pack.rubric), (view.envelope, view.receipt.body.rubric));
}
