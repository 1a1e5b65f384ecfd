//! A round's rubric is replaced by another release while the round goes on.

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode};
use domain::round::{Round, RoundAct};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

impl Office {
    /// Replaces the rubric in force, with a reason. What was handed in stays as it is; the next settlement scores it anew.
    ///
    /// A submission that is being judged meanwhile notices inside its own transaction and is judged again by the new rubric.
    pub async fn replace_rubric(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &RoundCode,
        rubric: Digest,
        reason: &str,
    ) -> Result<Round, OperationError> {
        let scope = self.scope(caller, Operation::SteerRound, federation)?;
        let (mut round, version) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        let mut problems = Problems::default();
        problems.name("/reason", reason);
        self.examine_releases(&scope, rubric, &round.reports, &mut problems).await?;
        problems.none_left()?;
        // It is made ready to run before anybody meets it, so that no request notices the swap.
        self.rubric(&scope, rubric).await?;
        round.state = round
            .state
            .after(RoundAct::ReplaceRubric)
            .ok_or(OperationError::NotPossible { code: "round-act-not-possible" })?;
        round.rubric = rubric;
        let act = self.act(caller, "replace-rubric", format!("round/{code}"), Some(rubric), reason);
        scope.change_round(&round, version, act).await?;
        self.forget_round(federation, code);
        Ok(round)
    }
}
