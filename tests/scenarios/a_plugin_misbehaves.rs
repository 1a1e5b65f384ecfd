//! A federation's plugin misbehaves: its own call fails with a clear error that names the plugin's fault, and the neighbours score on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use harness::{Federation, Server};
use rogues::Rogue;
use serde_json::{Value, json};

use crate::{clean_answers, component, server};

/// What the rogue rubrics ask of a fire station; without a drill their check finds something.
fn answers_for_rogues() -> Value {
    json!({ "rooms": 10, "extinguishers": 8, "locked_exit": false, "drills": 0, "minutes": null, "volunteers": 3 })
}

/// A neighbour who hands in without a pause until told to stop; how often it did.
fn neighbour(federation: Arc<Federation>, stop: Arc<AtomicBool>) -> tokio::task::JoinHandle<Result<Vec<Value>>> {
    tokio::spawn(async move {
        let (member, path) = (federation.member(1), federation.submission_path(1));
        let body = json!({ "answers": clean_answers(1, 5) });
        let mut scorecards = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            let checked = member.post(&format!("{path}/pre-checks"), &body).await?.expect_success()?;
            scorecards.push(checked.body["scorecard"].clone());
        }
        Ok(scorecards)
    })
}

async fn neighbours(server: &Server) -> Result<Arc<Federation>> {
    let federation = Federation::found(&server.operator(), "neighbours", 1).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[]).await?;
    Ok(Arc::new(federation))
}

/// Memory of the server's process that is resident, in bytes.
fn resident_bytes(server: &Server) -> Result<u64> {
    let process = server.process().context("the server runs")?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("a process has a resident size")?;
    let kilobytes: u64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
    Ok(kilobytes * 1024)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rogue_costs_its_own_call_while_the_neighbours_score_on() -> Result<()> {
    let server = server()?;
    let neighbours = neighbours(&server).await?;
    let stop = Arc::new(AtomicBool::new(false));
    let scoring = neighbour(Arc::clone(&neighbours), Arc::clone(&stop));

    for rogue in Rogue::CALLED {
        let code = format!("rogue-{rogue:?}").to_lowercase();
        let federation = Federation::found(&server.operator(), &code, 1).await?;
        let rubric = federation.admit(&rogues::component(rogue)).await?;
        federation.open_round(&rubric, &[]).await?;
        let body = json!({ "answers": answers_for_rogues() });
        let answer = federation.member(1).put(&federation.submission_path(1), &body).await?;
        assert_eq!(answer.status.as_u16(), 502, "{rogue:?}: {:#}", answer.body);
        assert_eq!(answer.body["fault"], "plugin", "{rogue:?}: {:#}", answer.body);
        let expected = match rogue {
            // What is logged beyond the limit is dropped, but it is paid for.
            Rogue::Spins | Rogue::Logs1Gb => "out-of-fuel",
            Rogue::Recurses => "stack-overflow",
            Rogue::GrowsMemory | Rogue::GrowsTables => "out-of-memory",
            Rogue::Returns1Gb => "output-too-large",
            Rogue::LiesAboutTotal | Rogue::AwardsOutsideRange | Rogue::PointsNowhere => "lied",
            _ => "trapped",
        };
        assert_eq!(answer.code(), expected, "{rogue:?}: {:#}", answer.body);
    }
    stop.store(true, Ordering::Relaxed);
    let scorecards = scoring.await??;
    assert!(scorecards.len() > 10, "the neighbours got through {} times", scorecards.len());
    assert!(scorecards.windows(2).all(|pair| pair[0] == pair[1]), "the neighbours' score never changed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_plugin_is_refused_with_the_way_out() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "uploads", 1).await?;
    let refused = [
        (Rogue::ImportsWasi, 422),
        (Rogue::CoreModule, 422),
        (Rogue::Text, 422),
        (Rogue::BreaksOff, 422),
        (Rogue::Nonsense, 413),
        (Rogue::TooLarge, 413),
        (Rogue::HugeFunction, 422),
    ];
    for (rogue, status) in refused {
        let answer = federation.upload(&rogues::component(rogue)).await?;
        assert_eq!(answer.status.as_u16(), status, "{rogue:?}: {:#}", answer.body);
        assert!(answer.body["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{rogue:?}: {:#}", answer.body);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_compile_bomb_costs_the_child_and_the_server_serves_on() -> Result<()> {
    let server = server()?;
    let neighbours = neighbours(&server).await?;
    let federation = Federation::found(&server.operator(), "bombs", 1).await?;
    let before = resident_bytes(&server)?;
    let stop = Arc::new(AtomicBool::new(false));
    let scoring = neighbour(neighbours, Arc::clone(&stop));
    let answer = federation.upload(&rogues::component(Rogue::CompileBomb)).await?;
    assert_eq!(answer.status.as_u16(), 422, "{:#}", answer.body);
    stop.store(true, Ordering::Relaxed);
    assert!(scoring.await??.len() > 10, "the neighbours got through");
    let after = resident_bytes(&server)?;
    assert!(after < before + (256 << 20), "{before} bytes before, {after} after: the child took the memory with it");
    Ok(())
}
