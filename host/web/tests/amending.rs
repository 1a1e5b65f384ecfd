//! What was accepted, or is due, is amended: with its kind and reason, and everybody sees what differs.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

struct Desk<'h> {
    house: &'h House,
    federation: Federation,
}

impl<'h> Desk<'h> {
    async fn of(house: &'h House, policy: Value) -> Self {
        Self { house, federation: Federation::with_policy(house, policy).await }
    }

    async fn hand_in(&self, upon: u32, message: &Value) -> Answer {
        let request = by(&self.federation.member, Method::PUT, SUBMISSION);
        let request = match upon {
            0 => request.header("If-None-Match", "*"),
            upon => request.header("If-Match", format!("\"revision-{upon}\"")),
        };
        self.house.ask(with_json(request, message)).await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        self.house.ask(with_json(by(&self.federation.admin, Method::POST, path), body)).await
    }

    async fn get(&self, who: &str, path: &str) -> Answer {
        self.house.ask(plain(by(who, Method::GET, path))).await
    }
}

fn amended(kind: &str, reason: &str) -> Value {
    let mut answers = answers();
    answers["drills"] = json!(3);
    json!({ "answers": answers, "amendment": { "kind": kind, "reason": reason } })
}

#[tokio::test]
async fn what_a_reviewer_accepted_is_amended_with_kind_and_reason_also_after_the_round_was_closed() {
    let house = House::open().await;
    let desk = Desk::of(&house, json!({ "review": true })).await;
    let member = &desk.federation.member;
    desk.hand_in(0, &json!({ "answers": answers() })).await.expect(StatusCode::CREATED);
    desk.post(&format!("{SUBMISSION}/acceptance"), &json!({ "revision": 1 })).await.expect(StatusCode::OK);
    let unsaid = desk.hand_in(1, &json!({ "answers": answers() })).await;
    unsaid.problem(StatusCode::CONFLICT, "amendment-needed");
    for (wrong, pointer) in [(amended("other", "x"), "/amendment/kind"), (amended("correction", " "), "/amendment")] {
        let problem = desk.hand_in(1, &wrong).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "mistyped-value");
        assert_eq!(problem["pointer"], pointer, "{problem:#}");
    }
    house.clock.set("2024-02-03T10:00:00Z".parse().unwrap());
    desk.post(&format!("{ROUND}/acts"), &json!({ "act": "close", "reason": "期限已到" })).await.expect(StatusCode::OK);
    desk.hand_in(1, &json!({ "answers": answers() })).await.problem(StatusCode::CONFLICT, "round-closed");
    let taken = desk.hand_in(1, &amended("correction", "漏记一次演练")).await.expect(StatusCode::CREATED);
    assert_eq!((&taken["receipt"]["revision"], &taken["receipt"]["hours_late"]), (&json!(2), &json!(0)));
    let rows = desk.get(member, &format!("{SUBMISSION}/revisions")).await.expect(StatusCode::OK);
    let kinds: Vec<&Value> = rows.as_array().unwrap().iter().map(|row| &row["amendment"]).collect();
    assert_eq!(kinds, [&Value::Null, &json!({ "kind": "correction", "reason": "漏记一次演练" })]);
    let kept = desk.get(member, SUBMISSION).await.expect(StatusCode::OK);
    assert_eq!(kept["amendment"]["kind"], "correction");

    let differs = desk.get(&desk.federation.admin, &format!("{SUBMISSION}/differences?from=1&to=2")).await;
    let differs = differs.expect(StatusCode::OK);
    let field = json!({ "at": "/drills", "before": 2, "after": 3, "masked": false });
    assert_eq!((&differs["fields"], &differs["has_more"]), (&json!([field]), &json!(false)));
    let same = desk.get(member, &format!("{SUBMISSION}/differences?from=2&to=2")).await.expect(StatusCode::OK);
    assert_eq!(same["fields"], json!([]));
    let nowhere = desk.get(member, &format!("{SUBMISSION}/differences?from=1&to=3")).await;
    nowhere.problem(StatusCode::NOT_FOUND, "missing");
    let unsaid = desk.get(member, &format!("{SUBMISSION}/differences?from=1")).await;
    unsaid.problem(StatusCode::BAD_REQUEST, "query-not-understood");
}

#[tokio::test]
async fn what_counts_and_is_due_is_amended_and_who_was_late_at_first_amends_nothing() {
    let house = House::open().await;
    let desk = Desk::of(&house, json!({})).await;
    house.clock.set("2024-02-02T10:00:00Z".parse().unwrap());
    let late = desk.hand_in(0, &json!({ "answers": answers() })).await.expect(StatusCode::CREATED);
    assert_eq!(late["receipt"]["hours_late"], 24);
    desk.hand_in(1, &json!({ "answers": answers() })).await.problem(StatusCode::CONFLICT, "amendment-needed");
    desk.hand_in(1, &amended("supplement", "补报演练")).await.expect(StatusCode::CREATED);
    desk.post(&format!("{ROUND}/acts"), &json!({ "act": "close", "reason": "期限已到" })).await.expect(StatusCode::OK);
    let closed = desk.hand_in(2, &amended("supplement", "补报演练")).await;
    closed.problem(StatusCode::CONFLICT, "round-closed");
}

#[tokio::test]
async fn a_draft_says_what_it_amends() {
    let house = House::open().await;
    let desk = Desk::of(&house, json!({ "review": true })).await;
    desk.hand_in(0, &json!({ "answers": answers() })).await.expect(StatusCode::CREATED);
    desk.post(&format!("{SUBMISSION}/acceptance"), &json!({ "revision": 1 })).await.expect(StatusCode::OK);
    let draft = format!("{SUBMISSION}/draft");
    let begin = by(&desk.federation.member, Method::PUT, &draft).header("If-None-Match", "*");
    let begun = house.ask(with_json(begin, &json!({ "answers": amended("", "")["answers"] }))).await;
    let submit = |tag: &str| {
        let request = by(&desk.federation.member, Method::POST, &format!("{draft}/submission"));
        house.ask(plain(request.header("If-Match", tag)))
    };
    submit(begun.header("etag")).await.problem(StatusCode::CONFLICT, "amendment-needed");
    let patch = by(&desk.federation.member, Method::PATCH, &draft).header("If-Match", begun.header("etag"));
    let patch = patch.header("content-type", "application/merge-patch+json");
    let said = json!({ "amendment": { "kind": "restatement", "reason": "口径调整" } }).to_string();
    let patched = house.ask(patch.body(said.into()).unwrap()).await;
    assert_eq!(patched.expect(StatusCode::OK)["amendment"]["reason"], "口径调整");
    submit(patched.header("etag")).await.expect(StatusCode::CREATED);
    let log = desk.get(&desk.federation.admin, &format!("{FEDERATION}/audit?limit=500")).await.expect(StatusCode::OK);
    let verbs: Vec<&Value> = log.as_array().unwrap().iter().map(|entry| &entry["act"]["verb"]).collect();
    assert!(verbs.contains(&&json!("amend")), "{verbs:?}");
}
