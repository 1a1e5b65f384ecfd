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
