//! JSON and MessagePack: the same message in either, in and out.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::json;

use crate::house::{Federation, House, SUBMISSION, answers, by, plain, request, with_json, with_msgpack};

#[tokio::test]
async fn what_goes_in_as_json_comes_out_as_message_pack_the_same_and_the_other_way_round() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let body = json!({"answers": answers()});
    let first = by(&federation.member, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*");
    let first = house.ask(with_json(first, &body)).await.expect(StatusCode::CREATED);
    let second = by(&federation.member, Method::PUT, SUBMISSION).header(header::IF_MATCH, "\"revision-1\"");
    let second = house.ask(with_msgpack(second.header(header::ACCEPT, "application/msgpack"), &body)).await;
    assert_eq!(second.media_type(), "application/msgpack");
    let second = second.expect(StatusCode::CREATED);
    assert_eq!(first["receipt"]["answers"], second["receipt"]["answers"], "the digest is that of the canonical bytes");
    assert_eq!(first["scorecard"], second["scorecard"]);
    for path in ["", "/findings", "/scorecard", "/receipt", "/revisions"] {
        let get = |accept: &str| {
            plain(by(&federation.member, Method::GET, &format!("{SUBMISSION}{path}")).header(header::ACCEPT, accept))
        };
        let json = house.ask(get("application/json")).await;
        let packed = house.ask(get("application/vnd.msgpack")).await;
        assert_eq!(json.media_type(), "application/json");
        assert_eq!(packed.media_type(), "application/vnd.msgpack");
        assert_eq!(json.expect(StatusCode::OK), packed.expect(StatusCode::OK), "{path}");
    }
    let kept = house.ask(plain(by(&federation.member, Method::GET, SUBMISSION))).await.expect(StatusCode::OK);
    assert_eq!(kept["answers"], answers());
}

#[tokio::test]
async fn a_body_that_does_not_say_what_it_is_is_not_guessed_at() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let table = [
        (None, None, "unsupported-media-type"),
        (Some("text/plain"), None, "unsupported-media-type"),
        (Some("application/xml"), None, "unsupported-media-type"),
        (Some("multipart/form-data; boundary=x"), None, "unsupported-media-type"),
        (Some("application/json"), Some("gzip"), "unsupported-coding"),
    ];
    for (media_type, coding, code) in table {
        let mut put = by(&federation.member, Method::PUT, SUBMISSION);
        if let Some(media_type) = media_type {
            put = put.header(header::CONTENT_TYPE, media_type);
        }
        if let Some(coding) = coding {
            put = put.header(header::CONTENT_ENCODING, coding);
        }
        let answer = house.ask(put.body(Body::from(r#"{"answers": {}}"#)).unwrap()).await;
        answer.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, code);
    }
    let put =
        by(&federation.member, Method::PUT, SUBMISSION).header(header::CONTENT_TYPE, "Application/JSON; charset=utf-8");
    let answer = house.ask(put.body(Body::from(json!({"answers": answers()}).to_string())).unwrap()).await;
    answer.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn what_cannot_be_answered_as_asked_is_refused_before_anything_is_done() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::ACCEPT, "text/html");
    let answer = house.ask(with_json(put, &json!({"answers": answers()}))).await;
    answer.problem(StatusCode::NOT_ACCEPTABLE, "not-acceptable");
    let kept = house.ask(plain(by(&federation.member, Method::GET, SUBMISSION))).await;
    kept.problem(StatusCode::NOT_FOUND, "missing");
}

#[tokio::test]
async fn a_problem_comes_as_message_pack_to_who_reads_that() {
    let house = House::open().await;
    let get = |accept: &str| plain(request(Method::GET, "/federations").header(header::ACCEPT, accept));
    for (accept, media_type) in [
        ("application/msgpack", "application/msgpack"),
        ("application/vnd.msgpack", "application/vnd.msgpack"),
        ("application/json", "application/problem+json"),
        ("*/*", "application/problem+json"),
        ("text/html", "application/problem+json"),
    ] {
        let answer = house.ask(get(accept)).await;
        assert_eq!(answer.media_type(), media_type, "{accept}");
        answer.problem(StatusCode::UNAUTHORIZED, "not-authenticated");
    }
}
