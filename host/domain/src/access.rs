//! Who may do what: the one table that decides, and it fails closed.

use serde::{Deserialize, Serialize};

use crate::ids::{FederationCode, TokenId, UnitCode};

/// What a bearer token stands for. The scope is part of the role, so that no role can exist without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "role")]
pub enum Role {
    /// Runs the host: enrols federations, issues their first tokens, sees no submission.
    Operator,
    /// Runs a federation.
    FederationAdmin {
        /// Which one.
        federation: FederationCode,
    },
    /// Acts for one member.
    Member {
        /// Of which federation.
        federation: FederationCode,
        /// Which member.
        unit: UnitCode,
    },
}

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token that was shown.
    pub token: TokenId,
    /// What the token was issued for: stands as the actor in the audit log.
    pub label: String,
    /// What it stands for.
    pub role: Role,
}

/// Everything that can be asked of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Enrol a federation.
    EnrolFederation,
    /// See which federations there are.
    ListFederations,
    /// Issue a token for a federation's own people.
    IssueToken,
    /// Register or change org units.
    RegisterUnits,
    /// See the org units.
    ListUnits,
    /// Upload a plugin.
    AdmitRelease,
    /// See releases.
    ReadRelease,
    /// Open a round, change its rubric, close it.
    SteerRound,
    /// See a round, its form and its due date.
    ReadRound,
    /// Hand in a revision for a unit.
    Submit,
    /// Read a unit's submission, findings, scorecard and receipt.
    ReadSubmission,
    /// See how far everybody is.
    ReadProgress,
    /// Settle the cohort, roll up, compose everybody's report.
    Settle,
    /// Read settlements, rankings and roll-ups.
    ReadRollUp,
    /// Read a job of the federation.
    ReadJob,
    /// Read and replay evaluations.
    ReplayEvaluations,
    /// Read the audit log.
    ReadAudit,
}

impl Operation {
    /// Every operation, for the table's test.
    pub const ALL: [Self; 17] = [
        Self::EnrolFederation,
        Self::ListFederations,
        Self::IssueToken,
        Self::RegisterUnits,
        Self::ListUnits,
        Self::AdmitRelease,
        Self::ReadRelease,
        Self::SteerRound,
        Self::ReadRound,
        Self::Submit,
        Self::ReadSubmission,
        Self::ReadProgress,
        Self::Settle,
        Self::ReadRollUp,
        Self::ReadJob,
        Self::ReplayEvaluations,
        Self::ReadAudit,
    ];
}

/// What an operation is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// The host itself.
    Host,
    /// A federation as a whole.
    Federation(&'a FederationCode),
    /// One unit of a federation.
    Unit(&'a FederationCode, &'a UnitCode),
}

/// The caller may not. Whether the target exists is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this token does not allow it")]
pub struct NotAllowed;

impl Caller {
    /// Whether the caller may do the operation to the target. Whatever no line below allows is refused.
    pub fn may(&self, operation: Operation, target: Target<'_>) -> Result<(), NotAllowed> {
        use Operation as O;
        let allowed = match (&self.role, target) {
            (Role::Operator, Target::Host) => matches!(operation, O::EnrolFederation | O::ListFederations),
            (Role::Operator, Target::Federation(_)) => matches!(operation, O::IssueToken),
            (Role::FederationAdmin { federation: own }, Target::Federation(federation)) => {
                own == federation && !matches!(operation, O::EnrolFederation | O::ListFederations | O::Submit)
            }
            (Role::FederationAdmin { federation: own }, Target::Unit(federation, _)) => {
                own == federation && matches!(operation, O::ReadSubmission)
            }
            (Role::Member { federation: own, .. }, Target::Federation(federation)) => {
                own == federation && matches!(operation, O::ReadRound | O::ReadRelease)
            }
            (Role::Member { federation: own, unit: me }, Target::Unit(federation, unit)) => {
                own == federation && me == unit && matches!(operation, O::Submit | O::ReadSubmission)
            }
            (Role::Operator, Target::Unit(..)) | (Role::FederationAdmin { .. } | Role::Member { .. }, Target::Host) => {
                false
            }
        };
        if allowed { Ok(()) } else { Err(NotAllowed) }
    }
}
