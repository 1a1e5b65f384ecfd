//! Where a round wants a signature: a clerk presents, a signatory signs or sends back.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, SUBMISSION, answers, by, plain, with_json};

const DRAFT: &str = "/federations/north/rounds/2023/submissions/m1/draft";

struct Office<'h> {
    house: &'h House,
    clerk: String,
    signatory: String,
}

impl<'h> Office<'h> {
    async fn of(house: &'h House, policy: Value) -> Self {
        let Federation { admin, member: clerk, .. } = Federation::with_policy(house, policy).await;
        let body = json!({ "role": "member-signatory", "unit": "m1", "label": "director of m1" });
        let issued = house.ask(with_json(by(&admin, Method::POST, &format!("{FEDERATION}/tokens")), &body)).await;
        let signatory = issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned();
        Self { house, clerk, signatory }
    }

    async fn write(&self, condition: (&str, &str), answers: &Value) -> Answer {
        let request = by(&self.clerk, Method::PUT, DRAFT).header(condition.0, condition.1);
        self.house.ask(with_json(request, &json!({ "answers": answers }))).await
    }

    async fn post(&self, who: &str, what: &str, tag: &str, body: &Value) -> Answer {
        let request = by(who, Method::POST, &format!("{DRAFT}/{what}")).header("If-Match", tag);
        self.house.ask(with_json(request, body)).await
    }

    async fn sign(&self, tag: &str) -> Answer {
        let request = by(&self.signatory, Method::POST, &format!("{DRAFT}/signature")).header("If-Match", tag);
        self.house.ask(plain(request)).await
    }
}

#[tokio::test]
async fn a_clerk_presents_and_somebody_else_signs() {
    let house = House::open().await;
    let office = Office::of(&house, json!({ "signatory": true })).await;
    let direct = by(&office.clerk, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    let direct = house.ask(with_json(direct, &json!({ "answers": answers() }))).await;
    direct.problem(StatusCode::CONFLICT, "signature-needed");

    let begun = office.write(("If-None-Match", "*"), &json!({ "rooms": 40 })).await;
    let tag = begun.header("etag");
    let unfit = office.post(&office.clerk, "presentation", tag, &json!({})).await;
    let unfit = unfit.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(unfit["errors"][0]["pointer"].as_str().unwrap().starts_with("/answers"), "{unfit:#}");
    office.sign(tag).await.problem(StatusCode::CONFLICT, "draft-not-presented");
    let whole = office.write(("If-Match", tag), &answers()).await;
    let (submission, nobody) = (format!("{DRAFT}/submission"), Method::POST);
    let unsigned =
        house.ask(plain(by(&office.clerk, nobody, &submission).header("If-Match", whole.header("etag")))).await;
    unsigned.problem(StatusCode::CONFLICT, "signature-needed");
    let presented =
        office.post(&office.clerk, "presentation", whole.header("etag"), &json!({ "text": "请签发" })).await;
    let step = &presented.expect(StatusCode::OK)["step"];
    assert_eq!((&step["kind"], &step["text"]), (&json!("presented"), &json!("请签发")));

    // Sent back with words, written on, presented again: each is another state of the draft.
    office
        .post(&office.signatory, "return", presented.header("etag"), &json!({ "text": " " }))
        .await
        .problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let back =
        office.post(&office.signatory, "return", presented.header("etag"), &json!({ "text": "志愿者人数有误" })).await;
    assert_eq!(back.expect(StatusCode::OK)["step"]["kind"], "sent-back");
    office.sign(presented.header("etag")).await.problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    let mut better = answers();
    better["volunteers"] = json!(5);
    let better = office.write(("If-Match", back.header("etag")), &better).await;
    assert_eq!(better.expect(StatusCode::OK)["step"]["text"], "志愿者人数有误", "why it came back stays to be read");
    let again = office.post(&office.clerk, "presentation", better.header("etag"), &json!({})).await;
    office
        .post(&office.clerk, "signature", again.header("etag"), &json!({}))
        .await
        .problem(StatusCode::FORBIDDEN, "not-allowed");

    // What was written after it was presented is not signed.
    let touched = office.write(("If-Match", again.header("etag")), &answers()).await;
    let sneaked = office.sign(again.header("etag")).await.problem(StatusCode::PRECONDITION_FAILED, "draft-stale");
    assert!(!sneaked["errors"].as_array().unwrap().is_empty(), "{sneaked:#}");
    office.sign(touched.header("etag")).await.problem(StatusCode::CONFLICT, "draft-not-presented");
    let last = office.post(&office.clerk, "presentation", touched.header("etag"), &json!({})).await;
    let signed = office.sign(last.header("etag")).await;
    let receipt = signed.expect(StatusCode::CREATED)["receipt"].clone();
    assert_eq!(receipt["standing"], "accepted");
    let twice = office.sign(last.header("etag")).await;
    assert_eq!(twice.expect(StatusCode::OK)["receipt"], receipt, "a double click is one receipt");
    let kept = house.ask(plain(by(&office.signatory, Method::GET, SUBMISSION))).await.expect(StatusCode::OK);
    assert_eq!(kept["signing"]["presented_by"]["label"], "clerk of m1");
    assert_eq!(kept["signing"]["signed_by"]["label"], "director of m1");
}

#[tokio::test]
async fn where_nobody_signs_nothing_is_presented() {
    let house = House::open().await;
    let office = Office::of(&house, json!({})).await;
    let begun = office.write(("If-None-Match", "*"), &answers()).await;
    let presented = office.post(&office.clerk, "presentation", begun.header("etag"), &json!({})).await;
    presented.problem(StatusCode::CONFLICT, "round-without-signatory");
    let gone = office.post(&office.clerk, "presentation", "\"draft-x\"", &json!({})).await;
    gone.problem(StatusCode::CONFLICT, "round-without-signatory");
}

#[tokio::test]
async fn one_person_presents_and_signs_only_where_the_policy_says_so() {
    for (may, status) in [(false, StatusCode::CONFLICT), (true, StatusCode::CREATED)] {
        let house = House::open().await;
        let mut office = Office::of(&house, json!({ "signatory": true, "presenter_may_sign": may })).await;
        // The same person shows up with both tokens: the house knows a person by the label.
        let admin = house.ask(with_json(
            by(&house.operator, Method::POST, &format!("{FEDERATION}/tokens")),
            &json!({ "role": "federation-admin", "label": "second administration" }),
        ));
        let admin = admin.await.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned();
        let body = json!({ "role": "member-signatory", "unit": "m1", "label": "clerk of m1" });
        let issued = house.ask(with_json(by(&admin, Method::POST, &format!("{FEDERATION}/tokens")), &body)).await;
        office.signatory = issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned();
        let begun = office.write(("If-None-Match", "*"), &answers()).await;
        let presented = office.post(&office.clerk, "presentation", begun.header("etag"), &json!({})).await;
        assert_eq!(office.sign(presented.header("etag")).await.status, status);
    }
}
