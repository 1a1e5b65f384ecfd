//! A round is read, closed and opened again.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::ids::{FederationCode, RoundCode};
use domain::round::{Round, RoundAct};
use domain::rubric::Description;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// A round with the description of the rubric in force (its form among it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundView {
    /// The round.
    #[serde(flatten)]
    pub round: Round,
    /// What the rubric in force says of itself.
    pub description: Description,
}

impl Office {
    /// The rounds, in order of their codes.
    pub async fn rounds(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<Round>, OperationError> {
        let scope = self.scope(caller, Operation::ReadRound, federation)?;
        Ok(scope.rounds().await?)
    }

    /// One round.
    pub async fn round(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &RoundCode,
    ) -> Result<RoundView, OperationError> {
        let scope = self.scope(caller, Operation::ReadRound, federation)?;
        let (round, _) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        let release = self.known_release(&scope, round.rubric).await?;
        let description = release.descriptions.rubric.clone();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        Ok(RoundView { round, description })
    }

    /// Closes a round or opens it again (`RoundAct::Close`, `RoundAct::Reopen`), with a reason.
    pub async fn act_on_round(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &RoundCode,
        act: RoundAct,
        reason: &str,
    ) -> Result<Round, OperationError> {
        let scope = self.scope(caller, Operation::SteerRound, federation)?;
        let mut problems = Problems::default();
        problems.name("/reason", reason);
        problems.none_left()?;
        let verb = match act {
            RoundAct::Close => "close-round",
            RoundAct::Reopen => "reopen-round",
            RoundAct::ReplaceRelease | RoundAct::Submit | RoundAct::Settle => {
                return Err(OperationError::NotPossible { code: "round-act-not-possible" });
            }
        };
        let (round, version) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        let round = round.after(act).ok_or(OperationError::NotPossible { code: "round-act-not-possible" })?;
        let entry = self.act(caller, verb, format!("round/{code}"), None, reason);
        scope.change_round(&round, version, &Signatory::of(caller), entry).await?;
        self.forget_round(federation, code);
        Ok(round)
    }
}
