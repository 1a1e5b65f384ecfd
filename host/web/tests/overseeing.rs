//! The audit log and the roll-up for the next level, over HTTP.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::house::{FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

#[tokio::test]
async fn the_log_is_paged_attested_and_exported() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let audit = format!("{FEDERATION}/audit");
    let get = async |path: &str| house.ask(plain(by(&federation.admin, Method::GET, path))).await;
    let first = get(&format!("{audit}?limit=2")).await.expect(StatusCode::OK);
    assert_eq!((first[0]["sequence"].clone(), first[1]["sequence"].clone()), (json!(1), json!(2)));
    let rest = get(&format!("{audit}?after=2")).await.expect(StatusCode::OK);
    assert_eq!(rest[0]["before"], first[1]["hash"]);
    let signed = house.ask(plain(by(&federation.admin, Method::POST, &format!("{audit}/checkpoints")))).await;
    let signed = signed.expect(StatusCode::OK);
    assert_eq!(get(&format!("{audit}/checkpoints")).await.expect(StatusCode::OK), json!([signed]));
    let export = get(&format!("{audit}/export")).await;
    assert_eq!((export.status, export.media_type()), (StatusCode::OK, "application/jsonl"));
    assert!(export.header("content-disposition").contains("north-audit.jsonl"));
    let text = String::from_utf8(export.bytes).unwrap();
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["end"], signed);
    let denied = house.ask(plain(by(&federation.member, Method::GET, &format!("{audit}/export")))).await;
    denied.problem(StatusCode::FORBIDDEN, "not-allowed");
}

#[tokio::test]
async fn a_roll_up_is_exported_and_handed_over() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let export = format!("{ROUND}/roll-up/export");
    let get = async |path: &str| house.ask(plain(by(&federation.admin, Method::GET, path))).await;
    get(&export).await.problem(StatusCode::CONFLICT, "not-rolled-up");
    let handed = by(&federation.member, Method::PUT, SUBMISSION).header("If-None-Match", "*");
    house.ask(with_json(handed, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    for work in ["settlements", "roll-ups"] {
        let asked = house.ask(plain(by(&federation.admin, Method::POST, &format!("{ROUND}/{work}")))).await;
        let job = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
        get(&format!("{FEDERATION}/jobs/{job}/events")).await;
    }
    let exported = get(&export).await.expect(StatusCode::OK);
    assert_eq!(exported["body"]["format"], "huizong-roll-up-1");
    let table = get(&format!("{export}?format=csv")).await;
    assert_eq!((table.status, table.media_type()), (StatusCode::OK, "text/csv"));
    get(&format!("{export}?format=html")).await.problem(StatusCode::BAD_REQUEST, "query-not-understood");

    // Handed over to the very round that it came from, as the other member: any federation of the level above does the same.
    let key = get("/receipt-key").await.expect(StatusCode::OK)["key"].clone();
    let import = format!("{ROUND}/imports/m2");
    let put = async |body: &Value| house.ask(with_json(by(&federation.admin, Method::PUT, &import), body)).await;
    let taken = put(&json!({ "export": exported, "key": key })).await.expect(StatusCode::OK);
    assert_eq!((&taken["digest"], &taken["members"]), (&exported["digest"], &json!(1)));
    assert_eq!(get(&format!("{ROUND}/imports")).await.expect(StatusCode::OK), json!([taken]));
    let mut changed = exported;
    changed["body"]["roll_up"]["totals"][0] = json!("99.9");
    let refused = put(&json!({ "export": changed, "key": key })).await;
    let problem = refused.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(problem["errors"][0]["code"], "export-changed");
}
