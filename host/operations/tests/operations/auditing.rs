//! The audit log tells who did what, in a chain.

use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn every_act_stands_in_the_chain_with_who_did_it() {
    let house = House::open().await;
    let province = house.federation("f1").await;
    let round = province.round().await;
    let station = province.station("s1").await;
    let receipt = station.hand_in(&round, &json!({})).await.receipt;
    province.settle(&round).await;
    province.roll_up(&round).await;
    let entries = house.office.audit(&province.admin, &province.code, 0, 500).await.expect("the log");
    let verbs: Vec<&str> = entries.iter().map(|entry| entry.act.verb.as_str()).collect();
    let expected = [
        "enrol-federation",
        "admit-release",
        "admit-release",
        "open-round",
        "register-units",
        "submit",
        "ask-settle",
        "settle",
        "ask-roll-up",
        "roll-up",
    ];
    assert_eq!(verbs, expected);
    for (entry, next) in entries.iter().zip(&entries[1..]) {
        assert!(entry.is_intact() && next.before == entry.hash && next.sequence == entry.sequence + 1);
    }
    let submitted = &entries[5].act;
    assert_eq!((submitted.actor.as_str(), submitted.left), ("s1", Some(receipt.body.answers)));
    let rest = house.office.audit(&province.admin, &province.code, entries[8].sequence, 500).await.expect("the rest");
    assert_eq!(rest, entries[9..]);
}
