//! Whether a revision is taken now, as what, and how late it is: a submission that was sent back has a due date of its own, and what amends
//! something accepted says so.

use domain::amendment::Amendment;
use domain::counting::Counting;
use domain::ids::UnitCode;
use domain::round::{Round, RoundAct};
use jiff::Timestamp;
use store::Scope;

use crate::error::OperationError;

/// How a revision is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taking {
    /// As what.
    pub(crate) act: RoundAct,
    /// Whole hours late.
    pub(crate) hours_late: u32,
}

/// How late a unit's next revision would be at some time, whether it is taken or not.
pub(crate) async fn lateness(
    scope: &Scope,
    round: &Round,
    unit: &UnitCode,
    at: Timestamp,
) -> Result<u32, OperationError> {
    if round.policy.review {
        if let Some(returned) = scope.open_return(&round.code, unit).await? {
            return Ok(returned.hours_late(at));
        }
        if let Some(hours_late) = lateness_of_accepted(scope, round, unit).await? {
            return Ok(hours_late);
        }
    }
    Ok(round.hours_late(at))
}

/// How a unit's next revision is taken at some time. Only a reviewed round is asked whether it sent something back, or accepted it.
pub(crate) async fn taking(
    scope: &Scope,
    round: &Round,
    unit: &UnitCode,
    at: Timestamp,
    amendment: Option<&Amendment>,
) -> Result<Taking, OperationError> {
    let takes_submissions = round.allows(RoundAct::Submit);
    if round.policy.review {
        if let Some(returned) = scope.open_return(&round.code, unit).await? {
            let hours_late = returned.hours_late(at);
            if takes_submissions.is_ok() {
                return Ok(Taking { act: RoundAct::Submit, hours_late });
            }
            round.allows(RoundAct::Resubmit)?;
            if at > returned.due_at {
                return Err(OperationError::RoundClosed);
            }
            return Ok(Taking { act: RoundAct::Resubmit, hours_late });
        }
        if let Some(hours_late) = lateness_of_accepted(scope, round, unit).await? {
            // What amends it counts once a reviewer accepts that, too; so it is taken as long as they are at work.
            return match amendment {
                Some(_) => {
                    round.allows(RoundAct::Amend)?;
                    Ok(Taking { act: RoundAct::Amend, hours_late })
                }
                None => {
                    takes_submissions?;
                    Err(OperationError::NotPossible { code: "amendment-needed" })
                }
            };
        }
    }
    takes_submissions?;
    let is_due = at > round.in_time_until();
    if is_due && amendment.is_none() {
        let counts = scope.counted_revision(&round.code, unit, Counting::HandedIn).await?;
        if counts.is_some() {
            return Err(OperationError::NotPossible { code: "amendment-needed" });
        }
    }
    Ok(Taking { act: RoundAct::Submit, hours_late: round.hours_late(at) })
}

/// How late the revision was that a reviewer accepted; none where none is. Who amends it becomes neither later nor less late.
async fn lateness_of_accepted(scope: &Scope, round: &Round, unit: &UnitCode) -> Result<Option<u32>, OperationError> {
    let Some(number) = scope.counted_revision(&round.code, unit, Counting::Accepted).await? else { return Ok(None) };
    let accepted = scope.revision(&round.code, unit, number).await?.ok_or(OperationError::Missing("revision"))?;
    Ok(Some(accepted.receipt.body.hours_late))
}
