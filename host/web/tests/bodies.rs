//! Bodies that cannot be read: malformed, truncated, too deep, too large, mistyped, in both encodings. Each is a problem with a code
//! and a place, and nothing is kept.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::limits::{ANSWERS_DEPTH_MAX, ANSWERS_NODES_MAX, ANSWERS_TEXT_BYTES_MAX, BODY_BYTES_MAX};
use serde_json::{Value, json};

use crate::house::{FEDERATION, Federation, House, SUBMISSION, answers, by, plain};

/// A body and what is said of it.
struct Bad {
    what: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
    status: StatusCode,
    code: &'static str,
    pointer: Option<&'static str>,
}

fn json_body(
    what: &'static str,
    text: impl Into<String>,
    status: u16,
    code: &'static str,
    pointer: &'static str,
) -> Bad {
    let bytes = text.into().into_bytes();
    let status = StatusCode::from_u16(status).unwrap();
    Bad { what, media_type: "application/json", bytes, status, code, pointer: Some(pointer) }
}

fn packed(
    what: &'static str,
    bytes: impl Into<Vec<u8>>,
    status: u16,
    code: &'static str,
    pointer: &'static str,
) -> Bad {
    let status = StatusCode::from_u16(status).unwrap();
    Bad { what, media_type: "application/msgpack", bytes: bytes.into(), status, code, pointer: Some(pointer) }
}

/// `{"answers": …}` in MessagePack, the rest as raw bytes.
fn packed_answers(rest: &[u8]) -> Vec<u8> {
    [b"\x81\xa7answers", rest].concat()
}

fn nested(levels: usize) -> Value {
    (0..levels).fold(json!(1), |inner, _| json!([inner]))
}

fn in_json() -> Vec<Bad> {
    let whole = json!({"answers": answers()}).to_string();
    let deep = json!({"answers": {"a": nested(ANSWERS_DEPTH_MAX)}}).to_string();
    let wide = json!({"answers": {"a": vec![0; ANSWERS_NODES_MAX]}}).to_string();
    let long = json!({"answers": {"a": "x".repeat(ANSWERS_TEXT_BYTES_MAX + 1)}}).to_string();
    vec![
        json_body("nothing", "", 400, "malformed-body", ""),
        json_body("no JSON", "answers=1", 400, "malformed-body", ""),
        json_body("truncated", &whole[..whole.len() - 1], 400, "malformed-body", ""),
        json_body("truncated in the answers", r#"{"answers": {"a": [1, "#, 400, "malformed-body", "/answers/a/1"),
        json_body("no UTF-8", String::new(), 400, "malformed-body", ""),
        json_body("a lone surrogate", r#"{"answers": {"a": "\ud800"}}"#, 400, "malformed-body", "/answers/a"),
        json_body("a comment", r#"{"answers": {} /* */}"#, 400, "malformed-body", ""),
        json_body("two values", "{} {}", 400, "malformed-body", ""),
        json_body("infinity", r#"{"answers": {"a": 1e999}}"#, 400, "malformed-body", "/answers/a"),
        json_body("a repeated name", r#"{"answers": {"a": 1, "a": 2}}"#, 400, "duplicate-name", "/answers"),
        json_body("too deep", deep, 400, "nested-too-deep", DEEPEST),
        json_body("far too deep", "[".repeat(1_000_000), 400, "nested-too-deep", DEEPEST_LIST),
        json_body("too wide", wide, 413, "too-many-values", WIDEST),
        json_body("too long a text", long, 413, "text-too-long", "/answers/a"),
        json_body("a fraction", r#"{"answers": {"a/b": [1.5]}}"#, 422, "fraction-not-text", "/answers/a~1b/0"),
        json_body(
            "a huge number",
            r#"{"answers": {"a": 18446744073709551616}}"#,
            422,
            "number-too-large",
            "/answers/a",
        ),
        json_body("a list", "[]", 422, "mistyped-value", ""),
        json_body("no answers", "{}", 422, "mistyped-value", ""),
        json_body("answers that are a text", r#"{"answers": "yes"}"#, 422, "invalid", "/answers"),
        json_body("answers that are null", r#"{"answers": null}"#, 422, "invalid", "/answers"),
        json_body("an unknown field", r#"{"answers": {}, "answer": {}}"#, 422, "mistyped-value", "/answer"),
        json_body(
            "explanations that are none",
            r#"{"answers": {}, "explanations": 3}"#,
            422,
            "mistyped-value",
            "/explanations",
        ),
        json_body(
            "an explanation without a text",
            r#"{"answers": {}, "explanations": [{"check": "c"}]}"#,
            422,
            "mistyped-value",
            "/explanations/0",
        ),
    ]
}

fn in_message_pack() -> Vec<Bad> {
    let whole = rmp_serde::to_vec_named(&json!({"answers": answers()})).unwrap();
    let deep = rmp_serde::to_vec_named(&json!({"answers": {"a": nested(ANSWERS_DEPTH_MAX)}})).unwrap();
    let wide = rmp_serde::to_vec_named(&json!({"answers": {"a": vec![0; ANSWERS_NODES_MAX]}})).unwrap();
    let long = rmp_serde::to_vec_named(&json!({"answers": {"a": "x".repeat(ANSWERS_TEXT_BYTES_MAX + 1)}})).unwrap();
    vec![
        packed("nothing", [], 400, "malformed-body", ""),
        packed("JSON", *b"{}", 400, "malformed-body", ""),
        packed("the byte that is never used", [0xc1], 400, "malformed-body", ""),
        packed("truncated", &whole[..whole.len() - 1], 400, "malformed-body", LAST),
        packed(
            "a list that announces 4 milliard items",
            packed_answers(b"\xdd\xff\xff\xff\xff"),
            400,
            "malformed-body",
            "/answers/0",
        ),
        packed(
            "a text that announces 4 GB",
            packed_answers(b"\xdb\xff\xff\xff\xffx"),
            400,
            "malformed-body",
            "/answers",
        ),
        packed("no UTF-8", packed_answers(b"\x81\xa1a\xa2\xc3\x28"), 422, "not-a-value", "/answers/a"),
        packed("bytes after the value", [&whole[..], b"\xc0"].concat(), 400, "malformed-body", ""),
        packed("a repeated name", packed_answers(b"\x82\xa1a\x01\xa1a\x02"), 400, "duplicate-name", "/answers"),
        packed("too deep", deep, 400, "nested-too-deep", DEEPEST),
        packed("far too deep", vec![0x91; 1_000_000], 400, "nested-too-deep", DEEPEST_LIST),
        packed("too wide", wide, 413, "too-many-values", WIDEST),
        packed("too long a text", long, 413, "text-too-long", "/answers/a"),
        packed(
            "a fraction",
            packed_answers(b"\x81\xa1a\xcb\x3f\xf8\0\0\0\0\0\0"),
            422,
            "fraction-not-text",
            "/answers/a",
        ),
        packed(
            "not a number",
            packed_answers(b"\x81\xa1a\xcb\x7f\xf8\0\0\0\0\0\0"),
            422,
            "fraction-not-text",
            "/answers/a",
        ),
        packed("bytes", packed_answers(b"\x81\xa1a\xc4\x01x"), 422, "not-a-value", "/answers/a"),
        packed("a timestamp", packed_answers(b"\x81\xa1a\xd6\xff\0\0\0\0"), 422, "not-a-value", "/answers/a"),
        packed("a number as a name", packed_answers(b"\x81\x01\x02"), 422, "not-a-value", "/answers"),
        packed("a list", [0x90], 422, "mistyped-value", ""),
        packed("answers that are a number", packed_answers(b"\x01"), 422, "invalid", "/answers"),
    ]
}

/// Where nesting goes one level too deep, counted in the answers.
const DEEPEST: &str = "/answers/a/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0";
/// The same where the whole body is one list in another.
const DEEPEST_LIST: &str = "/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0";
/// The value that is one too many: the message, its answers and their list count, too.
const WIDEST: &str = "/answers/a/199997";
/// Where the truncated answers of the honest rubric break off.
const LAST: &str = "/answers";

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_problem_with_a_code_and_a_place() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    for bad in in_json().into_iter().chain(in_message_pack()) {
        let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::CONTENT_TYPE, bad.media_type);
        let bytes = if bad.what == "no UTF-8" && bad.media_type == "application/json" {
            b"{\"answers\": {\"a\": \"\xc3\x28\"}}".to_vec()
        } else {
            bad.bytes
        };
        let answer = house.ask(put.body(Body::from(bytes)).unwrap()).await;
        let what = format!("{} as {}: {}", bad.what, bad.media_type, String::from_utf8_lossy(&answer.bytes));
        assert_eq!((answer.status, answer.value()["code"].as_str().unwrap()), (bad.status, bad.code), "{what}");
        let pointer = answer.value()["pointer"].as_str().map(str::to_owned);
        if bad.what.starts_with("truncated") || bad.what == "no UTF-8" {
            assert!(pointer.is_some_and(|pointer| pointer.starts_with(bad.pointer.unwrap())), "{what}");
        } else {
            assert_eq!(pointer.as_deref(), bad.pointer, "{what}");
        }
    }
    let kept = house.ask(plain(by(&federation.member, Method::GET, SUBMISSION))).await;
    kept.problem(StatusCode::NOT_FOUND, "missing");
}

#[tokio::test]
async fn answers_may_be_nested_as_deep_in_a_message_as_the_contract_promises() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let body = json!({"answers": {"a": nested(ANSWERS_DEPTH_MAX - 1)}});
    let put = by(&federation.member, Method::PUT, SUBMISSION);
    let answer = house.ask(crate::house::with_json(put, &body)).await;
    // It can be read; that the form does not ask for it is another matter.
    let problem = answer.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(problem["fault"], "submission");
    assert!(problem["errors"][0]["pointer"].as_str().unwrap().starts_with("/answers"), "pointers lead into the body");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_turned_away_whether_it_says_so_or_not() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let put = || by(&federation.member, Method::PUT, SUBMISSION).header(header::CONTENT_TYPE, "application/json");
    let announced = put().header(header::CONTENT_LENGTH, BODY_BYTES_MAX + 1).body(Body::from("{}")).unwrap();
    let chunks = (0..=BODY_BYTES_MAX / (64 * 1024)).map(|_| Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]));
    let silent = put().body(Body::from_stream(futures::stream::iter(chunks))).unwrap();
    for request in [announced, silent] {
        let answer = house.ask(request).await;
        let problem = answer.problem(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large");
        assert_eq!(problem["fault"], "caller");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_problem() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let chunks = [Ok(b"{\"answers\": ".to_vec()), Err(std::io::Error::other("gone"))];
    let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::CONTENT_TYPE, "application/json");
    let answer = house.ask(put.body(Body::from_stream(futures::stream::iter(chunks))).unwrap()).await;
    answer.problem(StatusCode::BAD_REQUEST, "body-incomplete");
}

#[tokio::test]
async fn what_a_clerk_wrote_is_never_repeated_in_a_problem() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let table = [
        r#"{"answers": {}, "explanations": [{"check": "c", "text": ["Li Lei"]}]}"#,
        r#"{"answers": {}, "explanations": "Li Lei"}"#,
        r#"{"answers": {"reporter": {"name": "Li Lei"}}}"#,
    ];
    for text in table {
        let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::CONTENT_TYPE, "application/json");
        let answer = house.ask(put.body(Body::from(text)).unwrap()).await;
        answer.problem(StatusCode::UNPROCESSABLE_ENTITY, answer.value()["code"].as_str().unwrap());
        assert!(!String::from_utf8_lossy(&answer.bytes).contains("Li Lei"), "{text}");
    }
}

#[tokio::test]
async fn what_is_no_component_is_not_admitted_and_says_why() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let path = format!("{FEDERATION}/releases");
    let post = |media_type: &str, bytes: Vec<u8>| {
        let request = by(&federation.admin, Method::POST, &path).header(header::CONTENT_TYPE, media_type);
        request.body(Body::from(bytes)).unwrap()
    };
    let answer = house.ask(post("application/wasm", b"PK\x03\x04 an archive".to_vec())).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.value()["fault"], "plugin");
    assert_eq!(answer.value()["type"], "/api/v1/problems/not-admitted");
    let answer = house.ask(post("application/octet-stream", vec![])).await;
    answer.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
}
