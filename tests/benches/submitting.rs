//! 64 clients hand in for a minute, each as fast as it is answered: on SQLite and on PostgreSQL. Whole submissions, parsed, validated, checked,
//! scored, committed and receipted; a client's every submission is another revision. The bar: no error, on either.

#[path = "figures.rs"]
#[allow(dead_code, reason = "other benches measure single calls, too")]
mod figures;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use harness::{Federation, Server, ServerOptions, postgres};
use reqwest::Method;
use serde_json::json;

use figures::figure;

/// Clients that hand in at once.
const CLIENTS: usize = 64;
/// For how long.
const TIME: Duration = Duration::from_mins(1);

#[tokio::main]
async fn main() -> Result<()> {
    hand_in("sqlite", None).await?;
    let database = postgres::empty_database();
    hand_in("postgres", Some(database.url.clone())).await
}

async fn hand_in(name: &str, database: Option<String>) -> Result<()> {
    let options = ServerOptions {
        binary: env!("CARGO_BIN_EXE_huizong").into(),
        database,
        shared: None,
        compile_seconds: None,
        arguments: Vec::new(),
    };
    let server = Server::start(options)?;
    let federation = Federation::found(&server.operator(), "bench", CLIENTS).await?;
    let rubric = federation.admit(demo_pack::component("rubric-2025").bytes).await?;
    federation.open_round(&rubric, &[]).await?;
    let body = json!({ "answers": demo_pack::clean_answers(1, 17, 25) }).to_string().into_bytes();
    let started = Instant::now();
    let clients: Vec<_> = (1..=CLIENTS)
        .map(|number| {
            let (member, path, body) =
                (federation.member(number).clone(), federation.submission_path(number), body.clone());
            tokio::spawn(async move {
                let (mut took, mut errors, mut tag) = (Vec::new(), 0_u32, None::<String>);
                while started.elapsed() < TIME {
                    let request = member.request(Method::PUT, &path).header("Content-Type", "application/json");
                    let request = match &tag {
                        Some(tag) => request.header("If-Match", tag),
                        None => request.header("If-None-Match", "*"),
                    };
                    let asked = Instant::now();
                    let answer =
                        member.send(request.body(body.clone())).await.and_then(harness::Answer::expect_success);
                    match answer {
                        Ok(answer) => {
                            took.push(asked.elapsed());
                            tag = answer.header("etag").map(str::to_owned);
                        }
                        Err(_) => errors += 1,
                    }
                }
                (took, errors)
            })
        })
        .collect();
    let (mut took, mut errors) = (Vec::new(), 0);
    for client in clients {
        let (own, failed) = client.await?;
        took.extend(own);
        errors += failed;
    }
    let seconds = started.elapsed().as_secs_f64();
    took.sort_unstable();
    let done = u32::try_from(took.len())?;
    let at = |percent: usize| -> Result<f64> {
        let index = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        Ok(took.get(index).context("nothing was handed in")?.as_secs_f64() * 1e3)
    };
    figure(&format!("submitting_{name}"), f64::from(done) / seconds, "1/s");
    figure(&format!("submitting_{name}_p50"), at(50)?, "ms");
    figure(&format!("submitting_{name}_p99"), at(99)?, "ms");
    figure(&format!("submitting_{name}_errors"), f64::from(errors), "1");
    anyhow::ensure!(errors == 0, "{errors} submissions failed on {name}");
    Ok(())
}
