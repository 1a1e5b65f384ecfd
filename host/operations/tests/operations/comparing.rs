//! What a replaced rubric changed for whom.

use operations::OperationError;
use serde_json::json;

use crate::house::{House, with_remark};

#[tokio::test]
async fn a_comparison_shows_everybody_before_and_after() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    station.hand_in(&round, &json!({ "minutes": 40 })).await;
    province.settle(&round).await;
    let compare = || house.office.compare(&province.admin, &province.code, &round, None, None);
    assert!(matches!(compare().await, Err(OperationError::NotPossible { code: "settled-only-once" })));

    let other = province.admit(&with_remark(rogues::HONEST, "2")).await;
    province.activate(&round, other).await;
    province.station("s2").await.hand_in(&round, &json!({ "minutes": 20 })).await;
    house.clock.set(crate::house::time("2025-01-21T08:00:00Z"));
    province.settle(&round).await;
    let compared = compare().await.expect("a comparison");
    assert_eq!(compared.after_rubric, other);
    assert_ne!(compared.before_rubric, other);
    let told: Vec<(&str, Option<u32>, Option<u32>)> = compared
        .members
        .iter()
        .map(|member| {
            let rank = |stood: &Option<operations::StoodAt>| stood.as_ref().map(|stood| stood.rank);
            (member.unit.as_str(), rank(&member.before), rank(&member.after))
        })
        .collect();
    assert_eq!(told, [("s2", None, Some(1)), ("s1", Some(1), Some(2))]);
}
