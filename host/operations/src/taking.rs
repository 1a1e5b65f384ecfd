//! Whether a revision is taken now, as what, and how late it is: a submission that was sent back has a due date of its own.

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
    let returned = if round.policy.review { scope.open_return(&round.code, unit).await? } else { None };
    Ok(returned.map_or_else(|| round.hours_late(at), |returned| returned.hours_late(at)))
}

/// How a unit's next revision is taken at some time. Only a reviewed round is asked whether it sent something back.
pub(crate) async fn taking(
    scope: &Scope,
    round: &Round,
    unit: &UnitCode,
    at: Timestamp,
) -> Result<Taking, OperationError> {
    let returned = if round.policy.review { scope.open_return(&round.code, unit).await? } else { None };
    let Some(returned) = returned else {
        round.allows(RoundAct::Submit)?;
        return Ok(Taking { act: RoundAct::Submit, hours_late: round.hours_late(at) });
    };
    let hours_late = returned.hours_late(at);
    if round.allows(RoundAct::Submit).is_ok() {
        return Ok(Taking { act: RoundAct::Submit, hours_late });
    }
    round.allows(RoundAct::Resubmit)?;
    if at > returned.due_at {
        return Err(OperationError::RoundClosed);
    }
    Ok(Taking { act: RoundAct::Resubmit, hours_late })
}
