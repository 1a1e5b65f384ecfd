//! The register over HTTP: a tree that grows, is renamed and merged, goes out as a table and comes back.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, answers, by, plain, with_json};

const UNITS: &str = "/federations/north/units";
const TABLE: &str = "/federations/north/unit-table";

async fn get(house: &House, who: &str, path: &str) -> Answer {
    house.ask(plain(by(who, Method::GET, path))).await
}

async fn post(house: &House, who: &str, path: &str, body: Value) -> Answer {
    house.ask(with_json(by(who, Method::POST, path), &body)).await
}

async fn import(house: &House, who: &str, table: impl Into<Body>) -> Answer {
    let request = by(who, Method::PUT, TABLE).header(header::CONTENT_TYPE, "text/csv; charset=utf-8");
    house.ask(request.body(table.into()).unwrap()).await
}

fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|unit| unit["code"].as_str().unwrap()).collect()
}

/// Province, city offices, members, an outlet.
const TREE: &str = "代码,名称,类别,上级,是否报送,设立日期,网点 [数字 家]\r\n\
    province,省联社,省,,否,1998/1/1,\r\n\
    north-city,北市办,市,province,否,1999-01-01,\r\n\
    south-city,南市办,市,province,否,1999-01-01,\r\n\
    m1,甲社,社,north-city,是,2005-06-07,12\r\n\
    m2,乙社,社,south-city,是,2005-06-07,8\r\n\
    o2,乙社东街分社,网点,m2,否,2011-01-01,\r\n";

#[tokio::test]
async fn a_register_comes_in_as_a_table_and_goes_out_as_the_same() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::found(&house).await;
    assert_eq!(import(&house, &admin, TREE).await.status, StatusCode::NO_CONTENT);
    let units = get(&house, &admin, UNITS).await.expect(StatusCode::OK);
    assert_eq!(codes(&units), ["m1", "m2", "north-city", "o2", "province", "south-city"]);
    assert_eq!(units[0]["attributes"], json!([{"name": "网点", "value": {"number": {"value": "12", "unit": "家"}}}]));
    assert_eq!((&units[0]["valid_from"], &units[0]["parent"]), (&json!("2005-06-07"), &json!("north-city")));

    let out = get(&house, &admin, TABLE).await;
    assert_eq!((out.status, out.media_type()), (StatusCode::OK, "text/csv"));
    assert_eq!(import(&house, &admin, out.bytes.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(get(&house, &admin, UNITS).await.value(), units, "nothing was lost on the way");
    let workbook = get(&house, &admin, &format!("{TABLE}?format=xlsx")).await;
    assert!(workbook.status == StatusCode::OK && workbook.bytes.starts_with(b"PK"));
    get(&house, &admin, &format!("{TABLE}?format=pdf")).await.problem(StatusCode::BAD_REQUEST, "query-not-understood");

    get(&house, &member, TABLE).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    import(&house, &member, TREE).await.problem(StatusCode::FORBIDDEN, "not-allowed");
}

#[tokio::test]
async fn a_table_with_faults_changes_nothing_and_names_every_cell() {
    let house = House::open().await;
    let Federation { admin, .. } = Federation::found(&house).await;
    let before = get(&house, &admin, UNITS).await.expect(StatusCode::OK);
    let places = |answer: Answer| {
        let problem = answer.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        let parts = problem["errors"].as_array().unwrap().iter();
        parts
            .map(|part| (part["pointer"].as_str().unwrap().to_owned(), part["code"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let found = |at: &str, code: &str| (at.to_owned(), code.to_owned());
    let table = "code,name,kind,parent,reports,valid_from,valid_to\n\
        a,甲,社,b,是,2020-01-01,2019-01-01\n\
        \n\
        b,,社,a,是,2020-01-01,\n\
        c,丙,社,nobody,是,2020-01-01,\n";
    let expected = [
        found("/G2", "ends-before-it-begins"),
        found("/D2", "circle"),
        found("/B4", "empty"),
        found("/D4", "circle"),
        found("/D5", "unknown-unit"),
    ];
    assert_eq!(places(import(&house, &admin, table).await), expected);
    let in_gbk: &[u8] = &[b'c', b'o', b'd', b'e', b',', 0xC3, 0xFB];
    assert_eq!(places(import(&house, &admin, in_gbk).await), [found("", "table-not-utf8")]);
    assert_eq!(get(&house, &admin, UNITS).await.value(), before);
    let request = by(&admin, Method::PUT, TABLE).header(header::CONTENT_TYPE, "application/vnd.ms-excel");
    house
        .ask(request.body(Body::from("x")).unwrap())
        .await
        .problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
}

#[tokio::test]
async fn a_renamed_unit_keeps_its_code_and_what_it_was_called() {
    let house = House::open().await;
    let Federation { admin, member, .. } = Federation::found(&house).await;
    let renames = format!("{UNITS}/m1/renames");
    let rename = |name: &str, from: &str| json!({"name": name, "from": from, "reason": "银监复〔2023〕1号"});
    let renamed = post(&house, &admin, &renames, rename("北方银行", "2023-07-01")).await.expect(StatusCode::OK);
    assert_eq!(renamed["name"], "北方银行");
    assert_eq!(renamed["earlier_names"], json!([{"name": "单位m1", "until": "2023-06-30"}]));
    post(&house, &admin, &renames, rename("再改", "2023-06-30"))
        .await
        .problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    post(&house, &member, &renames, rename("自改", "2024-01-01")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    // A register that comes in without the old names does not make anybody forget them.
    let again =
        json!([{"code": "m1", "name": "北方银行", "kind": "member", "reports": true, "valid_from": "2010-01-01"}]);
    let put = house.ask(with_json(by(&admin, Method::PUT, UNITS), &again)).await;
    assert_eq!(put.status, StatusCode::NO_CONTENT);
    let unit = get(&house, &admin, &format!("{UNITS}/m1")).await.expect(StatusCode::OK);
    assert_eq!(unit["earlier_names"][0]["until"], "2023-06-30");
}

#[tokio::test]
async fn what_a_merged_member_did_belongs_to_its_successor() {
    let house = House::open().await;
    let Federation { admin, member, rubric } = Federation::found(&house).await;
    import(&house, &admin, TREE).await;
    let round = |code: &str, year: u16| {
        json!({
            "code": code,
            "title": format!("{code}年度"),
            "period": {"start": format!("{year}-01-01"), "end": format!("{year}-12-31")},
            "due_at": "2024-02-01T10:00:00Z",
            "rubric": rubric,
            "calendar": {"covers": {"start": "2022-01-01", "end": "2024-12-31"}},
        })
    };
    post(&house, &admin, &format!("{FEDERATION}/rounds"), round("2023", 2023)).await.expect(StatusCode::CREATED);
    let token = json!({"role": "member", "unit": "m2", "label": "乙"});
    let issued = post(&house, &admin, &format!("{FEDERATION}/tokens"), token).await;
    let clerk = issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned();
    for (who, unit) in [(&member, "m1"), (&clerk, "m2")] {
        let put = by(who, Method::PUT, &format!("{ROUND}/submissions/{unit}")).header(header::IF_NONE_MATCH, "*");
        house.ask(with_json(put, &json!({"answers": answers()}))).await.expect(StatusCode::CREATED);
    }
    let asked = house.ask(plain(by(&admin, Method::POST, &format!("{ROUND}/settlements")))).await;
    let job = asked.expect(StatusCode::ACCEPTED)["id"].as_str().unwrap().to_owned();
    get(&house, &admin, &format!("{FEDERATION}/jobs/{job}/events")).await;

    let mergers = format!("{UNITS}/m2/mergers");
    let merge = |into: &str, last_day: &str| json!({"into": into, "last_day": last_day, "reason": "吸收合并"});
    for (into, last_day) in [("m2", "2024-01-05"), ("nobody", "2024-01-05"), ("m1", "2001-01-01"), ("m1", "9999-12-31")]
    {
        post(&house, &admin, &mergers, merge(into, last_day))
            .await
            .problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    }
    post(&house, &member, &mergers, merge("m1", "2024-01-05")).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let changed = post(&house, &admin, &mergers, merge("m1", "2024-01-05")).await.expect(StatusCode::OK);
    assert_eq!(codes(&changed), ["m2", "o2"], "the outlet goes along");
    assert_eq!((&changed[0]["valid_to"], &changed[0]["successor"]), (&json!("2024-01-05"), &json!("m1")));
    assert_eq!(changed[1]["parent"], "m1");
    post(&house, &admin, &mergers, merge("m1", "2024-01-06")).await.problem(StatusCode::CONFLICT, "unit-ended");

    // Whoever took over sees both, and which was not its own.
    let history = get(&house, &member, &format!("{UNITS}/m1/history")).await.expect(StatusCode::OK);
    assert_eq!(codes(&history["above"]), ["north-city", "province"]);
    assert_eq!(codes(&history["predecessors"]), ["m2"]);
    let periods: Vec<(&str, bool)> = history["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|period| (period["unit"].as_str().unwrap(), period["predecessor"].as_bool().unwrap()))
        .collect();
    assert_eq!(periods, [("m1", false), ("m2", true)]);
    assert_eq!(history["periods"][1]["ranked"], 2);
    let merged = get(&house, &admin, &format!("{UNITS}/m2/history")).await.expect(StatusCode::OK);
    assert_eq!(codes(&merged["successors"]), ["m1"]);
    get(&house, &clerk, &format!("{UNITS}/m1/history")).await.problem(StatusCode::FORBIDDEN, "not-allowed");

    // The round of the next year expects one of them, and says what became of the other.
    post(&house, &admin, &format!("{FEDERATION}/rounds"), round("2024", 2024)).await.expect(StatusCode::CREATED);
    let wall = get(&house, &admin, "/federations/north/rounds/2024/progress").await.expect(StatusCode::OK);
    assert_eq!((&wall["expected"], &wall["rows"][1]["expectation"]), (&json!(1), &json!({"merged": "m1"})), "{wall:#}");
}
