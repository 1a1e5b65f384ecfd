//! A clerk: hands in for one member, again and again, each revision upon the one before.

use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::federation::Federation;

/// Somebody who hands in for one member, and knows the newest revision.
#[derive(Clone, Debug)]
pub struct Clerk {
    member: Client,
    path: String,
    tag: Option<String>,
}

impl Clerk {
    /// The clerk of the member of a number, who has handed in nothing yet.
    pub fn of(federation: &Federation, number: usize) -> Self {
        Self { member: federation.member(number).clone(), path: federation.submission_path(number), tag: None }
    }

    /// The same clerk at another server.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.member = self.member.at(address);
        self
    }

    /// What a revision with these answers would get.
    pub async fn ask(&self, answers: &Value) -> Result<Answer> {
        self.member.post(&format!("{}/pre-checks", self.path), &json!({ "answers": answers })).await
    }

    /// Hands in once; the answer is the server's.
    pub async fn hand_in(&mut self, answers: &Value) -> Result<Answer> {
        let request = self.member.request(Method::PUT, &self.path).json(&json!({ "answers": answers }));
        let request = match &self.tag {
            Some(tag) => request.header("If-Match", tag),
            None => request.header("If-None-Match", "*"),
        };
        let answer = self.member.send(request).await?;
        if answer.status.is_success() {
            self.tag = answer.header("ETag").map(str::to_owned);
        }
        Ok(answer)
    }

    /// Looks which revision is the newest, after an answer that left it open.
    pub async fn look(&mut self) -> Result<()> {
        let newest = self.member.get(&self.path).await?;
        self.tag = newest.header("ETag").filter(|_| newest.status.is_success()).map(str::to_owned);
        Ok(())
    }
}
