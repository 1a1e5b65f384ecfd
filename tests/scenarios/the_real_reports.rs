//! The three real reports go in and come back whole, and every point of their scores leads back into them.

use anyhow::Result;
use harness::{Federation, Server, examples};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{component, server};

/// The real report with a number from 1.
fn report(number: usize) -> Value {
    let file = examples().join(format!("submissions/seeds/report_{number}.json"));
    serde_json::from_slice(&std::fs::read(file).expect("the example is there")).expect("the example is JSON")
}

async fn federation_with(server: &Server, rubric: &str) -> Result<Federation> {
    let federation = Federation::found(&server.operator(), rubric, 3).await?;
    let release = federation.admit(component(rubric)).await?;
    federation.open_round(&release, &[]).await?;
    Ok(federation)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_reports_come_back_losslessly_in_both_encodings() -> Result<()> {
    let server = server()?;
    let federation = federation_with(&server, "rubric-2016").await?;
    for number in 1..=3 {
        let (member, path) = (federation.member(number), federation.submission_path(number));
        let answers = report(number);
        let body = json!({ "answers": answers });
        let as_json = member.put(&path, &body).await?.expect_success()?;
        let read = member.get(&path).await?.expect_success()?;
        assert_eq!(read.body["answers"], answers, "report {number} as JSON");

        let tag = read.header("etag").expect("a submission has an ETag").to_owned();
        let request = member.message_pack(Method::PUT, &path, &body)?.header("If-Match", tag);
        let as_message_pack = member.send(request).await?.expect_success()?;
        let read = member.send(member.message_pack(Method::GET, &path, &Value::Null)?).await?.expect_success()?;
        assert_eq!(read.body["answers"], answers, "report {number} as MessagePack");
        assert_eq!(
            as_json.body["receipt"]["answers"], as_message_pack.body["receipt"]["answers"],
            "both encodings have one digest"
        );
    }
    Ok(())
}

/// Every `sources` and `at` pointer below a value.
fn pointers_in(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if matches!(name.as_str(), "sources" | "at") && member.is_array() {
                    found.extend(member.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
                } else {
                    pointers_in(member, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| pointers_in(item, found)),
        _ => {}
    }
}

/// Thousandths of a decimal text.
fn thousandths(text: &Value) -> i64 {
    let points: domain::points::Points = text.as_str().expect("points are text").parse().expect("points");
    points.thousandths()
}

/// The sum of the leaves of an explanation tree; checks on the way that every leaf is the sum of its entries.
fn sum_of(criteria: &Value) -> i64 {
    let sum_of_one = |criterion: &Value| {
        let children = &criterion["children"];
        if children.as_array().is_some_and(|children| !children.is_empty()) {
            return sum_of(children);
        }
        let entries: i64 =
            criterion["entries"].as_array().into_iter().flatten().map(|entry| thousandths(&entry["points"])).sum();
        let cohort = if criterion["cohort"].is_object() { thousandths(&criterion["cohort"]["points"]) } else { 0 };
        assert_eq!(entries + cohort, thousandths(&criterion["points"]), "{criterion:#}");
        entries + cohort
    };
    criteria.as_array().into_iter().flatten().map(sum_of_one).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_point_of_a_real_report_is_explained_from_its_own_words() -> Result<()> {
    let server = server()?;
    for rubric in ["rubric-2016", "rubric-2021", "rubric-2025", "rubric-provincial"] {
        let federation = federation_with(&server, rubric).await?;
        for number in 1..=3 {
            let (member, path) = (federation.member(number), federation.submission_path(number));
            let answers = report(number);
            member.put(&path, &json!({ "answers": answers })).await?.expect_success()?;
            let card = member.get(&format!("{path}/scorecard")).await?.expect_success()?.body;
            let steps: i64 =
                card["steps"].as_array().into_iter().flatten().map(|step| thousandths(&step["points"])).sum();
            assert_eq!(sum_of(&card["criteria"]) + steps, thousandths(&card["total"]), "{rubric}, report {number}");

            let mut pointers = Vec::new();
            pointers_in(&card, &mut pointers);
            let findings = member.get(&format!("{path}/findings")).await?.expect_success()?.body;
            pointers_in(&findings, &mut pointers);
            assert!(pointers.len() > 10, "{rubric}, report {number}: hardly anything is explained");
            for pointer in pointers {
                assert!(answers.pointer(&pointer).is_some(), "{rubric}, report {number}: {pointer} leads nowhere");
            }
        }
    }
    Ok(())
}
