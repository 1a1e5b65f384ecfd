//! What a member has to put right, over HTTP: every message as the document says.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

#[tokio::test]
async fn what_lost_points_is_opened_planned_completed_accepted_and_listed() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let (admin, member) = (&federation.admin, &federation.member);
    let items = format!("{SUBMISSION}/rectifications");
    let get = async |who: &str, path: &str| house.ask(plain(by(who, Method::GET, path))).await;
    let post =
        async |who: &str, path: &str, body: &Value| house.ask(with_json(by(who, Method::POST, path), body)).await;
    get(admin, &format!("{items}/deductions")).await.problem(StatusCode::CONFLICT, "not-settled");

    let mut given = answers();
    given["locked_exit"] = json!(true);
    let handed = by(member, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    house.ask(with_json(handed, &json!({ "answers": given }))).await.expect(StatusCode::CREATED);
    let asked = house.ask(plain(by(admin, Method::POST, &format!("{ROUND}/settlements")))).await;
    let job = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
    get(admin, &format!("{FEDERATION}/jobs/{job}/events")).await;

    let lost = get(admin, &format!("{items}/deductions")).await.expect(StatusCode::OK);
    let lost_at_exits = lost.as_array().unwrap().iter().find(|lost| lost["criterion"] == "exits").unwrap();
    assert_eq!((&lost_at_exits["lost"], &lost_at_exits["rectification"]), (&json!("40"), &Value::Null));
    let item = |cause: Value| json!({ "cause": cause, "problem": "出口上锁", "due_on": "2024-06-30" });
    let new = json!({ "items": [
        item(json!({ "deduction": { "criterion": "exits" } })),
        item(json!({ "stated": { "at": "/drills" } })),
    ] });
    post(member, &items, &new).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let opened = post(admin, &items, &new).await.expect(StatusCode::CREATED);
    assert_eq!(opened[0]["cause"], json!({ "deduction": { "criterion": "exits", "lost": "40" } }));
    post(admin, &items, &new).await.problem(StatusCode::CONFLICT, "already-there");
    let wrong = json!({ "items": [item(json!({ "deduction": { "criterion": "gardens" } }))] });
    let wrong = post(admin, &items, &wrong).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(wrong["errors"][0]["pointer"], "/items/0/cause/deduction/criterion");

    let steps = format!("{items}/{}/steps", opened[0]["id"].as_str().unwrap());
    let plan = json!({ "after": 0, "act": { "plan": { "measure": "拆除门锁", "owner": "安全科" } } });
    let planned = post(member, &steps, &plan).await.expect(StatusCode::OK);
    assert_eq!((&planned["state"], &planned["owner"]), (&json!("under-way"), &json!("安全科")));
    post(member, &steps, &plan).await.problem(StatusCode::PRECONDITION_FAILED, "stale");
    let complete = json!({ "after": 1, "act": { "complete": { "text": "已拆除" } } });
    post(member, &steps, &complete).await.expect(StatusCode::OK);
    let accept = json!({ "after": 2, "act": { "accept": { "text": "属实" } } });
    post(member, &steps, &accept).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let accepted = post(admin, &steps, &accept).await.expect(StatusCode::OK);
    assert_eq!(accepted["state"], "accepted");
    let accept = json!({ "after": 3, "act": { "accept": { "text": "属实" } } });
    post(admin, &steps, &accept).await.problem(StatusCode::CONFLICT, "rectification-step-not-possible");

    let seen = get(member, &items).await.expect(StatusCode::OK);
    assert_eq!((&seen["own"][0], &seen["carried"]), (&accepted, &json!([])));
    let list = format!("{FEDERATION}/rectifications");
    let open = get(admin, &format!("{list}?round=2023&open=true")).await.expect(StatusCode::OK);
    assert_eq!((open.as_array().unwrap().len(), &open[0]["cause"]), (1, &json!({ "stated": { "at": "/drills" } })));
    assert_eq!(get(admin, &format!("{list}?overdue=true")).await.expect(StatusCode::OK), json!([]));
    get(admin, &format!("{list}?round=2099")).await.problem(StatusCode::NOT_FOUND, "missing");
    get(member, &list).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    for (format, media_type) in [("csv", "text/csv"), ("html", "text/html"), ("markdown", "text/markdown")] {
        let listed = get(admin, &format!("{list}?format={format}")).await;
        assert_eq!((listed.status, listed.media_type()), (StatusCode::OK, media_type));
        assert!(String::from_utf8(listed.bytes).unwrap().contains("出口上锁"));
    }
}
