//! The console in a real browser: Playwright plays the journeys of `tests/console` against a server with real plugins.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use harness::{Federation, ROUND, repository, unit_code};
use serde_json::{Value, json};

use crate::{clean_answers, component, server};

/// The password of everybody on the stage.
const PASSWORD: &str = "a sentence that nobody guesses";

/// Lets somebody in, as the administration does.
async fn person(federation: &Federation, login: &str, name: &str, grants: Value) -> Result<Value> {
    let body = json!({ "login": login, "name": name, "password": PASSWORD, "grants": grants });
    federation.admin.post(&format!("/federations/{}/accounts", federation.code), &body).await?.expect_success()?;
    Ok(json!({ "login": login, "password": PASSWORD, "name": name }))
}

/// A copy of the journeys with what they need beside them, from the lock file.
fn furnished(folder: &Path) -> Result<()> {
    let journeys = repository().join("tests/console");
    let is_there = Command::new("npm").arg("--version").output().is_ok_and(|output| output.status.success());
    ensure!(is_there, "npm is missing: apt-get install nodejs npm (node 18 or newer)");
    for entry in ["package.json", "package-lock.json"] {
        fs::copy(journeys.join(entry), folder.join(entry))?;
    }
    let mut install = Command::new("npm");
    install.current_dir(folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    let output = install.output()?;
    ensure!(output.status.success(), "npm ci: {}", String::from_utf8_lossy(&output.stderr));
    copied(&journeys, folder)
}

fn copied(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("a name")?);
        if path.is_dir() && !path.ends_with("node_modules") {
            fs::create_dir_all(&target)?;
            copied(&path, &target)?;
        } else if path.extension().is_some_and(|extension| extension == "mjs") {
            fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_journey_through_the_console_is_played_in_a_browser() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "north", 3).await?;
    let rubric = federation.admit(component("rubric-provincial")).await?;
    let report = federation.admit(component("report-circular")).await?;
    federation.open_round(&rubric, &[]).await?;
    let unit = unit_code(1);
    let whole = |role: &str| json!([{ "role": role }]);
    let people = json!({
        "secondClerk": person(&federation, "clerk.2", "另一填报员", json!([{ "role": "member-clerk", "unit": unit }])).await?,
        "clerk": person(&federation, "clerk", "填报员", json!([{ "role": "member-clerk", "unit": unit }])).await?,
        "admin": person(&federation, "admin", "联社管理员", whole("federation-admin")).await?,
        "reviewer": person(&federation, "reviewer", "复核员", whole("reviewer")).await?,
        "approver": person(&federation, "approver", "审批人", whole("approver")).await?,
        "auditor": person(&federation, "auditor", "审计员", whole("auditor")).await?,
    });
    let folder = tempfile::tempdir()?;
    let bulletin = folder.path().join("bulletin.wasm");
    fs::write(&bulletin, component("report-bulletin"))?;
    let units = federation.admin.get("/federations/north/units").await?.expect_success()?.body;
    let name = units.as_array().into_iter().flatten().find(|known| known["code"] == unit.as_str());
    let stage = json!({
        "address": server.address(), "federation": federation.code, "round": ROUND, "unit": unit,
        "unitName": name.context("the unit")?["name"], "people": people, "rubric": rubric, "report": report, "bulletin": bulletin,
        // With this a journey prepares what it needs, as a program of the federation would.
        "adminToken": federation.admin.token(), "memberToken": federation.member(1).token(), "answers": clean_answers(1, 7),
    });

    furnished(folder.path())?;
    let mut play = Command::new("node");
    play.current_dir(folder.path()).arg("play.mjs").env("HUIZONG_STAGE", stage.to_string());
    let output = tokio::task::spawn_blocking(move || play.output()).await??;
    let told = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "{told}{}\n{}", String::from_utf8_lossy(&output.stderr), server.log());
    println!("{told}");
    Ok(())
}
