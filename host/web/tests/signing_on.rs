//! Single sign-on: somebody is sent to the provider that their federation believes, and comes back as who they are, or not at all.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode, header};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::sign_on::encoded;
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use post::PostSettings;
use serde_json::{Value, json};
use web::WebSettings;

use crate::house::{Answer, FEDERATION, Federation, House, by, plain, request, with_json};
use crate::issuer::{CLIENT, Issuer, new_key, parameters};

/// What the house's clock shows.
const NOW: i64 = 1_705_284_000;

struct Realm {
    house: House,
    issuer: Issuer,
    admin: String,
}

impl Realm {
    /// A federation that believes a provider, and a clerk of it.
    async fn found() -> Self {
        let issuer = Issuer::open().await;
        let settings = WebSettings { public_url: Some("https://house.example".to_owned()), ..WebSettings::default() };
        let post = PostSettings { sign_on_hosts: [issuer.host()].into(), ..PostSettings::default() };
        let house = House::posting(settings, post).await;
        let federation = Federation::found(&house).await;
        let realm = Self { house, issuer, admin: federation.admin };
        realm.believe(&realm.issuer.name()).await.expect(StatusCode::OK);
        let body = json!({"login": "clerk.m1", "name": "李雷", "grants": [{"role": "member-clerk", "unit": "m1"}]});
        let path = format!("{FEDERATION}/accounts");
        realm.house.ask(with_json(by(&realm.admin, Method::POST, &path), &body)).await.expect(StatusCode::CREATED);
        realm
    }

    async fn believe(&self, issuer: &str) -> Answer {
        let body = json!({"issuer": issuer, "client_id": CLIENT.0, "client_secret": CLIENT.1});
        self.house.ask(with_json(by(&self.admin, Method::PUT, &format!("{FEDERATION}/sign-on")), &body)).await
    }

    /// Somebody is sent to the provider: with which parameters, and with which cookie in their browser.
    async fn sent(&self) -> (BTreeMap<String, String>, String) {
        let away = self.house.ask(plain(request(Method::GET, &format!("{FEDERATION}/sign-on/start")))).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", String::from_utf8_lossy(&away.bytes));
        let (endpoint, query) = away.header("location").split_once('?').unwrap();
        assert_eq!(endpoint, format!("{}/authorize", self.issuer.name()));
        let cookie = away.header("set-cookie");
        assert!(cookie.contains("; Path=/api/v1/sign-on; Max-Age=600; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
        (parameters(query), cookie.split(';').next().unwrap().to_owned())
    }

    /// They come back.
    async fn back(&self, cookie: &str, state: &str, code: &str) -> Answer {
        let path = format!("/sign-on/back?state={}&code={}&session_state=x", encoded(state), encoded(code));
        self.house.ask(plain(request(Method::GET, &path).header(header::COOKIE, cookie))).await
    }

    /// They go there and come back with an identity that is right but for a change.
    async fn with(&self, kind: &str, change: impl FnOnce(&mut Value)) -> Answer {
        let (sent, cookie) = self.sent().await;
        let mut claims = self.issuer.claims(&sent, "clerk.m1", NOW);
        change(&mut claims);
        let code = self.issuer.code_for(&sent, &claims, kind);
        self.back(&cookie, &sent["state"], &code).await
    }
}

fn refused(answer: &Answer, code: &str) {
    answer.problem(StatusCode::UNAUTHORIZED, code);
    assert!(answer.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn whom_the_provider_knows_comes_back_signed_in() {
    let realm = Realm::found().await;
    for kind in ["RS256", "ES256", "EdDSA"] {
        let back = realm.with(kind, |_| {}).await;
        assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/"), "{kind}");
        let cookies: Vec<_> = back.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
        assert!(cookies[0].starts_with("huizong_session=hzs_") && cookies[0].ends_with("; Secure"), "{cookies:?}");
        assert!(cookies[1].starts_with("huizong_sign_on=;"), "{cookies:?}");
        let cookie = cookies[0].split(';').next().unwrap();
        let own = request(Method::GET, "/sessions/own").header(header::COOKIE, cookie);
        let own = realm.house.ask(plain(own)).await.expect(StatusCode::OK);
        assert_eq!(own["account"]["login"], "clerk.m1");
    }
    let log = realm.house.ask(plain(by(&realm.admin, Method::GET, &format!("{FEDERATION}/audit")))).await;
    let text = log.expect(StatusCode::OK).to_string();
    assert!(text.contains("single sign-on") && text.contains(&realm.issuer.name()));
    assert!(!text.contains("s3cret") && !text.contains("li.lei"), "the log knows no secret and no mail address");
    let view = realm.house.ask(plain(by(&realm.admin, Method::GET, &format!("{FEDERATION}/sign-on")))).await;
    assert!(!view.expect(StatusCode::OK).to_string().contains("s3cret"));
}

#[tokio::test]
async fn an_identity_with_anything_wrong_signs_nobody_in() {
    let realm = Realm::found().await;
    let cases: [(&str, Value, &str); 7] = [
        ("nonce", json!("another"), "sign-on-nonce"),
        ("exp", json!(NOW - 61), "sign-on-time"),
        ("iat", json!(NOW + 3_600), "sign-on-time"),
        ("aud", json!("another house"), "sign-on-audience"),
        ("iss", json!("https://id.example.org"), "sign-on-issuer"),
        ("preferred_username", json!("nobody"), "sign-on-no-account"),
        ("preferred_username", Value::Null, "sign-on-no-account"),
    ];
    for (name, value, code) in cases {
        refused(&realm.with("ES256", |claims| claims[name] = value.clone()).await, code);
    }
    // Signed by somebody else, by nobody, or with the published key as if it were a secret.
    let forged = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA].map(|kind| {
        let (name, key) = new_key(kind);
        (Header { kid: Some(name.to_owned()), ..Header::new(kind) }, key)
    });
    let shared =
        (Header { kid: Some("RS256".to_owned()), ..Header::new(Algorithm::HS256) }, EncodingKey::from_secret(b"n"));
    for (header, key) in forged.into_iter().chain([shared]) {
        let (sent, cookie) = realm.sent().await;
        let identity = encode(&header, &realm.issuer.claims(&sent, "clerk.m1", NOW), &key).unwrap();
        let code = realm.issuer.code_for_identity(&sent, identity);
        refused(&realm.back(&cookie, &sent["state"], &code).await, "sign-on-signature");
    }
    let (sent, cookie) = realm.sent().await;
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = realm.issuer.claims(&sent, "clerk.m1", NOW);
    let unsigned = format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims));
    let code = realm.issuer.code_for_identity(&sent, unsigned);
    refused(&realm.back(&cookie, &sent["state"], &code).await, "sign-on-signature");
}

#[tokio::test]
async fn only_the_browser_that_was_sent_comes_back_once_and_in_time() {
    let realm = Realm::found().await;
    let (sent, cookie) = realm.sent().await;
    let claims = realm.issuer.claims(&sent, "clerk.m1", NOW);
    let code = realm.issuer.code_for(&sent, &claims, "EdDSA");
    // Somebody else's browser, with a link that it was given.
    refused(&realm.back("a=b", &sent["state"], &code).await, "sign-on-not-expected");
    let (_, other) = realm.sent().await;
    refused(&realm.back(&other, &sent["state"], &code).await, "sign-on-not-expected");
    // The code is of no use where another one was asked for: its challenge is another's.
    let (mine, own) = realm.sent().await;
    refused(&realm.back(&own, &mine["state"], &code).await, "sign-on-no-identity");
    let (sent, cookie_again) = realm.sent().await;
    let code = realm.issuer.code_for(&sent, &realm.issuer.claims(&sent, "clerk.m1", NOW), "EdDSA");
    assert_eq!(realm.back(&cookie_again, &sent["state"], &code).await.status, StatusCode::SEE_OTHER);
    refused(&realm.back(&cookie_again, &sent["state"], &code).await, "sign-on-not-expected");
    drop(cookie);
    let (sent, cookie) = realm.sent().await;
    let code = realm.issuer.code_for(&sent, &realm.issuer.claims(&sent, "clerk.m1", NOW), "EdDSA");
    realm.house.clock.pass(SignedDuration::from_mins(10));
    refused(&realm.back(&cookie, &sent["state"], &code).await, "sign-on-not-expected");
}

#[tokio::test]
async fn only_a_provider_that_the_operator_allows_is_believed_and_only_as_it_says_itself() {
    let realm = Realm::found().await;
    let elsewhere = realm.believe("https://id.example.org").await;
    let problem = elsewhere.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(problem["pointer"], "/issuer");
    let start = || plain(request(Method::GET, &format!("{FEDERATION}/sign-on/start")));
    // The document is somebody else's, or sends elsewhere what may not be asked.
    realm.issuer.say("issuer", json!("https://id.example.org"));
    refused(&realm.house.ask(start()).await, "sign-on-issuer");
    realm.issuer.say("issuer", json!(realm.issuer.name()));
    realm.issuer.say("token_endpoint", json!("http://169.254.169.254/latest"));
    refused(&realm.house.ask(start()).await, "sign-on-no-identity");
    realm.issuer.say("token_endpoint", json!(format!("{}/token", realm.issuer.name())));
    // Keys change, and the new ones are believed at once.
    realm.issuer.add_key(Algorithm::ES256);
    assert_eq!(realm.with("ES256", |_| {}).await.status, StatusCode::SEE_OTHER);
    let gone = json!({});
    realm
        .house
        .ask(with_json(by(&realm.admin, Method::PUT, &format!("{FEDERATION}/sign-on")), &gone))
        .await
        .expect(StatusCode::OK);
    realm.house.ask(start()).await.problem(StatusCode::CONFLICT, "no-single-sign-on");
}
