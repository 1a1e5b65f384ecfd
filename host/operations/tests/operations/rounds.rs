//! Rounds are opened, steered and given another rubric.

use domain::activation::ActivationState;
use domain::digest::Digest;
use domain::round::{Exemption, RoundAct, RoundPolicy, RoundState};
use operations::{NewRound, OperationError};
use serde_json::json;

use crate::house::{House, handed, new_round, station, with_remark};

#[tokio::test]
async fn a_round_wants_releases_that_are_what_they_are_taken_for() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let (rubric, report) = (province.admit(rogues::HONEST).await, province.admit(rogues::HONEST_CIRCULAR).await);
    let unknown = Digest::of(b"nothing");
    let exemptions = vec![Exemption { unit: "nobody".parse().expect("a code"), reason: String::new() }];
    let wrong = NewRound {
        title: String::new(),
        reports: vec![rubric, unknown, report, report],
        exemptions,
        ..new_round("2024", report)
    };
    let refused = house.office.open_round(&province.admin, &province.code, wrong).await;
    let Err(OperationError::Invalid(problems)) = refused else { panic!("{refused:?}") };
    let mut found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
    found.sort_unstable();
    let expected = [
        ("/exemptions/0/reason", "empty"),
        ("/exemptions/0/unit", "unknown-unit"),
        ("/reports/0", "not-a-report"),
        ("/reports/1", "unknown-release"),
        ("/reports/3", "repeated"),
        ("/rubric", "not-a-rubric"),
        ("/title", "empty"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_code_is_used_for_one_round_only() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let rubric = province.admit(rogues::HONEST).await;
    province.open("2024", rubric).await;
    let again = house.office.open_round(&province.admin, &province.code, new_round("2024", rubric)).await;
    assert!(matches!(again, Err(OperationError::AlreadyThere("round"))));
}

#[tokio::test]
async fn a_round_is_closed_once_and_only_for_a_reason() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let act = |act, reason| house.office.act_on_round(&province.admin, &province.code, &round, act, reason);
    assert!(matches!(act(RoundAct::Close, " ").await, Err(OperationError::Invalid(_))));
    assert_eq!(act(RoundAct::Close, "期限已到").await.expect("closed").state, RoundState::Closed);
    assert!(matches!(act(RoundAct::Close, "再关").await, Err(OperationError::RoundStep(_))));
    assert!(matches!(act(RoundAct::Submit, "不可").await, Err(OperationError::RoundStep(_))));
    let unsettled = act(RoundAct::Publish, "公布").await;
    assert!(matches!(unsettled, Err(OperationError::NotPossible { code: "not-settled" })), "{unsettled:?}");
}

#[tokio::test]
async fn a_planned_round_takes_nothing_until_it_is_opened() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let rubric = province.admit(rogues::HONEST).await;
    let policy = RoundPolicy { reminders: vec![1, 1], ..RoundPolicy::default() };
    let opens_at = Some(crate::house::time("2025-01-30T00:00:00Z"));
    let wrong =
        NewRound { opens_at: Some(crate::house::time("2025-02-28T00:00:00Z")), policy, ..new_round("p", rubric) };
    let refused = house.office.open_round(&province.admin, &province.code, wrong).await;
    let Err(OperationError::Invalid(problems)) = refused else { panic!("{refused:?}") };
    let found: Vec<_> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
    assert_eq!(found, [("/opens_at", "opens-after-it-is-due"), ("/policy/reminders", "repeated")]);

    let new = NewRound { opens_at, ..new_round("2024", rubric) };
    let round = house.office.open_round(&province.admin, &province.code, new).await.expect("planned");
    assert_eq!(round.state, RoundState::Planned);
    let station = province.station("s1").await;
    let refused = station.submit(&round.code, handed(&json!({}))).await;
    assert!(matches!(&refused, Err(OperationError::RoundStep(not_now)) if not_now.possible.contains(&RoundAct::Open)));
    let opened = house.office.act_on_round(&province.admin, &province.code, &round.code, RoundAct::Open, "提前开启");
    assert_eq!(opened.await.expect("open").state, RoundState::Open);
    station.submit(&round.code, handed(&json!({}))).await.expect("a receipt");
}

#[tokio::test]
async fn a_unit_that_has_no_part_in_the_round_cannot_hand_in() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let mut gone = station("gone");
    gone.valid_to = Some(crate::house::day("2024-06-30"));
    let mut office = station("office");
    office.reports = false;
    let later = {
        let mut later = station("later");
        later.valid_from = crate::house::day("2025-01-01");
        later
    };
    province.register(vec![gone, office, later]).await.expect("registered");
    for code in ["gone", "office", "later"] {
        let refused = province.clerk_of(code).await.submit(&round, handed(&json!({}))).await;
        assert!(matches!(refused, Err(OperationError::NotPossible { code: "unit-not-in-round" })), "{code}");
    }
}

#[tokio::test]
async fn submissions_go_on_while_the_rubric_is_replaced_and_every_receipt_names_the_one_that_judged() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let before = house.office.round(&province.admin, &province.code, &round).await.expect("it").round.rubric;
    let after = province.admit(&with_remark(rogues::HONEST, "2")).await;
    let mut stations = Vec::new();
    for number in 0..12 {
        stations.push(province.station(&format!("s{number}")).await);
    }
    stations[0].hand_in(&round, &json!({})).await;
    let proposal = province.propose(&round, after).await;
    let submits = stations.iter().map(|station| station.submit(&round, handed(&json!({}))));
    let submits = futures::future::join_all(submits);
    let (submitted, approved) = tokio::join!(submits, province.approve(&round, proposal));
    assert_eq!(approved.state, ActivationState::Approved);
    for submitted in submitted {
        let rubric = submitted.expect("no request notices the swap").receipt.body.rubric;
        assert!(rubric == before || rubric == after);
    }
    assert_eq!(stations[0].hand_in(&round, &json!({})).await.receipt.body.rubric, after);
}
