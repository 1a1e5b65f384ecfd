//! Tokens: for something only, for some time only, listed without their secrets, and worth nothing once revoked.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, SUBMISSION, answers, by, plain, request, with_json};

async fn issue(house: &House, by_whom: &str, body: &Value) -> Answer {
    house.ask(with_json(by(by_whom, Method::POST, &format!("{FEDERATION}/tokens")), body)).await
}

async fn get(house: &House, token: &str, path: &str) -> Answer {
    house.ask(plain(by(token, Method::GET, path))).await
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

#[tokio::test]
async fn a_token_for_something_only_is_for_nothing_else_and_ends_when_it_says() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let admin = &federation.admin;
    let body = json!({
        "role": "federation-admin", "label": "看板", "scopes": ["read"], "expires_at": "2024-02-01T00:00:00Z",
    });
    let issued = issue(&house, admin, &body).await.expect(StatusCode::CREATED);
    assert_eq!((&issued["scopes"], text(&issued, "role")), (&json!(["read"]), "federation-admin"));
    let board = text(&issued, "secret");
    get(&house, board, &format!("{FEDERATION}/rounds/2023/progress")).await.expect(StatusCode::OK);
    let act = json!({"act": "close", "reason": "x"});
    let steer = by(board, Method::POST, &format!("{FEDERATION}/rounds/2023/acts"));
    house.ask(with_json(steer, &act)).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    issue(&house, board, &json!({"role": "reviewer", "label": "x"}))
        .await
        .problem(StatusCode::FORBIDDEN, "not-allowed");
    // Not even one that is for everything that there is a word for lets others in.
    let all = json!({"role": "federation-admin", "label": "程序", "scopes": ["read", "submit", "review", "steer"]});
    let all = issue(&house, admin, &all).await.expect(StatusCode::CREATED);
    issue(&house, text(&all, "secret"), &body).await.problem(StatusCode::FORBIDDEN, "not-allowed");

    house.clock.set("2024-01-31T23:59:59Z".parse().unwrap());
    get(&house, board, &format!("{FEDERATION}/rounds")).await.expect(StatusCode::OK);
    house.clock.set("2024-02-01T00:00:00Z".parse().unwrap());
    get(&house, board, &format!("{FEDERATION}/rounds")).await.problem(StatusCode::UNAUTHORIZED, "not-authenticated");

    for wrong in [
        json!({"role": "reviewer", "label": "x", "scopes": []}),
        json!({"role": "reviewer", "label": "x", "expires_at": "2024-01-01T00:00:00Z"}),
        json!({"role": "reviewer", "label": "x", "expires_at": "2034-01-01T00:00:00Z"}),
        json!({"role": "reviewer", "label": "@clerk"}),
        json!({"role": "member-clerk", "label": "x"}),
    ] {
        issue(&house, admin, &wrong).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    }
}

#[tokio::test]
async fn a_revoked_token_is_worth_nothing_at_once_and_the_log_says_why() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let (admin, tokens) = (&federation.admin, format!("{FEDERATION}/tokens"));
    let issued = issue(&house, admin, &json!({"role": "reviewer", "label": "评审"})).await.expect(StatusCode::CREATED);
    let (id, reviewer) = (text(&issued, "id"), text(&issued, "secret"));
    get(&house, reviewer, &format!("{FEDERATION}/units")).await.expect(StatusCode::OK);
    let revoke = format!("{tokens}/{id}/revocation");
    let because = json!({"reason": "电脑遗失"});
    for nobody in [&federation.member, reviewer] {
        let refused = house.ask(with_json(by(nobody, Method::POST, &revoke), &because)).await;
        refused.problem(StatusCode::FORBIDDEN, "not-allowed");
    }
    let refused = house.ask(with_json(by(&house.operator, Method::POST, &revoke), &because)).await;
    refused.problem(StatusCode::FORBIDDEN, "not-allowed");
    let revoked = house.ask(with_json(by(admin, Method::POST, &revoke), &because)).await.expect(StatusCode::OK);
    assert_eq!(text(&revoked, "revoked_at"), "2024-01-15T02:00:00Z");
    let after = get(&house, reviewer, &format!("{FEDERATION}/units")).await;
    after.problem(StatusCode::UNAUTHORIZED, "not-authenticated");
    let listed = get(&house, admin, &tokens).await.expect(StatusCode::OK);
    let labels: Vec<_> = listed.as_array().unwrap().iter().map(|token| text(token, "label")).collect();
    assert_eq!(labels.len(), 3, "that of the administration, of the member, and this one: {labels:?}");
    let log = get(&house, admin, &format!("{FEDERATION}/audit")).await.expect(StatusCode::OK);
    let newest = &log.as_array().unwrap().last().unwrap()["act"];
    assert_eq!((text(newest, "verb"), text(newest, "reason")), ("revoke-token", "电脑遗失"));
    for secret in [reviewer, admin.as_str(), &federation.member] {
        assert!(!log.to_string().contains(secret) && !listed.to_string().contains(secret));
    }
}

#[tokio::test]
async fn a_token_of_ones_own_is_worth_what_one_is() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let (admin, password) = (&federation.admin, "correct horse battery");
    let grants = json!([{"role": "member-clerk", "unit": "m1"}]);
    let body = json!({"login": "clerk", "name": "李雷", "password": password, "grants": grants});
    let account = house.ask(with_json(by(admin, Method::POST, &format!("{FEDERATION}/accounts")), &body)).await;
    let account = account.expect(StatusCode::CREATED);
    let body = json!({"federation": "north", "login": "clerk", "password": password});
    let signed_in = house.ask(with_json(request(Method::POST, "/sessions"), &body)).await;
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap().to_owned();
    let own = |method: Method, path: &str| {
        request(method, path).header(header::COOKIE, &cookie).header("sec-fetch-site", "same-origin")
    };
    let wanted = json!({"label": "报送程序", "scopes": ["submit", "steer"]});
    let issued = house.ask(with_json(own(Method::POST, "/sessions/own/tokens"), &wanted)).await;
    let issued = issued.expect(StatusCode::CREATED);
    assert_eq!(issued.get("role"), None, "it says nothing of what its owner is");
    assert_eq!(text(&issued, "expires_at"), "2024-04-14T02:00:00Z");
    let program = text(&issued, "secret");
    let put = by(program, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*");
    house.ask(with_json(put, &json!({"answers": answers()}))).await.expect(StatusCode::CREATED);
    get(&house, program, SUBMISSION).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let acts = by(program, Method::POST, &format!("{FEDERATION}/rounds/2023/acts"));
    let close = json!({"act": "close", "reason": "x"});
    house.ask(with_json(acts, &close)).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let more = with_json(by(program, Method::POST, "/sessions/own/tokens"), &wanted);
    house.ask(more).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let log = get(&house, admin, &format!("{FEDERATION}/audit")).await.expect(StatusCode::OK);
    let submitted = log.as_array().unwrap().iter().find(|entry| entry["act"]["verb"] == "submit").unwrap();
    assert_eq!(submitted["act"]["actor"], "@clerk", "it is the person who acts");

    // What its owner is not any more, it is not either; and whoever is shut out has no programs.
    let path = format!("{FEDERATION}/accounts/{}", text(&account, "id"));
    let take = json!({"act": "withdraw", "role": "member-clerk", "unit": "m1", "reason": "换岗"});
    house.ask(with_json(by(admin, Method::POST, &format!("{path}/grants")), &take)).await.expect(StatusCode::OK);
    let put = || with_json(by(program, Method::PUT, SUBMISSION), &json!({"answers": answers()}));
    house.ask(put()).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let mine = house.ask(plain(own(Method::GET, "/sessions/own/tokens"))).await.expect(StatusCode::OK);
    assert_eq!((mine.as_array().unwrap().len(), text(&mine[0], "label")), (1, "报送程序"));
    let revoke = format!("/sessions/own/tokens/{}", text(&issued, "id"));
    assert_eq!(house.ask(plain(own(Method::DELETE, &revoke))).await.status, StatusCode::NO_CONTENT);
    house.ask(put()).await.problem(StatusCode::UNAUTHORIZED, "not-authenticated");

    let again = house.ask(with_json(own(Method::POST, "/sessions/own/tokens"), &wanted)).await;
    let again = again.expect(StatusCode::CREATED);
    let off = json!({"state": "disabled", "reason": "调离"});
    house.ask(with_json(by(admin, Method::PUT, &format!("{path}/state")), &off)).await.expect(StatusCode::OK);
    let after = get(&house, text(&again, "secret"), &format!("{FEDERATION}/rounds")).await;
    after.problem(StatusCode::UNAUTHORIZED, "not-authenticated");
}
