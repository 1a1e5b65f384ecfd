//! A round is read, and taken from one step of its life to the next.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::audit::Act;
use domain::ids::{FederationCode, RoundCode};
use domain::round::{NotNow, Round, RoundAct};
use domain::rubric::Description;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::publication::NewPublication;

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

    /// Takes a round a step on in its life (opens, closes, reopens it, hands it to the reviewers, publishes it …), with a reason.
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
        let (round, version) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        if act == RoundAct::Publish {
            // Published is a settlement, and in a round that wants two persons not before the second agrees.
            let new = NewPublication { settlement: None, reason: reason.to_owned() };
            self.publish(caller, federation, code, new, None).await?;
            let (round, _) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
            return Ok(round);
        }
        // What a person does to a submission or to the results has a way of its own, which records what it did.
        let Some(verb) = act.steering_verb() else {
            return Err(OperationError::RoundStep(NotNow { act, state: round.state, possible: round.possible_acts() }));
        };
        let now = self.now();
        let after = round.after(act, now)?;
        if act == RoundAct::Finalise {
            let appeals = scope.appeals_of_round(code).await?;
            if appeals.iter().any(|known| known.decision.is_none()) {
                return Err(OperationError::NotPossible { code: "appeals-wait" });
            }
        }
        let entry = Act { at: now, ..self.act(caller, verb, format!("round/{code}"), None, reason) };
        scope.change_round(&after, version, &Signatory::of(caller), entry).await?;
        self.forget_round(federation, code);
        Ok(after)
    }
}
