//! Two releases take each other's place 200 times while 32 clients hand in without a pause. No request fails, and every receipt's score is
//! the one that the release gives which the receipt names.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result, ensure};
use harness::{Clerk, Client, Federation, Server, ServerOptions, postgres};
use serde_json::Value;

use crate::{clean_answers, component, options};

const CLIENTS: usize = 32;
/// Members for which each client hands in, in turn, so that none comes to as many revisions as a member may have.
const MEMBERS_EACH: usize = 4;
/// There and back, so often.
const ROUND_TRIPS: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_swaps_under_load_fail_no_request_and_mix_up_no_score() -> Result<()> {
    let server = Server::start(options())?;
    swap_under_load(&[&server]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_swaps_fail_no_request_on_the_other_host_either() -> Result<()> {
    let database = postgres::empty_database();
    let shared = tempfile::tempdir()?;
    let options =
        ServerOptions { database: Some(database.url.clone()), shared: Some(shared.path().to_path_buf()), ..options() };
    let (first, second) = (Server::start(options.clone())?, Server::start(options)?);
    swap_under_load(&[&first, &second]).await
}

/// What each release gives for the answers of each member: the scorecard's bytes.
type Scores = BTreeMap<(usize, String), Vec<u8>>;

async fn swap_under_load(servers: &[&Server]) -> Result<()> {
    let operator = servers[0].operator();
    let federation = Arc::new(Federation::found(&operator, "taking-turns", CLIENTS * MEMBERS_EACH).await?);
    let director = federation.director(&operator).await?;
    let in_force = federation.admit(component("rubric-2016")).await?;
    let candidate = federation.admit(component("rubric-provincial")).await?;
    federation.open_round(&in_force, &[]).await?;
    let mut clerks: Vec<_> = (1..=federation.size()).map(|number| (number, Clerk::of(&federation, number))).collect();
    for (number, clerk) in &mut clerks {
        clerk.hand_in(&answers(*number)).await?.expect_success()?;
    }
    let trial = federation.try_release(&candidate).await?;

    let mut scores = Scores::new();
    ask_for_scores(&federation, &in_force, &mut scores).await?;
    there(&federation, &director, &candidate, &trial).await?;
    ask_for_scores(&federation, &candidate, &mut scores).await?;
    federation.roll_back().await?;
    let differing = scores.values().collect::<std::collections::BTreeSet<_>>().len();
    ensure!(differing > CLIENTS * MEMBERS_EACH, "the releases do not score alike");

    let (scores, done) = (Arc::new(scores), Arc::new(AtomicBool::new(false)));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let address = servers[client % servers.len()].address();
            let of_client = clerks.drain(..MEMBERS_EACH).map(|(number, clerk)| (number, clerk.at(address)));
            let clerks: Vec<_> = of_client.collect();
            let (scores, done) = (Arc::clone(&scores), Arc::clone(&done));
            tokio::spawn(async move { hand_in_without_a_pause(clerks, &scores, &done).await })
        })
        .collect();
    let swapped = take_turns(&federation, &director, &candidate, &trial).await;
    done.store(true, Ordering::Relaxed);
    let mut receipts = BTreeMap::<String, usize>::new();
    for client in clients {
        for (release, count) in client.await?? {
            *receipts.entry(release).or_default() += count;
        }
    }
    swapped?;

    for release in [&in_force, &candidate] {
        let named = receipts.get(release).copied().unwrap_or_default();
        ensure!(named >= CLIENTS, "too few receipts name {release}: {receipts:?}");
    }
    assert_eq!(receipts.len(), 2, "no other release is named: {receipts:?}");
    let pins = federation.pins().await?;
    assert_eq!(pins.len(), 1 + 2 + 2 * ROUND_TRIPS, "every swap stands in the history");
    let now = federation.admin.get(&federation.round_path()).await?.expect_success()?.body;
    assert_eq!(now["rubric"], *in_force);
    Ok(())
}

/// The other release is proposed and approved, upon the trial beside the one that is in force.
async fn there(federation: &Federation, director: &Client, candidate: &str, trial: &str) -> Result<()> {
    let proposal = federation.propose(candidate, trial).await?;
    federation.approve(director, &proposal).await
}

async fn take_turns(federation: &Federation, director: &Client, candidate: &str, trial: &str) -> Result<()> {
    for round_trip in 0..ROUND_TRIPS {
        there(federation, director, candidate, trial).await.with_context(|| format!("there, {round_trip}"))?;
        federation.roll_back().await.with_context(|| format!("and back, {round_trip}"))?;
    }
    Ok(())
}

/// Asks for everybody's score while nothing moves.
async fn ask_for_scores(federation: &Federation, release: &str, scores: &mut Scores) -> Result<()> {
    for number in 1..=federation.size() {
        let asked = Clerk::of(federation, number).ask(&answers(number)).await?.expect_success()?;
        ensure!(asked.body["rubric"] == *release, "{:#}", asked.body);
        scores.insert((number, release.to_owned()), bytes_of(&asked.body["scorecard"])?);
    }
    Ok(())
}

/// Hands in until everything is done, and looks at every answer; how many receipts name which release.
async fn hand_in_without_a_pause(
    mut clerks: Vec<(usize, Clerk)>,
    scores: &Scores,
    done: &AtomicBool,
) -> Result<BTreeMap<String, usize>> {
    let mut receipts = BTreeMap::<String, usize>::new();
    while !done.load(Ordering::Relaxed) {
        for (number, clerk) in &mut clerks {
            let answer = clerk.hand_in(&answers(*number)).await?.expect_success()?;
            let release = answer.body["receipt"]["rubric"].as_str().context("a receipt names its release")?.to_owned();
            let expected = scores.get(&(*number, release.clone())).context("a release that is known")?;
            ensure!(bytes_of(&answer.body["scorecard"])? == *expected, "member {number}, {release}: another score");
            *receipts.entry(release).or_default() += 1;
        }
    }
    Ok(receipts)
}

fn answers(number: usize) -> Value {
    clean_answers(number, 1)
}

fn bytes_of(scorecard: &Value) -> Result<Vec<u8>> {
    ensure!(scorecard.is_object(), "a scorecard, not {scorecard}");
    Ok(serde_json::to_vec(scorecard)?)
}
