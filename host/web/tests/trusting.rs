//! A federation decides whose signatures on components count.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, by, plain, with_json};

/// The honest report: it is not there yet.
const COMPONENT: &[u8] = rogues::HONEST_CIRCULAR;

fn upload(token: &str, component: &[u8], signatures: &[&str]) -> Request<Body> {
    let mut request = by(token, Method::POST, &format!("{FEDERATION}/releases"));
    for signature in signatures {
        request = request.header("Huizong-Signature", *signature);
    }
    request.header(header::CONTENT_TYPE, "application/wasm").body(Body::from(component.to_vec())).unwrap()
}

fn signed(pair: &KeyPair, component: &[u8]) -> String {
    let signed = minisign::sign(Some(&pair.pk), &pair.sk, Cursor::new(component), Some("file:circular.wasm"), None);
    STANDARD.encode(signed.unwrap().into_string())
}

async fn decide(house: &House, token: &str, body: &Value) -> Answer {
    house.ask(with_json(by(token, Method::PUT, &format!("{FEDERATION}/trust")), body)).await
}

#[tokio::test]
async fn a_component_comes_in_only_with_the_signature_that_its_federation_wants() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let (trusted, stranger) =
        (KeyPair::generate_unencrypted_keypair().unwrap(), KeyPair::generate_unencrypted_keypair().unwrap());
    let path = format!("{FEDERATION}/trust");
    let before = house.ask(plain(by(&federation.admin, Method::GET, &path))).await.expect(StatusCode::OK);
    assert_eq!(before, json!({"version": 0, "signatures": "off", "keys": []}));
    let file = format!("untrusted comment: minisign public key\n{}\n", trusted.pk.to_base64());
    let body = json!({
        "signatures": "require",
        "keys": [{"key": file, "label": "某软件公司"}],
        "reason": "省联社决定",
        "based_on": 0,
    });
    let decided = decide(&house, &federation.admin, &body).await.expect(StatusCode::OK);
    assert_eq!(decided["keys"][0]["key"], trusted.pk.to_base64());
    decide(&house, &federation.admin, &body).await.problem(StatusCode::PRECONDITION_FAILED, "stale");
    decide(&house, &federation.member, &body).await.problem(StatusCode::FORBIDDEN, "not-allowed");

    let wrong = signed(&trusted, b"other bytes");
    let strange = signed(&stranger, COMPONENT);
    for (signatures, code) in [
        (vec![], "signature-required"),
        (vec!["bm90IG1pbmlzaWdu"], "signature-malformed"),
        (vec![wrong.as_str()], "signature-wrong"),
        (vec![strange.as_str()], "key-not-trusted"),
    ] {
        let answer = house.ask(upload(&federation.admin, COMPONENT, &signatures)).await;
        let problem = answer.problem(StatusCode::UNPROCESSABLE_ENTITY, code);
        assert_eq!((&problem["fault"], &problem["type"]), (&json!("caller"), &json!("/api/v1/problems/not-admitted")));
    }
    let right = signed(&trusted, COMPONENT);
    let answer = house.ask(upload(&federation.admin, COMPONENT, &[&right, &right])).await;
    answer.problem(StatusCode::BAD_REQUEST, "header-not-understood");
    let admitted = house.ask(upload(&federation.admin, COMPONENT, &[&right])).await.expect(StatusCode::CREATED);
    assert_eq!(admitted["signature"]["key"], decided["keys"][0]["id"]);
    assert_eq!(admitted["signature"]["trusted_comment"], "file:circular.wasm");
    assert_eq!(admitted["signature_doubt"], Value::Null);
    assert!(admitted["build"]["producers"].as_array().is_some_and(|made| !made.is_empty()), "{}", admitted["build"]);
}

#[tokio::test]
async fn a_decision_that_does_not_hold_is_told_place_by_place() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let body = json!({"signatures": "require", "keys": [{"key": "not a key", "label": "x"}], "reason": ""});
    let problem = decide(&house, &federation.admin, &body).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let parts = problem["problems"].as_array().or_else(|| problem["errors"].as_array()).unwrap();
    let places: Vec<&str> = parts.iter().map(|part| part["pointer"].as_str().unwrap()).collect();
    assert_eq!(places, ["/reason", "/keys/0/key"]);
}
