//! Several people write one draft, buttons are clicked twice, answers get lost on the way, and the due date passes meanwhile: no word is lost, and
//! nobody gets two receipts for one thing.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use futures::future::join_all;
use harness::{Answer, Client, Federation, Server, ServerOptions, postgres, unit_code};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{clean_answers, component, options, server};

/// A round that is due in so many seconds.
async fn open_round(federation: &Federation, code: &str, due_in: i64, rubric: &str) -> Result<String> {
    let due_at = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(due_in);
    let round = json!({
        "code": code,
        "title": code,
        "period": { "start": "2023-01-01", "end": "2023-12-31" },
        "due_at": due_at,
        "rubric": rubric,
        "calendar": { "covers": { "start": "2022-01-01", "end": "2030-12-31" } },
    });
    let path = format!("/federations/{}/rounds", federation.code);
    federation.admin.post(&path, &round).await?.expect_success()?;
    Ok(format!("{path}/{code}"))
}

/// One field, as its editor writes it: reads, patches, and reads again whenever somebody else was quicker.
async fn writes(editor: &Client, draft: &str, field: &str, value: &Value) -> Result<usize> {
    for read_again in 0..200 {
        let read = editor.get(draft).await?.expect_success()?;
        let tag = read.header("ETag").context("a draft has an entity tag")?.to_owned();
        let patch = editor.request(Method::PATCH, draft).header("If-Match", tag);
        let patch = patch.header("Content-Type", "application/merge-patch+json");
        let written = editor.send(patch.body(json!({ "answers": { field: value } }).to_string())).await?;
        if written.status.is_success() {
            return Ok(read_again);
        }
        ensure!(written.code() == "draft-stale", "{:#}", written.body);
        let told = written.body["errors"].as_array().map_or(0, Vec::len);
        ensure!(told > 0, "who came too late is told which fields differ: {:#}", written.body);
    }
    anyhow::bail!("an editor never got a word in")
}

async fn hand_in(clerk: &Client, draft: &str, tag: &str) -> Result<Answer> {
    let request = clerk.request(Method::POST, &format!("{draft}/submission")).header("If-Match", tag);
    clerk.send(request).await
}

async fn many_write_and_nothing_is_lost(server: &Server) -> Result<()> {
    let federation = Federation::found(&server.operator(), "writing", 2).await?;
    let rubric = federation.admit(component("rubric-provincial")).await?;
    let round = open_round(&federation, "2023", 3600, &rubric).await?;
    let clerk = federation.member(1);
    let draft = format!("{round}/submissions/{}/draft", unit_code(1));
    let begin = clerk.request(Method::PUT, &draft).header("If-None-Match", "*").json(&json!({ "answers": {} }));
    clerk.send(begin).await?.expect_success()?;

    // Everybody writes another field at the same time.
    let answers = clean_answers(1, 1);
    let fields: Vec<(&String, &Value)> = answers.as_object().context("answers")?.iter().collect();
    let wrote = join_all(fields.iter().map(|(field, value)| writes(clerk, &draft, field, value))).await;
    wrote.into_iter().collect::<Result<Vec<usize>>>()?;
    let whole = clerk.get(&draft).await?.expect_success()?;
    ensure!(whole.body["answers"] == answers, "somebody's words are lost");

    // The button is clicked eight times at once, and once more after the answer was lost.
    let tag = whole.header("ETag").context("an entity tag")?;
    let clicks = join_all((0..8).map(|_| hand_in(clerk, &draft, tag))).await;
    let mut receipts = BTreeSet::new();
    for click in clicks {
        receipts.insert(click?.expect_success()?.body["receipt"].to_string());
    }
    receipts.insert(hand_in(clerk, &draft, tag).await?.expect_success()?.body["receipt"].to_string());
    ensure!(receipts.len() == 1, "one thing has one receipt: {receipts:#?}");
    ensure!(clerk.get(&draft).await?.code() == "missing", "what was handed in is no draft any more");
    let path = format!("{round}/submissions/{}", unit_code(1));
    let revisions = clerk.get(&format!("{path}/revisions")).await?.expect_success()?.body;
    ensure!(revisions.as_array().map(Vec::len) == Some(1), "{revisions:#}");

    // A caller who hangs up before the answer and asks again, many times, hands in once.
    let key = |request: reqwest::RequestBuilder| {
        request.header("Idempotency-Key", "k-1").header("If-Match", "\"revision-1\"")
    };
    let body = json!({ "answers": clean_answers(1, 2) });
    for patience in [0, 1, 2, 4, 8] {
        let request = key(clerk.request(Method::PUT, &path)).json(&body).timeout(Duration::from_millis(patience));
        let _ = clerk.send(request).await;
    }
    let at_once = join_all((0..6).map(|_| clerk.send(key(clerk.request(Method::PUT, &path)).json(&body)))).await;
    let mut receipts = BTreeSet::new();
    for answer in at_once {
        receipts.insert(answer?.expect_success()?.body["receipt"].to_string());
    }
    ensure!(receipts.len() == 1, "{receipts:#?}");
    let revisions = clerk.get(&format!("{path}/revisions")).await?.expect_success()?.body;
    ensure!(revisions.as_array().map(Vec::len) == Some(2), "{revisions:#}");
    Ok(())
}

async fn the_due_date_passes_meanwhile(server: &Server) -> Result<()> {
    let federation = Federation::found(&server.operator(), "late", 12).await?;
    let rubric = federation.admit(component("rubric-provincial")).await?;
    let round = open_round(&federation, "2023", 2, &rubric).await?;
    let due_at =
        federation.admin.get(&round).await?.expect_success()?.body["due_at"].as_str().context("due")?.to_owned();
    let due_at: jiff::Timestamp = due_at.parse()?;
    // One after the other hands in while it becomes due, each twice at once under one key.
    let handed = join_all((1..=12).map(|number| {
        let (member, path) = (federation.member(number), format!("{round}/submissions/{}", unit_code(number)));
        async move {
            tokio::time::sleep(Duration::from_millis(300 * number as u64)).await;
            let request = || {
                let put = member.request(Method::PUT, &path).header("If-None-Match", "*");
                put.header("Idempotency-Key", "k").json(&json!({ "answers": clean_answers(number, 1) }))
            };
            let (one, other) = tokio::join!(member.send(request()), member.send(request()));
            let (one, other) = (one?.expect_success()?, other?.expect_success()?);
            ensure!(one.body["receipt"] == other.body["receipt"], "{:#}\n{:#}", one.body, other.body);
            let receipt = &one.body["receipt"];
            let received_at: jiff::Timestamp = receipt["received_at"].as_str().context("a time")?.parse()?;
            let is_late = receipt["hours_late"] != 0;
            ensure!(
                is_late == (received_at.as_second() > due_at.as_second()),
                "{receipt:#} of what is due at {due_at}"
            );
            Ok(is_late)
        }
    }))
    .await;
    let late = handed.into_iter().collect::<Result<Vec<bool>>>()?;
    ensure!(late.contains(&true) && late.contains(&false), "it became due meanwhile: {late:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_update_is_lost_and_nobody_gets_a_second_receipt() -> Result<()> {
    let server = server()?;
    many_write_and_nothing_is_lost(&server).await?;
    the_due_date_passes_meanwhile(&server).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_on_postgresql() -> Result<()> {
    let database = postgres::empty_database();
    let server = Server::start(ServerOptions { database: Some(database.url.clone()), ..options() })?;
    many_write_and_nothing_is_lost(&server).await?;
    the_due_date_passes_meanwhile(&server).await
}
