//! A member checks off-line with the component that will judge it, and hears what the server says.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context as _, Result};
use harness::{Federation, ROUND, Server, examples, unit_code};
use serde_json::{Value, json};

use crate::{component, server};

fn huizong(arguments: &[&str], server: &Server, token: &str) -> Result<Output> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huizong"));
    command.args(arguments).env("HUIZONG_SERVER", server.address()).env("HUIZONG_TOKEN", token);
    command.output().context("the binary runs")
}

fn json_of(output: &Output) -> Result<Value> {
    serde_json::from_slice(&output.stdout).with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a test's path is UTF-8")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_off_line_check_says_what_the_server_says() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "off-line", 1).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    let member = federation.member(1);
    let (folder, unit) = (tempfile::tempdir()?, unit_code(1));
    let whom = ["--federation", "off-line", "--round", ROUND, "--unit", unit.as_str()];

    let pack = folder.path().join("pack");
    let fetched = huizong(&[&["pack"][..], &whom, &["--out", text(&pack)]].concat(), &server, member.token())?;
    assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));

    for number in 1..=3 {
        let answers = examples().join(format!("submissions/seeds/report_{number}.json"));
        let arguments = ["check", text(&answers), "--pack", text(&pack), "--format", "json"];
        // No server is named: the check runs on what the pack holds.
        let checked = Command::new(env!("CARGO_BIN_EXE_huizong")).args(arguments).output()?;
        let off_line = json_of(&checked)?;

        let body = json!({ "answers": serde_json::from_slice::<Value>(&std::fs::read(&answers)?)? });
        let path = format!("{}/pre-checks", federation.submission_path(1));
        let on_line = member.post(&path, &body).await?.expect_success()?.body;
        assert_eq!(off_line["findings"], on_line["findings"], "report {number}");
        assert_eq!(off_line["scorecard"], on_line["scorecard"], "report {number}");
        assert_eq!(off_line["standing"], on_line["standing"], "report {number}");
        let expected = if on_line["standing"] == "accepted" { 0 } else { 2 };
        assert_eq!(checked.status.code(), Some(expected), "the exit code says whether it would count");
    }

    // A changed component is not run.
    std::fs::write(pack.join("rubric.wasm"), component("rubric-2021"))?;
    let answers = examples().join("submissions/seeds/report_1.json");
    let refused =
        Command::new(env!("CARGO_BIN_EXE_huizong")).args(["check", text(&answers), "--pack", text(&pack)]).output()?;
    assert_eq!(refused.status.code(), Some(1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn submitting_from_the_command_line_gives_a_receipt_once() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "by-hand", 1).await?;
    let rubric = federation.admit(component("rubric-2016")).await?;
    federation.open_round(&rubric, &[]).await?;
    let unit = unit_code(1);
    let answers = examples().join("submissions/seeds/report_3.json");
    let arguments =
        ["submit", text(&answers), "--federation", "by-hand", "--round", ROUND, "--unit", &unit, "--format", "json"];
    let once = json_of(&huizong(&arguments, &server, federation.member(1).token())?)?;
    let again = json_of(&huizong(&arguments, &server, federation.member(1).token())?)?;
    assert_eq!(once["receipt"], again["receipt"], "the same answers sent twice have one receipt");
    assert_eq!(once["receipt"]["revision"], 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_waived_is_waived_off_line_too() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "waiving", 1).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    let (member, unit, folder) = (federation.member(1), unit_code(1), tempfile::tempdir()?);
    let answers = examples().join("submissions/seeds/report_1.json");
    let body = json!({ "answers": serde_json::from_slice::<Value>(&std::fs::read(&answers)?)? });
    let path = format!("{}/pre-checks", federation.submission_path(1));
    let found = member.post(&path, &body).await?.expect_success()?.body;
    let errors = found["findings"].as_array().context("findings")?.iter().filter(|found| found["severity"] == "error");
    let errors: std::collections::BTreeSet<&str> = errors.filter_map(|found| found["check"].as_str()).collect();
    assert!(!errors.is_empty(), "the report has errors");
    for check in &errors {
        let rule = json!({ "act": { "waive": { "check": check, "unit": unit } }, "reason": "原始报表如此" });
        federation.admin.post(&format!("{}/check-rules", federation.round_path()), &rule).await?.expect_success()?;
    }
    let pack = folder.path().join("pack");
    let whom = ["--federation", "waiving", "--round", ROUND, "--unit", unit.as_str()];
    huizong(&[&["pack"][..], &whom, &["--out", text(&pack)]].concat(), &server, member.token())?;
    let arguments = ["check", text(&answers), "--pack", text(&pack), "--format", "json"];
    let off_line = json_of(&Command::new(env!("CARGO_BIN_EXE_huizong")).args(arguments).output()?)?;
    let on_line = member.post(&path, &body).await?.expect_success()?.body;
    assert_eq!((&off_line["findings"], &off_line["standing"]), (&on_line["findings"], &on_line["standing"]));
    let waived = |found: &&Value| found["ruled"]["waived"] == true && found["ruled"]["reason"] == "原始报表如此";
    let of_errors =
        on_line["findings"].as_array().context("findings")?.iter().filter(|found| found["severity"] == "error");
    assert!(of_errors.clone().count() > 0 && of_errors.clone().all(|found| waived(&found)), "{on_line:#}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_verified_outside_the_house() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "outside", 1).await?;
    let rubric = federation.admit(component("rubric-2016")).await?;
    federation.open_round(&rubric, &[]).await?;
    let (member, folder) = (federation.member(1), tempfile::tempdir()?);
    let given = examples().join("submissions/seeds/report_3.json");
    let body = json!({ "answers": serde_json::from_slice::<Value>(&std::fs::read(&given)?)? });
    let handed = member.put(&federation.submission_path(1), &body).await?.expect_success()?.body;
    let key = member.get("/receipt-key").await?.expect_success()?.body["key"].as_str().context("a key")?.to_owned();
    let verified = |receipt: &Value, key: &str, answers: &Path| -> Result<(Option<i32>, Value)> {
        let file = folder.path().join("receipt.json");
        std::fs::write(&file, receipt.to_string())?;
        let component = folder.path().join("rubric.wasm");
        std::fs::write(&component, crate::component("rubric-2016"))?;
        let arguments = ["receipt", "verify", text(&file), "--key", key, "--answers", text(answers)];
        let rest = ["--rubric", text(&component), "--format", "json"];
        let output = Command::new(env!("CARGO_BIN_EXE_huizong")).args(arguments).args(rest).output()?;
        Ok((output.status.code(), json_of(&output)?["wrong"].clone()))
    };
    assert_eq!(verified(&handed, &key, &given)?, (Some(0), json!([])));
    assert_eq!(verified(&handed["receipt"], &key, &given)?, (Some(0), json!([])));
    let mut changed = handed["receipt"].clone();
    changed["waived"] = json!(3);
    assert_eq!(verified(&changed, &key, &given)?, (Some(1), json!(["signature"])));
    let other = examples().join("submissions/seeds/report_1.json");
    assert_eq!(verified(&handed, &key, &other)?, (Some(1), json!(["answers"])));
    let stranger = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert_eq!(verified(&handed, stranger, &given)?, (Some(1), json!(["key"])));
    Ok(())
}
