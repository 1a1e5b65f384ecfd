//! What a federation decides about the checks of a round's rubric.

use utoipa::ToSchema;

use super::activation::Signatory;
use super::plugin::Severity;
use super::{Code, Day, Identifier, Instant};

/// What is decided about a check.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum CheckRuleAct {
    /// Whatever it finds in a unit's submission holds nothing back.
    Waive { check: String, unit: Code },
    /// It weighs otherwise in what is received from a day on.
    Weigh { check: String, severity: Severity, since: Day },
    /// An earlier rule holds no more in what is received from now on.
    Withdraw { rule: Identifier },
}

/// What is to be decided about a check.
#[derive(ToSchema)]
pub(crate) struct NewCheckRule {
    act: CheckRuleAct,
    reason: String,
}

/// A decision about a check.
#[derive(ToSchema)]
pub(crate) struct CheckRule {
    id: Identifier,
    round: Code,
    act: CheckRuleAct,
    reason: String,
    by: Signatory,
    at: Instant,
}

/// Why a finding weighs what it does, where the federation decided that.
#[derive(ToSchema)]
pub(super) struct Ruled {
    rule: Identifier,
    /// Whether the check is waived; else it weighs otherwise.
    waived: bool,
    by: String,
    reason: String,
}
