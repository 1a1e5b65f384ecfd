//! A reviewer accepts a revision: from then on it counts.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::round::RoundAct;
use domain::submission::{Receipt, Standing};
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::review_round::Reviewing;

/// What is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAcceptance {
    /// The newest revision, as the reviewer knows it.
    pub revision: u32,
    /// What there is to say about it.
    #[serde(default)]
    pub note: String,
}

impl Office {
    /// Lets the newest revision of a unit count; gives the receipt of what was accepted. What is held back cannot be accepted.
    pub async fn accept_submission(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewAcceptance,
    ) -> Result<Receipt, OperationError> {
        let asked = (Operation::AcceptSubmission, RoundAct::Review);
        let Reviewing { scope, round } = self.reviewing(caller, asked.0, asked.1, federation, round, unit).await?;
        let mut problems = Problems::default();
        if !new.note.is_empty() {
            problems.review_text("/note", &new.note);
        }
        problems.none_left()?;
        let newest = scope.latest_revision(&round.code, unit).await?.ok_or(OperationError::Missing("revision"))?;
        if newest.envelope.revision != new.revision {
            return Err(OperationError::Stale { current: Some(newest.envelope.revision) });
        }
        let receipt = newest.receipt;
        if receipt.body.standing == Standing::Blocked {
            return Err(OperationError::NotPossible { code: "revision-held-back" });
        }
        let subject = format!("submission/{}/{unit}/{}", round.code, new.revision);
        let act = self.act(caller, "accept-submission", subject, Some(receipt.body.answers), &new.note);
        scope.accept_revision(&round.code, unit, new.revision, &Signatory::of(caller), act).await?;
        Ok(receipt)
    }
}
