//! A release that fails more than its federation allows is used no more, by itself, until its administration lifts that.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::limits::QUARANTINE_FAULTS_SEEN_MAX;
use domain::quarantine::{Lifting, NotPolicy, Quarantine, QuarantinePolicy};
use serde::{Deserialize, Serialize};
use store::{Scope, StoreError};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// Who stands in the audit log when the house acts by itself.
const THE_HOUSE: &str = "huizong";

/// That a quarantine is to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewLifting {
    /// Why.
    pub reason: String,
}

impl Office {
    /// The quarantines of a release, the oldest first.
    pub async fn quarantines(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        release: Digest,
    ) -> Result<Vec<Quarantine>, OperationError> {
        let scope = self.scope(caller, Operation::WatchRelease, federation)?;
        let release = self.known_release(&scope, release).await?.digest;
        Ok(scope.quarantines(release).await?)
    }

    /// How much the federation allows its releases to fail.
    pub async fn quarantine_policy(
        &self,
        caller: &Caller,
        federation: &FederationCode,
    ) -> Result<QuarantinePolicy, OperationError> {
        Ok(self.scope(caller, Operation::WatchRelease, federation)?.quarantine_policy().await?)
    }

    /// Sets how much that is, from the next fault on.
    pub async fn set_quarantine_policy(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        policy: QuarantinePolicy,
    ) -> Result<QuarantinePolicy, OperationError> {
        let scope = self.scope(caller, Operation::Quarantine, federation)?;
        let mut problems = Problems::default();
        match policy.examine() {
            Ok(()) => {}
            Err(NotPolicy::FaultsMax) => problems.add("/faults_max", "not-in-range", &[]),
            Err(NotPolicy::Window) => problems.add("/window_seconds", "not-in-range", &[]),
        }
        problems.none_left()?;
        let reason = format!("{} / {} s", policy.faults_max, policy.window_seconds);
        let act = self.act(caller, "set-quarantine-policy", format!("federation/{federation}"), None, &reason);
        scope.keep_quarantine_policy(policy, act).await?;
        Ok(policy)
    }

    /// Lets a quarantined release be used again. What it did before is forgiven: only new faults count.
    pub async fn lift_quarantine(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        release: Digest,
        new: NewLifting,
    ) -> Result<Quarantine, OperationError> {
        let scope = self.scope(caller, Operation::Quarantine, federation)?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        problems.none_left()?;
        let release = self.known_release(&scope, release).await?.digest;
        let lifting = Lifting { by: Signatory::of(caller), at: self.now(), reason: new.reason };
        let subject = format!("release/{release}");
        let arguments = [("release", release.short()), ("by", caller.label.clone())];
        let arguments = arguments.each_ref().map(|(name, value)| (*name, value.as_str()));
        let notice = self.notice(subject.clone(), "quarantine-lifted", &arguments)?;
        let act = self.act(caller, "lift-quarantine", subject, Some(release), &lifting.reason);
        let lifted = scope.lift_quarantine(release, &lifting, &notice, act).await;
        self.forget_quarantine(federation, release);
        lifted.map_err(|error| match error {
            StoreError::Missing(_) => OperationError::NotPossible { code: "not-in-quarantine" },
            other => other.into(),
        })?;
        scope.quarantines(release).await?.pop().ok_or(OperationError::Missing("quarantine"))
    }

    /// Whether a release may not be used now, as it was at most a moment ago.
    pub(crate) async fn is_quarantined(&self, scope: &Scope, release: Digest) -> Result<bool, OperationError> {
        let now = self.now();
        let key = (scope.code().clone(), release);
        if let Some(known) = self.house.quarantined.get(&key, now) {
            return Ok(*known);
        }
        let newest = scope.quarantines(release).await?.pop();
        let is_quarantined = newest.is_some_and(|quarantine| quarantine.lifted.is_none());
        Ok(*self.house.quarantined.keep(key, is_quarantined, now))
    }

    /// An error where a release may not be used now: whoever needs it comes back later.
    pub(crate) async fn out_of_quarantine(&self, scope: &Scope, release: Digest) -> Result<(), OperationError> {
        if self.is_quarantined(scope, release).await? {
            return Err(OperationError::Quarantined { release });
        }
        Ok(())
    }

    /// This host has changed it, or was told that another has.
    pub(crate) fn forget_quarantine(&self, federation: &FederationCode, release: Digest) {
        self.house.quarantined.forget(&(federation.clone(), release));
    }

    /// Looks at a release that has just failed, and takes it out of use where that was once too often.
    pub(crate) async fn quarantine_where_due(&self, scope: &Scope, release: Digest) -> Result<(), OperationError> {
        let lifted_at = match scope.quarantines(release).await?.pop() {
            Some(Quarantine { lifted: None, .. }) => return Ok(()),
            Some(Quarantine { lifted: Some(lifting), .. }) => Some(lifting.at),
            None => None,
        };
        let (policy, now) = (scope.quarantine_policy().await?, self.now());
        let since = policy.counted_since(now, lifted_at);
        let faults = scope.faults_since(release, since, QUARANTINE_FAULTS_SEEN_MAX).await?;
        let Some(inputs) = policy.exceeded_by(&faults, since) else { return Ok(()) };
        let quarantine = Quarantine { release, placed_at: now, inputs, policy, lifted: None };
        let subject = format!("release/{release}");
        let arguments = [("release", release.short()), ("inputs", inputs.to_string())];
        let arguments = arguments.each_ref().map(|(name, value)| (*name, value.as_str()));
        let notice = self.notice(subject.clone(), "release-quarantined", &arguments)?;
        let act = Act {
            at: now,
            actor: THE_HOUSE.to_owned(),
            verb: "quarantine-release".to_owned(),
            subject,
            found: None,
            left: Some(release),
            reason: format!("{inputs} > {}", policy.faults_max),
        };
        if scope.place_quarantine(&quarantine, &notice, act).await? {
            tracing::warn!(federation = %scope.code(), release = release.short(), inputs, "a release is quarantined");
        }
        self.forget_quarantine(scope.code(), release);
        Ok(())
    }
}
