//! A clerk takes the form along, fills it in with a spreadsheet program, and hands in the file that the program saved.

use std::io::{Cursor, Write as _};
use std::time::Instant;

use anyhow::{Context as _, Result};
use calamine::{Data, Reader as _, Xlsx};
use harness::{Client, Entry, Federation, examples, typed_into};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{component, server};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What somebody would have to type to make an empty template of this filled-in workbook.
fn entries_of(workbook: &[u8]) -> Result<Vec<Entry>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(workbook))?;
    let mut entries = Vec::new();
    for name in workbook.sheet_names() {
        let cells = workbook.worksheet_range(&name)?;
        let role = cells.get_value((0, 0)).map(ToString::to_string).unwrap_or_default();
        let (first_row, only_column) = match role.as_str() {
            "huizong:main" => (3, Some(5)),
            "huizong:rest" => (3, None),
            role if role.starts_with("huizong:list:") => (4, None),
            _ => continue,
        };
        let (top, left) = cells.start().context("a worksheet has a beginning")?;
        for (row, column, cell) in cells.used_cells() {
            let (row, column) = (top + u32::try_from(row)?, left + u32::try_from(column)?);
            if row < first_row || only_column.is_some_and(|only| column != only) {
                continue;
            }
            let value = match cell {
                Data::String(text) => json!(text),
                Data::Float(number) => json!(number),
                Data::DateTime(moment) => json!(moment.as_f64()),
                other => anyhow::bail!("nobody types {other:?}"),
            };
            entries.push(Entry { sheet: name.clone(), column, row, value });
        }
    }
    Ok(entries)
}

async fn take_along(clerk: &Client, path: &str) -> Result<Vec<u8>> {
    Ok(clerk.get(&format!("{path}/workbook")).await?.expect_success()?.bytes)
}

fn handing_in(clerk: &Client, path: &str, workbook: Vec<u8>) -> reqwest::RequestBuilder {
    clerk.request(Method::PUT, &format!("{path}/workbook")).header(CONTENT_TYPE, XLSX).body(workbook)
}

fn report(number: usize) -> Result<Value> {
    let file = examples().join(format!("submissions/seeds/report_{number}.json"));
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_reports_typed_into_a_spreadsheet_program_have_the_digests_of_their_json() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "typed", 4).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    // Somebody hands the same reports in as messages, and so shows what has to be typed.
    let (model, model_path) = (federation.member(4), federation.submission_path(4));
    for number in 1..=3 {
        let answers = report(number)?;
        let mut request = model.request(Method::PUT, &model_path).json(&json!({ "answers": answers }));
        if number > 1 {
            request = request.header(IF_MATCH, format!("\"revision-{}\"", number - 1));
        }
        let message = model.send(request).await?.expect_success()?;
        let entries = entries_of(&take_along(model, &model_path).await?)?;
        assert!(entries.len() > 100, "report {number} has only {} values", entries.len());

        let (clerk, path) = (federation.member(number), federation.submission_path(number));
        let template = take_along(clerk, &path).await?;
        assert_eq!(entries_of(&template)?, [], "the template is empty");
        let began = Instant::now();
        let saved = tokio::task::spawn_blocking(move || typed_into(&template, &entries)).await??;
        println!("report {number}: typed in {:?}, {} bytes", began.elapsed(), saved.len());
        let began = Instant::now();
        let handed_in = clerk.send(handing_in(clerk, &path, saved)).await?.expect_success()?;
        println!("report {number}: handed in within {:?}", began.elapsed());
        let digest = |answer: &Value| answer["receipt"]["answers"].clone();
        assert_eq!(digest(&handed_in.body), digest(&message.body), "report {number} has another digest");
        assert_eq!(handed_in.body["scorecard"]["total"], message.body["scorecard"]["total"]);
        let read = clerk.get(&path).await?.expect_success()?;
        assert_eq!(read.body["answers"], answers, "report {number}");
        // Every finding leads to a cell.
        for finding in handed_in.body["findings"].as_array().context("findings")? {
            for pointer in finding["at"].as_array().context("places")? {
                let cells = handed_in.body["cells"].as_array().context("cells")?;
                assert!(cells.iter().any(|cell| cell["pointer"] == *pointer), "{pointer} has no cell");
            }
        }
    }
    Ok(())
}

/// So many megabytes of nothing, in the place of a worksheet.
fn bomb(megabytes: usize) -> Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        writer.start_file(name, SimpleFileOptions::default())?;
    }
    let megabyte = vec![b' '; 1024 * 1024];
    for _ in 0..megabytes {
        writer.write_all(&megabyte)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The most memory that a process ever had, in megabytes.
fn most_memory_of(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the kernel counts memory")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_of_500_megabytes_takes_no_memory() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "bombed", 8).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    let process = server.process().context("the server runs")?;
    take_along(federation.member(1), &federation.submission_path(1)).await?;
    let before = most_memory_of(process)?;
    let bomb = bomb(500)?;
    let throwing = (1..=8).map(|number| {
        let (clerk, path, bomb) = (federation.member(number), federation.submission_path(number), bomb.clone());
        async move { clerk.send(handing_in(clerk, &path, bomb)).await }
    });
    for answer in futures::future::join_all(throwing).await {
        let answer = answer?;
        assert_eq!(answer.status.as_u16(), 422, "{}", answer.body);
        assert_eq!(answer.body["errors"][0]["code"], "workbook-too-large");
    }
    let after = most_memory_of(process)?;
    println!("{before} MB before eight bombs at once, {after} MB at most after");
    assert!(after < before + 250, "{before} MB before, {after} MB after");
    Ok(())
}
