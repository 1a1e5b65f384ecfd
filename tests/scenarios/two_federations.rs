//! Two federations with the same codes and the same form: nothing of one is reachable with any token of the other.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use harness::{Client, Federation, Route, Server};
use serde_json::{Value, json};

use crate::{clean_answers, component, server};

/// What only stands where the federation's own things are told.
const MARK: &str = "west-and-nobody-else";
/// An identifier that nothing has.
const NOBODYS: &str = "00000000-0000-7000-8000-000000000000";
/// Everybody may read these; they tell nothing of anybody.
const PUBLIC: [&str; 7] = [
    "/api/v1/openapi.json",
    "/api/v1/problems",
    "/api/v1/problems/{code}",
    "/api/v1/receipt-key",
    "/api/v1/sessions",
    "/healthz",
    "/readyz",
];

/// A federation in the middle of its year.
struct Busy {
    federation: Federation,
    director: Client,
    /// The identifiers of what it has, by the names that routes have for them.
    known: BTreeMap<&'static str, String>,
}

async fn busy(server: &Server, code: &str) -> Result<Busy> {
    let operator = server.operator();
    let federation = Federation::found(&operator, code, 3).await?;
    let rubric = federation.admit(component("rubric-2021")).await?;
    let report = federation.admit(component("report-circular")).await?;
    let candidate = federation.admit(component("rubric-2025")).await?;
    federation.open_round(&rubric, &[&report]).await?;
    let said = json!({ "at": "", "text": format!("只给 {code} 看") });
    for number in 1..=3 {
        let (member, path) = (federation.member(number), federation.submission_path(number));
        member.put(&path, &json!({ "answers": clean_answers(number, 7) })).await?.expect_success()?;
        member.post(&format!("{path}/conversations"), &said).await?.expect_success()?;
    }
    let job = federation.finish("settlements").await?;
    federation.finish("roll-ups").await?;
    let trial = federation.try_release(&candidate).await?;
    let activation = federation.propose(&candidate, &trial).await?;
    let evaluations = federation.admin.get(&format!("/federations/{code}/evaluations")).await?.expect_success()?.body;
    let first = evaluations.as_array().or_else(|| evaluations["evaluations"].as_array()).and_then(|all| all.first());
    let evaluation = first.and_then(|first| first["id"].as_str()).context("evaluations were recorded")?.to_owned();
    let director = federation.director(&operator).await?;
    let known = BTreeMap::from([
        ("federation", code.to_owned()),
        ("round", harness::ROUND.to_owned()),
        ("unit", harness::unit_code(1)),
        ("release", rubric),
        ("with", candidate),
        ("job", job["id"].as_str().context("a job has an id")?.to_owned()),
        ("trial", trial),
        ("activation", activation),
        ("evaluation", evaluation),
        ("revision", "1".to_owned()),
        ("from", "1".to_owned()),
        ("to", "1".to_owned()),
        ("code", "not-allowed".to_owned()),
        // Who may not ask at all is not told whether there is such a one either.
        ("publication", NOBODYS.to_owned()),
        ("appeal", NOBODYS.to_owned()),
        ("attachment", NOBODYS.to_owned()),
        ("entry", NOBODYS.to_owned()),
        ("rectification", NOBODYS.to_owned()),
        ("delivery", NOBODYS.to_owned()),
        ("account", NOBODYS.to_owned()),
    ]);
    Ok(Busy { federation, director, known })
}

/// What is known for a route: a trial is compared with a trial, a release with a release.
fn known_for(route: &Route, known: &BTreeMap<&'static str, String>) -> BTreeMap<&'static str, String> {
    let mut known = known.clone();
    if route.path.contains("{trial}") {
        known.insert("with", known["trial"].clone());
    }
    known
}

/// What a federation's audit log holds.
async fn acts(federation: &Federation) -> Result<Value> {
    let log = federation.admin.get(&format!("/federations/{}/audit", federation.code)).await?.expect_success()?;
    Ok(log.body)
}

fn tells_of_the_other(body: &[u8], known: &BTreeMap<&'static str, String>) -> bool {
    let text = String::from_utf8_lossy(body);
    let own = ["job", "trial", "activation", "evaluation"].map(|name| known.get(name));
    text.contains(MARK) || own.into_iter().flatten().any(|id| text.contains(id.as_str()))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_lets_a_token_of_another_federation_in() -> Result<()> {
    let server = server()?;
    let (west, east) = (busy(&server, MARK).await?, busy(&server, "east").await?);
    let routes = Route::all(&server.operator()).await?;
    assert!(routes.len() > 80, "the document has {} routes", routes.len());
    let before = acts(&west.federation).await?;
    let mut wrong = Vec::new();
    let mut own = 0;
    for route in &routes {
        if route.is_own || PUBLIC.contains(&route.path.as_str()) {
            continue;
        }
        let known = known_for(route, &west.known);
        // The same question is answered to those whose it is, so that the refusal below refuses something.
        if route.reads() && route.path.contains("{federation}") {
            let answer = west.federation.admin.send(route.asked_by(&west.federation.admin, &known)).await?;
            own += usize::from(answer.status.is_success());
        }
        for (who, client) in [
            ("administration", &east.federation.admin),
            ("approver", &east.director),
            ("member", east.federation.member(1)),
        ] {
            let answer = client.send(route.asked_by(client, &known)).await?;
            // Who may do it, is asked before anything of the message is looked at that is not its shape.
            let is_refused = answer.status.as_u16() == 403 && answer.code() == "not-allowed";
            if !is_refused {
                wrong.push(format!(
                    "{who}: {} {} was answered {} {}",
                    route.method, route.path, answer.status, answer.body
                ));
            } else if answer.bytes.windows(MARK.len()).any(|window| window == MARK.as_bytes()) {
                wrong.push(format!("{who}: {} {} tells of the other", route.method, route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(own > 30, "only {own} questions are answered to those whose answers they are");
    assert_eq!(acts(&west.federation).await?, before, "nothing was done");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn identifiers_of_another_federation_lead_nowhere_in_ones_own() -> Result<()> {
    let server = server()?;
    let (west, east) = (busy(&server, MARK).await?, busy(&server, "east").await?);
    // The codes of units and rounds and the digests of components are the same in both; what is asked for stands under one's own name.
    let mut known = west.known.clone();
    known.insert("federation", "east".to_owned());
    let foreign = ["{job}", "{trial}", "{activation}", "{evaluation}"];
    let mut asked = 0;
    for route in Route::all(&server.operator()).await? {
        if !route.path.contains("{federation}") || !route.reads() {
            continue;
        }
        let known = known_for(&route, &known);
        for client in [&east.federation.admin, &east.director, east.federation.member(1)] {
            let answer = client.send(route.asked_by(client, &known)).await?;
            let (status, told) = (answer.status, tells_of_the_other(&answer.bytes, &west.known));
            if foreign.iter().any(|gap| route.path.contains(gap)) {
                assert!([403, 404].contains(&status.as_u16()), "{} was answered {status} {}", route.path, answer.body);
                asked += 1;
            }
            assert!(!told, "{} tells of the other federation: {}", route.path, answer.body);
        }
    }
    assert!(asked >= 12, "only {asked} questions named something of the other federation");
    // Nor can it be acted on.
    let replay = format!("/federations/east/evaluations/{}/replays", west.known["evaluation"]);
    assert_eq!(east.federation.admin.post(&replay, &json!({})).await?.status.as_u16(), 404);
    let decision = format!("{}/activations/{}/decision", east.federation.round_path(), west.known["activation"]);
    let body = json!({ "decision": "approve", "reason": "别人的" });
    assert_eq!(east.director.post(&decision, &body).await?.status.as_u16(), 404);
    Ok(())
}
