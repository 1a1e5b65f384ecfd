//! People: they are let in, sign in, are known by their cookie, and are shut out at once.

use axum::http::request::Builder;
use axum::http::{Method, StatusCode, header};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, SUBMISSION, by, plain, request, with_json};

const PASSWORD: &str = "correct horse battery";

/// Somebody's account; its path and its password.
async fn let_in(house: &House, token: &str, login: &str, grants: &Value) -> String {
    let body = json!({"login": login, "name": "李雷", "password": PASSWORD, "grants": grants});
    let created = house.ask(with_json(by(token, Method::POST, &format!("{FEDERATION}/accounts")), &body)).await;
    let id = created.expect(StatusCode::CREATED)["id"].as_str().unwrap().to_owned();
    format!("{FEDERATION}/accounts/{id}")
}

async fn try_to_sign_in(house: &House, login: &str, password: &str) -> Answer {
    let body = json!({"federation": "north", "login": login, "password": password});
    house.ask(with_json(request(Method::POST, "/sessions"), &body)).await
}

/// The cookie of somebody who signs in, as a browser sends it back.
async fn sign_in(house: &House, login: &str, password: &str) -> String {
    let answer = try_to_sign_in(house, login, password).await;
    answer.expect(StatusCode::CREATED);
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

fn with_cookie(cookie: &str, method: Method, path: &str) -> Builder {
    request(method, path).header(header::COOKIE, cookie).header("sec-fetch-site", "same-origin")
}

fn clerk_of(unit: &str) -> Value {
    json!([{"role": "member-clerk", "unit": unit}])
}

#[tokio::test]
async fn who_is_let_in_signs_in_and_is_known_by_the_cookie() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let_in(&house, &federation.admin, "Clerk.M1", &clerk_of("m1")).await;
    let answer = try_to_sign_in(&house, "clerk.m1", PASSWORD).await;
    let session = answer.expect(StatusCode::CREATED);
    assert_eq!(session["account"]["login"], "clerk.m1");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("huizong_session=hzs_") && cookie.ends_with("; HttpOnly; SameSite=Lax"), "{cookie}");
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("hzs_"), "no script reads it in the message either");

    let cookie = cookie.split(';').next().unwrap();
    let own = house.ask(plain(with_cookie(cookie, Method::GET, "/sessions/own"))).await.expect(StatusCode::OK);
    assert_eq!(own, session);
    let put = with_cookie(cookie, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*");
    let body = json!({"answers": crate::house::answers()});
    house.ask(with_json(put, &body)).await.expect(StatusCode::CREATED);
    let other = SUBMISSION.replace("m1", "m2");
    house.ask(plain(with_cookie(cookie, Method::GET, &other))).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let log = house.ask(plain(by(&federation.admin, Method::GET, &format!("{FEDERATION}/audit")))).await;
    let log = log.expect(StatusCode::OK);
    let acts = log.as_array().unwrap().iter().filter(|entry| entry["act"]["actor"] == "@clerk.m1");
    let verbs: Vec<_> = acts.map(|entry| entry["act"]["verb"].as_str().unwrap()).collect();
    assert_eq!(verbs, ["sign-in", "submit"], "the log names the account");
    assert!(!log.to_string().contains("李雷"), "and not the person");

    let gone = house.ask(plain(with_cookie(cookie, Method::DELETE, "/sessions/own"))).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert!(gone.header("set-cookie").starts_with("huizong_session=; Path=/; Max-Age=0"));
    let after = house.ask(plain(with_cookie(cookie, Method::GET, "/sessions/own"))).await;
    after.problem(StatusCode::UNAUTHORIZED, "not-authenticated");
}

#[tokio::test]
async fn another_site_changes_nothing_by_the_cookie() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let_in(&house, &federation.admin, "clerk", &clerk_of("m1")).await;
    let cookie = sign_in(&house, "clerk", PASSWORD).await;
    let body = json!({"answers": crate::house::answers()});
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("x-nothing", "")] {
        let put = request(Method::PUT, SUBMISSION).header(header::COOKIE, &cookie).header(header::HOST, "house");
        let put = put.header(header::IF_NONE_MATCH, "*").header(name, value);
        house.ask(with_json(put, &body)).await.problem(StatusCode::FORBIDDEN, "not-our-page");
    }
    let put = request(Method::PUT, SUBMISSION).header(header::COOKIE, &cookie).header(header::HOST, "house");
    let put = put.header(header::IF_NONE_MATCH, "*").header(header::ORIGIN, "http://house");
    house.ask(with_json(put, &body)).await.expect(StatusCode::CREATED);
    // A token is no cookie: no browser sends it by itself.
    let bad = by("hz_nobody", Method::GET, "/sessions/own").header(header::COOKIE, &cookie);
    house.ask(plain(bad)).await.problem(StatusCode::UNAUTHORIZED, "not-authenticated");
    let own = house.ask(plain(by(&federation.admin, Method::GET, "/sessions/own"))).await;
    own.problem(StatusCode::FORBIDDEN, "not-allowed");
}

#[tokio::test]
async fn whatever_is_wrong_is_said_in_the_same_words_and_too_often_is_told_when_to_come_back() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let path = let_in(&house, &federation.admin, "clerk", &clerk_of("m1")).await;
    let_in(&house, &federation.admin, "other", &json!([])).await;
    let state = json!({"state": "disabled", "reason": "调离"});
    house
        .ask(with_json(by(&federation.admin, Method::PUT, &format!("{path}/state")), &state))
        .await
        .expect(StatusCode::OK);
    let mut said = Vec::new();
    for (code, login, password) in [
        ("north", "clerk", PASSWORD),
        ("north", "nobody", PASSWORD),
        ("south", "clerk", PASSWORD),
        ("north", "other", "wrong"),
    ] {
        let body = json!({"federation": code, "login": login, "password": password});
        let answer = house.ask(with_json(request(Method::POST, "/sessions"), &body)).await;
        let mut problem = answer.problem(StatusCode::UNAUTHORIZED, "not-signed-in");
        problem["request"] = Value::Null;
        said.push(problem);
    }
    assert!(said.iter().all(|problem| *problem == said[0]), "{said:#?}");

    for _ in 0..9 {
        try_to_sign_in(&house, "other", "wrong").await.problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    }
    let refused = try_to_sign_in(&house, "other", PASSWORD).await;
    let problem = refused.problem(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts");
    assert!(problem["detail"].as_str().unwrap().contains("15"), "{problem}");
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    house.clock.pass(SignedDuration::from_secs(wait));
    sign_in(&house, "other", PASSWORD).await;
}

#[tokio::test]
async fn who_is_shut_out_is_out_at_once_and_who_forgot_a_password_gets_another() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let path = let_in(&house, &federation.admin, "clerk", &clerk_of("m1")).await;
    let (desk, home) = (sign_in(&house, "clerk", PASSWORD).await, sign_in(&house, "clerk", PASSWORD).await);
    let is_in = async |cookie: &str| {
        house.ask(plain(with_cookie(cookie, Method::GET, "/sessions/own"))).await.status == StatusCode::OK
    };
    let change = async |current: &str, new: &str| {
        let body = json!({"current": current, "new": new});
        house.ask(with_json(with_cookie(&desk, Method::PUT, "/sessions/own/password"), &body)).await
    };
    change("wrong", "staple battery horse").await.problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    change(PASSWORD, "short").await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    change(PASSWORD, "my name is clerk").await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert!(is_in(&home).await);
    assert_eq!(change(PASSWORD, "staple battery horse").await.status, StatusCode::NO_CONTENT);
    assert!(is_in(&desk).await && !is_in(&home).await, "elsewhere one is signed out");
    try_to_sign_in(&house, "clerk", PASSWORD).await.problem(StatusCode::UNAUTHORIZED, "not-signed-in");

    let steer = async |what: &str, body: Value| {
        house.ask(with_json(by(&federation.admin, Method::PUT, &format!("{path}/{what}")), &body)).await
    };
    steer("password", json!({"password": "battery staple horse", "reason": "忘记密码"})).await.expect(StatusCode::OK);
    assert!(!is_in(&desk).await);
    let again = sign_in(&house, "clerk", "battery staple horse").await;
    steer("state", json!({"state": "disabled", "reason": "调离"})).await.expect(StatusCode::OK);
    assert!(!is_in(&again).await);
    try_to_sign_in(&house, "clerk", "battery staple horse").await.problem(StatusCode::UNAUTHORIZED, "not-signed-in");
    steer("state", json!({"state": "active", "reason": "回来"})).await.expect(StatusCode::OK);
    assert!(!is_in(&again).await, "what ended stays ended");
    let once_more = sign_in(&house, "clerk", "battery staple horse").await;

    // A grant that is taken is gone with the next request.
    let read = async |cookie: &str| house.ask(plain(with_cookie(cookie, Method::GET, SUBMISSION))).await;
    read(&once_more).await.problem(StatusCode::NOT_FOUND, "missing");
    let grants = format!("{path}/grants");
    let body = json!({"act": "withdraw", "role": "member-clerk", "unit": "m1", "reason": "换岗"});
    house.ask(with_json(by(&federation.admin, Method::POST, &grants), &body)).await.expect(StatusCode::OK);
    read(&once_more).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let body = json!({"act": "give", "role": "reviewer", "reason": "换岗"});
    house.ask(with_json(by(&federation.admin, Method::POST, &grants), &body)).await.expect(StatusCode::OK);
    read(&once_more).await.problem(StatusCode::NOT_FOUND, "missing");

    house.clock.pass(SignedDuration::from_mins(59));
    assert!(is_in(&once_more).await);
    house.clock.pass(SignedDuration::from_mins(60));
    assert!(!is_in(&once_more).await, "who is silent is signed out");
}

#[tokio::test]
async fn nobody_gives_what_they_could_not_and_the_operator_lets_only_the_first_people_in() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let accounts = format!("{FEDERATION}/accounts");
    let create = async |token: &str, grants: Value| {
        let body = json!({"login": "someone", "name": "某人", "password": PASSWORD, "grants": grants});
        house.ask(with_json(by(token, Method::POST, &accounts), &body)).await
    };
    create(&house.operator, clerk_of("m1")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    create(&federation.member, json!([])).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    create(&federation.admin, json!([{"role": "operator"}])).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    create(&federation.admin, json!([{"role": "member-clerk"}]))
        .await
        .problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    create(&federation.admin, clerk_of("m9")).await.problem(StatusCode::NOT_FOUND, "missing");
    let clerk = let_in(&house, &federation.admin, "clerk", &clerk_of("m1")).await;
    let first = let_in(&house, &house.operator, "director", &json!([{"role": "federation-admin"}])).await;
    let state = json!({"state": "disabled", "reason": "x"});
    let shut = async |path: &str| {
        house.ask(with_json(by(&house.operator, Method::PUT, &format!("{path}/state")), &state)).await
    };
    shut(&clerk).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    shut(&first).await.expect(StatusCode::OK);
    let list = house.ask(plain(by(&federation.admin, Method::GET, &accounts))).await.expect(StatusCode::OK);
    let logins: Vec<_> = list.as_array().unwrap().iter().map(|account| account["login"].as_str().unwrap()).collect();
    assert_eq!(logins, ["clerk", "director"]);
    assert!(!list.to_string().contains("argon2"));
    house.ask(plain(by(&house.operator, Method::GET, &accounts))).await.problem(StatusCode::FORBIDDEN, "not-allowed");
}
