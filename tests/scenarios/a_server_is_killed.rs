//! A server is killed again and again while members hand in: no acknowledged receipt is lost, and none exists twice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::{Client, Federation, Server, ServerOptions, postgres};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{clean_answers, component, options};

/// Members that hand in side by side.
const MEMBERS: usize = 40;
/// Revisions that each hands in: 2,000 submissions together.
const REVISIONS: usize = 50;
/// Kills, at least.
const KILLS_MIN: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_no_receipt_and_makes_none_twice_on_sqlite() -> Result<()> {
    hand_in_under_fire(options()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_loses_no_receipt_and_makes_none_twice_on_postgresql() -> Result<()> {
    let database = postgres::empty_database();
    hand_in_under_fire(ServerOptions { database: Some(database.url.clone()), ..options() }).await
}

async fn hand_in_under_fire(options: ServerOptions) -> Result<()> {
    let mut server = Server::start(options)?;
    let federation = Arc::new(Federation::found(&server.operator(), "under-fire", MEMBERS).await?);
    let rubric = federation.admit(component("rubric-2021")).await?;
    federation.open_round(&rubric, &[]).await?;

    let done = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (1..=MEMBERS)
        .map(|number| {
            let (federation, done) = (Arc::clone(&federation), Arc::clone(&done));
            tokio::spawn(async move { hand_in_until_acknowledged(&federation, number, &done).await })
        })
        .collect();
    let kills = kill_at_random(&mut server, &done).await?;
    let mut acknowledged = Vec::new();
    for client in clients {
        acknowledged.push(client.await??);
    }
    ensure!(kills >= KILLS_MIN, "only {kills} kills");

    for (index, receipts) in acknowledged.iter().enumerate() {
        let (member, path) = (federation.member(index + 1), federation.submission_path(index + 1));
        let revisions = member.get(&format!("{path}/revisions")).await?.expect_success()?.body;
        let kept = revisions.as_array().context("a list of revisions")?.len();
        assert_eq!(kept, REVISIONS, "as many revisions as were acknowledged");
        for (revision, receipt) in receipts {
            let read = member.get(&format!("{path}/revisions/{revision}")).await?.expect_success()?.body;
            assert_eq!(&read["receipt"], receipt, "the receipt that was given");
        }
    }
    Ok(())
}

/// Hands in every revision of a member, each under a key of its own, and repeats an attempt whose answer was lost; the receipts by revision.
async fn hand_in_until_acknowledged(
    federation: &Federation,
    number: usize,
    done: &AtomicUsize,
) -> Result<BTreeMap<u64, Value>> {
    let (member, path) = (federation.member(number), federation.submission_path(number));
    let mut receipts = BTreeMap::new();
    let mut tag = None;
    for attempt in 0..REVISIONS {
        let body = json!({ "answers": clean_answers(number, attempt as u64) });
        let key = format!("{number}-{attempt}");
        let (answer_tag, receipt) = repeat_until_acknowledged(member, &path, &body, &key, tag.as_deref()).await?;
        let revision = receipt["revision"].as_u64().context("a receipt names its revision")?;
        ensure!(receipts.insert(revision, receipt).is_none(), "revision {revision} was acknowledged twice");
        tag = Some(answer_tag);
        done.fetch_add(1, Ordering::Relaxed);
    }
    Ok(receipts)
}

async fn repeat_until_acknowledged(
    member: &Client,
    path: &str,
    body: &Value,
    key: &str,
    tag: Option<&str>,
) -> Result<(String, Value)> {
    loop {
        let request = member.request(Method::PUT, path).header("Idempotency-Key", key).json(body);
        let request = match tag {
            Some(tag) => request.header("If-Match", tag),
            None => request.header("If-None-Match", "*"),
        };
        match member.send(request).await {
            Ok(answer) if answer.status.is_success() => {
                let tag = answer.header("etag").context("a revision has an ETag")?.to_owned();
                return Ok((tag, answer.body["receipt"].clone()));
            }
            // Told to come back, or no answer at all: the server was killed in between.
            Ok(answer) => ensure!(answer.status.as_u16() == 503, "{}: {:#}", answer.status, answer.body),
            Err(_) => {}
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Kills and restarts the server at moments that a fixed sequence draws, until everything is handed in.
async fn kill_at_random(server: &mut Server, done: &AtomicUsize) -> Result<usize> {
    let mut draw = 0x9e37_79b9_7f4a_7c15_u64;
    let mut kills = 0;
    while done.load(Ordering::Relaxed) < MEMBERS * REVISIONS {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Always a part of the way further, so that the kills fall all over the run however fast it is.
        let goal = done.load(Ordering::Relaxed) + 40 + usize::try_from(draw >> 32).unwrap_or(0) % 160;
        while done.load(Ordering::Relaxed) < goal.min(MEMBERS * REVISIONS) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if done.load(Ordering::Relaxed) < MEMBERS * REVISIONS {
            server.kill();
            kills += 1;
            tokio::task::block_in_place(|| server.start_again())?;
        }
    }
    Ok(kills)
}
