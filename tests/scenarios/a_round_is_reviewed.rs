//! A round is reviewed on a real rubric: self-assessed, sent back, judged, corrected, confirmed by a second person, published, contested,
//! and scored anew; on both databases, with every scorecard and every signature still there at the end.

use anyhow::{Context as _, Result, ensure};
use harness::{Client, Federation, Server, ServerOptions, postgres};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{clean_answers, component, options, server};

/// Members that hand in; the first is the one whose submission the reviewers are at.
const MEMBERS: usize = 4;
/// A criterion of the rubric that reviewers judge.
const JUDGED: &str = "bonus.innovation";
/// A criterion of the rubric whose points follow from values that reviewers corrected.
const CORRECTED: &str = "discipline.accuracy";

/// The people of a reviewed round.
struct Review {
    federation: Federation,
    second: Client,
    round: String,
    submission: String,
}

impl Review {
    async fn found(server: &Server, code: &str) -> Result<Self> {
        let federation = Federation::found(&server.operator(), code, MEMBERS).await?;
        let rubric = federation.admit(component("rubric-provincial")).await?;
        let circular = federation.admit(component("report-circular")).await?;
        let round = json!({
            "code": harness::ROUND,
            "title": "2023年度",
            "period": { "start": "2023-01-01", "end": "2023-12-31" },
            "due_at": "2099-12-31T10:00:00Z",
            "rubric": rubric,
            "reports": [circular],
            "calendar": { "covers": { "start": "2022-01-01", "end": "2024-12-31" } },
            "policy": { "review": true, "two_person_review": true, "appeal_days": 10 },
        });
        federation.admin.post(&format!("/federations/{code}/rounds"), &round).await?.expect_success()?;
        let body = json!({ "role": "approver", "label": "分管领导" });
        let issued = server.operator().post(&format!("/federations/{code}/tokens"), &body).await?.expect_success()?;
        let second = federation.admin.with_token(issued.body["secret"].as_str().context("a secret")?);
        let (round, submission) = (federation.round_path(), federation.submission_path(1));
        Ok(Self { federation, second, round, submission })
    }

    fn admin(&self) -> &Client {
        &self.federation.admin
    }

    fn member(&self) -> &Client {
        self.federation.member(1)
    }

    async fn review(&self, path: &str, body: &Value) -> Result<Value> {
        Ok(self.admin().post(&format!("{}/{path}", self.submission), body).await?.expect_success()?.body)
    }

    /// Enters something, and a second person confirms it.
    async fn enter(&self, revision: u32, act: Value) -> Result<Value> {
        let body = json!({ "revision": revision, "act": act, "reason": "现场核查" });
        let entry = self.review("review/entries", &body).await?;
        ensure!(entry["state"] == "waiting", "{entry:#}");
        let id = entry["entry"]["id"].as_str().context("an identifier")?;
        let path = format!("{}/review/entries/{id}/decision", self.submission);
        let confirm = json!({ "decision": "confirm", "reason": "同意" });
        let alone = self.admin().post(&path, &confirm).await?;
        ensure!(alone.code() == "not-a-second-person", "{:#}", alone.body);
        let confirmed = self.second.post(&path, &confirm).await?.expect_success()?.body;
        ensure!(confirmed["state"] == "in-force", "{confirmed:#}");
        Ok(confirmed)
    }

    /// The three columns of a criterion, as somebody sees them.
    async fn columns(&self, who: &Client, criterion: &str) -> Result<[Value; 3]> {
        let view = who.get(&format!("{}/review", self.submission)).await?.expect_success()?.body;
        let criteria = view["criteria"].as_array().context("criteria")?;
        let line = criteria.iter().find(|line| line["criterion"] == criterion).context("the criterion")?;
        Ok(["own", "reviewed", "settled"].map(|column| line[column].clone()))
    }

    async fn steer(&self, act: &str) -> Result<()> {
        let body = json!({ "act": act, "reason": "按计划" });
        self.admin().post(&format!("{}/acts", self.round), &body).await?.expect_success()?;
        Ok(())
    }

    /// Publishes what was settled last, by two persons.
    async fn publish(&self, reason: &str) -> Result<()> {
        let path = format!("{}/publications", self.round);
        let proposed = self.admin().post(&path, &json!({ "reason": reason })).await?.expect_success()?.body;
        let id = proposed["publication"]["id"].as_str().context("an identifier")?;
        let confirm = json!({ "decision": "confirm", "reason": "同意公布" });
        self.second.post(&format!("{path}/{id}/decision"), &confirm).await?.expect_success()?;
        Ok(())
    }

    async fn standing(&self) -> Result<Value> {
        Ok(self.member().get(&format!("{}/standing", self.submission)).await?.expect_success()?.body)
    }
}

async fn the_review_of(server: &Server, code: &str) -> Result<()> {
    let review = Review::found(server, code).await?;
    for number in 1..=MEMBERS {
        let body = json!({ "answers": clean_answers(number, 1) });
        let path = review.federation.submission_path(number);
        review.federation.member(number).put(&path, &body).await?.expect_success()?;
    }

    // Sent back, answered, accepted; the others are accepted as they are.
    let back = json!({
        "revision": 1, "due_at": "2099-12-31T10:00:00Z",
        "items": [{ "at": "/submission", "reason": "unclear", "text": "请说明依据" }],
    });
    review.review("returns", &back).await?;
    let notice = review.member().get(&format!("{}/returns/notice?format=markdown", review.submission)).await?;
    let notice = String::from_utf8(notice.expect_success()?.bytes)?;
    ensure!(notice.contains("退回通知书") && notice.contains("请说明依据"), "{notice}");
    let answered = json!({ "answers": clean_answers(1, 2) });
    let put = review.member().request(Method::PUT, &review.submission).header("If-Match", "\"revision-1\"");
    review.member().send(put.json(&answered)).await?.expect_success()?;
    for number in 1..=MEMBERS {
        let revision = if number == 1 { 2 } else { 1 };
        let path = format!("{}/acceptance", review.federation.submission_path(number));
        review.admin().post(&path, &json!({ "revision": revision })).await?.expect_success()?;
    }

    // The reviewers judge where the rubric leaves it to them, and count a number differently: the rubric takes points off for that.
    review.enter(2, json!({ "judge": { "criterion": JUDGED, "points": "1.5" } })).await?;
    let at = number_in(&clean_answers(1, 2), String::new()).context("a number in the answers")?;
    let corrected = review.enter(2, json!({ "adjust-value": { "at": at, "counted": "999" } })).await?;
    ensure!(corrected["entry"]["act"]["adjust-value"]["stated"] != "999", "{corrected:#}");
    let [own, reviewed, settled] = review.columns(review.admin(), JUDGED).await?;
    ensure!((own, reviewed, settled) == (json!("0"), json!("1.5"), Value::Null));
    let [own, reviewed, _] = review.columns(review.admin(), CORRECTED).await?;
    ensure!((own, reviewed) == (json!("0"), json!("-0.5")));

    review.steer("close").await?;
    review.steer("begin-review").await?;
    review.federation.finish("settlements").await?;
    let early = review.member().get(&format!("{}/standing", review.submission)).await?;
    ensure!(early.code() == "not-published", "{:#}", early.body);
    review.publish("评审结束").await?;
    let stood = review.standing().await?;
    let [own, reviewed, settled] = review.columns(review.member(), CORRECTED).await?;
    ensure!((own, reviewed, settled) == (json!("0"), json!("-0.5"), json!("-0.5")), "the member sees all three");

    // The member contests the correction, and is right.
    let grounds = json!({ "criterion": CORRECTED, "grounds": "台账为证" });
    let appeal =
        review.member().post(&format!("{}/appeals", review.submission), &grounds).await?.expect_success()?.body;
    let path = format!("{}/appeals/{}/decision", review.submission, appeal["id"].as_str().context("an identifier")?);
    let upheld = json!({
        "outcome": "upheld", "reason": "属实", "acts": [{ "withdraw": { "entry": corrected["entry"]["id"] } }],
    });
    let own_work = review.admin().post(&path, &upheld).await?;
    ensure!(own_work.code() == "not-a-second-person", "{:#}", own_work.body);
    let decided = review.second.post(&path, &upheld).await?.expect_success()?.body;
    let notice =
        format!("{}/appeals/{}/notice?format=markdown", review.submission, appeal["id"].as_str().unwrap_or_default());
    let notice = String::from_utf8(review.member().get(&notice).await?.expect_success()?.bytes)?;
    ensure!(notice.contains("申诉处理决定书") && notice.contains("申诉成立") && notice.contains("属实"), "{notice}");
    let carries_out = decided["decision"]["entries"][0].as_str().context("an entry")?;
    let path = format!("{}/review/entries/{carries_out}/decision", review.submission);
    review.admin().post(&path, &json!({ "decision": "confirm", "reason": "同意" })).await?.expect_success()?;
    review.federation.finish("settlements").await?;
    review.federation.finish("roll-ups").await?;
    ensure!(review.standing().await? == stood, "nothing changes before it is published");
    review.publish("申诉成立").await?;
    let stands = review.standing().await?;
    ensure!(stands["total"] != stood["total"], "{stands:#}");
    let [_, _, settled] = review.columns(review.member(), CORRECTED).await?;
    ensure!(settled == "0", "{settled}");
    review.steer("finalise").await?;

    // Every scorecard is still there, and every evaluation behind them gives the same bytes again.
    let versions =
        review.admin().get(&format!("{}/review/scorecards", review.submission)).await?.expect_success()?.body;
    let totals: Vec<&Value> =
        versions.as_array().context("versions")?.iter().map(|version| &version["total"]).collect();
    ensure!(totals.len() == 4, "two revisions, and the second with two states of its review: {versions:#}");
    let evaluations = format!("/federations/{code}/evaluations");
    let listed = review.admin().get(&format!("{evaluations}?limit=500")).await?.expect_success()?.body;
    for evaluation in listed.as_array().context("a list")? {
        let id = evaluation["id"].as_str().context("an identifier")?;
        let replayed =
            review.admin().post(&format!("{evaluations}/{id}/replays"), &json!({})).await?.expect_success()?;
        ensure!(replayed.body["equal"] == true, "{:#}", replayed.body);
    }
    Ok(())
}

/// Where the first number stands.
fn number_in(value: &Value, at: String) -> Option<String> {
    match value {
        Value::Number(number) if number.is_i64() => Some(at),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| number_in(item, format!("{at}/{index}")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, field)| number_in(field, format!("{at}/{name}"))),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewed_round_ends_with_what_two_persons_decided_and_an_appeal_changed() -> Result<()> {
    the_review_of(&server()?, "reviewed").await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_on_postgresql() -> Result<()> {
    let database = postgres::empty_database();
    let server = Server::start(ServerOptions { database: Some(database.url.clone()), ..options() })?;
    the_review_of(&server, "reviewed").await
}
