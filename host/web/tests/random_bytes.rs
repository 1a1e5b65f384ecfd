//! Random bytes: whatever comes in, the house answers with a problem of the caller's and never with one of its own.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::house::{Federation, House, SUBMISSION, answers, by};

/// Bytes that are nearly a message: a good one with some of them changed, or cut off.
fn nearly(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = good.len();
    (vec((0..length, any::<u8>()), 0..6), 0..=length).prop_map(move |(changes, cut)| {
        let mut bytes = good.clone();
        for (index, byte) in changes {
            bytes[index] = byte;
        }
        bytes.truncate(cut);
        bytes
    })
}

fn anything() -> impl Strategy<Value = (&'static str, Vec<u8>)> {
    let message: Value = json!({"answers": answers(), "explanations": [{"check": "a", "text": "because"}]});
    let json = serde_json::to_vec(&message).unwrap();
    let packed = rmp_serde::to_vec_named(&message).unwrap();
    prop_oneof![
        vec(any::<u8>(), 0..400).prop_map(|bytes| ("application/json", bytes)),
        vec(any::<u8>(), 0..400).prop_map(|bytes| ("application/msgpack", bytes)),
        nearly(json).prop_map(|bytes| ("application/json", bytes)),
        nearly(packed).prop_map(|bytes| ("application/msgpack", bytes)),
    ]
}

#[test]
fn whatever_is_sent_is_answered_and_never_the_fault_of_the_host() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(House::open());
    let federation = runtime.block_on(Federation::with_round(&house));
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&anything(), |(media_type, bytes)| {
        let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::CONTENT_TYPE, media_type);
        let answer = runtime.block_on(house.ask(put.body(Body::from(bytes)).unwrap()));
        prop_assert!(!answer.status.is_server_error(), "{}: {}", answer.status, answer.value());
        if !answer.status.is_success() {
            let problem = answer.value();
            prop_assert!(["caller", "submission"].contains(&problem["fault"].as_str().unwrap()));
            let is_about_the_body = answer.status != StatusCode::PRECONDITION_REQUIRED;
            prop_assert!(!is_about_the_body || problem["pointer"].is_string(), "{}", problem);
        }
        Ok(())
    });
    outcome.unwrap();
}
