//! A federation at a server: its administration, its members, a round.

use anyhow::{Context as _, Result};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use crate::client::{Answer, Client};

/// A federation with members `M001`, `M002` …, each with a token of its own.
pub struct Federation {
    /// Its code.
    pub code: String,
    /// Its administration.
    pub admin: Client,
    members: Vec<Client>,
}

/// The one round of a [`Federation`].
pub const ROUND: &str = "2023";

impl Federation {
    /// Enrols a federation with so many members.
    pub async fn found(operator: &Client, code: &str, members: usize) -> Result<Self> {
        let issued = operator.post("/federations", &json!({ "code": code, "name": code })).await?.expect_success()?;
        let admin = operator.with_token(secret_of(&issued)?);
        let units: Vec<Value> = (1..=members).map(unit).collect();
        admin.put(&format!("/federations/{code}/units"), &Value::from(units)).await?.expect_success()?;
        let members = stream::iter(1..=members)
            .map(|number| {
                let (admin, code) = (admin.clone(), code.to_owned());
                async move {
                    let body = json!({ "role": "member-clerk", "unit": unit_code(number), "label": unit_code(number) });
                    let issued = admin.post(&format!("/federations/{code}/tokens"), &body).await?.expect_success()?;
                    Ok::<_, anyhow::Error>(admin.with_token(secret_of(&issued)?))
                }
            })
            .buffered(8)
            .try_collect()
            .await?;
        Ok(Self { code: code.to_owned(), admin, members })
    }

    /// Uploads a component; the answer is the server's.
    pub async fn upload(&self, component: &[u8]) -> Result<Answer> {
        let path = format!("/federations/{}/releases", self.code);
        self.admin.post_bytes(&path, "application/wasm", component.to_vec()).await
    }

    /// Uploads a component that is admitted; its digest.
    pub async fn admit(&self, component: &[u8]) -> Result<String> {
        let release = self.upload(component).await?.expect_success()?;
        release.body["digest"].as_str().map(str::to_owned).context("a release has a digest")
    }

    /// Opens the round with a rubric and reports; due long after the scenario.
    pub async fn open_round(&self, rubric: &str, reports: &[&str]) -> Result<()> {
        let body = json!({
            "code": ROUND,
            "title": "2023年度",
            "period": { "start": "2023-01-01", "end": "2023-12-31" },
            "due_at": "2099-12-31T10:00:00Z",
            "rubric": rubric,
            "reports": reports,
            "calendar": { "covers": { "start": "2022-01-01", "end": "2024-12-31" }, "holidays": [], "working_days": [] },
        });
        self.admin.post(&format!("/federations/{}/rounds", self.code), &body).await?.expect_success()?;
        Ok(())
    }

    /// The member of a number, from 1.
    pub fn member(&self, number: usize) -> &Client {
        &self.members[number - 1]
    }

    /// How many members there are.
    pub fn size(&self) -> usize {
        self.members.len()
    }

    /// The path of the round.
    pub fn round_path(&self) -> String {
        format!("/federations/{}/rounds/{ROUND}", self.code)
    }

    /// The path of a member's submission.
    pub fn submission_path(&self, number: usize) -> String {
        format!("{}/submissions/{}", self.round_path(), unit_code(number))
    }

    /// Asks for long work (`settlements`, `roll-ups`) and waits until it is done.
    pub async fn finish(&self, work: &str) -> Result<Value> {
        self.finish_asked(self.admin.post(&format!("{}/{work}", self.round_path()), &json!({})).await?).await
    }

    /// Waits until long work is done that was asked for.
    pub(crate) async fn finish_asked(&self, asked: Answer) -> Result<Value> {
        let asked = asked.expect_success()?;
        let id = asked.body["id"].as_str().context("a job has an id")?.to_owned();
        // The stream of a job's events ends with the job.
        self.admin.get(&format!("/federations/{}/jobs/{id}/events", self.code)).await?.expect_success()?;
        let job = self.admin.get(&format!("/federations/{}/jobs/{id}", self.code)).await?.expect_success()?;
        anyhow::ensure!(job.body["state"] == "done", "{:#}", job.body);
        Ok(job.body)
    }
}

/// The code of a member.
pub fn unit_code(number: usize) -> String {
    format!("M{number:03}")
}

fn unit(number: usize) -> Value {
    json!({
        "code": unit_code(number),
        "name": format!("第{number}农村信用合作联社"),
        "aliases": [format!("第{number}联社")],
        "kind": "县级联社",
        "reports": true,
        "valid_from": "2010-01-01",
        "attributes": [
            { "name": "counter_staff_count", "value": { "number": { "value": "80", "unit": "名" } } },
            { "name": "outlet_count", "value": { "number": { "value": (20 + number % 30).to_string(), "unit": "个" } } },
            { "name": "personal_customer_count", "value": { "number": { "value": (100_000 + 1_000 * number).to_string(), "unit": "户" } } },
        ],
    })
}

fn secret_of(issued: &Answer) -> Result<&str> {
    issued.body["secret"].as_str().context("a token has a secret")
}
