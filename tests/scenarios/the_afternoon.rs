//! An afternoon of a federation's administration: the criteria change, and nobody redeploys. First at the terminal, as the README's tour goes,
//! then the same over HTTP.

use std::io::Cursor;

use anyhow::{Context as _, Result};
use harness::{Federation, ROUND, Server, Terminal};
use minisign::KeyPair;
use rogues::Rogue;
use serde_json::{Value, json};

use crate::{clean_answers, component, server, terminal};

const MEMBERS: usize = 12;

/// A federation in the middle of its round: the rubric of 2016 is in force, and everybody has handed in.
async fn in_mid_round() -> Result<(Server, Federation, String)> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "qinling", MEMBERS).await?;
    let in_force = federation.admit(component("rubric-2016")).await?;
    federation.open_round(&in_force, &[]).await?;
    for number in 1..=MEMBERS {
        hand_in(&federation, number, 1).await?;
    }
    Ok((server, federation, in_force))
}

/// A member hands in; the digest of the rubric that judged, as the receipt names it.
async fn hand_in(federation: &Federation, number: usize, seed: u64) -> Result<String> {
    let path = federation.submission_path(number);
    let member = federation.member(number);
    let known = member.get(&path).await?;
    let request = member.request(reqwest::Method::PUT, &path).json(&json!({ "answers": clean_answers(number, seed) }));
    let request = match known.header("ETag") {
        Some(tag) if known.status.is_success() => request.header("If-Match", tag),
        _ => request.header("If-None-Match", "*"),
    };
    let answer = member.send(request).await?.expect_success()?;
    text(&answer.body["receipt"]["rubric"])
}

/// A component in a file, as a plugin's author hands it over.
fn in_a_file(folder: &tempfile::TempDir, name: &str) -> Result<String> {
    let file = folder.path().join(format!("{name}.wasm"));
    std::fs::write(&file, component(name))?;
    text(&json!(file))
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("a text, not {value}"))
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A number of points in thousandths.
fn thousandths(points: &Value) -> Result<i64> {
    let points: domain::points::Points = serde_json::from_value(points.clone())?;
    Ok(points.thousandths())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_afternoon_at_the_terminal_from_push_to_rollback() -> Result<()> {
    let (server, federation, in_force) = in_mid_round().await?;
    let admin: Terminal = terminal(&server, &federation);
    let director = admin.with_token(federation.director(&server.operator()).await?.token());
    let folder = tempfile::tempdir()?;
    let file = |name: &str| text(&json!(folder.path().join(name)));

    // Another rubric has come from its author. It is uploaded, and understood.
    let pushed = admin.ask("push", &[&in_a_file(&folder, "rubric-provincial")?])?;
    let candidate = text(&pushed["digest"])?;
    let title = text(&pushed["descriptions"]["rubric"]["title"]["zh"])?;
    let listed = admin.read("list", &[])?;
    assert!(listed.contains(&candidate[..12]) && listed.contains(&in_force[..12]), "{listed}");
    let table = file("table.html")?;
    let inspected = admin.read(&format!("inspect {}", &candidate[..8]), &["--page", &table])?;
    assert!(inspected.contains(&title), "a digest's first digits name the release:\n{inspected}");
    assert!(std::fs::read_to_string(&table)?.contains(&title), "the page is one that a federation can print");
    assert_eq!(admin.refused("inspect 0123456789ab", &[])?, "no-such-release");
    assert_eq!(admin.refused(&format!("propose --round {ROUND} {candidate}"), &["--reason", "x"])?, "no-trial");
    let compared = admin.ask(&format!("compare {in_force} {candidate}"), &[])?;
    assert!(!items(&compared["rubric"]["criteria"]["added"]).is_empty(), "{:#}", compared["areas"]);

    // What would change for whom? The trial runs on what everybody handed in, and touches nothing.
    let before = scorecards(&federation).await?;
    let page = file("trial.html")?;
    let tried = admin.ask(&format!("try --round {ROUND} {candidate}"), &["--page", &page])?;
    assert_eq!(tried["trial"]["members"], MEMBERS);
    let members = items(&tried["found"]["rubric"]["members"]);
    assert_eq!(members.len(), MEMBERS);
    for member in members {
        let parts: i64 =
            items(&member["differences"]).iter().map(|part| thousandths(&part["difference"])).sum::<Result<_>>()?;
        assert_eq!(
            parts,
            thousandths(&member["difference"])?,
            "the parts add up to the difference exactly: {member:#}"
        );
    }
    assert!(std::fs::read_to_string(&page)?.contains("<svg"), "the page has a chart");
    let trial = text(&tried["trial"]["id"])?;
    let told = admin.read(&format!("trial --round {ROUND} {trial}"), &[])?;
    assert!(told.contains(&trial), "{told}");
    assert_eq!(scorecards(&federation).await?, before, "a trial changes no score");

    // It is proposed, upon the newest trial of it. Whoever uploaded it cannot approve it, nor can a token that they issued.
    let because = ["--reason", "省联社修订评分细则"];
    let proposed = admin.ask(&format!("propose --round {ROUND} {candidate}"), &because)?;
    assert_eq!((&proposed["state"], &proposed["proposal"]["trial"]), (&json!("proposed"), &json!(trial)));
    let proposal = text(&proposed["proposal"]["id"])?;
    let approve = format!("approve --round {ROUND} {proposal}");
    assert_eq!(admin.refused(&approve, &because)?, "not-a-second-person");
    let body = json!({ "role": "approver", "label": "a colleague" });
    let issued = federation.admin.post("/federations/qinling/tokens", &body).await?.expect_success()?;
    let colleague = admin.with_token(&text(&issued.body["secret"])?);
    assert_eq!(colleague.refused(&approve, &because)?, "second-person-issued-by-first");
    assert_eq!(hand_in(&federation, 1, 2).await?, in_force, "nothing has changed yet");

    // What the director rejects changes nothing, and can be proposed again.
    let rejected = director.ask(&format!("reject --round {ROUND} {proposal}"), &["--reason", "先征求意见"])?;
    assert_eq!(
        (&rejected["state"], &rejected["decision"]["reason"]),
        (&json!("rejected"), &json!("先征求意见")),
        "{rejected:#}"
    );
    assert_eq!(director.refused(&approve, &because)?, "activation-decided");
    assert_eq!(hand_in(&federation, 1, 3).await?, in_force, "a rejected release judges nobody");
    let proposed = admin.ask(&format!("propose --round {ROUND} {candidate}"), &because)?;
    let approve = format!("approve --round {ROUND} {}", text(&proposed["proposal"]["id"])?);

    // The director reads the trial and approves: from then on every answer comes from the new rubric, and says so.
    let read = director.ask(&format!("trial --round {ROUND} {trial}"), &[])?;
    assert_eq!(read["trial"]["found"], tried["trial"]["found"], "what is approved is what was tried");
    let approved = director.ask(&approve, &because)?;
    assert_eq!(approved["state"], "approved");
    assert_eq!(hand_in(&federation, 2, 2).await?, candidate);
    assert_eq!(director.refused(&approve, &because)?, "activation-decided");

    // It is watched.
    let health = admin.ask(&format!("health {candidate}"), &[])?;
    assert_eq!((&health["judged"], &health["last_fault"]), (&json!(1), &Value::Null), "{health:#}");
    let notices = admin.ask("notices", &[])?;
    assert_eq!(notices[0]["code"], "release-activated", "{notices:#}");

    // Complaints come in. One command, and the round is back where it was.
    let back = admin.ask(&format!("rollback --round {ROUND}"), &["--reason", "等省联社答复"])?;
    assert_eq!((text(&back["replaces"])?, text(&back["release"])?), (candidate.clone(), in_force.clone()));
    assert_eq!(hand_in(&federation, 3, 2).await?, in_force);
    let history = admin.ask(&format!("history --round {ROUND}"), &[])?;
    let pinned: Vec<&str> = items(&history).iter().filter_map(|pin| pin["by"].as_str()).collect();
    assert_eq!(pinned, ["opening", "activation", "rollback"]);

    // What a round used is kept for ever; what none did can be withdrawn.
    let unused = text(&admin.ask("push", &[&in_a_file(&folder, "rubric-2021")?])?["digest"])?;
    let because = ["--reason", "已有新版"];
    assert_eq!(admin.refused(&format!("withdraw {candidate}"), &because)?, "release-in-use");
    admin.ask(&format!("withdraw {unused}"), &because)?;
    Ok(())
}

/// Everybody's scorecard as it is told to them.
async fn scorecards(federation: &Federation) -> Result<Vec<Value>> {
    let mut scorecards = Vec::new();
    for number in 1..=MEMBERS {
        let path = format!("{}/scorecard", federation.submission_path(number));
        scorecards.push(federation.member(number).get(&path).await?.expect_success()?.body);
    }
    Ok(scorecards)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_afternoon_over_http() -> Result<()> {
    let (server, federation, in_force) = in_mid_round().await?;
    let (admin, round) = (&federation.admin, federation.round_path());
    let director = federation.director(&server.operator()).await?;

    let candidate = federation.admit(component("rubric-provincial")).await?;
    let release = format!("/federations/qinling/releases/{candidate}");
    let table = admin.get(&format!("{release}/point-table")).await?.expect_success()?.body;
    assert!(!items(&table["rubric"]["criteria"]).is_empty());
    let printed = admin.get(&format!("{release}/point-table?format=html")).await?.expect_success()?;
    assert!(printed.header("Content-Type").is_some_and(|media_type| media_type.starts_with("text/html")));
    let compared = admin.get(&format!("/federations/qinling/releases/{in_force}/comparison?with={candidate}")).await?;
    assert_eq!(compared.expect_success()?.body["empty"], false);

    let asked = admin.post(&format!("{round}/trials"), &json!({ "release": candidate })).await?.expect_success()?;
    assert_eq!(asked.status.as_u16(), 202);
    let trial = text(&asked.body["id"])?;
    admin.get(&format!("/federations/qinling/jobs/{trial}/events")).await?.expect_success()?;
    let sheet = admin.get(&format!("{round}/trials/{trial}?format=csv")).await?.expect_success()?;
    assert!(String::from_utf8(sheet.bytes)?.lines().count() > MEMBERS, "a line for everybody");

    let body = json!({ "release": candidate, "trial": trial, "reason": "省联社修订评分细则" });
    let proposed = admin.post(&format!("{round}/activations"), &body).await?.expect_success()?;
    let activation = format!("{round}/activations/{}", text(&proposed.body["proposal"]["id"])?);
    let approve = json!({ "decision": "approve", "reason": "已阅试算" });
    let refused = admin.post(&format!("{activation}/decision"), &approve).await?;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "not-a-second-person"));
    director.post(&format!("{activation}/decision"), &approve).await?.expect_success()?;
    assert_eq!(hand_in(&federation, 1, 2).await?, candidate);
    let health = admin.get(&format!("{release}/health")).await?.expect_success()?.body;
    assert_eq!(health["judged"], 1);

    admin.post(&format!("{round}/rollback"), &json!({ "reason": "等省联社答复" })).await?.expect_success()?;
    assert_eq!(hand_in(&federation, 2, 2).await?, in_force);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_fails_is_seen_and_let_in_again_at_the_terminal() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "failing", 3).await?;
    let failing = federation.admit(&rogues::component(Rogue::Traps)).await?;
    federation.open_round(&failing, &[]).await?;
    let admin = terminal(&server, &federation);
    let policy = admin.ask("quarantine policy --faults 1 --window 600", &[])?;
    assert_eq!(policy, json!({ "faults_max": 1, "window_seconds": 600 }));

    let try_it = async |number: usize, rooms: u64| {
        let answers = json!({ "rooms": rooms, "extinguishers": 8, "locked_exit": false, "drills": 0, "minutes": null, "volunteers": 3 });
        let path = federation.submission_path(number);
        federation.member(number).put(&path, &json!({ "answers": answers })).await
    };
    // The same input that fails again and again counts once; one more than the federation allows, and the release is out of use.
    for rooms in [10, 10, 11] {
        assert_eq!(try_it(1, rooms).await?.status.as_u16(), 502);
    }
    let refused = try_it(2, 10).await?;
    assert_eq!(refused.status.as_u16(), 503, "{:#}", refused.body);
    assert!(refused.header("Retry-After").is_some(), "the member is told when to come back");

    let notices = admin.ask("notices", &[])?;
    assert_eq!(notices[0]["code"], "release-quarantined", "{notices:#}");
    let health = admin.ask(&format!("health {failing}"), &[])?;
    assert!(!items(&health["last_fault"]["trace"]).is_empty(), "{health:#}");
    let told = admin.read(&format!("health {failing}"), &[])?;
    assert!(told.contains(&text(&health["last_fault"]["trace"][0])?), "{told}");
    let quarantines = admin.ask(&format!("quarantine list {failing}"), &[])?;
    assert_eq!((items(&quarantines).len(), &quarantines[0]["lifted"]), (1, &Value::Null));

    admin.ask(&format!("quarantine lift {failing}"), &["--reason", "作者已答复"])?;
    assert_eq!(try_it(3, 10).await?.status.as_u16(), 502, "it is asked again");
    let quarantines = admin.ask(&format!("quarantine list {failing}"), &[])?;
    assert_eq!(quarantines[0]["lifted"]["reason"], "作者已答复");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_that_lies_beside_the_component_is_sent_along() -> Result<()> {
    let server = server()?;
    let federation = Federation::found(&server.operator(), "signed", 1).await?;
    let admin = terminal(&server, &federation);
    let folder = tempfile::tempdir()?;
    let (author, key) = (KeyPair::generate_unencrypted_keypair()?, folder.path().join("author.pub"));
    std::fs::write(&key, author.pk.to_box()?.to_string())?;
    let added = format!("某软件公司={}", key.display());
    let trust = admin.ask("trust set --rule require", &["--add", &added, "--reason", "省联社决定"])?;
    assert_eq!((&trust["signatures"], items(&trust["keys"]).len()), (&json!("require"), 1));

    let file = in_a_file(&folder, "rubric-2025")?;
    assert_eq!(admin.refused("push", &[&file])?, "signature-required");
    let bytes = Cursor::new(component("rubric-2025"));
    let signature = minisign::sign(Some(&author.pk), &author.sk, bytes, Some("file:rubric-2025.wasm"), None)?;
    std::fs::write(format!("{file}.minisig"), signature.into_string())?;
    let pushed = admin.ask("push", &[&file])?;
    assert_eq!(pushed["signature"]["key_label"], "某软件公司", "{:#}", pushed["signature"]);
    assert!(admin.read(&format!("inspect {}", text(&pushed["digest"])?), &[])?.contains("file:rubric-2025.wasm"));

    // Another decision keeps the keys that it does not speak of; a key that is trusted no more is history.
    let eased = admin.ask("trust set --rule warn", &["--reason", "过渡"])?;
    assert_eq!((&eased["signatures"], &eased["keys"][0]["removed"]), (&json!("warn"), &Value::Null));
    let key = text(&eased["keys"][0]["id"])?;
    let left = admin.ask(&format!("trust set --remove {key}"), &["--reason", "合同到期"])?;
    assert!(left["keys"][0]["removed"].is_object(), "{left:#}");
    assert!(!admin.read("trust show", &[])?.contains(&key));
    Ok(())
}
