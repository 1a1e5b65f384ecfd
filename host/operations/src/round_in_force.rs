//! A round with everything that judging a submission in it needs: its rubric's description, form and running plugin.

use std::sync::Arc;

use domain::check_rule::CheckRule;
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode};
use domain::release::Release;
use domain::round::{Round, RoundState};
use domain::rubric::Description;
use sandbox::Plugin;
use store::Scope;

use crate::error::OperationError;
use crate::form::Form;
use crate::office::{Office, locked};

/// A round and its rubric, ready to run.
pub(crate) struct RoundInForce {
    /// The round.
    pub(crate) round: Round,
    /// Its rubric.
    pub(crate) rubric: Rubric,
    /// What was decided about its checks, the oldest first.
    pub(crate) check_rules: Vec<CheckRule>,
}

/// A rubric of a federation, ready to run.
#[derive(Clone)]
pub(crate) struct Rubric {
    pub(crate) release: Arc<Release>,
    pub(crate) form: Arc<Form>,
    pub(crate) plugin: Plugin,
}

impl Rubric {
    /// What it says of itself.
    pub(crate) fn description(&self) -> Result<&Description, OperationError> {
        self.release.descriptions.rubric.as_ref().ok_or(OperationError::NotPossible { code: "not-a-rubric" })
    }
}

impl Office {
    /// The round as it was at most a moment ago.
    pub(crate) async fn round_in_force(
        &self,
        scope: &Scope,
        code: &RoundCode,
    ) -> Result<Arc<RoundInForce>, OperationError> {
        let now = self.now();
        let key = (scope.code().clone(), code.clone());
        // Only an open round is believed: that it is open is looked at again before anything is kept, that it is closed is not.
        if let Some(known) = self.house.rounds.get(&key, now)
            && known.round.state == RoundState::Open
        {
            return Ok(known);
        }
        let (round, _) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        let rubric = self.rubric(scope, round.rubric).await?;
        let check_rules = scope.check_rules(code).await?;
        Ok(self.house.rounds.keep(key, RoundInForce { round, rubric, check_rules }, now))
    }

    /// This host has changed the round, or was told that another has.
    pub(crate) fn forget_round(&self, federation: &FederationCode, code: &RoundCode) {
        self.house.rounds.forget(&(federation.clone(), code.clone()));
    }

    /// A rubric of the federation, ready to run.
    pub(crate) async fn rubric(&self, scope: &Scope, digest: Digest) -> Result<Rubric, OperationError> {
        let release = self.known_release(scope, digest).await?;
        let form = self.form(&release)?;
        let plugin = self.plugin(scope, &release).await?;
        Ok(Rubric { release, form, plugin })
    }

    /// A release of the federation. Releases never change.
    pub(crate) async fn known_release(&self, scope: &Scope, digest: Digest) -> Result<Arc<Release>, OperationError> {
        let now = self.now();
        let key = (scope.code().clone(), digest);
        if let Some(known) = self.house.releases.get(&key, now) {
            return Ok(known);
        }
        let release = scope.release(digest).await?.ok_or(OperationError::Missing("release"))?;
        Ok(self.house.releases.keep(key, release, now))
    }

    /// The form of a rubric, compiled once for each release.
    pub(crate) fn form(&self, release: &Release) -> Result<Arc<Form>, OperationError> {
        let now = self.now();
        if let Some(known) = self.house.forms.get(&release.digest, now) {
            return Ok(known);
        }
        let rubric =
            release.descriptions.rubric.as_ref().ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let form = Form::compile(&rubric.form).map_err(OperationError::host)?;
        Ok(self.house.forms.keep(release.digest, form, now))
    }

    /// The running plugin of a federation's release; every call of it is counted as that federation's.
    pub(crate) async fn plugin(&self, scope: &Scope, release: &Release) -> Result<Plugin, OperationError> {
        let plugin = self.unwatched_plugin(release).await?;
        Ok(plugin.metered(self.house.meters.of(scope.code(), release.digest, self.now())))
    }

    /// The same with calls that count for nobody: from the sandbox's memory, or loaded once however many ask for it.
    pub(crate) async fn unwatched_plugin(&self, release: &Release) -> Result<Plugin, OperationError> {
        let digest = release.digest;
        if let Some(plugin) = self.house.sandbox.plugin(digest) {
            return Ok(plugin);
        }
        let turn = Arc::clone(locked(&self.house.loading).entry(digest).or_default());
        let _mine = turn.lock().await;
        if let Some(plugin) = self.house.sandbox.plugin(digest) {
            return Ok(plugin);
        }
        let loaded = self.load(release).await;
        locked(&self.house.loading).remove(&digest);
        loaded
    }

    /// Nothing of a component runs whose bytes are not those that were admitted.
    async fn load(&self, release: &Release) -> Result<Plugin, OperationError> {
        let digest = release.digest;
        let component = self.house.store.artifact(digest).await?.ok_or(OperationError::Missing("component"))?;
        let loaded = self.house.sandbox.load(digest, component, release.descriptions.clone()).await;
        loaded.map_err(|fault| OperationError::fault(digest, "load", fault))
    }
}
