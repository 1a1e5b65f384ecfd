//! Components that take a compiler minutes end in the child, and who is served meanwhile does not wait for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use harness::{Federation, Server, ServerOptions};
use rogues::Rogue;
use serde_json::json;

use crate::{clean_answers, component, options};

/// What compiling may take here: long enough to measure beside it.
const COMPILE_SECONDS: u64 = 8;

/// How long the usual latency is looked at.
const USUALLY: Duration = Duration::from_secs(4);

/// Whoever measures beside others on one machine may be held up by them: it is measured anew this often.
const ATTEMPTS: u32 = 4;

/// The 99th hundredth of what a member waits who asks for a pre-check again and again until told to stop, and how often that was.
async fn waiting_time(federation: Arc<Federation>, stop: Arc<AtomicBool>) -> Result<(Duration, usize)> {
    let path = format!("{}/pre-checks", federation.submission_path(1));
    let body = json!({ "answers": clean_answers(1, 5) });
    let mut waited = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let asked = Instant::now();
        federation.member(1).post(&path, &body).await?.expect_success()?;
        waited.push(asked.elapsed());
    }
    waited.sort_unstable();
    let times = waited.len();
    let hundredth = waited.get(times * 99 / 100).copied().unwrap_or_default();
    Ok((hundredth, times))
}

/// What a member waits while something goes on.
async fn waiting_time_during<T>(
    federation: &Arc<Federation>,
    what: impl Future<Output = T>,
) -> Result<((Duration, usize), T)> {
    let stop = Arc::new(AtomicBool::new(false));
    let waiting = tokio::spawn(waiting_time(Arc::clone(federation), Arc::clone(&stop)));
    let done = what.await;
    stop.store(true, Ordering::Relaxed);
    Ok((waiting.await??, done))
}

#[tokio::test(flavor = "multi_thread")]
async fn three_bombs_end_in_the_child_while_nobody_waits_twice_as_long_as_usual() -> Result<()> {
    let server = Server::start(ServerOptions { compile_seconds: Some(COMPILE_SECONDS), ..options() })?;
    let neighbours = Federation::found(&server.operator(), "neighbours", 1).await?;
    let rubric = neighbours.admit(component("rubric-2025")).await?;
    neighbours.open_round(&rubric, &[]).await?;
    let neighbours = Arc::new(neighbours);
    let bombers = Federation::found(&server.operator(), "bombs", 1).await?;
    // The first calls find nothing warm.
    waiting_time_during(&neighbours, tokio::time::sleep(Duration::from_secs(1))).await?;

    for bomb in Rogue::BOMBS {
        let component = rogues::component(bomb);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let ((usual, _), ()) = waiting_time_during(&neighbours, tokio::time::sleep(USUALLY)).await?;
            let ((during, times), answer) = waiting_time_during(&neighbours, bombers.upload(&component)).await?;
            let answer = answer?;
            assert_eq!((answer.status.as_u16(), answer.code()), (422, "compile-limit"), "{bomb:?}: {:#}", answer.body);
            assert!(times > 50, "{bomb:?}: only {times} pre-checks meanwhile");
            println!("{bomb:?}: {during:?} in the 99th hundredth of {times} pre-checks, {usual:?} usually");
            if during <= 2 * usual {
                break;
            }
            assert!(attempts < ATTEMPTS, "{bomb:?}: {during:?} in the 99th hundredth, {usual:?} usually");
        }
    }
    let listed = bombers.admin.get("/federations/bombs/releases").await?.expect_success()?;
    assert_eq!(listed.body, json!([]), "none of them is a release");
    assert_eq!(bombers.admit(component("rubric-2025")).await?, rubric, "and what is none is admitted as ever");
    Ok(())
}
