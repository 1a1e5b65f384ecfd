//! A release that nothing uses or used is taken out of use for good.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::withdrawal::Withdrawal;
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// That a release is to be withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWithdrawal {
    /// Why.
    pub reason: String,
}

impl Office {
    /// Withdraws a release that no round has or had, that has judged nothing and that nobody proposes. It stays readable.
    pub async fn withdraw_release(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        release: Digest,
        new: NewWithdrawal,
    ) -> Result<Withdrawal, OperationError> {
        let scope = self.scope(caller, Operation::WithdrawRelease, federation)?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        problems.none_left()?;
        let release = self.known_release(&scope, release).await?.digest;
        let withdrawal = Withdrawal { release, by: Signatory::of(caller), at: self.now(), reason: new.reason };
        let subject = format!("release/{release}");
        let act = self.act(caller, "withdraw-release", subject, Some(release), &withdrawal.reason);
        scope.withdraw_release(&withdrawal, act).await.map_err(|error| match error {
            StoreError::AlreadyThere(_) => OperationError::NotPossible { code: "release-withdrawn" },
            other => other.into(),
        })?;
        self.house.meters.forget(federation, release);
        Ok(withdrawal)
    }

    /// How a release was withdrawn, where it was.
    pub async fn withdrawal(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        release: Digest,
    ) -> Result<Withdrawal, OperationError> {
        let scope = self.scope(caller, Operation::ReadRelease, federation)?;
        let release = self.known_release(&scope, release).await?.digest;
        scope.withdrawal(release).await?.ok_or(OperationError::Missing("withdrawal"))
    }
}
