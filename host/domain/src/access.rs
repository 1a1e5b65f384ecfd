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
    /// Approves what others of a federation propose, and sees what is needed for that.
    Approver {
        /// Of which federation.
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
    /// The token whose bearer issued it, where it was issued through the house.
    pub issued_by: Option<TokenId>,
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
    /// Open a round, close it, open it again.
    SteerRound,
    /// See a round, its form and its due date.
    ReadRound,
    /// Read what a unit is still writing.
    ReadDraft,
    /// Write on what a unit will hand in.
    EditDraft,
    /// Hand in a revision for a unit.
    Submit,
    /// Read a unit's submission, findings, scorecard and receipt.
    ReadSubmission,
    /// See how far everybody is.
    ReadProgress,
    /// Send a unit's revision back for correction.
    ReturnSubmission,
    /// Let a unit's revision count.
    AcceptSubmission,
    /// Judge and adjust a unit's submission.
    ReviewSubmission,
    /// Confirm or reject, as a second person, what somebody decided about a unit's submission.
    ConfirmReview,
    /// Record what several decided together.
    RecordCollectiveDecision,
    /// See a unit's review as it stands, before it is published.
    ReadReview,
    /// Read a round's collective decisions and appeals.
    ReadReviews,
    /// Say something about a unit's submission.
    Converse,
    /// Publish a round's results to the members, or propose it.
    Publish,
    /// Approve or reject, as a second person, that results are published.
    DecidePublication,
    /// Appeal against a unit's points.
    Appeal,
    /// Decide a unit's appeal.
    DecideAppeal,
    /// Say what a unit has to put right, and accept that it is so.
    SteerRectification,
    /// Plan and do what a unit has to put right.
    Rectify,
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
    /// Propose that a round goes on with another release.
    ProposeActivation,
    /// Approve or reject what somebody else proposed.
    DecideActivation,
    /// Let a round go back to the release that it had before.
    RollBack,
    /// Take a release that nothing uses out of use.
    WithdrawRelease,
    /// Set when a faulting release is quarantined, and lift a quarantine.
    Quarantine,
    /// Set whose signatures on components are believed.
    SteerTrust,
    /// Try a release on what was handed in.
    TryRelease,
    /// Read what a trial found, and what was proposed and decided upon it.
    ReadTrial,
    /// Read how a release fares: its evaluations, its faults, its quarantines, the notices.
    WatchRelease,
    /// Read what leaves the house: notices on their way, and where they go.
    ReadPost,
    /// Set where notices go, and have them tried again.
    SteerPost,
    /// Read the figures of the whole host: of every federation's releases, and nothing of anybody's answers.
    ReadMetrics,
}

impl Operation {
    /// Every operation, for the table's test.
    pub const ALL: [Self; 45] = [
        Self::EnrolFederation,
        Self::ListFederations,
        Self::IssueToken,
        Self::RegisterUnits,
        Self::ListUnits,
        Self::AdmitRelease,
        Self::ReadRelease,
        Self::SteerRound,
        Self::ReadRound,
        Self::ReadDraft,
        Self::EditDraft,
        Self::Submit,
        Self::ReadSubmission,
        Self::ReadProgress,
        Self::ReturnSubmission,
        Self::AcceptSubmission,
        Self::ReviewSubmission,
        Self::ConfirmReview,
        Self::RecordCollectiveDecision,
        Self::ReadReview,
        Self::ReadReviews,
        Self::Converse,
        Self::Publish,
        Self::DecidePublication,
        Self::Appeal,
        Self::DecideAppeal,
        Self::SteerRectification,
        Self::Rectify,
        Self::Settle,
        Self::ReadRollUp,
        Self::ReadJob,
        Self::ReplayEvaluations,
        Self::ReadAudit,
        Self::ProposeActivation,
        Self::DecideActivation,
        Self::RollBack,
        Self::WithdrawRelease,
        Self::Quarantine,
        Self::SteerTrust,
        Self::TryRelease,
        Self::ReadTrial,
        Self::WatchRelease,
        Self::ReadPost,
        Self::SteerPost,
        Self::ReadMetrics,
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
            (Role::Operator, Target::Host) => {
                matches!(operation, O::EnrolFederation | O::ListFederations | O::ReadMetrics)
            }
            (Role::Operator, Target::Federation(_)) => matches!(operation, O::IssueToken),
            (Role::FederationAdmin { federation: own }, Target::Federation(federation)) => {
                let of_others = matches!(
                    operation,
                    O::EnrolFederation
                        | O::ListFederations
                        | O::ReadDraft
                        | O::EditDraft
                        | O::Submit
                        | O::Appeal
                        | O::Rectify
                        | O::ReadMetrics
                );
                own == federation && !of_others
            }
            (Role::FederationAdmin { federation: own }, Target::Unit(federation, _)) => {
                own == federation
                    && matches!(
                        operation,
                        O::ReadSubmission
                            | O::ReturnSubmission
                            | O::AcceptSubmission
                            | O::ReviewSubmission
                            | O::ConfirmReview
                            | O::ReadReview
                            | O::Converse
                            | O::DecideAppeal
                            | O::SteerRectification
                    )
            }
            (Role::Approver { federation: own }, Target::Federation(federation)) => {
                own == federation
                    && matches!(
                        operation,
                        O::ReadRelease
                            | O::ReadRound
                            | O::ReadTrial
                            | O::ReadRollUp
                            | O::DecideActivation
                            | O::ReadReviews
                            | O::RecordCollectiveDecision
                            | O::DecidePublication
                    )
            }
            (Role::Approver { federation: own }, Target::Unit(federation, _)) => {
                own == federation
                    && matches!(operation, O::ReadSubmission | O::ReadReview | O::ConfirmReview | O::DecideAppeal)
            }
            (Role::Member { federation: own, .. }, Target::Federation(federation)) => {
                own == federation && matches!(operation, O::ReadRound | O::ReadRelease)
            }
            (Role::Member { federation: own, unit: me }, Target::Unit(federation, unit)) => {
                own == federation
                    && me == unit
                    && matches!(
                        operation,
                        O::ReadDraft
                            | O::EditDraft
                            | O::Submit
                            | O::ReadSubmission
                            | O::Converse
                            | O::Appeal
                            | O::Rectify
                    )
            }
            (Role::Operator, Target::Unit(..))
            | (Role::FederationAdmin { .. } | Role::Approver { .. } | Role::Member { .. }, Target::Host) => false,
        };
        if allowed { Ok(()) } else { Err(NotAllowed) }
    }
}
