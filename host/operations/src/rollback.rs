//! A round goes back to the release that it had before: the same act backwards, by one person, at once.

use domain::access::{Caller, Operation};
use domain::activation::{Pin, Signatory, Swap, step_back};
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::activation::not_swapped;
use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// That a round is to go back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRollback {
    /// The release that the round is to leave; where it is left out, the one that came in last.
    #[serde(default)]
    pub leaving: Option<Digest>,
    /// Why.
    pub reason: String,
}

impl Office {
    /// Everything that was ever pinned to a round, in its order, by the clock of the database.
    pub async fn pins(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<Pin>, OperationError> {
        let scope = self.scope(caller, Operation::ReadTrial, federation)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        Ok(scope.pins(round).await?)
    }

    /// Undoes the newest activation that was not undone yet. What it goes back to was approved once, or the round was opened with it, so
    /// that one person is enough.
    pub async fn roll_back(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &RoundCode,
        new: NewRollback,
    ) -> Result<Swap, OperationError> {
        let scope = self.scope(caller, Operation::RollBack, federation)?;
        let (round, _) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        problems.none_left()?;
        round.takes_swaps().map_err(not_swapped)?;
        let swap = step_back(&scope.pins(code).await?, new.leaving);
        let swap = swap.ok_or(OperationError::NotPossible { code: "nothing-to-roll-back" })?;
        let release = self.known_release(&scope, swap.release).await?;
        self.ready_to_swap(&scope, &round, swap, &release).await?;

        let arguments = [("round", code.as_str()), ("release", &swap.release.short()), ("by", &caller.label)];
        let notice = self.notice(format!("round/{code}"), "release-rolled-back", &arguments)?;
        let act = self.act(caller, "roll-back", format!("round/{code}"), Some(swap.release), &new.reason);
        let rolled_back = scope.roll_back(code, swap, &Signatory::of(caller), &notice, act).await;
        self.forget_round(federation, code);
        rolled_back.map_err(|error| match error {
            StoreError::RoundMoved => OperationError::NotPossible { code: "activation-overtaken" },
            other => other.into(),
        })?;
        Ok(swap)
    }
}
