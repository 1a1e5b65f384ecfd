//! Everything that can be asked of the house, each with its row of the access table: how far a grant must reach, which roles may, and for what a
//! token must have been issued.

use serde::{Deserialize, Serialize};

use crate::access::grant::Role;

/// How far a grant must reach for an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// To the host itself.
    Host,
    /// Over the whole federation: a grant on a part of it is not enough.
    Federation,
    /// Into the federation: it shows this to everybody who has any part in it.
    AnyPart,
    /// To the unit that it is done to: the grant's unit itself, one below it, or one that was merged into one of them.
    Unit,
}

/// An operation's row of the access table. Whatever it does not name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// How far a grant must reach.
    pub reach: Reach,
    /// Who may.
    pub roles: &'static [Role],
    /// For what a token must have been issued that was issued for something only. With such a token nobody lets others in, or it could be
    /// exchanged for one that was issued for everything; what has no scope here is like that.
    pub scopes: &'static [TokenScope],
}

/// For what a token was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenScope {
    /// To see what its owner sees.
    Read,
    /// To do a member's work: hand in, answer, appeal, put right.
    Submit,
    /// To do a reviewer's and an approver's work on submissions.
    Review,
    /// To run a federation: units, releases, rounds, results, notices.
    Steer,
}

/// The access table. An operation without a row is no operation, so that none can be forgotten here or in [`Operation::ALL`].
macro_rules! operations {
    ($($(#[$doc:meta])+ $name:ident: $reach:ident by $($role:ident)|+ $(as $($scope:ident)|+)?;)+) => {
        /// Everything that can be asked of the house.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Operation {
            $($(#[$doc])+ $name,)+
        }

        impl Operation {
            /// Every operation, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its row of the table.
            pub const fn row(self) -> Row {
                match self {
                    $(Self::$name => Row {
                        reach: Reach::$reach,
                        roles: &[$(Role::$role),+],
                        scopes: &[$($(TokenScope::$scope),+)?],
                    },)+
                }
            }
        }
    };
}

operations! {
    // ---- The host -------------------------------------------------------------------------------------------------------------

    /// Enrol a federation.
    EnrolFederation: Host by Operator as Steer;
    /// See which federations there are.
    ListFederations: Host by Operator as Read;
    /// Read the figures of the whole host: of every federation's releases, and nothing of anybody's answers.
    ReadMetrics: Host by Operator as Read;

    // ---- A federation's people and units ----------------------------------------------------------------------------------------

    /// Issue a token for a federation's own people.
    IssueToken: Federation by Operator | FederationAdmin;
    /// Let people in, say what they are, shut them out.
    SteerAccounts: Federation by Operator | FederationAdmin;
    /// Say which provider of identities is believed: it lets in whomever it likes, so no token that is for something only does that.
    SteerSignOn: Federation by FederationAdmin;
    /// See who has an account, and what they are.
    ReadAccounts: Federation by FederationAdmin | Auditor as Read;
    /// Set how the federation's documents look.
    SteerStyle: Federation by FederationAdmin as Steer;
    /// Register or change org units.
    RegisterUnits: Federation by FederationAdmin as Steer;
    /// See the org units.
    ListUnits: Federation by FederationAdmin | Reviewer | Auditor as Read;

    // ---- Releases -----------------------------------------------------------------------------------------------------------------

    /// Upload a plugin.
    AdmitRelease: Federation by FederationAdmin as Steer;
    /// See releases.
    ReadRelease: AnyPart by FederationAdmin | Reviewer | Approver | MemberClerk | MemberSignatory | Auditor as Read;
    /// Propose that a round goes on with another release.
    ProposeActivation: Federation by FederationAdmin as Steer;
    /// Approve or reject what somebody else proposed.
    DecideActivation: Federation by FederationAdmin | Approver as Steer;
    /// Let a round go back to the release that it had before.
    RollBack: Federation by FederationAdmin as Steer;
    /// Take a release that nothing uses out of use.
    WithdrawRelease: Federation by FederationAdmin as Steer;
    /// Set when a faulting release is quarantined, and lift a quarantine.
    Quarantine: Federation by FederationAdmin as Steer;
    /// Set whose signatures on components are believed.
    SteerTrust: Federation by FederationAdmin as Steer;
    /// Try a release on what was handed in.
    TryRelease: Federation by FederationAdmin as Steer;
    /// Read what a trial found, and what was proposed and decided upon it.
    ReadTrial: Federation by FederationAdmin | Approver | Auditor as Read;
    /// Read how a release fares: its evaluations, its faults, its quarantines, the notices.
    WatchRelease: Federation by FederationAdmin | Auditor as Read;

    // ---- Rounds -------------------------------------------------------------------------------------------------------------------

    /// Open a round, close it, open it again.
    SteerRound: Federation by FederationAdmin as Steer;
    /// See a round, its form and its due date.
    ReadRound: AnyPart by FederationAdmin | Reviewer | Approver | MemberClerk | MemberSignatory | Auditor as Read;
    /// See how far everybody is.
    ReadProgress: Federation by FederationAdmin | Reviewer | Auditor as Read;

    // ---- A unit's submission ------------------------------------------------------------------------------------------------------

    /// Read what a unit is still writing.
    ReadDraft: Unit by MemberClerk | MemberSignatory as Read;
    /// Write on what a unit will hand in.
    EditDraft: Unit by MemberClerk as Submit;
    /// Sign what a unit hands in, or send it back to those who wrote it.
    SignSubmission: Unit by MemberSignatory as Submit;
    /// Hand in a revision for a unit.
    Submit: Unit by MemberClerk as Submit;
    /// Read a unit's submission, findings, scorecard and receipt.
    ReadSubmission: Unit by FederationAdmin | Reviewer | Approver | MemberClerk | MemberSignatory | Auditor as Read;
    /// See the names of persons in a unit's answers.
    ReadPersonal: Unit by FederationAdmin | Reviewer | MemberClerk | MemberSignatory as Read;
    /// Attach a file to a unit's submission, or withdraw one.
    Attach: Unit by FederationAdmin | Reviewer | MemberClerk as Submit | Review;
    /// Say something about a unit's submission.
    Converse: Unit by FederationAdmin | Reviewer | MemberClerk | MemberSignatory as Submit | Review;
    /// Appeal against a unit's points.
    Appeal: Unit by MemberClerk | MemberSignatory as Submit;
    /// Plan and do what a unit has to put right.
    Rectify: Unit by MemberClerk as Submit;

    // ---- Its review ---------------------------------------------------------------------------------------------------------------

    /// Send a unit's revision back for correction.
    ReturnSubmission: Unit by FederationAdmin | Reviewer as Review;
    /// Let a unit's revision count.
    AcceptSubmission: Unit by FederationAdmin | Reviewer as Review;
    /// Judge and adjust a unit's submission.
    ReviewSubmission: Unit by FederationAdmin | Reviewer as Review;
    /// Confirm or reject, as a second person, what somebody decided about a unit's submission.
    ConfirmReview: Unit by FederationAdmin | Reviewer | Approver as Review;
    /// See a unit's review as it stands, before it is published.
    ReadReview: Unit by FederationAdmin | Reviewer | Approver | Auditor as Read;
    /// Waive a check of a round's rubric for one unit, or let it weigh otherwise.
    RuleChecks: Federation by FederationAdmin as Steer;
    /// Record what several decided together.
    RecordCollectiveDecision: Federation by FederationAdmin | Reviewer | Approver as Review;
    /// Read a round's collective decisions and appeals.
    ReadReviews: Federation by FederationAdmin | Reviewer | Approver | Auditor as Read;

    // ---- Results ------------------------------------------------------------------------------------------------------------------

    /// Settle the cohort, roll up, compose everybody's report.
    Settle: Federation by FederationAdmin as Steer;
    /// Read settlements, rankings and roll-ups.
    ReadRollUp: Federation by FederationAdmin | Reviewer | Approver | Auditor as Read;
    /// Publish a round's results to the members, or propose it.
    Publish: Federation by FederationAdmin as Steer;
    /// Approve or reject, as a second person, that results are published.
    DecidePublication: Federation by FederationAdmin | Approver as Steer;
    /// Decide a unit's appeal.
    DecideAppeal: Unit by FederationAdmin | Approver as Review;
    /// Say what a unit has to put right, and accept that it is so.
    SteerRectification: Unit by FederationAdmin | Reviewer as Review;

    // ---- What the house keeps -----------------------------------------------------------------------------------------------------

    /// Read a job of the federation.
    ReadJob: Federation by FederationAdmin | Auditor as Read;
    /// Read and replay evaluations.
    ReplayEvaluations: Federation by FederationAdmin | Auditor as Read;
    /// Read the audit log.
    ReadAudit: Federation by FederationAdmin | Auditor as Read;
    /// Read what leaves the house: notices on their way, and where they go.
    ReadPost: Federation by FederationAdmin | Auditor as Read;
    /// Set where notices go, and have them tried again.
    SteerPost: Federation by FederationAdmin as Steer;
}
