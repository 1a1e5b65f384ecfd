//! A federation waives a check or lets it weigh otherwise: shown in findings, used by pre-check, pack and verdict, stated in the receipt.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

struct Desk<'h> {
    house: &'h House,
    federation: Federation,
}

impl Desk<'_> {
    async fn rule(&self, act: Value) -> Answer {
        let request = by(&self.federation.admin, Method::POST, &format!("{ROUND}/check-rules"));
        self.house.ask(with_json(request, &json!({ "act": act, "reason": "台账以纸质为准" }))).await
    }

    async fn get(&self, who: &str, path: &str) -> Value {
        self.house.ask(plain(by(who, Method::GET, path))).await.expect(StatusCode::OK)
    }

    async fn pre_check(&self, answers: &Value) -> Value {
        let request = by(&self.federation.member, Method::POST, &format!("{SUBMISSION}/pre-checks"));
        self.house.ask(with_json(request, &json!({ "answers": answers }))).await.expect(StatusCode::OK)
    }

    async fn hand_in(&self, upon: u32, answers: &Value) -> Value {
        let request = by(&self.federation.member, Method::PUT, SUBMISSION);
        let request = match upon {
            0 => request.header("If-None-Match", "*"),
            upon => request.header("If-Match", format!("\"revision-{upon}\"")),
        };
        self.house.ask(with_json(request, &json!({ "answers": answers }))).await.expect(StatusCode::CREATED)
    }
}

fn negative() -> Value {
    let mut answers = answers();
    answers["extinguishers"] = json!(-1);
    answers
}

#[tokio::test]
async fn a_check_is_waived_for_one_submission_with_a_reason_that_everybody_reads() {
    let house = House::open().await;
    let desk = Desk { house: &house, federation: Federation::with_round(&house).await };
    let held = desk.hand_in(0, &negative()).await;
    assert_eq!((&held["receipt"]["standing"], &held["receipt"]["errors"]), (&json!("blocked"), &json!(1)));
    let request = by(&desk.federation.member, Method::POST, &format!("{ROUND}/check-rules"));
    let waive = json!({ "waive": { "check": "negative", "unit": "m1" } });
    let forbidden = house.ask(with_json(request, &json!({ "act": waive, "reason": "x" }))).await;
    forbidden.problem(StatusCode::FORBIDDEN, "not-allowed");
    for (act, pointer) in [
        (json!({ "waive": { "check": "none-such", "unit": "m1" } }), "/act/waive/check"),
        (json!({ "waive": { "check": "negative", "unit": "m9" } }), "/act/waive/unit"),
        (json!({ "weigh": { "check": "negative", "severity": "info", "since": "2024-01-14" } }), "/act/weigh/since"),
        (json!({ "withdraw": { "rule": "00000000-0000-7000-8000-000000000000" } }), "/act/withdraw/rule"),
    ] {
        let wrong = desk.rule(act).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(wrong["errors"][0]["pointer"], pointer, "{wrong:#}");
    }
    let rule = desk.rule(waive).await.expect(StatusCode::CREATED);

    // The pre-check, the pack for checking off-line and the verdict go by it and say so.
    let checked = desk.pre_check(&negative()).await;
    assert_eq!(checked["standing"], "accepted");
    let ruled = &checked["findings"][0]["ruled"];
    assert_eq!((&ruled["waived"], &ruled["reason"]), (&json!(true), &json!("台账以纸质为准")));
    let pack = desk.get(&desk.federation.member, &format!("{ROUND}/pre-check-packs/m1")).await;
    assert_eq!(pack["check_rules"], json!([rule]));
    let counts = desk.hand_in(1, &negative()).await;
    let receipt = &counts["receipt"];
    assert_eq!(
        (&receipt["standing"], &receipt["errors"], &receipt["waived"]),
        (&json!("accepted"), &json!(0), &json!(1))
    );
    let found = desk.get(&desk.federation.admin, &format!("{SUBMISSION}/findings")).await;
    assert_eq!(found["findings"][0]["ruled"]["rule"], rule["id"]);
    let before = desk.get(&desk.federation.admin, &format!("{SUBMISSION}/findings?revision=1")).await;
    assert!(before["findings"][0].get("ruled").is_none(), "a verdict that was given stays: {before:#}");

    // Nobody else's, and no more once it is withdrawn.
    let others = desk.get(&desk.federation.admin, &format!("{ROUND}/check-rules")).await;
    assert_eq!(others.as_array().unwrap().len(), 1);
    let withdraw = json!({ "withdraw": { "rule": rule["id"] } });
    desk.rule(withdraw.clone()).await.expect(StatusCode::CREATED);
    desk.rule(withdraw).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(desk.pre_check(&negative()).await["standing"], "blocked");
}

#[tokio::test]
async fn a_check_weighs_otherwise_from_a_day_on() {
    let house = House::open().await;
    let desk = Desk { house: &house, federation: Federation::with_round(&house).await };
    let weigh = json!({ "weigh": { "check": "negative", "severity": "info", "since": "2024-01-20" } });
    desk.rule(weigh).await.expect(StatusCode::CREATED);
    let standing = async || desk.pre_check(&negative()).await["standing"].clone();
    assert_eq!(standing().await, "blocked", "that day has not come");
    house.clock.set("2024-01-20T00:00:01Z".parse().unwrap());
    let checked = desk.pre_check(&negative()).await;
    let finding = &checked["findings"][0];
    assert_eq!((&checked["standing"], &finding["severity"]), (&json!("accepted"), &json!("info")));
    assert_eq!((&finding["ruled"]["waived"], &finding["ruled"]["by"]).0, &json!(false));
    let receipt = desk.hand_in(0, &negative()).await["receipt"].clone();
    assert_eq!((&receipt["errors"], &receipt["waived"]), (&json!(0), &json!(0)));
    // What was found stands with what it weighed in what can be run again.
    let evaluations = desk.get(&desk.federation.admin, &format!("{FEDERATION}/evaluations")).await;
    let check = evaluations.as_array().unwrap().iter().find(|ran| ran["asked"].get("check").is_some()).unwrap();
    let replay = format!("{FEDERATION}/evaluations/{}/replays", check["id"].as_str().unwrap());
    let replayed = house.ask(plain(by(&desk.federation.admin, Method::POST, &replay))).await.expect(StatusCode::OK);
    assert_eq!(replayed["equal"], true, "{replayed:#}");
}

#[tokio::test]
async fn receipts_are_numbered_in_the_federation_s_style() {
    let house = House::open().await;
    let policy = json!({ "receipt_pattern": "北联消〔{year}〕{sequence}号" });
    let desk = Desk { house: &house, federation: Federation::with_policy(&house, policy).await };
    for (upon, number) in [(0, "北联消〔2024〕1号"), (1, "北联消〔2024〕2号")] {
        let handed = desk.hand_in(upon, &answers()).await;
        assert_eq!(handed["receipt"]["number"], number);
    }
    let kept = desk.get(&desk.federation.member, &format!("{SUBMISSION}/receipt")).await;
    assert_eq!(kept["number"], "北联消〔2024〕2号");
    let receipt: domain::submission::Receipt = serde_json::from_value(kept).unwrap();
    operations::verify_receipt(&receipt, house.office.receipt_key()).unwrap();
}
