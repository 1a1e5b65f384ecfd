//! Provinces hand their roll-ups to the nation, the nation hands its own to the level above: nobody is lost on the way, and nobody who
//! was missing, late or exempt at home is forgotten.

use anyhow::{Context as _, Result, ensure};
use harness::{Client, Federation, ROUND, Server, unit_code};
use serde_json::{Value, json};

use crate::{clean_answers, component, server};

/// A federation with a round that is due at some time; its last member need not report.
async fn with_round(operator: &Client, code: &str, members: usize, due_at: &str, exempt: bool) -> Result<Federation> {
    let federation = Federation::found(operator, code, members).await?;
    let rubric = federation.admit(component("rubric-2016")).await?;
    let circular = federation.admit(component("report-circular")).await?;
    let exemptions = if exempt { json!([{ "unit": unit_code(members), "reason": "停业整顿" }]) } else { json!([]) };
    let round = json!({
        "code": ROUND,
        "title": "2023年度",
        "period": { "start": "2023-01-01", "end": "2023-12-31" },
        "due_at": due_at,
        "rubric": rubric,
        "reports": [circular],
        "exemptions": exemptions,
        "calendar": { "covers": { "start": "2022-01-01", "end": "2024-12-31" } },
    });
    federation.admin.post(&format!("/federations/{code}/rounds"), &round).await?.expect_success()?;
    Ok(federation)
}

/// A province of four: two hand in, one does not, one need not.
async fn province(server: &Server, code: &str, due_at: &str, seed: u64) -> Result<Federation> {
    let province = with_round(&server.operator(), code, 4, due_at, true).await?;
    for number in 1..=2 {
        let body = json!({ "answers": clean_answers(number, seed) });
        province.member(number).put(&province.submission_path(number), &body).await?.expect_success()?;
    }
    rolled_up(&province).await?;
    Ok(province)
}

async fn rolled_up(federation: &Federation) -> Result<()> {
    federation.finish("settlements").await?;
    federation.finish("roll-ups").await?;
    Ok(())
}

async fn export(federation: &Federation) -> Result<Value> {
    let path = format!("{}/roll-up/export", federation.round_path());
    Ok(federation.admin.get(&path).await?.expect_success()?.body)
}

/// The table for spreadsheets: its cells.
async fn table(federation: &Federation) -> Result<Vec<Vec<String>>> {
    let path = format!("{}/roll-up/export?format=csv", federation.round_path());
    let answer = federation.admin.get(&path).await?.expect_success()?;
    ensure!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/csv")));
    let text = String::from_utf8(answer.bytes)?;
    let text = text.strip_prefix('\u{feff}').context("a mark for spreadsheets")?;
    Ok(text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

async fn hand_over(to: &Federation, unit: usize, export: &Value) -> Result<harness::Answer> {
    let key = to.admin.get("/receipt-key").await?.expect_success()?.body["key"].clone();
    let path = format!("{}/imports/{}", to.round_path(), unit_code(unit));
    to.admin.put(&path, &json!({ "export": export, "key": key })).await
}

fn codes(listed: &Value) -> Vec<&str> {
    listed.as_array().into_iter().flatten().filter_map(|unit| unit["code"].as_str()).collect()
}

fn thousandths(points: &Value) -> Result<i64> {
    let points: domain::points::Points = serde_json::from_value(points.clone())?;
    Ok(points.thousandths())
}

#[tokio::test(flavor = "multi_thread")]
async fn roll_ups_compose_from_the_province_to_the_nation_and_beyond() -> Result<()> {
    let server = server()?;
    // One province is on time, the other was due long ago.
    let on_time = province(&server, "east", "2099-12-31T10:00:00Z", 1).await?;
    let late = province(&server, "west", "2024-01-31T10:00:00Z", 7).await?;
    let exports = [export(&on_time).await?, export(&late).await?];
    let [east, west] = [&exports[0]["body"]["roll_up"], &exports[1]["body"]["roll_up"]];
    ensure!(codes(&east["members"]) == ["M001", "M002"] && codes(&east["late"]).is_empty(), "{east:#}");
    ensure!(codes(&west["late"]) == ["M001", "M002"], "{:#}", west["late"]);
    for province in [east, west] {
        ensure!(codes(&province["missing"]) == ["M003"] && codes(&province["exempt"]) == ["M004"]);
        ensure!(province["exempt"][0]["note"] == "停业整顿" && province["expected"] == 3, "{province:#}");
    }
    ensure!(export(&on_time).await? == exports[0], "of the same roll-up always the same export");

    // The nation expects three provinces; the third hands nothing over.
    let nation = with_round(&server.operator(), "nation", 3, "2099-12-31T10:00:00Z", false).await?;
    for (index, export) in exports.iter().enumerate() {
        let taken = hand_over(&nation, index + 1, export).await?.expect_success()?.body;
        ensure!(taken["members"] == 2 && taken["expected"] == 3 && taken["digest"] == export["digest"], "{taken:#}");
    }
    let mut better = exports[0].clone();
    better["body"]["roll_up"]["totals"][0] = json!("100");
    let refused = hand_over(&nation, 1, &better).await?;
    ensure!(refused.body["errors"][0]["code"] == "export-changed", "{:#}", refused.body);
    let by_a_province = on_time.admin.get(&format!("{}/imports", nation.round_path())).await?;
    ensure!(by_a_province.code() == "not-allowed", "{:#}", by_a_province.body);
    rolled_up(&nation).await?;

    let whole = export(&nation).await?;
    let of_all = &whole["body"]["roll_up"];
    ensure!(codes(&of_all["members"]) == ["M001/M001", "M001/M002", "M002/M001", "M002/M002"], "{of_all:#}");
    ensure!(codes(&of_all["missing"]) == ["M003", "M001/M003", "M002/M003"], "{:#}", of_all["missing"]);
    ensure!(codes(&of_all["exempt"]) == ["M001/M004", "M002/M004"] && of_all["exempt"][0]["note"] == "停业整顿");
    ensure!(codes(&of_all["late"]) == ["M002/M001", "M002/M002"] && of_all["expected"] == 7, "{of_all:#}");
    let totals = of_all["totals"].as_array().context("totals")?;
    let totals: Vec<i64> = totals.iter().map(thousandths).collect::<Result<_>>()?;
    for (index, total) in totals.iter().enumerate() {
        let better = totals.iter().filter(|other| *other > total).count();
        ensure!(of_all["ranks"][index] == better + 1, "{:#}", of_all["ranks"]);
    }
    let handed: Vec<&Value> =
        exports.iter().flat_map(|part| part["body"]["roll_up"]["totals"].as_array()).flatten().collect();
    ensure!(
        of_all["totals"].as_array().into_iter().flatten().eq(handed),
        "what the provinces settled stays what it was"
    );
    for field in of_all["fields"].as_array().context("fields")? {
        ensure!(field["known"] == json!([1, 1, 1, 1]), "the provinces brought their fields along: {field:#}");
    }

    // A table has a line for everybody, also for those who do not count.
    let table = table(&nation).await?;
    ensure!(table[0][..9] == ["code", "name", "kind", "status", "note", "late", "rank", "total", "grade"]);
    let statuses: Vec<&str> = table[1..].iter().map(|line| line[3].as_str()).collect();
    ensure!(statuses == [["counted"; 4].as_slice(), &["missing"; 3], &["exempt"; 2]].concat(), "{table:?}");
    ensure!(table.iter().all(|line| line.len() == table[0].len()), "{table:?}");
    ensure!(table[1][5].is_empty() && !table[3][5].is_empty(), "only those of the west were late: {table:?}");

    // The nation's own report is composed of everybody's numbers, and its export is a part of the next level's.
    let circular = nation.admin.get(&format!("{}/roll-up", nation.round_path())).await?.expect_success()?.body;
    let report = circular["reports"][0]["report"].as_str().context("a report")?.to_owned();
    let page = format!("{}/reports/{report}?format=markdown", nation.round_path());
    let page = String::from_utf8(nation.admin.get(&page).await?.expect_success()?.bytes)?;
    ensure!(page.contains("第2农村信用合作联社"), "{page}");
    let above = with_round(&server.operator(), "above", 1, "2099-12-31T10:00:00Z", false).await?;
    hand_over(&above, 1, &whole).await?.expect_success()?;
    rolled_up(&above).await?;
    let highest = export(&above).await?;
    ensure!(codes(&highest["body"]["roll_up"]["members"])[3] == "M001/M002/M002");
    ensure!(
        highest["body"]["roll_up"]["totals"] == of_all["totals"]
            && highest["body"]["roll_up"]["ranks"] == of_all["ranks"]
    );
    ensure!(highest["body"]["parts"][0]["digest"] == whole["digest"], "{:#}", highest["body"]["parts"]);
    Ok(())
}
