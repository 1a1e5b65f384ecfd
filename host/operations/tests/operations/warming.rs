//! A host that was just started makes ready what its rounds will ask for.

use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::house::{House, with_remark};

#[tokio::test]
async fn what_is_in_force_or_proposed_is_ready_before_anybody_asks() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    province.station("s1").await.hand_in(&round, &json!({})).await;
    let proposed = province.admit(&with_remark(rogues::HONEST, "proposed")).await;
    province.propose(&round, proposed).await;
    let unused = province.admit(&with_remark(rogues::HONEST, "unused")).await;
    let in_force = house.office.round(&province.admin, &province.code, &round).await.expect("the round").round;

    let (office, sandbox) = house.restarted();
    assert!(sandbox.plugin(in_force.rubric).is_none(), "it was just started");
    assert_eq!(office.warm(&CancellationToken::new()).await, 3);
    for release in [in_force.rubric, in_force.reports[0], proposed] {
        assert!(sandbox.plugin(release).is_some());
    }
    assert!(sandbox.plugin(unused).is_none());
    assert_eq!(sandbox.occupancy().instances, 0, "nothing was called");
}

#[tokio::test]
async fn a_release_that_cannot_be_loaded_does_not_keep_the_others_cold() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let in_force = house.office.round(&province.admin, &province.code, &round).await.expect("the round").round;
    std::fs::write(house.component_file(in_force.rubric), b"something else").expect("the disk");
    let (office, sandbox) = house.restarted();
    assert_eq!(office.warm(&CancellationToken::new()).await, 1);
    assert!(sandbox.plugin(in_force.reports[0]).is_some());
}

#[tokio::test]
async fn a_host_that_is_told_to_stop_does_not_go_on_warming() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    province.round().await;
    let stop = CancellationToken::new();
    stop.cancel();
    let (office, sandbox) = house.restarted();
    let ready = office.warm(&stop).await;
    assert!(ready <= 1, "{ready}");
    drop(sandbox);
}
