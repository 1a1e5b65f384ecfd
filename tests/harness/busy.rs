//! A federation in the middle of its year: it has one of everything that has an identifier.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::federation::{Federation, ROUND, unit_code};
use crate::routes::Route;

/// The password of everybody who has an account.
pub const PASSWORD: &str = "correct horse battery staple";

/// What a busy federation is made with.
pub struct Makings<'a> {
    /// A rubric with something to judge, and one that could take its place.
    pub rubrics: [&'a [u8]; 2],
    /// A report.
    pub report: &'a [u8],
    /// The answers of a member.
    pub answers: &'a (dyn Fn(usize) -> Value + Sync),
    /// Where a number stands in them, which a reviewer counts differently.
    pub number_at: String,
    /// A program that the operator lets be called.
    pub program: String,
}

/// A federation in the middle of its year.
pub struct Busy {
    /// The federation.
    pub federation: Federation,
    /// Its second person.
    pub director: Client,
    /// Somebody who runs it and is signed in.
    pub signed_in: Client,
    /// The same, by a token of their own.
    pub own_token: Client,
    /// The report of its round.
    report: String,
    /// The identifiers of what it has, by the names that routes have for them.
    pub known: BTreeMap<&'static str, String>,
}

impl Busy {
    /// Brings a federation so far, at a server.
    pub async fn found(operator: &Client, code: &str, makings: &Makings<'_>) -> Result<Self> {
        let federation = Federation::found(operator, code, 3).await?;
        let director = federation.director(operator).await?;
        let admin = &federation.admin;
        let base = format!("/federations/{code}");
        let webhook =
            json!({ "url": format!("http://{}/notices", makings.program), "secret": "a secret of the federation" });
        admin.put(&format!("{base}/webhook"), &webhook).await?.expect_success()?;
        let rubric = federation.admit(makings.rubrics[0]).await?;
        let candidate = federation.admit(makings.rubrics[1]).await?;
        let report = federation.admit(makings.report).await?;
        let round = json!({
            "code": ROUND,
            "title": "2023年度",
            "period": { "start": "2023-01-01", "end": "2023-12-31" },
            "due_at": "2099-12-31T10:00:00Z",
            "rubric": rubric,
            "reports": [&report],
            "calendar": { "covers": { "start": "2022-01-01", "end": "2024-12-31" } },
            "policy": { "review": true, "two_person_review": true, "appeal_days": 10 },
        });
        admin.post(&format!("{base}/rounds"), &round).await?.expect_success()?;
        let said = json!({ "at": "", "text": format!("只给 {code} 看") });
        for number in 1..=3 {
            let (member, path) = (federation.member(number), federation.submission_path(number));
            member.put(&path, &json!({ "answers": (makings.answers)(number) })).await?.expect_success()?;
            member.post(&format!("{path}/conversations"), &said).await?.expect_success()?;
            admin.post(&format!("{path}/acceptance"), &json!({ "revision": 1 })).await?.expect_success()?;
        }
        let trial = federation.try_release(&candidate).await?;
        let activation = federation.propose(&candidate, &trial).await?;

        let submission = federation.submission_path(1);
        let act = json!({ "adjust-value": { "at": makings.number_at, "counted": "999" } });
        let body = json!({ "revision": 1, "act": act, "reason": "现场核查" });
        let entry = admin.post(&format!("{submission}/review/entries"), &body).await?.expect_success()?;
        let entry = text_at(&entry, "/entry/id")?;
        let confirm = json!({ "decision": "confirm", "reason": "同意" });
        director.post(&format!("{submission}/review/entries/{entry}/decision"), &confirm).await?.expect_success()?;
        for act in ["close", "begin-review"] {
            let body = json!({ "act": act, "reason": "按计划" });
            admin.post(&format!("{}/acts", federation.round_path()), &body).await?.expect_success()?;
        }
        let job = federation.finish("settlements").await?;
        federation.finish("roll-ups").await?;
        let publications = format!("{}/publications", federation.round_path());
        let proposed = admin.post(&publications, &json!({ "reason": "评审结束" })).await?.expect_success()?;
        let publication = text_at(&proposed, "/publication/id")?;
        director.post(&format!("{publications}/{publication}/decision"), &confirm).await?.expect_success()?;
        let view = federation.member(1).get(&format!("{submission}/review")).await?.expect_success()?;
        let grounds = json!({ "criterion": text_at(&view, "/criteria/0/criterion")?, "grounds": "台账为证" });
        let appeal = federation.member(1).post(&format!("{submission}/appeals"), &grounds).await?.expect_success()?;
        let (answers, path) = ((makings.answers)(1), format!("{submission}/rectifications"));
        let stated = answers.as_object().and_then(|fields| fields.keys().next()).context("answers have fields")?;
        let cause = json!({ "stated": { "at": format!("/{stated}") } });
        let items = json!({ "items": [{ "cause": cause, "problem": "台账不完整", "due_on": "2099-06-30" }] });
        let opened = admin.post(&path, &items).await?.expect_success()?;

        let file = format!("{submission}/attachments?name=ledger.txt");
        let attached = federation
            .member(1)
            .post_bytes(&file, "application/octet-stream", b"ledger".to_vec())
            .await?
            .expect_success()?;
        let draft =
            federation.member(1).request(Method::PUT, &format!("{submission}/draft")).header("If-None-Match", "*");
        federation.member(1).send(draft.json(&json!({ "answers": answers }))).await?.expect_success()?;

        let account = json!({
            "login": "director.1", "name": "某主任", "password": PASSWORD, "grants": [{ "role": "federation-admin" }],
        });
        let account = operator.post(&format!("{base}/accounts"), &account).await?.expect_success()?;
        let signed_in = operator.signed_in(code, "director.1", PASSWORD).await?;
        let token = json!({ "label": "报表程序", "scopes": ["read", "submit", "review", "steer"] });
        let token = signed_in.post("/sessions/own/tokens", &token).await?.expect_success()?;
        let own_token = operator.with_token(&text_at(&token, "/secret")?);
        let evaluations = admin.get(&format!("{base}/evaluations")).await?.expect_success()?;
        let deliveries = admin.get(&format!("{base}/deliveries")).await?.expect_success()?;
        let known = BTreeMap::from([
            ("federation", code.to_owned()),
            ("round", ROUND.to_owned()),
            ("unit", unit_code(1)),
            ("release", rubric),
            ("with", candidate),
            ("job", job["id"].as_str().context("a job has an id")?.to_owned()),
            ("trial", trial),
            ("activation", activation),
            ("evaluation", text_at(&evaluations, "/0/id")?),
            ("revision", "1".to_owned()),
            ("from", "1".to_owned()),
            ("to", "1".to_owned()),
            ("attachment", text_at(&attached, "/id")?),
            ("code", "not-allowed".to_owned()),
            ("publication", publication),
            ("appeal", text_at(&appeal, "/id")?),
            ("entry", entry),
            ("rectification", text_at(&opened, "/0/id")?),
            ("delivery", text_at(&deliveries, "/0/id")?),
            ("account", text_at(&account, "/id")?),
            ("token", text_at(&token, "/id")?),
        ]);
        Ok(Self { federation, director, signed_in, own_token, report, known })
    }

    /// Everybody of the federation: by which name, and how they come in.
    pub fn people(&self) -> [(&'static str, &Client); 5] {
        [
            ("administration", &self.federation.admin),
            ("approver", &self.director),
            ("member", self.federation.member(1)),
            ("somebody signed in", &self.signed_in),
            ("somebody's own token", &self.own_token),
        ]
    }

    /// What is known for a route: a trial is compared with a trial, a release with a release.
    pub fn known_for(&self, route: &Route, federation: &str) -> BTreeMap<&'static str, String> {
        let mut known = self.known.clone();
        known.insert("federation", federation.to_owned());
        if route.path.contains("{trial}") {
            known.insert("with", known["trial"].clone());
        }
        if route.path.ends_with("/reports/{release}") {
            known.insert("release", self.report.clone());
        }
        known
    }

    /// Whether there is one of everything that routes have a name for.
    pub fn has_everything(&self, routes: &[Route]) -> Result<()> {
        for route in routes {
            for gap in route.gaps() {
                ensure!(self.known.contains_key(gap), "no real `{gap}` is known for {}", route.path);
            }
        }
        Ok(())
    }
}

fn text_at(answer: &Answer, pointer: &str) -> Result<String> {
    let text = answer.body.pointer(pointer).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("nothing at {pointer} of {:#}", answer.body))
}
