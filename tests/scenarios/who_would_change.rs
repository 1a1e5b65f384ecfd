//! Another rubric is tried on what was handed in: what it would change for whom, part by part, and nothing changes meanwhile.

use anyhow::{Context as _, Result, ensure};
use harness::{Federation, Server, unit_code};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{component, server};

const MEMBERS: usize = 24;

/// Points in thousandths.
fn thousandths(points: &Value) -> Result<i64> {
    let text = points.as_str().context("points are text")?;
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    Ok(sign * format!("{whole}{fraction:0<3}").parse::<i64>()?)
}

async fn settled_round(server: &Server) -> Result<(Federation, String)> {
    let federation = Federation::found(&server.operator(), "trying", MEMBERS).await?;
    let in_force = federation.admit(component("rubric-2016")).await?;
    let candidate = federation.admit(component("rubric-provincial")).await?;
    federation.open_round(&in_force, &[]).await?;
    for number in 1..=MEMBERS {
        let body = json!({ "answers": demo_pack::clean_answers(number, 3 * number as u64, 10 + number) });
        let request = federation.member(number).request(Method::PUT, &federation.submission_path(number));
        federation.member(number).send(request.header("If-None-Match", "*").json(&body)).await?.expect_success()?;
    }
    federation.finish("settlements").await?;
    Ok((federation, candidate))
}

async fn published(federation: &Federation) -> Result<Vec<Vec<u8>>> {
    let mut all = vec![federation.admin.get(&format!("{}/settlement", federation.round_path())).await?.bytes];
    for number in 1..=MEMBERS {
        let path = format!("{}/scorecard", federation.submission_path(number));
        all.push(federation.member(number).get(&path).await?.expect_success()?.bytes);
    }
    Ok(all)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_difference_is_the_sum_of_its_parts_and_a_trial_touches_nothing() -> Result<()> {
    let server = server()?;
    let (federation, candidate) = settled_round(&server).await?;
    let before = published(&federation).await?;
    let trial = federation.try_release(&candidate).await?;
    ensure!(published(&federation).await? == before, "a trial touches no published score");

    let path = format!("{}/trials/{trial}", federation.round_path());
    let view = federation.admin.get(&path).await?.expect_success()?.body;
    let found = &view["found"]["rubric"];
    let members = found["members"].as_array().context("members")?;
    ensure!(members.len() == MEMBERS);
    let (mut moved, mut parts) = (0, 0);
    for member in members {
        let total = |side: &str| thousandths(&member[side]["ranked"]["total"]);
        let differences = member["differences"].as_array().context("differences")?;
        let sum: i64 = differences.iter().map(|part| thousandths(&part["difference"])).sum::<Result<i64>>()?;
        ensure!(sum == total("after")? - total("before")?, "{member:#}");
        ensure!(sum == thousandths(&member["difference"])?, "{member:#}");
        moved += usize::from(sum != 0);
        parts += differences.len();
    }
    ensure!(moved > 0 && parts > moved, "the rubrics score alike: {moved} of {parts}");
    ensure!(view["trial"]["changed"] == moved, "{:#}", view["trial"]);

    // Before the trial is what is published; where the candidate comes in force, its totals become the published ones.
    let ranking =
        federation.admin.get(&format!("{}/settlement", federation.round_path())).await?.expect_success()?.body;
    let ranked = ranking["cohorts"][0]["members"].as_array().context("a ranking")?;
    for member in ranked {
        let tried = members.iter().find(|tried| tried["unit"] == member["unit"]).context("a member")?;
        ensure!(tried["before"]["ranked"]["total"] == member["total"], "{member:#}");
        ensure!(tried["before"]["ranked"]["rank"] == member["rank"], "{member:#}");
    }
    let director = federation.director(&server.operator()).await?;
    let proposal = federation.propose(&candidate, &trial).await?;
    federation.approve(&director, &proposal).await?;
    federation.finish("settlements").await?;
    let ranking =
        federation.admin.get(&format!("{}/settlement", federation.round_path())).await?.expect_success()?.body;
    for member in ranking["cohorts"][0]["members"].as_array().context("a ranking")? {
        let tried = members.iter().find(|tried| tried["unit"] == member["unit"]).context("a member")?;
        ensure!(tried["after"]["ranked"]["total"] == member["total"], "{member:#}");
        ensure!(tried["after"]["ranked"]["rank"] == member["rank"], "{member:#}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_director_reads_a_page_and_a_spreadsheet_gets_columns_that_add_up() -> Result<()> {
    let server = server()?;
    let (federation, candidate) = settled_round(&server).await?;
    let trial = federation.try_release(&candidate).await?;
    let path = format!("{}/trials/{trial}", federation.round_path());
    let read = async |accept: &str| {
        let request = federation.admin.request(Method::GET, &path).header("Accept", accept);
        let answer = federation.admin.send(request).await?.expect_success()?;
        ensure!(answer.header("content-type").is_some_and(|name| name.starts_with(accept)), "{accept}");
        Ok(String::from_utf8(answer.bytes)?)
    };
    let page = read("text/html").await?;
    ensure!(page.contains("<svg") && page.contains(&unit_code(MEMBERS)) && !page.contains("<script"), "{page}");
    ensure!(!page.contains("trial-") && !page.contains("comparison-"), "a sentence is missing in the catalogue");
    let text = read("text/markdown").await?;
    ensure!(text.contains(&unit_code(MEMBERS)), "{text}");

    let sheet = read("text/csv").await?;
    let mut lines = sheet.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().context("a head")?;
    let place = |name: &str| heads.iter().position(|head| *head == name).context(name.to_owned());
    let (difference, first_part) = (place("差")?, place("重新报送会暂不计入")? + 1);
    let number = |cell: &str| match cell {
        "" => Ok(0),
        cell => thousandths(&Value::from(cell)),
    };
    let mut read = 0;
    for line in lines {
        let sum = line[first_part..].iter().map(|cell| number(cell)).sum::<Result<i64>>()?;
        ensure!(sum == number(line[difference])?, "{line:?}");
        read += 1;
    }
    ensure!(read == MEMBERS);

    for (path, mark) in [
        (format!("/federations/trying/releases/{candidate}/point-table"), "评分项目"),
        (format!("/federations/trying/releases/{candidate}/comparison?with={candidate}"), "同一个版本"),
    ] {
        let message = federation.admin.get(&path).await?.expect_success()?;
        ensure!(message.body["release"] == candidate || message.body["empty"] == true, "{:#}", message.body);
        let request = federation.admin.request(Method::GET, &path).header("Accept", "text/html");
        let page = String::from_utf8(federation.admin.send(request).await?.expect_success()?.bytes)?;
        ensure!(page.contains(mark), "{page}");
    }

    // Two candidates beside each other: against the one in force they differ by what they differ from each other.
    let other = federation.admit(component("rubric-2021")).await?;
    let second = federation.try_release(&other).await?;
    let compared = federation.admin.get(&format!("{path}/comparison?with={second}")).await?.expect_success()?.body;
    for member in compared["between"]["rubrics"]["members"].as_array().context("members")? {
        if member["difference"].is_null() {
            continue;
        }
        let parts = member["parts"].as_array().context("parts")?;
        let sum = parts.iter().map(|part| thousandths(&part["difference"])).sum::<Result<i64>>()?;
        ensure!(sum == thousandths(&member["difference"])?, "{member:#}");
    }
    Ok(())
}
