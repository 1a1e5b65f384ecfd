//! Double clicks and lost answers: whoever asks again with the same key gets what was answered; and what was sent back counts as nothing.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

async fn post(house: &House, who: &str, path: &str, key: Option<&str>, body: &Value) -> Answer {
    let request = by(who, Method::POST, path);
    let request = key.into_iter().fold(request, |request, key| request.header("Idempotency-Key", key));
    house.ask(with_json(request, body)).await
}

async fn get(house: &House, who: &str, path: &str) -> Value {
    house.ask(plain(by(who, Method::GET, path))).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn a_double_clicked_return_message_or_publication_is_one() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::with_policy(&house, json!({ "review": true })).await;
    let handed = by(&member, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    house.ask(with_json(handed, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let wall = get(&house, &admin, &format!("{ROUND}/progress")).await;
    assert_eq!((&wall["accepted"], &wall["sent_back"], &wall["missing"]), (&json!(1), &json!(0), &json!(1)));

    let back = json!({ "revision": 1, "due_at": "2024-03-01T00:00:00Z",
        "items": [{ "at": "/drills", "reason": "wrong", "text": "请核实" }] });
    let returns = format!("{SUBMISSION}/returns");
    let first = post(&house, &admin, &returns, Some("r-1"), &back).await.expect(StatusCode::CREATED);
    house.clock.set("2024-01-15T02:00:05Z".parse().unwrap());
    let again = post(&house, &admin, &returns, Some("r-1"), &back).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(StatusCode::OK), first);
    let mut other = back.clone();
    other["items"][0]["text"] = json!("另一处");
    post(&house, &admin, &returns, Some("r-1"), &other).await.problem(StatusCode::CONFLICT, "key-reused");
    assert_eq!(get(&house, &member, &returns).await.as_array().unwrap().len(), 1);

    // What was sent back counts as nothing on the wall until something better comes.
    let wall = get(&house, &admin, &format!("{ROUND}/progress")).await;
    assert_eq!((&wall["accepted"], &wall["sent_back"], &wall["missing"]), (&json!(0), &json!(1), &json!(1)));
    let handed = by(&member, Method::PUT, SUBMISSION).header("If-Match", "\"revision-1\"");
    house.ask(with_json(handed, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let wall = get(&house, &admin, &format!("{ROUND}/progress")).await;
    assert_eq!((&wall["accepted"], &wall["sent_back"]), (&json!(1), &json!(0)));

    let said = json!({ "at": "/drills", "text": "已核实" });
    let conversations = format!("{SUBMISSION}/conversations");
    let first = post(&house, &member, &conversations, Some("m-1"), &said).await.expect(StatusCode::CREATED);
    let again = post(&house, &member, &conversations, Some("m-1"), &said).await.expect(StatusCode::OK);
    assert_eq!(again, first);
    post(&house, &member, &conversations, None, &said).await.expect(StatusCode::CREATED);
    // A key is its bearer's own.
    post(&house, &admin, &conversations, Some("m-1"), &json!({ "at": "", "text": "收到" }))
        .await
        .expect(StatusCode::CREATED);

    post(&house, &admin, &format!("{SUBMISSION}/acceptance"), None, &json!({ "revision": 2 }))
        .await
        .expect(StatusCode::OK);
    for act in ["close", "begin-review"] {
        let body = json!({ "act": act, "reason": "按计划" });
        post(&house, &admin, &format!("{ROUND}/acts"), None, &body).await.expect(StatusCode::OK);
    }
    let asked = house.ask(plain(by(&admin, Method::POST, &format!("{ROUND}/settlements")))).await;
    let job = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
    house.ask(plain(by(&admin, Method::GET, &format!("{FEDERATION}/jobs/{job}/events")))).await;
    let publications = format!("{ROUND}/publications");
    let results = json!({ "reason": "评审结束" });
    let first = post(&house, &admin, &publications, Some("p-1"), &results).await.expect(StatusCode::CREATED);
    let again = post(&house, &admin, &publications, Some("p-1"), &results).await.expect(StatusCode::OK);
    assert_eq!(again, first);
    assert_eq!(get(&house, &admin, &publications).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_was_sent_something_back_is_reminded_like_whoever_has_handed_in_nothing() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::with_policy(&house, json!({ "review": true })).await;
    let handed = by(&member, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    house.ask(with_json(handed, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let codes = async || -> Vec<String> {
        let notices = get(&house, &member, &format!("{ROUND}/units/m1/notices")).await;
        notices.as_array().unwrap().iter().map(|notice| notice["code"].as_str().unwrap().to_owned()).collect()
    };
    house.clock.set("2024-01-25T10:00:00Z".parse().unwrap());
    house.office.look_at_the_clock().await.unwrap();
    assert_eq!(codes().await, [] as [String; 0], "it has handed in");
    let back = json!({ "revision": 1, "due_at": "2024-03-01T00:00:00Z",
        "items": [{ "at": "/drills", "reason": "wrong", "text": "请核实" }] });
    post(&house, &admin, &format!("{SUBMISSION}/returns"), None, &back).await.expect(StatusCode::CREATED);
    house.clock.set("2024-01-29T10:00:00Z".parse().unwrap());
    house.office.look_at_the_clock().await.unwrap();
    assert_eq!(codes().await, ["reminder-before", "submission-returned"]);
}
