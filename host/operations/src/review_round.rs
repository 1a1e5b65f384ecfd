//! A round whose submissions are reviewed, and the unit whose turn it is: what every act of reviewing begins with.

use domain::access::{Caller, Operation};
use domain::counting::Counting;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::{EVIDENCE_NAMED_MAX, POINTER_BYTES_MAX, REVIEW_TEXT_CHARS_MAX};
use domain::round::{Round, RoundAct};
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;

/// A unit in a reviewed round.
pub(crate) struct Reviewing {
    pub(crate) scope: Scope,
    pub(crate) round: Round,
}

impl Office {
    /// The round of a unit, where the caller may do it, the round is reviewed and its state allows it.
    pub(crate) async fn reviewing(
        &self,
        caller: &Caller,
        operation: Operation,
        act: RoundAct,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Reviewing, OperationError> {
        let scope = self.scope_of_unit(caller, operation, federation, unit)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        scope.unit(unit).await?.ok_or(OperationError::Missing("unit"))?;
        if !round.policy.review {
            return Err(OperationError::NotPossible { code: "round-without-review" });
        }
        round.allows(act)?;
        Ok(Reviewing { scope, round })
    }
}

/// Which revisions count in a round.
pub(crate) const fn counting(round: &Round) -> Counting {
    if round.policy.review { Counting::Accepted } else { Counting::HandedIn }
}

impl Problems {
    /// Notes grounds, a message or a reason of a review that is empty or too long.
    pub(crate) fn review_text(&mut self, pointer: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(pointer, "empty", &[]);
        } else if text.chars().count() > REVIEW_TEXT_CHARS_MAX {
            self.add(pointer, "too-long", &[("limit", &REVIEW_TEXT_CHARS_MAX.to_string())]);
        }
    }

    /// Notes a place that is no pointer into answers. Whether something stands there is not asked: what is missing stands nowhere.
    pub(crate) fn place(&mut self, pointer: &str, at: &str) {
        if !(at.is_empty() || at.starts_with('/')) || at.len() > POINTER_BYTES_MAX {
            self.add(pointer, "not-a-pointer", &[]);
        }
    }

    /// Notes too many pieces of evidence.
    pub(crate) fn evidence(&mut self, pointer: &str, named: usize) {
        if named > EVIDENCE_NAMED_MAX {
            self.add(pointer, "too-many", &[("limit", &EVIDENCE_NAMED_MAX.to_string())]);
        }
    }
}
