//! What is sent back, said, decided, shown and contested.

use utoipa::ToSchema;

use super::activation::Signatory;
use super::submission::CriterionPoints;
use super::{Code, Day, Decimal, Digest, Identifier, Instant, Pointer, Points, Text};

/// Why a field is sent back.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ReturnReason {
    Missing,
    Wrong,
    Inconsistent,
    Unclear,
    EvidenceMissing,
    Other,
}

/// One field that is sent back.
#[derive(ToSchema)]
struct ReturnItem {
    /// Empty for the submission as a whole.
    at: Pointer,
    reason: ReturnReason,
    /// Why, in words.
    text: String,
}

/// What is sent back.
#[derive(ToSchema)]
pub(crate) struct NewReturn {
    /// The newest revision, as the reviewer knows it.
    revision: u32,
    /// Until when the next one is due; it may lie after the round's own due date.
    due_at: Instant,
    items: Vec<ReturnItem>,
}

/// A revision sent back.
#[derive(ToSchema)]
pub(crate) struct SubmissionReturn {
    round: Code,
    unit: Code,
    revision: u32,
    items: Vec<ReturnItem>,
    due_at: Instant,
    /// How many hours late the returned revision was.
    hours_late: u32,
    by: Signatory,
    at: Instant,
}

/// What is accepted.
#[derive(ToSchema)]
pub(crate) struct NewAcceptance {
    /// The newest revision, as the reviewer knows it.
    revision: u32,
    #[schema(required = false)]
    note: String,
}

/// Something to say.
#[derive(ToSchema)]
pub(crate) struct NewMessage {
    /// The field; empty for the submission as a whole.
    at: Pointer,
    text: String,
    /// Whether the matter is settled with it; only those who review may say so.
    #[schema(required = false)]
    closes: bool,
}

/// Who speaks.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Side {
    Member,
    Reviewer,
}

/// What a message does beside what it says.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum MessageKind {
    Said,
    /// The field was sent back.
    Returned(ReturnReason),
    /// The matter is settled.
    Closed,
}

/// One message.
#[derive(ToSchema)]
pub(crate) struct Message {
    id: Identifier,
    at: Pointer,
    /// The revision that was the newest then; 0 before the first.
    revision: u32,
    kind: MessageKind,
    text: String,
    side: Side,
    by: String,
    said_at: Instant,
}

/// What was said about one field.
#[derive(ToSchema)]
pub(crate) struct Conversation {
    at: Pointer,
    /// Whether nobody has closed it since something was last said.
    open: bool,
    messages: Vec<Message>,
}

/// What an entry is to do.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum NewReviewAct {
    /// Gives the points of a criterion that leaves discretion.
    Judge { criterion: String, points: Points },
    /// Counts a value differently from what the member stated.
    AdjustValue { at: Pointer, counted: Decimal },
    /// Adds points or takes some.
    AdjustPoints { criterion: String, points: Points },
    /// Takes an earlier entry back.
    Withdraw { entry: Identifier },
}

/// A new entry.
#[derive(ToSchema)]
pub(crate) struct NewReviewEntry {
    /// The revision that the reviewer has before them.
    revision: u32,
    act: NewReviewAct,
    reason: String,
    /// Digests of attachments.
    #[schema(required = false)]
    evidence: Vec<Digest>,
}

/// What an entry does.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ReviewAct {
    Judge { criterion: String, points: Points },
    AdjustValue { at: Pointer, stated: Decimal, counted: Decimal },
    AdjustPoints { criterion: String, points: Points },
    Withdraw { entry: Identifier },
}

/// One entry.
#[derive(ToSchema)]
struct ReviewEntry {
    id: Identifier,
    round: Code,
    unit: Code,
    revision: u32,
    act: ReviewAct,
    reason: String,
    evidence: Vec<Digest>,
    /// The appeal that it carries out, where it does.
    #[schema(required = true)]
    appeal: Option<Identifier>,
    /// Whether it counts only once a second person has confirmed it.
    needs_second: bool,
    by: Signatory,
    at: Instant,
}

/// The host's signature.
#[derive(ToSchema)]
struct Seal {
    /// The host's Ed25519 public key, Base64.
    key: String,
    /// The signature, Base64.
    signature: String,
}

/// What a second person decides.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Confirmation {
    Confirm,
    Reject,
}

/// A decision of a second person, with its reason.
#[derive(ToSchema)]
pub(crate) struct NewConfirmation {
    decision: Confirmation,
    reason: String,
}

/// A decision on an entry.
#[derive(ToSchema)]
struct EntryDecision {
    confirmation: Confirmation,
    by: Signatory,
    at: Instant,
    reason: String,
    /// The decision of several together that it stands in.
    #[schema(required = true)]
    collective: Option<Identifier>,
}

/// Where an entry stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum EntryState {
    /// Waits for a second person.
    Waiting,
    /// Counts.
    InForce,
    Rejected,
    Withdrawn,
    /// A later entry about the same took its place.
    Replaced,
}

/// An entry with where it stands.
#[derive(ToSchema)]
pub(crate) struct ReviewEntryView {
    state: EntryState,
    entry: ReviewEntry,
    seal: Seal,
    #[schema(required = true)]
    decision: Option<EntryDecision>,
}

/// One criterion in the three columns.
#[derive(ToSchema)]
struct ReviewColumn {
    criterion: String,
    label: Text,
    /// As the member handed it in.
    #[schema(required = true)]
    own: Option<Points>,
    /// With what reviewers decided.
    #[schema(required = true)]
    reviewed: Option<Points>,
    /// After the cohort pass.
    #[schema(required = true)]
    settled: Option<Points>,
}

/// The totals of the three columns.
#[derive(ToSchema)]
struct ReviewTotals {
    #[schema(required = true)]
    own: Option<Points>,
    #[schema(required = true)]
    reviewed: Option<Points>,
    #[schema(required = true)]
    settled: Option<Points>,
}

/// A submission under review.
#[derive(ToSchema)]
pub(crate) struct ReviewView {
    /// The newest revision.
    revision: u32,
    /// The revision that counts, where one does.
    #[schema(required = true)]
    counted: Option<u32>,
    rubric: Digest,
    criteria: Vec<ReviewColumn>,
    totals: ReviewTotals,
    /// The oldest first.
    entries: Vec<ReviewEntryView>,
}

/// Whose turn it is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum ReviewStage {
    /// The member has handed in nothing.
    Missing,
    /// The member has to mend what is held back.
    HeldBack,
    /// The reviewers have to look at it.
    ToReview,
    /// The member has to answer what was sent back.
    Returned,
    /// What was handed in last was accepted.
    Accepted,
}

/// One unit of the reviewers' board.
#[derive(ToSchema)]
pub(crate) struct ReviewRow {
    unit: Code,
    name: String,
    stage: ReviewStage,
    #[schema(required = true)]
    revision: Option<u32>,
    /// The revision that counts, where one does.
    #[schema(required = true)]
    counted: Option<u32>,
    /// Until when the member has to answer what was sent back.
    #[schema(required = true)]
    due_at: Option<Instant>,
    /// Entries that wait for a second person.
    entries_waiting: u32,
    /// Appeals that wait for a decision.
    appeals_waiting: u32,
}

/// One scorecard that there ever was of a submission.
#[derive(ToSchema)]
pub(crate) struct ScorecardVersion {
    revision: u32,
    rubric: Digest,
    /// The identity of what reviewers had decided; none for what the member handed in.
    #[schema(required = true)]
    review: Option<Digest>,
    /// The entries behind it.
    entries: Vec<Identifier>,
    at: Instant,
    /// Points per criterion of the unit pass.
    lines: Vec<CriterionPoints>,
    #[schema(required = true)]
    total: Option<Points>,
}

/// What was decided together.
#[derive(ToSchema)]
pub(crate) struct NewCollectiveDecision {
    /// The day of the meeting.
    held_on: Day,
    /// The number of the minutes.
    minutes: String,
    /// In which functions people took part; never their names.
    present: Vec<String>,
    resolution: String,
    /// The entries that are confirmed by it.
    #[schema(required = false)]
    entries: Vec<Identifier>,
}

/// A decision of several together.
#[derive(ToSchema)]
pub(crate) struct CollectiveDecision {
    id: Identifier,
    round: Code,
    held_on: Day,
    minutes: String,
    present: Vec<String>,
    resolution: String,
    entries: Vec<Identifier>,
    by: Signatory,
    at: Instant,
}

/// What is to be published.
#[derive(ToSchema)]
pub(crate) struct NewPublication {
    /// The newest where it is left out.
    settlement: Option<Identifier>,
    /// Why now, and for a later version what changed.
    reason: String,
}

/// Where a publication stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum PublicationState {
    /// Waits for a second person.
    Waiting,
    Published,
    Rejected,
}

/// A settlement that is shown to the members.
#[derive(ToSchema)]
struct Publication {
    id: Identifier,
    round: Code,
    settlement: Identifier,
    reason: String,
    needs_second: bool,
    by: Signatory,
    at: Instant,
}

/// What a second person decided.
#[derive(ToSchema)]
struct PublicationDecision {
    confirmation: Confirmation,
    by: Signatory,
    at: Instant,
    reason: String,
}

/// A publication with where it stands.
#[derive(ToSchema)]
pub(crate) struct PublicationView {
    state: PublicationState,
    publication: Publication,
    #[schema(required = true)]
    decision: Option<PublicationDecision>,
}

/// What a member contests.
#[derive(ToSchema)]
pub(crate) struct NewAppeal {
    criterion: String,
    /// On what grounds.
    grounds: String,
    /// Digests of attachments.
    #[schema(required = false)]
    evidence: Vec<Digest>,
}

/// What a member contests, as it is kept.
#[derive(ToSchema)]
pub(crate) struct Appeal {
    id: Identifier,
    round: Code,
    unit: Code,
    /// Against what was shown in it.
    publication: Identifier,
    criterion: String,
    grounds: String,
    evidence: Vec<Digest>,
    by: Signatory,
    at: Instant,
}

/// How an appeal ends.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum AppealOutcome {
    Upheld,
    PartlyUpheld,
    Dismissed,
}

/// What is decided about an appeal.
#[derive(ToSchema)]
pub(crate) struct NewAppealDecision {
    outcome: AppealOutcome,
    reason: String,
    /// What carries it out, where the score changes.
    #[schema(required = false)]
    acts: Vec<NewReviewAct>,
}

/// What was decided about an appeal.
#[derive(ToSchema)]
struct AppealDecision {
    outcome: AppealOutcome,
    reason: String,
    /// The entries that carry it out.
    entries: Vec<Identifier>,
    by: Signatory,
    at: Instant,
}

/// An appeal with what was decided.
#[derive(ToSchema)]
pub(crate) struct KnownAppeal {
    appeal: Appeal,
    #[schema(required = true)]
    decision: Option<AppealDecision>,
}
