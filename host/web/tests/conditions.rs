//! Handing in under conditions: the first revision, the next one, the same one again.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Answer, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

/// Hands in the answers of the honest rubric with some headers.
async fn put(house: &House, federation: &Federation, headers: &[(&str, &str)]) -> Answer {
    let request = headers
        .iter()
        .fold(by(&federation.member, Method::PUT, SUBMISSION), |request, (name, value)| request.header(*name, *value));
    house.ask(with_json(request, &json!({"answers": answers()}))).await
}

#[tokio::test]
async fn nobody_replaces_a_revision_that_he_has_not_seen() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let first = put(&house, &federation, &[("if-none-match", "*")]).await;
    first.expect(StatusCode::CREATED);
    assert_eq!(first.header("etag"), "\"revision-1\"");
    assert_eq!(first.header("location"), format!("/api/v1{SUBMISSION}/revisions/1"));

    let unconditional = put(&house, &federation, &[]).await;
    unconditional.problem(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    assert_eq!(unconditional.header("etag"), "\"revision-1\"");
    for stale in [("if-none-match", "*"), ("if-match", "\"revision-7\""), ("if-match", "\"anything\"")] {
        let answer = put(&house, &federation, &[stale]).await;
        answer.problem(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(answer.header("etag"), "\"revision-1\"", "{stale:?}");
    }
    let second = put(&house, &federation, &[("if-match", "\"revision-1\"")]).await;
    assert_eq!(second.expect(StatusCode::CREATED)["receipt"]["revision"], 2);
    put(&house, &federation, &[("if-match", "\"revision-1\"")]).await.problem(StatusCode::PRECONDITION_FAILED, "stale");
}

#[tokio::test]
async fn the_same_key_gives_the_same_receipt_again() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let headers = [("if-none-match", "*"), ("idempotency-key", "attempt-1")];
    let first = put(&house, &federation, &headers).await;
    let again = put(&house, &federation, &headers).await;
    assert_eq!(first.expect(StatusCode::CREATED)["receipt"], again.expect(StatusCode::OK)["receipt"]);
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), ("", "true"));
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(again.header("etag"), "\"revision-1\"");

    let other = by(&federation.member, Method::PUT, SUBMISSION).header("idempotency-key", "attempt-1");
    let explained = json!({"answers": answers(), "explanations": [{"check": "any", "text": "other than before"}]});
    let other = house.ask(with_json(other.header(header::IF_MATCH, "\"revision-1\""), &explained)).await;
    assert!(other.status.is_client_error(), "{}", other.value());
}

#[tokio::test]
async fn who_has_the_newest_revision_is_not_sent_it_again() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    put(&house, &federation, &[("if-none-match", "*")]).await.expect(StatusCode::CREATED);
    let get = |tag: &str| plain(by(&federation.member, Method::GET, SUBMISSION).header(header::IF_NONE_MATCH, tag));
    let known = house.ask(get("\"revision-1\"")).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    assert!(known.bytes.is_empty());
    assert_eq!(known.header("etag"), "\"revision-1\"");
    house.ask(get("\"revision-0\"")).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_header_that_is_not_understood_is_not_passed_over() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let long = "k".repeat(129);
    for header in
        [("if-match", "*"), ("if-match", "revision-1"), ("if-none-match", "\"a\""), ("idempotency-key", &*long)]
    {
        let answer = put(&house, &federation, &[header]).await;
        answer.problem(StatusCode::BAD_REQUEST, "header-not-understood");
    }
}

#[tokio::test]
async fn a_closed_round_takes_nothing() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let act = |act: &str| {
        let body = json!({"act": act, "reason": "the year is over"});
        with_json(by(&federation.admin, Method::POST, &format!("{ROUND}/acts")), &body)
    };
    assert_eq!(house.ask(act("close")).await.expect(StatusCode::OK)["state"], "closed");
    put(&house, &federation, &[("if-none-match", "*")]).await.problem(StatusCode::CONFLICT, "round-closed");
    assert_eq!(house.ask(act("close")).await.status, StatusCode::CONFLICT);
    house.ask(act("reopen")).await.expect(StatusCode::OK);
    put(&house, &federation, &[("if-none-match", "*")]).await.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn an_explanation_has_as_many_words_as_the_round_wants() {
    let house = House::open().await;
    let federation = Federation::with_policy(&house, json!({ "explanation_min_chars": 20 })).await;
    let explained =
        |text: &str| json!({ "answers": answers(), "explanations": [{ "check": "negative", "text": text }] });
    let hand_in = |message: Value| {
        house.ask(with_json(by(&federation.member, Method::PUT, SUBMISSION).header("if-none-match", "*"), &message))
    };
    let short = hand_in(explained("纸质台账已经核对")).await;
    let problem = short.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/explanations/0/text", "{problem:#}");
    assert_eq!(problem["errors"][0]["code"], "too-short-explanation");
    hand_in(explained("纸质台账已经核对，与系统登记一致，无遗漏、无重复。")).await.expect(StatusCode::CREATED);
}
