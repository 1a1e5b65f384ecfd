//! Names of people that stand in answers stay there: no log line, figure, problem, roll-up or export has them.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use domain::form_outline::FormOutline;
use harness::{Client, Federation, Route, unit_code};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};
use serde_json::{Value, json};

use crate::{clean_answers, component, server};

/// A name that nobody else has.
const NAME: &str = "欧阳植名";
/// What a member handed in, as those may read it who may read what a member handed in.
const ANSWERS: [&str; 5] = [
    "/submissions/{unit}",
    "/submissions/{unit}/revisions/{revision}",
    "/submissions/{unit}/workbook",
    "/pre-check-packs/{unit}",
    "/submissions/{unit}/conversations",
];

/// Puts names in the place of every text of answers that lies in a place marked as personal; how many.
fn plant(value: &mut Value, at: &str, personal: &[String]) -> usize {
    match value {
        Value::Object(members) => {
            members.iter_mut().map(|(name, member)| plant(member, &format!("{at}/{name}"), personal)).sum()
        }
        Value::Array(items) => items.iter_mut().map(|item| plant(item, &format!("{at}/*"), personal)).sum(),
        Value::String(text) if personal.iter().any(|mark| at == mark || at.starts_with(&format!("{mark}/"))) => {
            NAME.clone_into(text);
            1
        }
        _ => 0,
    }
}

fn has_name(bytes: &[u8]) -> bool {
    // As it is, as JSON escapes it, and as a path or a header escapes it.
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let escaped: String = NAME.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let percent: String = NAME.bytes().map(|byte| format!("%{byte:02x}")).collect();
    text.contains(NAME) || text.contains(&escaped) || text.contains(&percent)
}

#[tokio::test(flavor = "multi_thread")]
async fn names_in_answers_stand_nowhere_else() -> Result<()> {
    let server = server()?;
    let operator = server.operator();
    let federation = Federation::found(&operator, "named", 3).await?;
    let rubric = federation.admit(component("rubric-2025")).await?;
    let reports =
        [federation.admit(component("report-circular")).await?, federation.admit(component("report-bulletin")).await?];
    let candidate = federation.admit(component("rubric-2021")).await?;
    federation.open_round(&rubric, &[&reports[0], &reports[1]]).await?;
    let form = federation.admin.get(&format!("{}/form", federation.round_path())).await?.expect_success()?;
    let outline = FormOutline::of(&String::from_utf8(form.bytes)?);
    let personal: Vec<String> =
        outline.fields.iter().filter(|field| field.personal).map(|field| field.at.clone()).collect();
    assert!(!personal.is_empty(), "the form marks what is personal");

    // Names are handed in as a message and as a workbook, tried, and put where they do not belong.
    let mut planted = 0;
    for number in 1..=3 {
        let mut answers = clean_answers(number, 5);
        planted += plant(&mut answers, "", &personal);
        let (member, path) = (federation.member(number), federation.submission_path(number));
        member.post(&format!("{path}/pre-checks"), &json!({ "answers": answers })).await?.expect_success()?;
        member.put(&path, &json!({ "answers": answers })).await?.expect_success()?;
        let workbook = member.get(&format!("{path}/workbook")).await?.expect_success()?.bytes;
        let again = member.request(Method::PUT, &format!("{path}/workbook")).header(IF_MATCH, "\"revision-1\"");
        let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        member.send(again.header(CONTENT_TYPE, media_type).body(workbook)).await?.expect_success()?;
        let read = member.get(&path).await?.expect_success()?;
        assert!(has_name(&read.bytes), "the answers keep the names");
        for body in wrong_messages(&answers) {
            let request = member
                .request(Method::PUT, &path)
                .header(IF_MATCH, "\"revision-2\"")
                .header(CONTENT_TYPE, "application/json");
            let answer = member.send(request.body(body)).await?;
            assert!(answer.status.is_client_error(), "{}", answer.status);
            assert!(!has_name(&answer.bytes), "a problem repeats a name: {}", answer.body);
        }
    }
    assert!(planted > 0, "no name was planted at {personal:?}");

    let job = federation.finish("settlements").await?;
    federation.finish("roll-ups").await?;
    let trial = federation.try_release(&candidate).await?;
    let known = BTreeMap::from([
        ("federation", federation.code.clone()),
        ("round", harness::ROUND.to_owned()),
        ("unit", unit_code(1)),
        ("with", candidate),
        ("job", job["id"].as_str().context("a job has an id")?.to_owned()),
        ("trial", trial),
        ("revision", "1".to_owned()),
        ("code", "invalid".to_owned()),
    ]);
    let mut read = 0;
    for release in [&rubric, &reports[0], &reports[1]] {
        let mut known = known.clone();
        known.insert("release", release.clone());
        for route in Route::all(&operator).await?.into_iter().filter(Route::reads) {
            if ANSWERS.iter().any(|end| route.path.ends_with(end)) {
                continue;
            }
            for client in [&federation.admin, federation.member(1), &operator] {
                read += usize::from(silent(client, &route, &known).await?);
            }
        }
    }
    assert!(read > 60, "only {read} answers could be read");
    // What the server wrote while all that was done.
    let log = server.log();
    assert!(!log.is_empty(), "the server logs");
    let line = log.lines().find(|line| has_name(line.as_bytes()));
    assert_eq!(line, None, "a line of the log has a name");
    Ok(())
}

/// Messages that are wrong in a way that touches a name.
fn wrong_messages(answers: &Value) -> Vec<Vec<u8>> {
    let mut unasked = answers.clone();
    unasked["unasked"] = json!(NAME);
    let in_explanation =
        json!({ "answers": answers, "explanations": [{ "check": NAME, "text": "情况属实，已经核对过。" }] });
    let mut cut_off = json!({ "answers": answers }).to_string().into_bytes();
    cut_off.truncate(cut_off.len() - 2);
    let everywhere: Value = answers
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| (name.clone(), json!(NAME)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    vec![
        json!({ "answers": unasked }).to_string().into_bytes(),
        json!({ "answers": everywhere }).to_string().into_bytes(),
        in_explanation.to_string().into_bytes(),
        cut_off,
    ]
}

/// Reads a route and sees that it tells no name; whether there was something to read.
async fn silent(client: &Client, route: &Route, known: &BTreeMap<&str, String>) -> Result<bool> {
    let answer = client.send(route.asked_by(client, known)).await?;
    anyhow::ensure!(!has_name(&answer.bytes), "{} tells a name", route.path);
    Ok(answer.status.is_success())
}
