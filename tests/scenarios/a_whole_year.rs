//! A whole year of a federation with 120 members, as its people live it: a merger, an exemption, some who are late and some who never come,
//! submissions sent back, a rubric replaced in mid-round, points taken off by two persons, results published, an appeal that is right, a
//! roll-up for the level above, something to put right, and at the end a log that an outsider verifies.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use harness::{Answer, Client, Federation, ROUND, unit_code};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{clean_answers, component, server, terminal};

/// Members of the federation.
const MEMBERS: usize = 120;
/// The last member that hands in before the due time.
const IN_TIME: usize = 110;
/// The last member that hands in at all.
const LATE: usize = 116;
/// Those that never hand in.
const MISSING: [usize; 2] = [117, 118];
/// The one that becomes part of another.
const MERGED: usize = 119;
/// The one that need not report.
const EXEMPT: usize = 120;
/// Those whose first revision is sent back.
const SENT_BACK: [usize; 4] = [11, 22, 33, 44];
/// The one whose points are taken off, and who appeals.
const CONTESTED: usize = 7;
/// How long 110 members may take to hand in before the due time passes.
const UNTIL_DUE: Duration = Duration::from_secs(40);
/// People who do something at the same time.
const AT_ONCE: usize = 8;
/// A criterion from which points are taken.
const CRITERION: &str = "discipline.accuracy";

/// The federation in its year.
struct Year {
    federation: Federation,
    director: Client,
    round: String,
    due: Instant,
}

impl Year {
    fn admin(&self) -> &Client {
        &self.federation.admin
    }

    fn path(&self, number: usize) -> String {
        self.federation.submission_path(number)
    }

    /// A member hands in upon the newest revision; the receipt.
    async fn hand_in(&self, number: usize, based_on: Option<u32>, seed: u64) -> Result<Value> {
        let member = self.federation.member(number);
        let put = member.request(Method::PUT, &self.path(number));
        let put = match based_on {
            None => put.header("If-None-Match", "*"),
            Some(revision) => put.header("If-Match", format!("\"revision-{revision}\"")),
        };
        let answer = member.send(put.json(&json!({ "answers": clean_answers(number, seed) }))).await?;
        let body = answer.expect_success()?.body;
        ensure!(body["receipt"]["standing"] == "accepted", "{body:#}");
        Ok(body["receipt"].clone())
    }

    /// Several members hand in, some at the same time.
    async fn all_hand_in(&self, numbers: std::ops::RangeInclusive<usize>) -> Result<Vec<Value>> {
        stream::iter(numbers).map(|number| self.hand_in(number, None, 1)).buffered(AT_ONCE).try_collect().await
    }

    async fn post(&self, who: &Client, path: &str, body: &Value) -> Result<Value> {
        Ok(who.post(path, body).await?.expect_success()?.body)
    }

    async fn steer(&self, act: &str) -> Result<Answer> {
        self.admin().post(&format!("{}/acts", self.round), &json!({ "act": act, "reason": "按计划" })).await
    }

    /// Settles, rolls up, and publishes by two persons.
    async fn publish(&self, reason: &str) -> Result<()> {
        self.federation.finish("settlements").await?;
        self.federation.finish("roll-ups").await?;
        let path = format!("{}/publications", self.round);
        let proposed = self.post(self.admin(), &path, &json!({ "reason": reason })).await?;
        let id = proposed["publication"]["id"].as_str().context("an identifier")?;
        let confirm = json!({ "decision": "confirm", "reason": "同意公布" });
        self.post(&self.director, &format!("{path}/{id}/decision"), &confirm).await?;
        Ok(())
    }

    async fn standing(&self, number: usize) -> Result<Value> {
        let path = format!("{}/standing", self.path(number));
        Ok(self.federation.member(number).get(&path).await?.expect_success()?.body)
    }

    async fn export(&self) -> Result<Value> {
        Ok(self.admin().get(&format!("{}/roll-up/export", self.round)).await?.expect_success()?.body)
    }
}

fn codes(listed: &Value) -> Vec<&str> {
    listed.as_array().into_iter().flatten().filter_map(|unit| unit["code"].as_str()).collect()
}

/// The year begins: a reviewed round that is due soon.
async fn begin(server: &harness::Server) -> Result<(Year, String)> {
    let operator = server.operator();
    let federation = Federation::found(&operator, "year", MEMBERS).await?;
    let director = federation.director(&operator).await?;
    let rubric = federation.admit(component("rubric-2016")).await?;
    let next = federation.admit(component("rubric-provincial")).await?;
    let circular = federation.admit(component("report-circular")).await?;
    let due = Instant::now() + UNTIL_DUE;
    let due_at = jiff::Timestamp::now() + UNTIL_DUE;
    let round = json!({
        "code": ROUND,
        "title": "2023年度",
        "period": { "start": "2023-01-01", "end": "2023-12-31" },
        "due_at": due_at.to_string(),
        "rubric": rubric,
        "reports": [circular],
        "exemptions": [{ "unit": unit_code(EXEMPT), "reason": "停业整顿" }],
        "calendar": { "covers": { "start": "2022-01-01", "end": "2024-12-31" } },
        "policy": { "review": true, "two_person_review": true, "appeal_days": 10 },
    });
    federation.admin.post("/federations/year/rounds", &round).await?.expect_success()?;
    let merger = json!({ "into": unit_code(1), "last_day": "2023-10-31", "reason": "省联社批复" });
    let path = format!("/federations/year/units/{}/mergers", unit_code(MERGED));
    federation.admin.post(&path, &merger).await?.expect_success()?;
    let round = federation.round_path();
    Ok((Year { federation, director, round, due }, next))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_a_hundred_and_twenty_members_ends_with_a_log_that_verifies() -> Result<()> {
    let server = server()?;
    let (year, next_rubric) = begin(&server).await?;

    // Nearly everybody is in time; the criteria change meanwhile, upon a trial, by two persons; the rest come late.
    let mut receipts = year.all_hand_in(1..=IN_TIME).await?;
    ensure!(Instant::now() < year.due, "handing in took too long");
    ensure!(receipts.iter().all(|receipt| receipt["hours_late"] == 0), "all of them are in time");
    for number in 1..=IN_TIME {
        if SENT_BACK.contains(&number) {
            let back = json!({
                "revision": 1, "due_at": "2099-12-31T10:00:00Z",
                "items": [{ "at": "/submission", "reason": "unclear", "text": "请说明依据" }],
            });
            year.post(year.admin(), &format!("{}/returns", year.path(number)), &back).await?;
        } else {
            let accept = json!({ "revision": 1 });
            year.post(year.admin(), &format!("{}/acceptance", year.path(number)), &accept).await?;
        }
    }
    let trial = year.federation.try_release(&next_rubric).await?;
    let proposal = year.federation.propose(&next_rubric, &trial).await?;
    year.federation.approve(&year.director, &proposal).await?;
    tokio::time::sleep_until((year.due + Duration::from_secs(1)).into()).await;
    let late = year.all_hand_in(IN_TIME + 1..=LATE).await?;
    ensure!(late.iter().all(|receipt| receipt["hours_late"] == 1), "{late:#?}");
    ensure!(
        late.iter().all(|receipt| receipt["rubric"] == next_rubric.as_str()),
        "they are judged by what is in force"
    );
    receipts.extend(late);
    let merged = year.federation.member(MERGED);
    let gone = merged.put(&year.path(MERGED), &json!({ "answers": clean_answers(MERGED, 1) })).await?;
    ensure!(gone.code() == "unit-not-in-round", "{:#}", gone.body);

    // What was sent back comes back, also after the round is closed, and nobody became late by it.
    year.steer("close").await?.expect_success()?;
    for number in SENT_BACK {
        let receipt = year.hand_in(number, Some(1), 2).await?;
        ensure!(receipt["hours_late"] == 0 && receipt["revision"] == 2, "{receipt:#}");
        receipts.push(receipt);
    }
    year.steer("begin-review").await?.expect_success()?;
    for number in SENT_BACK.into_iter().chain(IN_TIME + 1..=LATE) {
        let accept = json!({ "revision": if SENT_BACK.contains(&number) { 2 } else { 1 } });
        year.post(year.admin(), &format!("{}/acceptance", year.path(number)), &accept).await?;
    }
    let too_late = year.federation.member(MISSING[0]).put(&year.path(MISSING[0]), &json!({ "answers": {} })).await?;
    ensure!(too_late.code() == "round-closed", "{:#}", too_late.body);

    // Points are taken off, by two persons; then everybody sees its own result and nothing else.
    let entries = format!("{}/review/entries", year.path(CONTESTED));
    let entry = json!({
        "revision": 1, "reason": "现场核查",
        "act": { "adjust-points": { "criterion": CRITERION, "points": "-0.5" } },
    });
    let entered = year.post(year.admin(), &entries, &entry).await?;
    let entered = entered["entry"]["id"].as_str().context("an identifier")?.to_owned();
    let confirm = json!({ "decision": "confirm", "reason": "同意" });
    year.post(&year.director, &format!("{entries}/{entered}/decision"), &confirm).await?;
    year.publish("评审结束").await?;
    let (contested, untouched) = (year.standing(CONTESTED).await?, year.standing(1).await?);
    let of_another = year.federation.member(1).get(&format!("{}/standing", year.path(CONTESTED))).await?;
    ensure!(of_another.code() == "not-allowed", "{:#}", of_another.body);

    // The roll-up names everybody whom it does not rank.
    let first = year.export().await?;
    let rolled = &first["body"]["roll_up"];
    ensure!(codes(&rolled["members"]).len() == LATE && rolled["expected"] == MEMBERS - 2, "{}", rolled["expected"]);
    ensure!(codes(&rolled["missing"]) == MISSING.map(unit_code), "{:#}", rolled["missing"]);
    ensure!(codes(&rolled["exempt"]) == [unit_code(EXEMPT)] && codes(&rolled["merged"]) == [unit_code(MERGED)]);
    let late: Vec<String> = (IN_TIME + 1..=LATE).map(unit_code).collect();
    ensure!(codes(&rolled["late"]) == late, "{:#}", rolled["late"]);

    // The member contests it and is right: a new version, in which nobody else's points moved.
    let appeals = format!("{}/appeals", year.path(CONTESTED));
    let grounds = json!({ "criterion": CRITERION, "grounds": "台账为证" });
    let appeal = year.post(year.federation.member(CONTESTED), &appeals, &grounds).await?;
    ensure!(year.steer("finalise").await?.code() == "appeals-wait", "a year does not end over a waiting appeal");
    let upheld = json!({ "outcome": "upheld", "reason": "属实", "acts": [{ "withdraw": { "entry": entered } }] });
    let decision = format!("{appeals}/{}/decision", appeal["id"].as_str().context("an identifier")?);
    let decided = year.post(&year.director, &decision, &upheld).await?;
    let carries_out = decided["decision"]["entries"][0].as_str().context("an entry")?;
    year.post(year.admin(), &format!("{entries}/{carries_out}/decision"), &confirm).await?;
    year.publish("申诉成立").await?;
    ensure!(year.standing(CONTESTED).await?["total"] != contested["total"], "the member has its points back");
    ensure!(year.standing(1).await?["total"] == untouched["total"], "nobody else's points moved");
    ensure!(year.export().await?["digest"] != first["digest"]);

    // What lost points is to be put right; the year is over, and that goes on.
    let rectifications = format!("{}/rectifications", year.path(2));
    let lost = year.admin().get(&format!("{rectifications}/deductions")).await?.expect_success()?.body;
    let criterion = lost[0]["criterion"].as_str().context("a criterion")?;
    let item = json!({ "cause": { "deduction": { "criterion": criterion } }, "problem": "台账不完整", "due_on": "2099-06-30" });
    let opened = year.post(year.admin(), &rectifications, &json!({ "items": [item] })).await?;
    year.steer("finalise").await?.expect_success()?;
    let steps = format!("{rectifications}/{}/steps", opened[0]["id"].as_str().context("an identifier")?);
    let done = json!({ "after": 0, "act": { "complete": { "text": "已补齐" } } });
    year.post(year.federation.member(2), &steps, &done).await?;
    let accepted = json!({ "after": 1, "act": { "accept": { "text": "现场查看属实" } } });
    ensure!(year.post(year.admin(), &steps, &accepted).await?["state"] == "accepted");

    // All of it stands in the log, with every receipt that anybody has in hand, and one changed byte is found.
    let (folder, terminal) = (tempfile::tempdir()?, terminal(&server, &year.federation));
    let file = |name: &str| folder.path().join(name).display().to_string();
    let exported = terminal.run("audit export --out", &[&file("log.jsonl")])?;
    ensure!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let key = year.admin().get("/receipt-key").await?.expect_success()?.body["key"].clone();
    let mut words = vec!["--key".to_owned(), key.as_str().context("a key")?.to_owned()];
    for (index, receipt) in receipts.iter().enumerate() {
        let name = file(&format!("receipt-{index}.json"));
        std::fs::write(&name, receipt.to_string())?;
        words.extend(["--receipt".to_owned(), name]);
    }
    let verify = |log: &str| -> Result<(Option<i32>, Value)> {
        let words: Vec<&str> = std::iter::once(log).chain(words.iter().map(String::as_str)).collect();
        let output = terminal.run("audit verify --format json", &words)?;
        Ok((output.status.code(), serde_json::from_slice(&output.stdout)?))
    };
    let (code, found) = verify(&file("log.jsonl"))?;
    ensure!(code == Some(0) && found["receipts"] == receipts.len(), "{found:#}");
    let mut log = std::fs::read(file("log.jsonl"))?;
    let middle = log.len() / 2;
    let line = log[..middle].iter().filter(|byte| **byte == b'\n').count() + 1;
    log[middle] ^= 1;
    std::fs::write(file("changed.jsonl"), log)?;
    let (code, found) = verify(&file("changed.jsonl"))?;
    ensure!(code == Some(2) && found["faults"][0]["line"] == line, "{:#}", found["faults"]);
    Ok(())
}
