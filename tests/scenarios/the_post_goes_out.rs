//! Reminders leave the house: two hosts on one database, a real mail server and a federation's own program that both decline at first.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use harness::sinks::{Mood, call_sink, mail_sink};
use harness::{Federation, Server, ServerOptions, postgres, unit_code};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{component, options};

const MEMBERS: usize = 3;
const SECRET: &str = "a secret of the federation";
/// The first pause before another attempt is a minute.
const PATIENCE: Duration = Duration::from_secs(150);

fn mailbox(number: usize) -> String {
    format!("recipient-{number}@members.example.org")
}

/// Waits until every delivery is as wanted, and gives them.
async fn deliveries(federation: &Federation, wanted: impl Fn(&Value) -> bool) -> Result<Vec<Value>> {
    let path = format!("/federations/{}/deliveries?limit=100", federation.code);
    let until = Instant::now() + PATIENCE;
    loop {
        let listed = federation.admin.get(&path).await?.expect_success()?.body;
        let listed = listed.as_array().cloned().unwrap_or_default();
        if listed.len() >= 2 * MEMBERS && listed.iter().all(&wanted) {
            return Ok(listed);
        }
        ensure!(Instant::now() < until, "they are not as wanted: {listed:#?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_declined_is_sent_again_once_by_one_of_two_hosts_and_no_log_knows_to_whom() -> Result<()> {
    let (letters, calls) = (mail_sink().await?, call_sink().await?);
    letters.set_mood(Mood::Declines);
    calls.set_mood(Mood::Declines);
    let (database, shared) = (postgres::empty_database(), tempfile::tempdir()?);
    let (mail, program) = (letters.address().to_string(), calls.address().to_string());
    let words = ["--mail-server", &mail, "--mail-security", "none", "--mail-from", "huizong@north.example.org"];
    let more = ["--webhook-hosts", &program, "--log", "debug"];
    let options = ServerOptions {
        database: Some(database.url.clone()),
        shared: Some(shared.path().to_path_buf()),
        arguments: words.into_iter().chain(more).map(str::to_owned).collect(),
        ..options()
    };
    let (first, second) = (Server::start(options.clone())?, Server::start(options)?);
    let federation = Federation::found(&first.operator(), "posting", MEMBERS).await?;
    let (admin, code) = (&federation.admin, &federation.code);
    for number in 1..=MEMBERS {
        let path = format!("/federations/{code}/units/{}/mailboxes", unit_code(number));
        admin.put(&path, &json!([mailbox(number)])).await?.expect_success()?;
    }
    let webhook = json!({ "url": format!("http://{program}/notices"), "secret": SECRET });
    admin.put(&format!("/federations/{code}/webhook"), &webhook).await?.expect_success()?;

    // A reminder for every day of the fortnight before the round is due: the one of the last working day is worth giving now.
    let now = Timestamp::now();
    let rubric = federation.admit(component("rubric-provincial")).await?;
    let day = |days: i64| now.checked_add(SignedDuration::from_hours(24 * days)).map(|at| at.to_string());
    let date = |days: i64| day(days).map(|at| at[..10].to_owned());
    let round = json!({
        "code": "2023",
        "title": "2023年度",
        "period": { "start": "2023-01-01", "end": "2023-12-31" },
        "due_at": day(5)?,
        "rubric": rubric,
        "calendar": { "covers": { "start": date(-400)?, "end": date(400)? } },
        "policy": { "reminders": [-12, -11, -10, -9, -8, -7, -6, -5, -4, -3] },
    });
    admin.post(&format!("/federations/{code}/rounds"), &round).await?.expect_success()?;

    // Everything is tried and declined; then whoever declined takes it, and it arrives once.
    deliveries(&federation, |delivery| delivery["attempts"].as_u64() >= Some(1)).await?;
    ensure!(letters.caught().is_empty() && calls.caught().is_empty());
    letters.set_mood(Mood::Takes);
    calls.set_mood(Mood::Takes);
    let sent = deliveries(&federation, |delivery| delivery["state"] == "sent").await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    ensure!(sent.iter().any(|delivery| delivery["attempts"].as_u64() >= Some(2)), "{sent:#?}");
    let (letters, calls) = (letters.caught(), calls.caught());
    ensure!(letters.len() + calls.len() == sent.len(), "{} and {} of {sent:#?}", letters.len(), calls.len());
    let ids: BTreeSet<&str> = letters.iter().map(|letter| letter.headers["message-id"].as_str()).collect();
    let called: BTreeSet<&str> = calls.iter().map(|call| call.headers["huizong-delivery"].as_str()).collect();
    ensure!(ids.len() == letters.len() && called.len() == calls.len(), "a notice arrived twice");
    let to: BTreeSet<&String> = letters.iter().flat_map(|letter| &letter.to).collect();
    ensure!(to.len() == MEMBERS, "{to:?}");
    for call in &calls {
        let said: Value = serde_json::from_slice(&call.body)?;
        ensure!(said["notice"]["code"] == "reminder-before" && said["delivery"] == call.headers["huizong-delivery"]);
        ensure!(call.headers["huizong-signature"].starts_with("v1="));
    }

    // On the member's page stands the same, and a neighbour does not see it.
    let page = format!("{}/units/{}/notices", federation.round_path(), unit_code(1));
    let told = federation.member(1).at(second.address()).get(&page).await?.expect_success()?.body;
    ensure!(told[0]["code"] == "reminder-before", "{told:#}");
    ensure!(federation.member(2).get(&page).await?.code() == "not-allowed");

    for server in [&first, &second] {
        let log = server.log();
        ensure!(!log.contains("members.example.org") && !log.contains(SECRET), "a log knows whom the letters are for");
    }
    let audit = admin.get(&format!("/federations/{code}/audit")).await?.expect_success()?;
    let audit = String::from_utf8(audit.bytes).context("text")?;
    ensure!(!audit.contains("members.example.org") && !audit.contains(SECRET), "{audit}");
    Ok(())
}
