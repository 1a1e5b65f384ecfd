//! A round's releases as they are replaced, and what takes a release out of use.

use utoipa::ToSchema;

use super::{Code, Digest, Identifier, Instant, Text};

/// What somebody proposes.
#[derive(ToSchema)]
pub(crate) struct NewProposal {
    /// The release that the round is to go on with.
    release: Digest,
    /// The trial of that release on that round.
    trial: Identifier,
    /// Why.
    reason: String,
}

/// What a second person decides.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum DecisionOnProposal {
    /// The round goes on with the release, from this moment on.
    Approve,
    /// Nothing changes.
    Reject,
}

/// A decision, with its reason.
#[derive(ToSchema)]
pub(crate) struct NewDecision {
    decision: DecisionOnProposal,
    /// Why.
    reason: String,
}

/// That a round is to go back.
#[derive(ToSchema)]
pub(crate) struct NewRollback {
    /// The release that the round is to leave; where it is left out, the one that came in last.
    leaving: Option<Digest>,
    /// Why.
    reason: String,
}

/// Why something is to be done.
#[derive(ToSchema)]
pub(crate) struct NewReason {
    /// Why.
    reason: String,
}

/// Where a proposal stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ActivationState {
    /// Waits for a second person.
    Proposed,
    /// The round went on with the release from then on.
    Approved,
    Rejected,
    /// What it was to replace is no longer in force, or the round keeps its releases.
    Overtaken,
}

/// As what a release is used.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum UsedAs {
    Rubric,
    Report,
    Reader,
}

/// Somebody who did something.
#[derive(ToSchema)]
pub(super) struct Signatory {
    /// The token that was shown.
    token: Identifier,
    /// Its label.
    label: String,
}

/// What was proposed.
#[derive(ToSchema)]
struct Proposal {
    id: Identifier,
    round: Code,
    kind: UsedAs,
    /// The release in force that is to be replaced: the trial's baseline.
    replaces: Digest,
    release: Digest,
    trial: Identifier,
    reason: String,
    by: Signatory,
    at: Instant,
}

/// What became of a proposal.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ActivationAct {
    Approve,
    Reject,
    Overtake,
}

/// Who decided what, when and why.
#[derive(ToSchema)]
struct Decision {
    act: ActivationAct,
    by: Signatory,
    at: Instant,
    reason: String,
}

/// A proposal, what became of it, and where it stands.
#[derive(ToSchema)]
pub(crate) struct Activation {
    state: ActivationState,
    proposal: Proposal,
    #[schema(required = true)]
    decision: Option<Decision>,
}

/// One release takes another's place.
#[derive(ToSchema)]
pub(crate) struct Swap {
    kind: UsedAs,
    replaces: Digest,
    release: Digest,
}

/// How a release came to be pinned.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum PinnedBy {
    Opening,
    Activation,
    Rollback,
}

/// A release is pinned to a round, by the clock of the database.
#[derive(ToSchema)]
pub(crate) struct Pin {
    kind: UsedAs,
    release: Digest,
    /// What it replaced; none at the opening.
    #[schema(required = true)]
    replaces: Option<Digest>,
    by: PinnedBy,
    since: Instant,
    /// None while it is in force.
    #[schema(required = true)]
    until: Option<Instant>,
}

/// How much a federation allows its releases to fail.
#[derive(ToSchema)]
pub(crate) struct QuarantinePolicy {
    /// So many different inputs may fail within the window; one more, and the release is quarantined. At most 1,000.
    faults_max: u32,
    /// How far back faults count, in seconds; at most a week.
    window_seconds: u32,
}

/// How a quarantine ended.
#[derive(ToSchema)]
struct Lifting {
    by: Signatory,
    at: Instant,
    reason: String,
}

/// A release was quarantined.
#[derive(ToSchema)]
pub(crate) struct Quarantine {
    release: Digest,
    placed_at: Instant,
    /// How many different inputs had failed.
    inputs: u32,
    /// What was allowed then.
    policy: QuarantinePolicy,
    /// None while it lasts.
    #[schema(required = true)]
    lifted: Option<Lifting>,
}

/// A release was withdrawn.
#[derive(ToSchema)]
pub(crate) struct Withdrawal {
    release: Digest,
    by: Signatory,
    at: Instant,
    reason: String,
}

/// What the administration should know.
#[derive(ToSchema)]
pub(crate) struct Notice {
    id: Identifier,
    at: Instant,
    /// What it is about.
    subject: String,
    /// Stable, kebab-case.
    code: String,
    message: Text,
}
