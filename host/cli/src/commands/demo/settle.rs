//! The rounds are settled, rolled up and closed; a rubric is replaced, and what that changed for whom is shown.

use anyhow::Context as _;
use comfy_table::Cell;
use demo_pack::Round;
use serde_json::{Value, json};

use super::enrol::Cast;
use crate::job;
use crate::output::Output;
use crate::terminal;

/// How many members of the top and of the bottom a ranking shows.
const SHOWN: usize = 5;

/// Settles the last round, which stays open: once closed, it would keep its rubric for ever.
pub async fn settle(cast: &Cast<'_>, output: &Output) -> anyhow::Result<()> {
    let path = cast.round_path(cast.last_round());
    run_job(cast, &format!("{path}/settlements"), &json!({}), "demo-settling", output).await.map(drop)
}

/// Closes and settles a round.
pub async fn settle_round(cast: &Cast<'_>, round: &Round, output: &Output) -> anyhow::Result<()> {
    let path = cast.round_path(round);
    close(cast, round, output).await?;
    run_job(cast, &format!("{path}/settlements"), &json!({}), "demo-settling", output).await.map(drop)
}

async fn close(cast: &Cast<'_>, round: &Round, output: &Output) -> anyhow::Result<()> {
    let body = json!({ "act": "close", "reason": output.words("demo-reason-close", &[]) });
    cast.admin.post(&format!("{}/acts", cast.round_path(round)), &body).await.map(drop)
}

/// Rolls the last round up.
pub async fn roll_up(cast: &Cast<'_>, output: &Output) -> anyhow::Result<()> {
    let path = cast.round_path(cast.last_round());
    run_job(cast, &format!("{path}/roll-ups"), &json!({}), "demo-rolling-up", output).await?;
    let rolled = cast.admin.get(&format!("{path}/roll-up")).await?;
    let count = |list: &str| rolled["roll_up"][list].as_array().map_or(0, Vec::len).to_string();
    output.say(
        "demo-rolled-up",
        &[
            ("federation", cast.federation.name),
            ("expected", &rolled["roll_up"]["expected"].to_string()),
            ("counted", &count("members")),
            ("missing", &count("missing")),
            ("blocked", &count("blocked")),
            ("late", &count("late")),
            ("exempt", &count("exempt")),
            ("merged", &count("merged")),
        ],
    );
    Ok(())
}

/// Asks for long work and watches it until it is done; gives its identifier.
async fn run_job(cast: &Cast<'_>, path: &str, wanted: &Value, label: &str, output: &Output) -> anyhow::Result<String> {
    let asked = cast.admin.post(path, wanted).await?;
    let done = job::finished(&cast.admin, cast.federation.code, &asked, label, output).await?;
    Ok(done["id"].as_str().unwrap_or_default().to_owned())
}

/// Shows the ranking: how many took each grade, the top and the bottom.
pub async fn show_ranking(cast: &Cast<'_>, output: &Output) -> anyhow::Result<()> {
    let ranking = cast.admin.get(&format!("{}/settlement", cast.round_path(cast.last_round()))).await?;
    for cohort in ranking["cohorts"].as_array().into_iter().flatten() {
        let members = cohort["members"].as_array().cloned().unwrap_or_default();
        output.say(
            "demo-ranking",
            &[
                ("federation", cast.federation.name),
                ("rubric", terminal::text_of(output, &ranking["rubric_title"])),
                ("members", &members.len().to_string()),
                ("median", cohort["median"].as_str().unwrap_or_default()),
            ],
        );
        output.line(format!("  {}", grades_of(&members, output)));
        let headers = ["demo-column-rank", "demo-column-member", "demo-column-grade", "demo-column-total"]
            .map(|key| output.words(key, &[]));
        let mut table = terminal::table(&headers, 3);
        let bottom = members.len().saturating_sub(SHOWN).max(SHOWN);
        for (index, member) in members.iter().enumerate() {
            if index == SHOWN && bottom > SHOWN {
                table.add_row(["…", "…", "…", "…"]);
            }
            if index < SHOWN || index >= bottom {
                table.add_row([
                    Cell::new(&member["rank"]),
                    Cell::new(member["name"].as_str().unwrap_or_default()),
                    Cell::new(terminal::text_of(output, &member["grade_label"])),
                    Cell::new(member["total"].as_str().unwrap_or_default()),
                ]);
            }
        }
        output.line(table);
    }
    Ok(())
}

/// `一级 12 · 二级A 30 …`, the best grade first.
fn grades_of(members: &[Value], output: &Output) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for member in members {
        let grade = terminal::text_of(output, &member["grade_label"]);
        match counts.iter_mut().find(|(name, _)| *name == grade) {
            Some((_, count)) => *count += 1,
            None => counts.push((grade, 1)),
        }
    }
    counts.iter().map(|(grade, count)| format!("{grade} {count}")).collect::<Vec<_>>().join(" · ")
}

/// Replaces the rubric on the running server: tries the other one, proposes it, lets a second person approve it. Then settles again, shows
/// what changed for whom, and closes the round.
pub async fn replace_rubric(cast: &Cast<'_>, output: &Output) -> anyhow::Result<()> {
    let (component, reason) = cast.federation.replacement;
    let path = cast.round_path(cast.last_round());
    let release = cast.releases.get(component.name).context("the replacement was admitted")?;
    let trial = run_job(cast, &format!("{path}/trials"), &json!({ "release": release }), "demo-trying", output).await?;
    show_trial(cast, &trial, output).await?;
    let proposal = json!({ "release": release, "trial": trial, "reason": reason });
    let proposed = cast.admin.post(&format!("{path}/activations"), &proposal).await?;
    let id = proposed["proposal"]["id"].as_str().context("the answer holds the proposal's id")?;
    let decision = json!({ "decision": "approve", "reason": output.words("demo-reason-approve", &[]) });
    cast.approver.post(&format!("{path}/activations/{id}/decision"), &decision).await?;
    output.say("demo-approved", &[("federation", cast.federation.name), ("by", "approver")]);
    run_job(cast, &format!("{path}/settlements"), &json!({}), "demo-settling", output).await?;
    let changed = cast.admin.get(&format!("{path}/settlement/comparison")).await?;
    output.say(
        "demo-replaced",
        &[
            ("federation", cast.federation.name),
            ("before", terminal::text_of(output, &changed["before_title"])),
            ("after", terminal::text_of(output, &changed["after_title"])),
            ("reason", reason),
        ],
    );
    show_changes(&changed, output);
    close(cast, cast.last_round(), output).await
}

/// Shows in a line what a trial says would change.
async fn show_trial(cast: &Cast<'_>, id: &str, output: &Output) -> anyhow::Result<()> {
    let found = cast.admin.get(&format!("{}/trials/{id}", cast.round_path(cast.last_round()))).await?;
    let count = |name: &str| found["trial"][name].to_string();
    output.say(
        "demo-tried",
        &[
            ("federation", cast.federation.name),
            ("members", &count("members")),
            ("changed", &count("changed")),
            ("regraded", &count("regraded")),
        ],
    );
    Ok(())
}

/// Shows how many members take another grade, and those whose rank moved most.
fn show_changes(changed: &Value, output: &Output) {
    let members = changed["members"].as_array().cloned().unwrap_or_default();
    let in_both: Vec<&Value> =
        members.iter().filter(|member| member["before"].is_object() && member["after"].is_object()).collect();
    let grade = |member: &Value, when: &str| member[when]["grade_label"]["zh"].clone();
    let regraded = in_both.iter().filter(|member| grade(member, "before") != grade(member, "after")).count();
    output.say("demo-regraded", &[("count", &regraded.to_string()), ("members", &in_both.len().to_string())]);
    let rank = |member: &Value, when: &str| member[when]["rank"].as_i64().unwrap_or(0);
    let mut moved = in_both;
    moved.sort_by_key(|member| {
        let distance = rank(member, "after").abs_diff(rank(member, "before"));
        (std::cmp::Reverse(distance), member["unit"].as_str().unwrap_or_default().to_owned())
    });
    let headers = ["demo-column-member", "demo-column-before", "demo-column-after", "demo-column-moved"]
        .map(|key| output.words(key, &[]));
    let mut table = terminal::table(&headers, 3);
    for member in moved.iter().take(2 * SHOWN) {
        let stood = |when: &str| {
            let (grade, total) = (terminal::text_of(output, &member[when]["grade_label"]), &member[when]["total"]);
            format!("{} {grade} #{}", total.as_str().unwrap_or_default(), rank(member, when))
        };
        let distance = rank(member, "before") - rank(member, "after");
        let moved = if distance > 0 { format!("▲{distance}") } else { format!("▼{}", -distance) };
        table.add_row([member["name"].as_str().unwrap_or_default().to_owned(), stood("before"), stood("after"), moved]);
    }
    output.line(table);
}
