//! `huizong demo`: a whole year of two federations, played over HTTP on a fresh server.

mod enrol;
mod hand_in;
mod key;
mod reports;
mod settle;
mod stage;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use domain::explanation::ExplainedScorecard;
use serde_json::{Value, json};

use crate::client::Client;
use crate::commands::replay;
use crate::output::Output;
use crate::terminal;

use self::enrol::Cast;
use self::stage::Stage;

/// What `demo` is told.
#[derive(Args)]
pub struct Options {
    /// Stop at the end instead of serving on.
    #[arg(long)]
    exit: bool,
    /// The folder to write the reports to.
    #[arg(long, default_value = "huizong-demo")]
    out: PathBuf,
    /// Where to listen; a free port if left out.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

/// Plays the demo: enrol, hand in, find, explain, settle, roll up, replace a rubric, compare, replay.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let pack = demo_pack::pack();
    let stage = Stage::set(options.listen, &pack).await?;
    output.say("demo-welcome", &[("address", stage.address())]);
    let operator = Client::new(stage.address(), stage.operator_token(), output.language())?;

    chapter(output, "demo-chapter-enrol");
    let mut casts = Vec::new();
    for federation in &pack.federations {
        casts.push(enrol::enrol(&operator, federation, output).await?);
    }

    chapter(output, "demo-chapter-hand-in");
    let handed_in = hand_in::play_rounds(&stage, &mut casts, output).await?;
    let verdict = key::compare(&handed_in);
    key::show(&handed_in, &verdict, output);

    chapter(output, "demo-chapter-explain");
    for cast in &casts {
        if let Some(unit) = cast.federation.spotlights.first() {
            explain(cast, unit, output).await?;
        }
    }

    chapter(output, "demo-chapter-settle");
    for cast in &casts {
        settle::settle(cast, output).await?;
        settle::show_ranking(cast, output).await?;
    }

    chapter(output, "demo-chapter-reports");
    for cast in &casts {
        settle::roll_up(cast, output).await?;
        reports::write(cast, &options.out, output).await?;
    }

    chapter(output, "demo-chapter-replace");
    for cast in &casts {
        settle::replace_rubric(cast, output).await?;
    }

    chapter(output, "demo-chapter-replay");
    let mut replayed = 0;
    for cast in &casts {
        let tally = replay::replay_all(&cast.admin, cast.federation.code, output).await?;
        replay::show(&tally, output);
        anyhow::ensure!(tally.is_equal(), output.words("demo-replay-differs", &[]));
        replayed += tally.replayed;
    }

    output.json(&summary(&stage, &casts, &verdict, replayed));
    anyhow::ensure!(verdict.is_right(), output.words("demo-key-differs", &[]));
    farewell(&stage, &casts, &options, output);
    if !options.exit {
        tokio::signal::ctrl_c().await?;
    }
    stage.strike().await?;
    Ok(ExitCode::SUCCESS)
}

/// The heading of a chapter.
fn chapter(output: &Output, key: &str) {
    output.line("");
    output.line(format!("── {} ──", output.words(key, &[])));
}

/// Shows what was found in one member's submission, and its score with every reason.
async fn explain(cast: &Cast<'_>, unit: &str, output: &Output) -> anyhow::Result<()> {
    let path = cast.submission_path(cast.last_round(), unit);
    let findings = cast.admin.get(&format!("{path}/findings")).await?;
    let name = cast.name_of(unit);
    output.say("demo-findings-of", &[("name", name), ("federation", cast.federation.name)]);
    terminal::show_findings(output, &findings["findings"]);
    let card = cast.admin.get(&format!("{path}/scorecard")).await?;
    terminal::show_scorecard(output, &serde_json::from_value::<ExplainedScorecard>(card)?);
    output.line("");
    Ok(())
}

/// The end: where the server is, who may come in, where the reports are.
fn farewell(stage: &Stage, casts: &[Cast<'_>], options: &Options, output: &Output) {
    output.line("");
    output.say("demo-reports-in", &[("folder", &options.out.display().to_string())]);
    if options.exit {
        return;
    }
    output.say("demo-serving-on", &[("address", stage.address())]);
    for cast in casts {
        output.say("demo-admin-token", &[("federation", cast.federation.code), ("token", &cast.admin_token)]);
        if let Some((unit, token)) = cast.first_member() {
            output.say("demo-member-token", &[("unit", unit), ("name", cast.name_of(unit)), ("token", token)]);
        }
        output.say("demo-people", &[("password", &enrol::password_of(&cast.admin_token))]);
        for person in &cast.people {
            let (code, login) = (cast.federation.code, &person.login);
            let link = format!("{}/sign-in?federation={code}&login={login}", stage.address());
            let role = output.words(&format!("role-{}", person.role.code()), &[]);
            output.say("demo-person", &[("role", &role), ("link", &link)]);
        }
    }
    output.say("demo-stop-with", &[]);
}

fn summary(stage: &Stage, casts: &[Cast<'_>], verdict: &key::KeyVerdict, replayed: u64) -> Value {
    let federations: Vec<Value> = casts
        .iter()
        .map(|cast| {
            let member = cast.first_member().map(|(unit, token)| json!({ "unit": unit, "token": token }));
            json!({ "code": cast.federation.code, "admin-token": cast.admin_token, "member": member })
        })
        .collect();
    json!({
        "address": stage.address(),
        "federations": federations,
        "submissions": verdict.submissions,
        "traps-planted": verdict.planted,
        "traps-missed": verdict.missed.len(),
        "clean-accused": verdict.accused.len(),
        "evaluations-replayed": replayed,
    })
}
