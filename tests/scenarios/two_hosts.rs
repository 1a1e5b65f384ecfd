//! Two hosts share a PostgreSQL database: what one took in, the other reads and replays to the same bytes.

use anyhow::{Context as _, Result};
use harness::{Federation, Server, ServerOptions, postgres};
use serde_json::{Value, json};

use crate::{clean_answers, component, options};

const MEMBERS: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_host_replays_every_evaluation_to_the_same_bytes() -> Result<()> {
    let database = postgres::empty_database();
    let shared = tempfile::tempdir()?;
    let options =
        ServerOptions { database: Some(database.url.clone()), shared: Some(shared.path().to_path_buf()), ..options() };
    let first = Server::start(options.clone())?;
    let federation = Federation::found(&first.operator(), "two-hosts", MEMBERS).await?;
    let rubric = federation.admit(component("rubric-provincial")).await?;
    let circular = federation.admit(component("report-circular")).await?;
    federation.open_round(&rubric, &[&circular]).await?;
    for number in 1..=MEMBERS {
        let body = json!({ "answers": clean_answers(number, 1) });
        let path = federation.submission_path(number);
        federation.member(number).put(&path, &body).await?.expect_success()?;
    }
    federation.finish("settlements").await?;
    federation.finish("roll-ups").await?;

    let second = Server::start(options)?;
    let admin = federation.admin.at(second.address());
    let evaluations = format!("/federations/{}/evaluations", federation.code);
    let listed = admin.get(&format!("{evaluations}?limit=500")).await?.expect_success()?.body;
    let listed = listed.as_array().context("a list of evaluations")?;
    let functions = |name: &str| listed.iter().filter(|evaluation| function_of(evaluation) == name).count();
    assert_eq!((functions("check"), functions("score")), (MEMBERS, MEMBERS));
    assert_eq!((functions("settle"), functions("compose")), (1, 1));
    for evaluation in listed {
        let id = evaluation["id"].as_str().context("an evaluation has an id")?;
        let replayed = admin.post(&format!("{evaluations}/{id}/replays"), &json!({})).await?.expect_success()?.body;
        assert_eq!(replayed["equal"], true, "{replayed:#}");
        assert_eq!(replayed["same_engine"], true, "{replayed:#}");
        assert_eq!(replayed["recorded"]["fuel"], replayed["again"]["fuel"], "{replayed:#}");
    }

    // Both hosts tell the same.
    let ranking = format!("{}/settlement", federation.round_path());
    let one = federation.admin.get(&ranking).await?.expect_success()?.body;
    let other = admin.get(&ranking).await?.expect_success()?.body;
    assert_eq!(one, other);
    Ok(())
}

/// The contract's name of the function that an evaluation ran: the one name in `asked`.
fn function_of(evaluation: &Value) -> &str {
    let asked = &evaluation["asked"];
    asked.as_object().and_then(|asked| asked.keys().next()).map_or("", String::as_str)
}
