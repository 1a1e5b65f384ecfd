//! The members hand in: round by round, day by day, half of them in JSON and half in MessagePack.

use std::collections::BTreeMap;

use demo_pack::{Round, Submission};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use super::enrol::{AT_ONCE, Cast};
use super::settle;
use super::stage::Stage;
use crate::client::Encoding;
use crate::output::Output;

/// One revision that was handed in, and what came back.
pub struct HandedIn<'p> {
    /// What was handed in.
    pub submission: &'p Submission,
    /// The receipt.
    pub receipt: Value,
    /// What was found.
    pub findings: Vec<Value>,
}

/// Plays every round of both federations in order of time. All but the last round of a federation are settled on the way, so that the
/// last has a year before it.
pub async fn play_rounds<'p>(
    stage: &Stage,
    casts: &mut [Cast<'p>],
    output: &Output,
) -> anyhow::Result<Vec<HandedIn<'p>>> {
    let mut rounds: Vec<(&Cast<'p>, &'p Round)> =
        casts.iter().flat_map(|cast| cast.federation.rounds.iter().map(move |round| (cast, round))).collect();
    rounds.sort_by_key(|(_, round)| round.opens_at);
    let mut handed_in = Vec::new();
    for (cast, round) in rounds {
        stage.set_clock(round.opens_at)?;
        open(cast, round).await?;
        handed_in.extend(play_days(stage, cast, round, output).await?);
        if round.code != cast.last_round().code {
            settle::settle_round(cast, round, output).await?;
        }
    }
    Ok(handed_in)
}

async fn open(cast: &Cast<'_>, round: &Round) -> anyhow::Result<()> {
    let digest_of = |name: &str| cast.releases.get(name).cloned().unwrap_or_default();
    let reports: Vec<String> = round.reports.iter().map(|report| digest_of(report.name)).collect();
    let exemptions: Vec<Value> =
        round.exemptions.iter().map(|(unit, reason)| json!({ "unit": unit, "reason": reason })).collect();
    let body = json!({
        "code": round.code,
        "title": round.title,
        "period": { "start": round.period.0, "end": round.period.1 },
        "due_at": round.due_at,
        "rubric": digest_of(round.rubric.name),
        "reports": reports,
        "calendar": cast.federation.calendar,
        "exemptions": exemptions,
    });
    cast.admin.post(&format!("/federations/{}/rounds", cast.federation.code), &body).await?;
    Ok(())
}

/// Hands in one round: what the pack dates alike goes out at once.
async fn play_days<'p>(
    stage: &Stage,
    cast: &Cast<'p>,
    round: &'p Round,
    output: &Output,
) -> anyhow::Result<Vec<HandedIn<'p>>> {
    let mut days: BTreeMap<&str, Vec<(usize, &'p Submission)>> = BTreeMap::new();
    for (index, submission) in round.submissions.iter().enumerate() {
        days.entry(&submission.at).or_default().push((index, submission));
    }
    let label = output.words("demo-handing-in", &[("federation", cast.federation.code), ("round", round.code)]);
    let bar = output.progress(round.submissions.len() as u64, label);
    let mut handed_in = Vec::new();
    for (at, submissions) in days {
        stage.set_clock(at)?;
        let of_day: Vec<HandedIn<'p>> = stream::iter(submissions)
            .map(|(index, submission)| {
                let bar = bar.clone();
                async move {
                    let encoding = if index % 2 == 0 { Encoding::Json } else { Encoding::MessagePack };
                    let done = hand_in(cast, round, submission, encoding, index).await;
                    bar.inc(1);
                    done
                }
            })
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        handed_in.extend(of_day);
    }
    bar.finish_and_clear();
    output.say(
        "demo-handed-in",
        &[("federation", cast.federation.name), ("round", round.title), ("count", &handed_in.len().to_string())],
    );
    Ok(handed_in)
}

async fn hand_in<'p>(
    cast: &Cast<'p>,
    round: &'p Round,
    submission: &'p Submission,
    encoding: Encoding,
    index: usize,
) -> anyhow::Result<HandedIn<'p>> {
    let explanations: Vec<Value> =
        submission.explanations.iter().map(|(check, text)| json!({ "check": check, "text": text })).collect();
    let body = json!({ "answers": submission.answers, "explanations": explanations });
    let path = cast.submission_path(round, &submission.unit);
    let key = format!("demo-{}-{}-{index}", round.code, submission.unit);
    let mut submitted = cast.member(&submission.unit)?.put_revision(&path, &body, encoding, &key).await?;
    let findings = submitted["findings"].as_array().cloned().unwrap_or_default();
    let receipt = submitted["receipt"].take();
    Ok(HandedIn { submission, receipt, findings })
}
