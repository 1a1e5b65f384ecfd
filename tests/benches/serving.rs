//! What the server does under load: submissions a second against a bare handler that parses the same body and commits one row, both
//! with SQLite's `synchronous=FULL`; and settling and rolling up 300 and 3,000 members. The bars: at least the bare handler's
//! throughput; at most 1 s for 3,000 members, growing linearly. Trying another rubric on as many judges every submission twice.

#[path = "figures.rs"]
#[allow(dead_code, reason = "other benches measure single calls, too")]
mod figures;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::put;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use harness::{Federation, Server, ServerOptions};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use figures::figure;

/// Clients that hand in at once.
const CLIENTS: usize = 64;
/// How long each throughput is measured.
const TIME: Duration = Duration::from_secs(8);

#[tokio::main]
async fn main() -> Result<()> {
    let ours = submissions_a_second().await?;
    let bare = bare_commits_a_second().await?;
    figure("submissions_sqlite", ours, "1/s");
    figure("bare_handler_sqlite", bare, "1/s");
    figure("submissions_to_bare_handler", ours / bare, "ratio");
    let mut settled = Vec::new();
    for members in [300, 3_000] {
        settled.push(settle_seconds(members).await?);
    }
    figure("settle_and_roll_up_3000_to_300", settled[1] / settled[0], "ratio");
    Ok(())
}

fn server() -> Result<Server> {
    Server::start(ServerOptions {
        binary: env!("CARGO_BIN_EXE_huizong").into(),
        database: None,
        shared: None,
        compile_seconds: None,
        arguments: Vec::new(),
    })
}

async fn federation(server: &Server, members: usize, reports: &[&str]) -> Result<Federation> {
    let federation = Federation::found(&server.operator(), "bench", members).await?;
    let rubric = federation.admit(demo_pack::component("rubric-2025").bytes).await?;
    let mut admitted = Vec::new();
    for report in reports {
        admitted.push(federation.admit(demo_pack::component(report).bytes).await?);
    }
    let admitted: Vec<&str> = admitted.iter().map(String::as_str).collect();
    federation.open_round(&rubric, &admitted).await?;
    Ok(federation)
}

/// What every client sends: an ordinary submission.
fn body() -> Vec<u8> {
    json!({ "answers": demo_pack::clean_answers(1, 17, 25) }).to_string().into_bytes()
}

/// Whole submissions: parsed, validated, checked, scored, committed, receipted.
async fn submissions_a_second() -> Result<f64> {
    let server = server()?;
    let federation = Arc::new(federation(&server, CLIENTS, &[]).await?);
    let body = body();
    let started = Instant::now();
    let clients = (1..=CLIENTS).map(|number| {
        let (federation, body) = (Arc::clone(&federation), body.clone());
        tokio::spawn(async move {
            let (member, path) = (federation.member(number), federation.submission_path(number));
            let (mut done, mut tag) = (0_u32, None::<String>);
            while started.elapsed() < TIME {
                let request = member.request(Method::PUT, &path).header("Content-Type", "application/json");
                let request = match &tag {
                    Some(tag) => request.header("If-Match", tag),
                    None => request.header("If-None-Match", "*"),
                };
                let answer = member.send(request.body(body.clone())).await?.expect_success()?;
                tag = answer.header("etag").map(str::to_owned);
                done += 1;
            }
            anyhow::Ok(done)
        })
    });
    sum_a_second(clients, started).await
}

/// The least that a durable handler can do: parse the body, commit one row.
async fn bare_commits_a_second() -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    sqlx::query("CREATE TABLE row (body BLOB NOT NULL)").execute(&pool).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(axum::serve(listener, Router::new().route("/", put(keep)).with_state(pool)).into_future());
    let (http, body) = (reqwest::Client::new(), body());
    let started = Instant::now();
    let clients = (0..CLIENTS).map(|_| {
        let (http, address, body) = (http.clone(), address.clone(), body.clone());
        tokio::spawn(async move {
            let mut done = 0_u32;
            while started.elapsed() < TIME {
                http.put(&address).body(body.clone()).send().await?.error_for_status()?.bytes().await?;
                done += 1;
            }
            anyhow::Ok(done)
        })
    });
    sum_a_second(clients, started).await
}

async fn keep(State(pool): State<SqlitePool>, body: axum::body::Bytes) -> Result<StatusCode, StatusCode> {
    let value: Value = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let bytes = rmp_serde::to_vec_named(&value).map_err(|_| StatusCode::BAD_REQUEST)?;
    let kept = sqlx::query("INSERT INTO row (body) VALUES ($1)").bind(bytes).execute(&pool).await;
    kept.map(|_| StatusCode::CREATED).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn sum_a_second(
    clients: impl Iterator<Item = tokio::task::JoinHandle<Result<u32>>>,
    started: Instant,
) -> Result<f64> {
    let mut done = 0;
    for client in clients.collect::<Vec<_>>() {
        done += client.await??;
    }
    Ok(f64::from(done) / started.elapsed().as_secs_f64())
}

/// Seconds for settling everybody, rolling up and composing the report.
async fn settle_seconds(members: usize) -> Result<f64> {
    let server = server()?;
    let federation = federation(&server, members, &["report-circular"]).await?;
    let federation = &federation;
    stream::iter(1..=members)
        .map(|number| async move {
            let body = json!({ "answers": demo_pack::clean_answers(number, number as u64, 25) });
            let request = federation.member(number).request(Method::PUT, &federation.submission_path(number));
            federation.member(number).send(request.header("If-None-Match", "*").json(&body)).await?.expect_success()
        })
        .buffer_unordered(32)
        .try_collect::<Vec<_>>()
        .await?;
    let started = Instant::now();
    federation.finish("settlements").await.context("settling")?;
    let settled = started.elapsed();
    federation.finish("roll-ups").await.context("rolling up")?;
    let total = started.elapsed().as_secs_f64();
    figure(&format!("settle_{members}"), settled.as_secs_f64() * 1e3, "ms");
    figure(&format!("settle_and_roll_up_{members}"), total * 1e3, "ms");
    try_beside(federation, members).await?;
    Ok(total)
}

/// Trying another rubric on everybody: both judge every submission, both settle, and everybody's difference is explained.
async fn try_beside(federation: &Federation, members: usize) -> Result<()> {
    let candidate = federation.admit(demo_pack::component("rubric-2021").bytes).await?;
    let started = Instant::now();
    federation.try_release(&candidate).await.context("trying")?;
    let tried = started.elapsed().as_secs_f64();
    figure(&format!("trial_{members}"), tried * 1e3, "ms");
    figure(&format!("trial_{members}_judged"), 2.0 * f64::from(u32::try_from(members)?) / tried, "1/s");
    Ok(())
}
