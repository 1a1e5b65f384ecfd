//! A round is settled: everybody is ranked, and settling again changes nothing.

use domain::explanation::Stage;
use domain::job::JobState;
use operations::{NewRound, OperationError, Ranking};
use serde_json::json;

use crate::house::{House, attribute, new_round, station, with_remark};

fn order(ranking: &Ranking) -> Vec<(u32, String, String)> {
    let members = ranking.cohorts.iter().flat_map(|cohort| &cohort.members);
    members.map(|member| (member.rank, member.unit.to_string(), member.total.to_string())).collect()
}

#[tokio::test]
async fn everybody_is_ranked_and_a_member_sees_its_own_rank_and_the_median() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let slow = province.station("slow").await;
    slow.hand_in(&round, &json!({ "minutes": 80 })).await;
    province.station("fast").await.hand_in(&round, &json!({ "minutes": 20 })).await;
    province.station("lost").await.hand_in(&round, &json!({ "rooms": 40, "extinguishers": 0 })).await;
    province.settle(&round).await;
    let ranking = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
    let expected = [(1, "fast", "93"), (2, "slow", "78"), (3, "lost", "53")];
    let expected: Vec<_> =
        expected.iter().map(|(rank, unit, total)| (*rank, (*unit).to_owned(), (*total).to_owned())).collect();
    assert_eq!(order(&ranking), expected);
    for member in &ranking.cohorts[0].members {
        let response = member.lines.iter().find(|line| line.criterion == "response").expect("its line");
        assert_eq!(member.unit_total + response.points, member.total, "the cohort pass adds what its column says");
    }
    let own = house.office.standing(&slow.clerk, &province.code, &round, &slow.unit).await.expect("its standing");
    assert_eq!((own.rank, own.ranked, own.median.to_string().as_str()), (2, 3, "78"));
    let explained =
        house.office.scorecard(&slow.clerk, &province.code, &round, &slow.unit, None).await.expect("a scorecard");
    assert_eq!((explained.stage, explained.rank, explained.total), (Stage::Settled, Some(2), own.total));
    let response = explained.criteria.iter().find(|criterion| criterion.id == "response").expect("the criterion");
    let line = response.cohort.as_ref().expect("the cohort pass's line");
    assert_eq!(
        (line.points.to_string(), line.own.expect("its measure").to_string()),
        ("5".to_owned(), "8.0".to_owned())
    );
}

#[tokio::test]
async fn settle_is_repeatable() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    for (code, minutes) in [("a", 30), ("b", 50), ("c", 40)] {
        province.station(code).await.hand_in(&round, &json!({ "minutes": minutes })).await;
    }
    province.settle(&round).await;
    let first = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
    house.clock.set(crate::house::time("2025-01-21T08:00:00Z"));
    province.settle(&round).await;
    let second = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
    assert_ne!(first.id, second.id, "each settlement is kept");
    assert_eq!(first.cohorts, second.cohorts);
    let all = house.office.settlements(&province.admin, &province.code, &round).await.expect("them");
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn only_the_newest_accepted_revision_is_settled() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({ "volunteers": 1 })).await;
    station.hand_in(&round, &json!({ "volunteers": 2 })).await;
    station.hand_in(&round, &json!({ "volunteers": 5, "extinguishers": -1 })).await;
    province.settle(&round).await;
    let ranking = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
    assert_eq!(ranking.cohorts[0].members[0].revision, 2);
}

#[tokio::test]
async fn cohorts_are_settled_apart() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let rubric = province.admit(rogues::HONEST).await;
    let new = NewRound { cohort_by: Some("size".to_owned()), ..new_round("2024", rubric) };
    let round = house.office.open_round(&province.admin, &province.code, new).await.expect("a round").code;
    let mut units = ["big1", "big2", "small", "odd"].map(station).to_vec();
    units[0].attributes = vec![attribute("size", "大")];
    units[1].attributes = vec![attribute("size", "大")];
    units[2].attributes = vec![attribute("size", "小")];
    province.register(units).await.expect("registered");
    for (code, minutes) in [("big1", 20), ("big2", 40), ("small", 80), ("odd", 60)] {
        province.clerk_of(code).await.hand_in(&round, &json!({ "minutes": minutes })).await;
    }
    province.settle(&round).await;
    let ranking = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
    let named: Vec<(&str, usize)> =
        ranking.cohorts.iter().map(|cohort| (cohort.name.as_str(), cohort.members.len())).collect();
    assert_eq!(named, [("—", 1), ("大", 2), ("小", 1)]);
    let small = &ranking.cohorts[2].members[0];
    assert_eq!((small.rank, small.total.to_string().as_str()), (1, "93"), "the fastest of its own cohort");
}

#[tokio::test]
async fn a_replaced_rubric_scores_everything_anew() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({})).await;
    province.settle(&round).await;
    let other = province.admit(&with_remark(rogues::HONEST, "2")).await;
    province.activate(&round, other).await;
    let before =
        house.office.findings(&station.clerk, &province.code, &round, &station.unit, None).await.expect("them");
    assert_ne!(before.rubric, other, "it was not judged by the new one yet");
    province.settle(&round).await;
    let after = house.office.findings(&station.clerk, &province.code, &round, &station.unit, None).await.expect("them");
    assert_eq!(after.rubric, other);
    let ranking = house.office.settlement(&province.admin, &province.code, &round).await.expect("a ranking");
    assert_eq!(ranking.rubric, other);
}

#[tokio::test]
async fn a_rubric_that_fails_while_settling_fails_the_job_and_says_whose_fault_it_was() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    province.station("s1").await.hand_in(&round, &json!({})).await;
    let trap = province.admit(&rogues::component(rogues::Rogue::Traps)).await;
    province.activate(&round, trap).await;
    let job = house.office.ask_settle(&province.admin, &province.code, &round).await.expect("a job");
    let ended = province.finish(job).await;
    assert_eq!((ended.state, ended.attempt), (JobState::Failed, 1), "a plugin's fault is not tried again");
    assert!(operations::job_message(&ended).zh.contains("trapped"), "{}", ended.message);
    let nothing = house.office.settlement(&province.admin, &province.code, &round).await;
    assert!(matches!(nothing, Err(OperationError::NotPossible { code: "not-settled" })));
}

#[tokio::test]
async fn an_earlier_period_is_known_to_the_next_round_only_where_the_rubric_asks() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({})).await;
    province.settle(&round).await;
    let pack =
        house.office.pre_check_pack(&station.clerk, &province.code, &round, &station.unit).await.expect("a pack");
    assert_eq!(pack.context.earlier, [], "this rubric asks for none");
}
