//! Every recorded evaluation can be run again.

use domain::evaluation::Asked;
use operations::OperationError;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn replay_gives_equal_bytes() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({ "drills": 0 })).await;
    province.station("s2").await.hand_in(&round, &json!({ "minutes": null })).await;
    province.settle(&round).await;
    province.roll_up(&round).await;
    let (office, code) = (&house.office, &province.code);
    let format = documents::Format::Html;
    office
        .member_report(&province.admin, code, &round, &"s2".parse().expect("a code"), None, format)
        .await
        .expect("it");

    let all = office.evaluations(&province.admin, code, None, 500).await.expect("them");
    let mut functions: Vec<&str> = all.iter().map(|evaluation| evaluation.asked.function()).collect();
    functions.sort_unstable();
    functions.dedup();
    assert_eq!(functions, ["check", "compose", "describe", "score", "settle"]);
    for evaluation in all {
        let replayed = office.replay(&province.admin, code, evaluation.id).await.expect("a replay");
        assert!(replayed.equal && replayed.same_engine, "{replayed:?}");
        assert_eq!(replayed.recorded.fuel, replayed.again.fuel, "{replayed:?}");
    }
}

#[tokio::test]
async fn another_federation_s_evaluation_cannot_be_replayed() {
    let house = House::open().await;
    let (one, other) = (house.federation("f1").await, house.federation("f2").await);
    one.admit(rogues::HONEST).await;
    let all = house.office.evaluations(&one.admin, &one.code, None, 10).await.expect("them");
    assert!(matches!(all[0].asked, Asked::Describe(_)));
    let refused = house.office.replay(&other.admin, &other.code, all[0].id).await;
    assert!(matches!(refused, Err(OperationError::Missing("evaluation"))));
}

#[tokio::test]
async fn evaluations_are_paged_in_order() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    for _ in 0..3 {
        station.hand_in(&round, &json!({})).await;
    }
    let (office, code) = (&house.office, &province.code);
    let all = office.evaluations(&province.admin, code, None, 500).await.expect("them");
    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let page = office.evaluations(&province.admin, code, after, 2).await.expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        paged.extend(page);
    }
    assert_eq!(paged, all);
}
