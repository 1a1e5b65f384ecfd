//! A rubric that somebody wrote in JavaScript lives the life of one in Rust: it is admitted, tried, approved, and its evaluations are replayed.

use anyhow::{Context as _, Result};
use harness::{Federation, ROUND};
use serde_json::{Value, json};

use crate::javascript::fire_safety;
use crate::{server, terminal};

const MEMBERS: usize = 4;

/// What a fire station hands in, different for each.
fn answers(number: usize) -> Value {
    json!({
        "rooms": 10 * number, "extinguishers": 9 * number - 1, "locked_exit": false,
        "drills": 1 + number % 2, "minutes": 30 + number, "volunteers": number,
    })
}

async fn hand_in(federation: &Federation, number: usize) -> Result<Value> {
    let (member, path) = (federation.member(number), federation.submission_path(number));
    let known = member.get(&path).await?;
    let request = member.request(reqwest::Method::PUT, &path).json(&json!({ "answers": answers(number) }));
    let request = match known.header("ETag") {
        Some(tag) if known.status.is_success() => request.header("If-Match", tag),
        _ => request.header("If-None-Match", "*"),
    };
    Ok(member.send(request).await?.expect_success()?.body)
}

async fn total(federation: &Federation, number: usize) -> Result<Value> {
    let path = format!("{}/scorecard", federation.submission_path(number));
    let told = federation.member(number).get(&path).await?.expect_success()?.body;
    Ok(told["scorecard"]["total"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rubric_in_javascript_takes_the_place_of_one_in_rust() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "scripted", MEMBERS).await?;
    let in_rust = federation.admit(rogues::HONEST).await?;
    federation.open_round(&in_rust, &[]).await?;
    for number in 1..=MEMBERS {
        hand_in(&federation, number).await?;
    }

    let release = federation.upload(fire_safety()).await?;
    assert_eq!(release.status.as_u16(), 201, "{:#}", release.body);
    let release = release.body;
    let scripted = release["digest"].as_str().context("a release has a digest")?;
    assert_eq!(release["contract"], "1.0.0");
    assert_eq!(release["descriptions"]["rubric"]["id"], "fire-safety-js", "{release:#}");
    assert_eq!(release["component_bytes"], fire_safety().len());
    let producers = release["build"]["producers"].as_array().context("it says how it was built")?;
    assert!(!producers.is_empty());
    let table = federation.admin.get(&format!("/federations/scripted/releases/{scripted}/point-table")).await?;
    assert_eq!(table.expect_success()?.body["rubric"]["criteria"].as_array().map(Vec::len), Some(5));

    // It counts as the one in Rust does: a trial finds that nothing would change for anybody.
    let admin = terminal(&server, &federation);
    let tried = admin.ask(&format!("try --round {ROUND} {scripted}"), &[])?;
    let members = tried["found"]["rubric"]["members"].as_array().context("the members of a trial")?;
    assert_eq!(members.len(), MEMBERS);
    assert!(members.iter().all(|member| member["difference"] == "0"), "{members:#?}");

    let before: Vec<Value> = totals(&federation).await?;
    let because = ["--reason", "改由县联社自己维护"];
    let proposed = admin.ask(&format!("propose --round {ROUND} {scripted}"), &because)?;
    let proposal = proposed["proposal"]["id"].as_str().context("a proposal has an id")?;
    let body = json!({ "role": "approver", "label": "director" });
    let issued = server.operator().post("/federations/scripted/tokens", &body).await?.expect_success()?;
    let director = admin.with_token(issued.body["secret"].as_str().context("a token has a secret")?);
    director.ask(&format!("approve --round {ROUND} {proposal}"), &because)?;
    for number in 1..=MEMBERS {
        let handed_in = hand_in(&federation, number).await?;
        assert_eq!(handed_in["receipt"]["rubric"], scripted, "{handed_in:#}");
    }
    assert_eq!(totals(&federation).await?, before);

    let listed = federation.admin.get("/federations/scripted/evaluations?limit=500").await?.expect_success()?.body;
    let of_it = |evaluation: &&Value| evaluation["run"]["release"] == scripted;
    let evaluations: Vec<&Value> = listed.as_array().context("evaluations")?.iter().filter(of_it).collect();
    assert!(evaluations.len() > 2 * MEMBERS, "{}", evaluations.len());
    for evaluation in evaluations {
        let id = evaluation["id"].as_str().context("an evaluation has an id")?;
        let path = format!("/federations/scripted/evaluations/{id}/replays");
        let replayed = federation.admin.post(&path, &json!({})).await?.expect_success()?.body;
        assert_eq!((&replayed["equal"], &replayed["fuel"]), (&json!(true), &json!("equal")), "{replayed:#}");
    }
    Ok(())
}

async fn totals(federation: &Federation) -> Result<Vec<Value>> {
    let mut totals = Vec::new();
    for number in 1..=MEMBERS {
        totals.push(total(federation, number).await?);
    }
    Ok(totals)
}
