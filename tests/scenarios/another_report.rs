//! A round's report is replaced as its rubric is: tried on the newest roll-up, proposed, approved by a second person, and rolled back.
//! How it looks is the federation's own affair.

use std::io::{Cursor, Read as _};
use std::process::Command;

use anyhow::{Context as _, Result};
use harness::{Client, Federation, ROUND, unit_code};
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::{clean_answers, component, server};

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_written_from_the_command_line_in_every_format() -> Result<()> {
    let server = server()?;
    let (federation, _) = rolled_up(&server.operator(), "written").await?;
    let folder = tempfile::tempdir()?;
    let huizong = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_huizong"));
        command.args(["report", "--federation", "written", "--round", ROUND]).args(arguments);
        command.current_dir(folder.path());
        command.env("HUIZONG_SERVER", server.address()).env("HUIZONG_TOKEN", federation.admin.token());
        command.output().context("the binary runs")
    };
    for whose in [vec![], vec!["--unit", unit_code(1).as_str()]] {
        let files = ["a.docx", "a.pdf", "a.xlsx", "a.html", "a.md"];
        let written = huizong(&[whose.as_slice(), files.as_slice()].concat())?;
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        for (file, beginning) in files.iter().zip([&b"PK"[..], b"%PDF-", b"PK", b"<!doctype html>", b""]) {
            let bytes = std::fs::read(folder.path().join(file))?;
            assert!(bytes.len() > 500 && bytes.starts_with(beginning), "{file}");
            std::fs::remove_file(folder.path().join(file))?;
        }
    }
    let refused = huizong(&["report.doc"])?;
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains(".docx"), "{said}");
    Ok(())
}

/// The digests of the reports that are in force in the round.
async fn reports(federation: &Federation) -> Result<Value> {
    Ok(federation.admin.get(&federation.round_path()).await?.expect_success()?.body["reports"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_report_is_tried_approved_and_composes_the_next_roll_up() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "bulletins", 5).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    let circular = federation.admit(component("report-circular")).await?;
    let bulletin = federation.admit(component("report-bulletin")).await?;
    federation.open_round(&rubric, &[&circular]).await?;
    for number in 1..=5 {
        let body = json!({ "answers": clean_answers(number, 1) });
        federation.member(number).put(&federation.submission_path(number), &body).await?.expect_success()?;
    }
    let (trials, too_early) = (format!("{}/trials", federation.round_path()), json!({ "release": bulletin }));
    let refused = federation.admin.post(&trials, &too_early).await?;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "not-rolled-up"), "there is nothing to compose yet");

    federation.finish("settlements").await?;
    federation.finish("roll-ups").await?;
    let trial = federation.try_release(&bulletin).await?;
    let tried =
        federation.admin.get(&format!("{}/trials/{trial}", federation.round_path())).await?.expect_success()?.body;
    let found = &tried["found"]["report"];
    assert!(found["changes"].as_array().is_some_and(|changes| !changes.is_empty()), "two forms differ: {found:#}");
    assert_eq!(reports(&federation).await?, json!([circular]), "a trial changes nothing");

    let director = federation.director(&server.operator()).await?;
    let proposal = federation.propose(&bulletin, &trial).await?;
    federation.approve(&director, &proposal).await?;
    assert_eq!(reports(&federation).await?, json!([bulletin]));
    federation.finish("roll-ups").await?;
    let composed = federation.admin.get(&format!("{}/reports/{bulletin}", federation.round_path())).await?;
    let title = found["after"]["document_title"].as_str().context("a title")?.to_owned();
    let composed = String::from_utf8(composed.expect_success()?.bytes)?;
    assert!(composed.contains(&title), "what is composed is what was tried: {title}");

    let body = json!({ "leaving": bulletin, "reason": "等省联社答复" });
    federation.admin.post(&format!("{}/rollback", federation.round_path()), &body).await?.expect_success()?;
    assert_eq!(reports(&federation).await?, json!([circular]));
    Ok(())
}

/// A federation with a rolled-up round, and its report.
async fn rolled_up(operator: &Client, code: &str) -> Result<(Federation, String)> {
    let federation = Federation::found(operator, code, 3).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    let circular = federation.admit(component("report-circular")).await?;
    federation.open_round(&rubric, &[&circular]).await?;
    for number in 1..=3 {
        let body = json!({ "answers": clean_answers(number, 1) });
        federation.member(number).put(&federation.submission_path(number), &body).await?.expect_success()?;
    }
    federation.finish("settlements").await?;
    federation.finish("roll-ups").await?;
    Ok((federation, circular))
}

/// A part of the report's Word file.
async fn part_of_word(federation: &Federation, report: &str, part: &str) -> Result<String> {
    let path = format!("{}/reports/{report}?format=docx", federation.round_path());
    let bytes = federation.admin.get(&path).await?.expect_success()?.bytes;
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes))?.by_name(part)?.read_to_string(&mut text)?;
    Ok(text)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_federations_dress_one_report_each_as_it_likes() -> Result<()> {
    let server = server()?;
    let (north, report) = rolled_up(&server.operator(), "north").await?;
    let (south, _) = rolled_up(&server.operator(), "south").await?;
    let before = part_of_word(&south, &report, "word/document.xml").await?;
    let sheet = json!({
        "paper": { "left_mm": 20, "right_mm": 20 },
        "grid": { "characters_per_line": 30 },
        "fonts": { "body": "方正仿宋_GBK" },
        "letterhead": { "colour": "#003366" },
        "header": "内部资料",
    });
    south.admin.put("/federations/south/style-sheet", &sheet).await?.expect_success()?;

    let (of_north, of_south) = (
        part_of_word(&north, &report, "word/document.xml").await?,
        part_of_word(&south, &report, "word/document.xml").await?,
    );
    assert_ne!(of_south, before, "the round was rolled up before, and its report looks as it is set now");
    assert!(of_north.contains("w:left=\"1587\"") && of_south.contains("w:left=\"1134\""), "the margins differ");
    for (part, word) in [("word/styles.xml", "方正仿宋_GBK"), ("word/document.xml", "003366")] {
        assert!(part_of_word(&south, &report, part).await?.contains(word), "{word} in {part}");
        assert!(!part_of_word(&north, &report, part).await?.contains(word), "{word} in {part}");
    }
    Ok(())
}
