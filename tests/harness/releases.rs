//! A round goes on with another release, and back: who does it, and how it is asked for.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::client::Client;
use crate::federation::Federation;

impl Federation {
    /// Somebody who may approve. The operator issues the token: one from the administration itself would be no second person's.
    pub async fn director(&self, operator: &Client) -> Result<Client> {
        let body = json!({ "role": "approver", "label": format!("director of {}", self.code) });
        let path = format!("/federations/{}/tokens", self.code);
        let issued = operator.post(&path, &body).await?.expect_success()?;
        let secret = issued.body["secret"].as_str().context("a token has a secret")?;
        Ok(self.admin.with_token(secret))
    }

    /// Tries a release on the round, and waits until that is done; the trial's identifier.
    pub async fn try_release(&self, release: &str) -> Result<String> {
        let path = format!("{}/trials", self.round_path());
        let job = self.finish_asked(self.admin.post(&path, &json!({ "release": release })).await?).await?;
        job["id"].as_str().map(str::to_owned).context("a job has an id")
    }

    /// Proposes a release upon a trial; the proposal's identifier.
    pub async fn propose(&self, release: &str, trial: &str) -> Result<String> {
        let body = json!({ "release": release, "trial": trial, "reason": "省联社修订评分细则" });
        let proposed = self.admin.post(&format!("{}/activations", self.round_path()), &body).await?.expect_success()?;
        proposed.body["proposal"]["id"].as_str().map(str::to_owned).context("a proposal has an id")
    }

    /// A second person approves what was proposed; from then on the release is in force.
    pub async fn approve(&self, director: &Client, proposal: &str) -> Result<()> {
        let path = format!("{}/activations/{proposal}/decision", self.round_path());
        let approved = director.post(&path, &json!({ "decision": "approve", "reason": "已阅试算" })).await?;
        anyhow::ensure!(approved.expect_success()?.body["state"] == "approved", "it is approved");
        Ok(())
    }

    /// Goes back to what was in force before.
    pub async fn roll_back(&self) -> Result<()> {
        let path = format!("{}/rollback", self.round_path());
        self.admin.post(&path, &json!({ "reason": "等省联社答复" })).await?.expect_success()?;
        Ok(())
    }

    /// Everything that was ever pinned to the round, in its order.
    pub async fn pins(&self) -> Result<Vec<Value>> {
        let pins = self.admin.get(&format!("{}/pins", self.round_path())).await?.expect_success()?.body;
        pins.as_array().cloned().context("a list of pins")
    }
}
