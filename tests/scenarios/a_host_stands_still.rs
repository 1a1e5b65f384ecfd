//! Three hosts share a PostgreSQL database, and one of them stands still while a round goes on with another release. Whatever it still believes
//! when it goes on itself, it keeps no score of a release that is no longer in force.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use domain::limits::REPLACED_GRACE;
use harness::{Clerk, Federation, Server, ServerOptions, postgres, unit_code};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{PgPool, Row as _};

use crate::{clean_answers, component, options};

const HOSTS: usize = 3;
/// The host that stands still now and then.
const STANDING_STILL: usize = HOSTS - 1;
const CLIENTS_EACH: usize = 3;
/// There and back, so often.
const ROUND_TRIPS: usize = 2;
/// How long everybody hands in on every host between two swaps.
const MEANWHILE: Duration = Duration::from_millis(1500);

/// What a client was told.
struct Told {
    host: usize,
    begun: Timestamp,
    ended: Timestamp,
    unit: String,
    /// The revision and the release that judged it; or what the host said where it failed.
    kept: Result<(u64, String), String>,
}

/// When a host stood still.
struct Stood {
    from: Timestamp,
    to: Timestamp,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_stood_still_keeps_nothing_of_a_release_that_was_replaced_meanwhile() -> Result<()> {
    let database = postgres::empty_database();
    let shared = tempfile::tempdir()?;
    let options =
        ServerOptions { database: Some(database.url.clone()), shared: Some(shared.path().to_path_buf()), ..options() };
    let servers = (0..HOSTS).map(|_| Server::start(options.clone())).collect::<Result<Vec<_>>>()?;
    let operator = servers[0].operator();
    let federation = Arc::new(Federation::found(&operator, "three-hosts", HOSTS * CLIENTS_EACH).await?);
    let director = federation.director(&operator).await?;
    let in_force = federation.admit(component("rubric-2016")).await?;
    let candidate = federation.admit(component("rubric-provincial")).await?;
    federation.open_round(&in_force, &[]).await?;
    let mut clerks: Vec<_> = (1..=federation.size()).map(|number| (number, Clerk::of(&federation, number))).collect();
    for (number, clerk) in &mut clerks {
        clerk.hand_in(&clean_answers(*number, 1)).await?.expect_success()?;
    }
    let trial = federation.try_release(&candidate).await?;

    let done = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = clerks
        .into_iter()
        .map(|(number, clerk)| {
            let host = number % HOSTS;
            let clerk = clerk.at(servers[host].address());
            let done = Arc::clone(&done);
            tokio::spawn(async move { hand_in_without_a_pause(host, number, clerk, &done).await })
        })
        .collect();
    let mut stood = Vec::new();
    for _ in 0..ROUND_TRIPS {
        let proposal = federation.propose(&candidate, &trial).await?;
        stood.push(while_one_stands_still(&servers, async || federation.approve(&director, &proposal).await).await?);
        stood.push(while_one_stands_still(&servers, async || federation.roll_back().await).await?);
    }
    done.store(true, Ordering::Relaxed);
    let mut told = Vec::new();
    for client in clients {
        told.extend(client.await??);
    }

    let in_force = times_in_force(&federation.pins().await?)?;
    for told in &told {
        was_in_force_or_until_just_now(told, &in_force)?;
        let Told { host, begun, ended, kept, .. } = told;
        let noticed = |stood: &Stood| *begun <= stood.to && *ended >= stood.from;
        ensure!(
            kept.is_ok() || (*host == STANDING_STILL && stood.iter().any(noticed)),
            "host {host} failed, although it went on: from {begun} to {ended}: {kept:?}"
        );
    }
    for Stood { to, .. } in &stood {
        let is_back = |told: &Told| told.host == STANDING_STILL && told.begun > *to && told.kept.is_ok();
        ensure!(told.iter().any(is_back), "the host goes on after {to}");
    }
    nothing_was_kept_late(&database.url, &federation.code, &told, &in_force).await
}

/// One host stands still while something is done at another, and for longer than a release that was replaced is still taken.
async fn while_one_stands_still(servers: &[Server], act: impl AsyncFnOnce() -> Result<()>) -> Result<Stood> {
    tokio::time::sleep(MEANWHILE).await;
    servers[STANDING_STILL].freeze()?;
    let from = Timestamp::now();
    let acted = act().await;
    tokio::time::sleep(REPLACED_GRACE + Duration::from_millis(500)).await;
    let to = Timestamp::now();
    servers[STANDING_STILL].thaw()?;
    acted?;
    tokio::time::sleep(MEANWHILE).await;
    Ok(Stood { from, to })
}

async fn hand_in_without_a_pause(host: usize, number: usize, mut clerk: Clerk, done: &AtomicBool) -> Result<Vec<Told>> {
    let mut told = Vec::new();
    while !done.load(Ordering::Relaxed) {
        let begun = Timestamp::now();
        let answer = clerk.hand_in(&clean_answers(number, 1)).await?;
        let ended = Timestamp::now();
        let kept = if answer.status.is_success() {
            let receipt = &answer.body["receipt"];
            let release = receipt["rubric"].as_str().context("a receipt names its release")?.to_owned();
            Ok((receipt["revision"].as_u64().context("a receipt names its revision")?, release))
        } else {
            ensure!(answer.status.is_server_error(), "{}: {:#}", answer.status, answer.body);
            clerk.look().await?;
            Err(format!("{} {}", answer.status, answer.code()))
        };
        told.push(Told { host, begun, ended, unit: unit_code(number), kept });
    }
    Ok(told)
}

/// Which release was in force from when to when.
type InForce = Vec<(String, Timestamp, Option<Timestamp>)>;

fn times_in_force(pins: &[Value]) -> Result<InForce> {
    let pins = pins.iter().map(|pin| -> Result<_> {
        let release = pin["release"].as_str().context("a pin names its release")?.to_owned();
        let since: Timestamp = pin["since"].as_str().context("a pin says since when")?.parse()?;
        let until = pin["until"].as_str().map(str::parse::<Timestamp>).transpose()?;
        Ok((release, since, until))
    });
    pins.collect()
}

/// Whoever asks later than two seconds after a release was replaced gets the other, whichever host they ask.
fn was_in_force_or_until_just_now(told: &Told, in_force: &InForce) -> Result<()> {
    let Ok((_, named)) = &told.kept else { return Ok(()) };
    let is_right = in_force.iter().any(|(release, since, until)| {
        let until = until.map(|until| until + REPLACED_GRACE);
        release == named && told.ended >= *since && until.is_none_or(|until| told.begun <= until)
    });
    let Told { host, begun, ended, .. } = told;
    ensure!(is_right, "host {host}, from {begun} to {ended}: {named}, but {in_force:?}");
    Ok(())
}

/// The audit log says in which order things were kept: the host that stood still during a swap kept nothing of the old release after it.
async fn nothing_was_kept_late(url: &str, federation: &str, told: &[Told], in_force: &InForce) -> Result<()> {
    let mut named = BTreeMap::new();
    for told in told.iter().filter(|told| told.host == STANDING_STILL) {
        if let Ok((revision, release)) = &told.kept {
            named.insert(format!("submission/{}/{}/{revision}", harness::ROUND, told.unit), release);
        }
    }
    let log = PgPool::connect(url).await?;
    let entries = sqlx::query("SELECT verb, subject FROM audit WHERE federation = $1 ORDER BY sequence")
        .bind(federation)
        .fetch_all(&log)
        .await?;
    log.close().await;
    let (mut swaps, mut looked_at) = (0, 0);
    for entry in &entries {
        let (verb, subject): (&str, &str) = (entry.try_get("verb")?, entry.try_get("subject")?);
        if matches!(verb, "approve-activation" | "roll-back") {
            swaps += 1;
        }
        let Some(release) = named.get(subject).filter(|_| verb == "submit") else { continue };
        ensure!(**release == in_force[swaps].0, "{subject} names {release} after swap {swaps}");
        looked_at += 1;
    }
    assert_eq!((swaps, looked_at), (2 * ROUND_TRIPS, named.len()), "every receipt stands in the log");
    Ok(())
}
