//! Addresses, methods, tokens and headers: what goes wrong before anything is looked up.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;
use web::WebSettings;

use crate::house::{FEDERATION, Federation, House, ROUND, SUBMISSION, by, plain, request, with_json};

#[tokio::test]
async fn an_address_that_does_not_exist_is_a_problem() {
    let house = House::open().await;
    for path in ["/nothing", "/api/v2/federations", "/api/v1/federations/", "/api/v1/problems/no-such"] {
        let answer = house.ask(Request::get(path).body(Body::empty()).unwrap()).await;
        answer.problem(StatusCode::NOT_FOUND, "no-such-address");
        assert_eq!(answer.media_type(), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn a_code_that_cannot_exist_is_an_address_that_does_not() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let table = [
        "/federations/a%20b/rounds",
        "/federations/-north/rounds",
        "/federations/%E5%8C%97/rounds",
        &format!("/federations/{}/rounds", "n".repeat(65)),
        "/federations/north/rounds/..%2f..",
        "/federations/north/releases/abc",
        "/federations/north/jobs/1",
        "/federations/north/rounds/2023/submissions/m1/revisions/minus-one",
        "/federations/north/rounds/2023/submissions/m1/revisions/99999999999",
    ];
    for path in table {
        let answer = house.ask(plain(by(&federation.admin, Method::GET, path))).await;
        answer.problem(StatusCode::NOT_FOUND, "no-such-address");
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_a_problem_that_names_the_others() {
    let house = House::open().await;
    let answer = house.ask(plain(request(Method::DELETE, "/federations"))).await;
    answer.problem(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed");
    let allowed: Vec<&str> = answer.header("allow").split(',').collect();
    assert!(allowed.contains(&"GET") && allowed.contains(&"POST"), "{allowed:?}");
    // Of an address that two routers share, both methods are named.
    let answer = house.ask(plain(request(Method::PUT, &format!("{FEDERATION}/releases")))).await;
    answer.problem(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed");
    assert!(answer.header("allow").contains("GET") && answer.header("allow").contains("POST"));
}

#[tokio::test]
async fn whoever_shows_no_valid_token_is_told_nothing_but_that() {
    let house = House::open().await;
    let mut said = Vec::new();
    let tokens: [&[u8]; 6] = [b"", b"Bearer", b"Bearer ", b"Basic abc", b"Bearer not-a-token", b"bearer \xe4"];
    for token in tokens {
        let mut builder = request(Method::GET, "/federations");
        if !token.is_empty() {
            builder = builder.header(header::AUTHORIZATION, token);
        }
        let answer = house.ask(plain(builder)).await;
        let mut problem = answer.problem(StatusCode::UNAUTHORIZED, "not-authenticated");
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        problem["request"] = json!("");
        said.push(problem);
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:#?}");
}

#[tokio::test]
async fn another_federation_is_not_told_apart_from_one_that_does_not_exist() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let body = json!({"code": "south", "name": "南方联社"});
    let enrol = with_json(by(&house.operator, Method::POST, "/federations"), &body);
    house.ask(enrol).await.expect(StatusCode::CREATED);
    let mut said = Vec::new();
    for path in ["/federations/south/units", "/federations/nowhere/units"] {
        let mut problem = house
            .ask(plain(by(&federation.admin, Method::GET, path)))
            .await
            .problem(StatusCode::FORBIDDEN, "not-allowed");
        problem["request"] = json!("");
        said.push(problem);
    }
    assert_eq!(said[0], said[1]);
    for path in
        [format!("{ROUND}/submissions/m2"), format!("{ROUND}/submissions/nobody"), format!("{FEDERATION}/units")]
    {
        let answer = house.ask(plain(by(&federation.member, Method::GET, &path))).await;
        answer.problem(StatusCode::FORBIDDEN, "not-allowed");
    }
}

#[tokio::test]
async fn a_problem_speaks_chinese_unless_english_is_asked_for() {
    let house = House::open().await;
    let chinese = house.ask(plain(request(Method::GET, "/federations"))).await;
    let english = request(Method::GET, "/federations").header(header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9");
    let english = house.ask(plain(english)).await;
    assert_eq!(chinese.header("content-language"), "zh-CN");
    assert_eq!(english.header("content-language"), "en");
    assert!(!chinese.value()["detail"].as_str().unwrap().is_ascii());
    assert!(english.value()["title"].as_str().unwrap().is_ascii());
}

#[tokio::test]
async fn every_kind_of_problem_has_its_page_in_both_languages() {
    let house = House::open().await;
    for language in ["zh-CN", "en"] {
        let list = request(Method::GET, "/problems").header(header::ACCEPT_LANGUAGE, language);
        let kinds = house.ask(plain(list)).await.expect(StatusCode::OK);
        for kind in kinds.as_array().unwrap() {
            let title = kind["title"].as_str().unwrap();
            assert!(!title.starts_with("web-"), "{language} has no words for {title}");
            let page = Request::get(kind["type"].as_str().unwrap()).header(header::ACCEPT_LANGUAGE, language);
            let page = house.ask(page.body(Body::empty()).unwrap()).await.expect(StatusCode::OK);
            assert_eq!(&page, kind);
        }
    }
}

#[tokio::test]
async fn every_answer_forbids_guessing_keeping_and_framing() {
    let house = House::open().await;
    for path in ["/problems", "/federations", "/nothing"] {
        let answer = house.ask(plain(request(Method::GET, path))).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert!(!answer.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn a_request_keeps_the_id_that_it_came_with_if_that_is_harmless() {
    let house = House::open().await;
    for (given, kept) in [("abc-1.2_3", true), ("a b", false), ("<script>", false), (&*"x".repeat(65), false)] {
        let answer = house.ask(plain(request(Method::GET, "/nothing").header("x-request-id", given))).await;
        assert_eq!(answer.header("x-request-id") == given, kept, "{given}");
        assert_eq!(answer.value()["request"], answer.header("x-request-id"));
    }
}

#[tokio::test]
async fn a_house_without_a_free_place_says_when_to_come_back_and_still_shows_that_it_lives() {
    let settings = WebSettings { requests_at_once_max: 0, ..WebSettings::default() };
    let house = House::open_with(settings).await;
    let answer = house.ask(plain(by(&house.operator, Method::GET, "/federations"))).await;
    let problem = answer.problem(StatusCode::SERVICE_UNAVAILABLE, "busy");
    assert_eq!(problem["fault"], "host");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    for path in ["/healthz", "/readyz"] {
        let answer = house.ask(Request::get(path).body(Body::empty()).unwrap()).await;
        answer.expect(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_query_that_is_not_understood_is_a_problem() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    for query in ["revision=first", "revision=-1", "revison=1", "revision=1&revision=2"] {
        let path = format!("{SUBMISSION}/findings?{query}");
        let answer = house.ask(plain(by(&federation.member, Method::GET, &path))).await;
        answer.problem(StatusCode::BAD_REQUEST, "query-not-understood");
    }
}
