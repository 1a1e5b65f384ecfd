//! The form as a workbook: the same revision as in a message, and every mistake told by worksheet and cell.

use std::io::{Cursor, Write as _};

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::house::{Answer, FEDERATION, Federation, House, ROUND, SUBMISSION, answers, by, plain, with_json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn put(house: &House, token: &str, path: &str, headers: &[(&str, &str)], bytes: Vec<u8>) -> Answer {
    let request = by(token, Method::PUT, path).header(header::CONTENT_TYPE, XLSX);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    house.ask(request.body(Body::from(bytes)).unwrap()).await
}

async fn take_along(house: &House, token: &str) -> Vec<u8> {
    let answer = house.ask(plain(by(token, Method::GET, &format!("{SUBMISSION}/workbook")))).await;
    assert_eq!((answer.status, answer.media_type()), (StatusCode::OK, XLSX));
    assert!(answer.header("content-disposition").contains("2023-m1.xlsx"));
    answer.bytes.to_vec()
}

/// A workbook that a clerk made of the template: one worksheet of single values.
fn typed(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut sheet = Worksheet::new();
    sheet.set_name("填报表").unwrap().write_string(0, 0, "huizong:main").unwrap();
    fill(&mut sheet);
    let mut workbook = Workbook::new();
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_workbook_gives_the_same_revision_as_a_message() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let request = by(&federation.member, Method::PUT, SUBMISSION).header("if-none-match", "*");
    let first = house.ask(with_json(request, &json!({ "answers": answers() }))).await.expect(StatusCode::CREATED);
    let bytes = take_along(&house, &federation.member).await;
    assert_eq!(bytes, take_along(&house, &federation.member).await, "equal content gives equal bytes");
    let path = format!("{SUBMISSION}/workbook");
    let second = put(&house, &federation.member, &path, &[("if-match", "\"revision-1\"")], bytes.clone()).await;
    assert_eq!(second.header("etag"), "\"revision-2\"");
    let second = second.expect(StatusCode::CREATED);
    assert_eq!(second["receipt"]["answers"], first["receipt"]["answers"], "one digest");
    assert_eq!(second["scorecard"]["total"], first["scorecard"]["total"]);
    assert!(second["cells"].is_array());
    // The same conditions hold as for a message.
    put(&house, &federation.member, &path, &[], bytes.clone())
        .await
        .problem(StatusCode::PRECONDITION_REQUIRED, "precondition-required");
    put(&house, &federation.member, &path, &[("if-match", "\"revision-1\"")], bytes.clone())
        .await
        .problem(StatusCode::PRECONDITION_FAILED, "stale");
    // Nobody else's clerk, and no other member's place.
    let elsewhere = format!("{ROUND}/submissions/m2/workbook");
    put(&house, &federation.member, &elsewhere, &[], bytes.clone()).await.problem(StatusCode::FORBIDDEN, "not-allowed");
    let body = json!({ "role": "member", "unit": "m2", "label": "clerk of m2" });
    let issued =
        house.ask(with_json(by(&federation.admin, Method::POST, &format!("{FEDERATION}/tokens")), &body)).await;
    let other = issued.expect(StatusCode::CREATED)["secret"].as_str().unwrap().to_owned();
    let refused = put(&house, &other, &elsewhere, &[], bytes).await;
    let refused = refused.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(refused["errors"][0]["code"], "sheet-of-another");
}

#[tokio::test]
async fn every_mistake_is_told_by_worksheet_and_cell_in_the_clerks_language() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let path = format!("{SUBMISSION}/workbook");
    let rows = ["/rooms", "/extinguishers", "/locked_exit", "/drills", "/minutes", "/volunteers"];
    let keys = |sheet: &mut Worksheet| {
        for (row, key) in (3..).zip(rows) {
            sheet.write_string(row, 0, key).unwrap();
        }
    };
    let bytes = typed(|sheet| {
        keys(sheet);
        sheet.write_string(3, 5, "40余间").unwrap();
        sheet.write_formula(4, 5, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write_string(30, 5, "补充").unwrap();
    });
    let refused = put(&house, &federation.member, &path, &[("accept-language", "zh-CN")], bytes.clone()).await;
    let refused = refused.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(refused["fault"], "submission");
    let mut told: Vec<(&str, &str, &str)> = Vec::new();
    for error in refused["errors"].as_array().unwrap() {
        let text = |name: &str| error[name].as_str().unwrap();
        told.push((text("code"), text("sheet"), text("cell")));
        assert!(!text("detail").contains("40余间") && !text("detail").contains("problem-"), "{error}");
    }
    told.sort_unstable();
    let expected =
        [("cell-error", "填报表", "F5"), ("cell-not-whole", "填报表", "F4"), ("row-without-key", "填报表", "F31")];
    assert_eq!(told, expected);
    let english = put(&house, &federation.member, &path, &[("accept-language", "en")], bytes).await.value();
    assert!(english["errors"][0]["detail"].as_str().unwrap().contains("Cell F4"), "{english}");

    // What only the form can know is told by the cell, too: a missing value by the cell in which it should stand.
    let bytes = typed(|sheet| {
        keys(sheet);
        sheet.write_number(3, 5, -3).unwrap();
        sheet.write_number(4, 5, 38).unwrap();
    });
    let refused = put(&house, &federation.member, &path, &[], bytes).await.value();
    let cells: Vec<(&Value, &Value)> =
        refused["errors"].as_array().unwrap().iter().map(|error| (&error["pointer"], &error["cell"])).collect();
    for (pointer, cell) in cells {
        let row = rows.iter().position(|known| pointer == known).unwrap();
        assert_eq!(*cell, format!("F{}", row + 4), "{pointer}");
    }
}

/// 500 MB that pack into half a megabyte.
fn bomb() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
    }
    let megabyte = vec![b' '; 1024 * 1024];
    for _ in 0..500 {
        writer.write_all(&megabyte).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test]
async fn what_is_no_workbook_is_refused_in_words() {
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let path = format!("{SUBMISSION}/workbook");
    let mut salaries = Workbook::new();
    salaries.add_worksheet().write_string(0, 0, "工资表").unwrap();
    let files = [
        (b"name,count\n".to_vec(), "not-a-workbook"),
        (vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "workbook-old-or-locked"),
        (b"PK\x03\x04 and nothing more".to_vec(), "workbook-damaged"),
        (bomb(), "workbook-too-large"),
        (salaries.save_to_buffer().unwrap(), "sheet-missing"),
    ];
    for (bytes, code) in files {
        let refused = put(&house, &federation.member, &path, &[], bytes).await;
        let refused = refused.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert_eq!(refused["errors"][0]["code"], code);
    }
    let request = by(&federation.member, Method::PUT, &path);
    let answer = house.ask(with_json(request, &json!({ "answers": answers() }))).await;
    answer.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
}
