//! A federation says how its documents look.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, by, plain, with_json};

async fn set(house: &House, token: &str, body: &Value) -> Answer {
    house.ask(with_json(by(token, Method::PUT, &format!("{FEDERATION}/style-sheet")), body)).await
}

async fn read(house: &House, token: &str) -> Value {
    house.ask(plain(by(token, Method::GET, &format!("{FEDERATION}/style-sheet")))).await.expect(StatusCode::OK)
}

#[tokio::test]
async fn what_a_style_sheet_leaves_out_has_the_shape_of_the_standard() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let standard = read(&house, &federation.member).await;
    assert_eq!((&standard["paper"]["top_mm"], &standard["grid"]["lines_per_page"]), (&json!(37), &json!(22)));

    let body = json!({ "paper": { "top_mm": 30 }, "letterhead": { "number_pattern": "秦联发〔{year}〕{sequence}号" } });
    let answered = set(&house, &federation.admin, &body).await.expect(StatusCode::OK);
    let mut expected = standard.clone();
    expected["paper"]["top_mm"] = json!(30);
    expected["letterhead"]["number_pattern"] = json!("秦联发〔{year}〕{sequence}号");
    assert_eq!((&answered, &read(&house, &federation.member).await), (&expected, &expected));

    set(&house, &federation.member, &body).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    set(&house, &federation.admin, &json!({})).await.expect(StatusCode::OK);
    assert_eq!(read(&house, &federation.admin).await, standard);
}

#[tokio::test]
async fn a_style_sheet_that_does_not_fit_together_is_told_place_by_place_and_changes_nothing() {
    let house = House::open().await;
    let federation = Federation::found(&house).await;
    let before = read(&house, &federation.admin).await;
    let body = json!({
        "paper": { "left_mm": 0 },
        "fonts": { "body": "仿宋\"/><w:evil" },
        "letterhead": { "colour": "red", "number_pattern": "〔{year}〕" },
        "sizes": { "body_half_points": 7 },
        "header": "一\n二",
    });
    let problem = set(&house, &federation.admin, &body).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let parts = problem["errors"].as_array().unwrap();
    let told: Vec<(&str, &str)> =
        parts.iter().map(|part| (part["pointer"].as_str().unwrap(), part["code"].as_str().unwrap())).collect();
    assert_eq!(
        told,
        [
            ("/paper/left_mm", "out-of-range"),
            ("/fonts/body", "not-a-font-name"),
            ("/sizes/body_half_points", "out-of-range"),
            ("/letterhead/colour", "not-a-colour"),
            ("/letterhead/number_pattern", "not-a-number-pattern"),
            ("/header", "not-a-line"),
        ]
    );
    assert_eq!(parts[0]["detail"], "应在 5 至 150 之间。");
    let tight = json!({ "paper": { "left_mm": 100, "right_mm": 100 } });
    let problem = set(&house, &federation.admin, &tight).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(problem["errors"][0]["code"], "no-room-for-text");
    assert_eq!(read(&house, &federation.admin).await, before);
}
