//! After the results come the consequences: what lost points is opened as something to be put right, planned, done, accepted by somebody
//! else, and what is not put right stands beside the next year's form.

use anyhow::{Context as _, Result, ensure};
use harness::{Client, Federation, Server, ServerOptions, postgres, unit_code};
use serde_json::{Value, json};

use crate::{clean_answers, component, options, server};

/// A round about a year, due long after the scenario.
async fn open_round(federation: &Federation, year: i16, rubric: &str, circular: &str) -> Result<String> {
    let round = json!({
        "code": year.to_string(),
        "title": format!("{year}年度"),
        "period": { "start": format!("{year}-01-01"), "end": format!("{year}-12-31") },
        "due_at": "2099-12-31T10:00:00Z",
        "rubric": rubric,
        "reports": [circular],
        "calendar": { "covers": { "start": format!("{}-01-01", year - 1), "end": format!("{}-12-31", year + 1) } },
    });
    let path = format!("/federations/{}/rounds", federation.code);
    federation.admin.post(&path, &round).await?.expect_success()?;
    Ok(format!("{path}/{year}"))
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A step about an item, upon so many.
async fn step(who: &Client, path: &str, item: &Value, after: usize, act: Value) -> Result<harness::Answer> {
    let id = item["id"].as_str().context("an identifier")?;
    who.post(&format!("{path}/{id}/steps"), &json!({ "after": after, "act": act })).await
}

async fn what_becomes_of_lost_points(server: &Server) -> Result<()> {
    let federation = Federation::found(&server.operator(), "mending", 3).await?;
    let rubric = federation.admit(component("rubric-provincial")).await?;
    let circular = federation.admit(component("report-circular")).await?;
    let round = open_round(&federation, 2023, &rubric, &circular).await?;
    for number in 1..=3 {
        let body = json!({ "answers": clean_answers(number, 1) });
        federation
            .member(number)
            .put(&format!("{round}/submissions/{}", unit_code(number)), &body)
            .await?
            .expect_success()?;
    }
    let (admin, member) = (&federation.admin, federation.member(1));
    let path = format!("{round}/submissions/{}/rectifications", unit_code(1));
    let early = admin.get(&format!("{path}/deductions")).await?;
    ensure!(early.code() == "not-settled", "{:#}", early.body);
    federation.finish("settlements").await?;

    // The reviewer sees where the member lost points, the most first, and opens two of them, and a problem that the member stated itself.
    let lost = admin.get(&format!("{path}/deductions")).await?.expect_success()?.body;
    let lost: Vec<&str> = items(&lost).iter().filter_map(|lost| lost["criterion"].as_str()).collect();
    ensure!(lost.len() >= 2, "somebody who loses no points cannot show anything: {lost:?}");
    let item = |cause: Value| json!({ "cause": cause, "problem": "台账不完整", "due_on": "2099-06-30" });
    let stated = clean_answers(1, 1).as_object().and_then(|fields| fields.keys().next().cloned()).context("answers")?;
    let new = json!({ "items": [
        item(json!({ "deduction": { "criterion": lost[0] } })),
        item(json!({ "deduction": { "criterion": lost[1] } })),
        item(json!({ "stated": { "at": format!("/{stated}") } })),
    ] });
    ensure!(member.post(&path, &new).await?.code() == "not-allowed", "a member opens nothing against itself");
    let opened = admin.post(&path, &new).await?.expect_success()?.body;
    ensure!(items(&opened).len() == 3 && opened[0]["state"] == "not-started", "{opened:#}");
    let again = admin.post(&path, &new).await?;
    ensure!(again.code() == "already-there", "{:#}", again.body);

    // The member is told on paper, says what it will do and who answers for it, and does it.
    let notice = member.get(&format!("{path}/notice?format=markdown")).await?.expect_success()?;
    let notice = String::from_utf8(notice.bytes)?;
    ensure!(notice.contains("整改通知书") && notice.contains("台账不完整"), "{notice}");
    let plan = json!({ "plan": { "measure": "补齐台账，按月自查", "owner": "运营管理部" } });
    let planned = step(member, &path, &opened[0], 0, plan.clone()).await?.expect_success()?.body;
    ensure!(planned["state"] == "under-way" && planned["owner"] == "运营管理部", "{planned:#}");
    let twice = step(member, &path, &opened[0], 0, plan.clone()).await?;
    ensure!(twice.code() == "stale", "a double click is one step: {:#}", twice.body);
    let neighbour = step(federation.member(2), &path, &opened[0], 1, plan).await?;
    ensure!(neighbour.code() == "not-allowed", "{:#}", neighbour.body);
    let complete = json!({ "complete": { "text": "台账已补齐" } });
    step(member, &path, &opened[0], 1, complete.clone()).await?.expect_success()?;

    // The reviewer is not satisfied, then is; the member cannot accept its own work.
    let accept = json!({ "accept": { "text": "现场抽查属实" } });
    ensure!(step(member, &path, &opened[0], 2, accept.clone()).await?.code() == "not-allowed");
    let back = json!({ "send-back": { "text": "缺少三月台账", "due_on": "2099-09-30" } });
    let back = step(admin, &path, &opened[0], 2, back).await?.expect_success()?.body;
    ensure!(back["state"] == "under-way" && back["due_on"] == "2099-09-30", "{back:#}");
    step(member, &path, &opened[0], 3, complete).await?.expect_success()?;
    let accepted = step(admin, &path, &opened[0], 4, accept.clone()).await?.expect_success()?.body;
    ensure!(accepted["state"] == "accepted" && items(&accepted["steps"]).len() == 5, "{accepted:#}");
    let again = step(admin, &path, &opened[0], 5, accept).await?;
    ensure!(again.code() == "rectification-step-not-possible", "{:#}", again.body);

    // The federation's list: all of it, what is open, what is overdue (nothing yet), as a table, and to be printed.
    let list = format!("/federations/{}/rectifications", federation.code);
    let listed = async |query: &str| admin.get(&format!("{list}?{query}")).await?.expect_success();
    ensure!(items(&listed("round=2023").await?.body).len() == 3);
    ensure!(items(&listed("open=true").await?.body).len() == 2);
    ensure!(items(&listed("overdue=true").await?.body).is_empty());
    let table = String::from_utf8(listed("format=csv").await?.bytes)?;
    ensure!(table.lines().count() == 4 && table.contains("已验收"), "{table}");
    let page = String::from_utf8(listed("format=html").await?.bytes)?;
    ensure!(page.contains("整改台账") && page.contains("台账不完整"), "{page}");
    ensure!(member.get(&list).await?.code() == "not-allowed");

    // Next year's round: what is still open stands beside the form, and so does what was accepted since that year began.
    let next = open_round(&federation, 2024, &rubric, &circular).await?;
    let path = format!("{next}/submissions/{}/rectifications", unit_code(1));
    let seen = member.get(&path).await?.expect_success()?.body;
    ensure!(items(&seen["own"]).is_empty() && items(&seen["carried"]).len() == 3, "{seen:#}");
    let open = items(&seen["carried"]).iter().filter(|item| item["state"] == "not-started").count();
    ensure!(open == 2 && seen["carried"][0]["round"] == "2023", "{seen:#}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_points_become_something_to_put_right_until_somebody_accepts_it() -> Result<()> {
    what_becomes_of_lost_points(&server()?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_on_postgresql() -> Result<()> {
    let database = postgres::empty_database();
    let server = Server::start(ServerOptions { database: Some(database.url.clone()), ..options() })?;
    what_becomes_of_lost_points(&server).await
}
