//! How the office's answers look on the wire, for the OpenAPI document only.
//!
//! What goes over the wire are the office's own views; the types here are never made, only described. That both agree is held by
//! a test, which compares real answers with the document: a field that is missing on either side fails it.
#![expect(dead_code, reason = "these types are only described, never made")]

mod activation;
mod attachment;
mod audit;
mod check_rule;
mod draft;
mod people;
mod plugin;
mod post;
mod rectification;
mod result;
mod review;
mod style;
mod submission;
mod table;
mod transfer;
mod trial;
mod trust;
mod unit;
mod watching;

use utoipa::ToSchema;

pub(crate) use activation::{
    Activation, NewDecision, NewProposal, NewReason, NewRollback, Notice, Pin, Quarantine, QuarantinePolicy, Swap,
    Withdrawal,
};
pub(crate) use attachment::{Attachment, NewAttachmentWithdrawal};
pub(crate) use audit::{AuditEntry, Checkpoint};
pub(crate) use check_rule::{CheckRule, NewCheckRule};
pub(crate) use draft::{BesideDraft, Draft, DraftPatch, NewDraft, NewDraftStep, NewPresentation};
pub(crate) use people::{
    Account, NewAccount, NewAccountState, NewGrantChange, NewOwnPassword, NewOwnToken, NewPassword, NewRevocation,
    NewSession, NewSignOn, Session, SignOn, Token,
};
pub(crate) use plugin::Release;
pub(crate) use post::{Delivery, DeliveryView, MemberNotice, NewWebhook, Webhook};
pub(crate) use rectification::{Deduction, NewRectificationStep, NewRectifications, Rectification, Rectifications};
pub(crate) use result::{
    Evaluation, ExplainedScorecard, Job, OwnStanding, ProgressWall, Ranking, Replayed, RollUpView, RubricComparison,
};
pub(crate) use review::{
    Appeal, CollectiveDecision, Conversation, KnownAppeal, Message, NewAcceptance, NewAppeal, NewAppealDecision,
    NewCollectiveDecision, NewConfirmation, NewMessage, NewPublication, NewReturn, NewReviewEntry, PublicationView,
    ReviewEntryView, ReviewRow, ReviewView, ScorecardVersion, SubmissionReturn,
};
pub(crate) use style::StyleSheet;
pub(crate) use submission::{
    Differences, FindingsView, NewPreCheck, NewRevision, PreCheckPack, PreChecked, Receipt, RevisionRow,
    SubmissionView, Submitted, SubmittedWorkbook,
};
pub(crate) use table::{PointTableView, ReleaseComparison};
pub(crate) use transfer::{Import, NewImport, RollUpExport};
pub(crate) use trial::{NewTrial, Trial, TrialComparison, TrialView};
pub(crate) use trust::{NewTrust, Trust};
pub(crate) use unit::{NewMerger, NewName, UnitHistory};
pub(crate) use watching::ReleaseHealth;

/// Points: an exact decimal with at most three places, as text.
#[derive(ToSchema)]
#[schema(example = "94.5")]
pub(crate) struct Points(String);

/// An exact decimal with at most nine places, as text.
#[derive(ToSchema)]
#[schema(example = "12.34")]
pub(crate) struct Decimal(String);

/// A SHA-256 digest: 64 hexadecimal digits in lower case.
#[derive(ToSchema)]
#[schema(min_length = 64, max_length = 64)]
pub(crate) struct Digest(String);

/// A day.
#[derive(ToSchema)]
#[schema(format = Date, example = "2024-01-31")]
pub(crate) struct Day(String);

/// An instant in UTC.
#[derive(ToSchema)]
#[schema(format = DateTime, example = "2024-01-31T08:00:00Z")]
pub(crate) struct Instant(String);

/// A UUID.
#[derive(ToSchema)]
#[schema(example = "01890a5d-ac96-774b-bcce-b302099a8057")]
pub(crate) struct Identifier(String);

/// A code: letters, digits, `.`, `_`, `-`.
#[derive(ToSchema)]
#[schema(min_length = 1, max_length = 64)]
pub(crate) struct Code(String);

/// A place in the answers (RFC 6901).
#[derive(ToSchema)]
#[schema(example = "/sections/0/count")]
pub(crate) struct Pointer(String);

/// Words in Chinese and English; English is empty where it is the same.
#[derive(ToSchema)]
pub(crate) struct Text {
    zh: String,
    en: String,
}

/// A number and the unit it is counted in.
#[derive(ToSchema)]
pub(crate) struct Quantity {
    value: Decimal,
    unit: String,
}

/// A value with its kind.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum Amount {
    /// A number with its unit.
    Number(Quantity),
    /// Points.
    Points(Points),
    /// A day.
    Date(Day),
    /// Words.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

/// The relation that a rule wants between two amounts.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum Relation {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    PartOf,
}

/// Two amounts that a rule put side by side.
#[derive(ToSchema)]
pub(crate) struct Comparison {
    /// What was compared, in the federation's language.
    what: String,
    left: Amount,
    relation: Relation,
    right: Amount,
    /// Whether it is so.
    holds: bool,
    /// How far apart the two may be and still count as equal.
    #[schema(required = true)]
    tolerance: Option<Decimal>,
}

/// A span of days, both ends included.
#[derive(ToSchema)]
pub(crate) struct Period {
    start: Day,
    end: Day,
}

/// Which days are worked.
#[derive(ToSchema)]
pub(crate) struct Calendar {
    /// Nothing is known outside.
    covers: Period,
    /// Days off that are not weekends, ascending.
    #[schema(required = false)]
    holidays: Vec<Day>,
    /// Weekend days that are worked, ascending.
    #[schema(required = false)]
    working_days: Vec<Day>,
}

/// A federation.
#[derive(ToSchema)]
pub(crate) struct Federation {
    code: Code,
    name: String,
}

/// What somebody is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum Role {
    Operator,
    FederationAdmin,
    Reviewer,
    Approver,
    MemberClerk,
    MemberSignatory,
    Auditor,
}

/// What somebody of a federation is. `member` is an older word for `member-clerk`.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum FederationRole {
    FederationAdmin,
    Reviewer,
    Approver,
    MemberClerk,
    MemberSignatory,
    Auditor,
}

/// A token to issue.
#[derive(ToSchema)]
pub(crate) struct NewToken {
    /// What its bearer is.
    role: FederationRole,
    /// For which unit and everything below it; the whole federation where it is left out. Who acts for a member does so for a unit.
    unit: Option<Code>,
    /// What it is issued for: stands as the actor in the audit log, and is never a person's name.
    label: String,
    /// For what its bearer may use it; for everything where it is left out. Nobody is let in with a token that has scopes.
    scopes: Option<Vec<TokenScope>>,
    /// From when on it is worth nothing; it lasts where that is left out.
    expires_at: Option<Instant>,
}

/// For what a token may be used.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum TokenScope {
    /// To see what its owner sees.
    Read,
    /// To do a member's work.
    Submit,
    /// To do a reviewer's and an approver's work on submissions.
    Review,
    /// To run a federation.
    Steer,
}

/// A token; its secret is shown this once.
#[derive(ToSchema)]
pub(crate) struct IssuedToken {
    /// Names the token without giving it away.
    id: Identifier,
    /// What the bearer shows.
    secret: String,
    /// What its bearer is; a person's own token says nothing of that.
    role: Option<Role>,
    /// The federation; a token of the operator has none.
    federation: Option<Code>,
    /// For which unit and everything below it; the whole federation where it is left out.
    unit: Option<Code>,
    /// What it was issued for.
    label: String,
    /// For what it may be used; for everything where it is left out.
    scopes: Option<Vec<TokenScope>>,
    /// From when on it is worth nothing.
    expires_at: Option<Instant>,
}

/// A named property of an org unit.
#[derive(ToSchema)]
pub(crate) struct Attribute {
    name: String,
    value: Amount,
}

/// An org unit, as it is registered.
#[derive(ToSchema)]
pub(crate) struct OrgUnit {
    code: Code,
    name: String,
    aliases: Vec<String>,
    kind: String,
    #[schema(required = true)]
    parent: Option<Code>,
    reports: bool,
    valid_from: Day,
    #[schema(required = true)]
    valid_to: Option<Day>,
    #[schema(required = true)]
    successor: Option<Code>,
    earlier_names: Vec<unit::EarlierName>,
    attributes: Vec<Attribute>,
}

/// A unit that need not report in a round.
#[derive(ToSchema)]
pub(crate) struct Exemption {
    unit: Code,
    reason: String,
}

/// What a round is opened with.
#[derive(ToSchema)]
pub(crate) struct NewRound {
    code: Code,
    title: String,
    period: Period,
    /// When it begins to take submissions; at once where it is left out.
    opens_at: Option<Instant>,
    /// When submissions are due.
    due_at: Instant,
    /// A release of the federation that is a rubric.
    rubric: Digest,
    /// Releases of the federation that are reports.
    #[schema(required = false)]
    reports: Vec<Digest>,
    calendar: Calendar,
    /// The attribute by whose value members are settled in separate cohorts.
    cohort_by: Option<String>,
    /// Who need not report.
    #[schema(required = false)]
    exemptions: Vec<Exemption>,
    #[schema(required = false)]
    policy: RoundPolicy,
}

/// What is to be different in a round; what is left out stays as it is.
#[derive(ToSchema)]
pub(crate) struct NewRoundChange {
    /// When it is opened, where it is planned.
    opens_at: Option<Instant>,
    /// When submissions are due.
    due_at: Option<Instant>,
    /// Who need not report: all of them.
    exemptions: Option<Vec<Exemption>>,
    /// Which days are worked.
    calendar: Option<Calendar>,
    /// Why.
    reason: String,
}

/// What a federation decides about a round beside its rubric. In a message every field may be left out.
#[derive(ToSchema)]
pub(crate) struct RoundPolicy {
    /// Whether a signatory of the member has to sign before a submission is handed in.
    #[schema(required = false, default = false)]
    signatory: bool,
    /// Whether whoever presented a submission for signature may sign it, too.
    #[schema(required = false)]
    presenter_may_sign: bool,
    /// Whether only what a reviewer accepted counts.
    #[schema(required = false, default = false)]
    review: bool,
    /// Whether a second person has to agree to a judgement or an adjustment.
    #[schema(required = false, default = false)]
    two_person_review: bool,
    /// The least that counts as an explanation, in characters.
    #[schema(required = false, default = 4)]
    explanation_min_chars: u16,
    /// For how long after the due time a submission still counts as in time.
    #[schema(required = false, default = 0)]
    grace_hours: u32,
    /// For how many days after the publication members may appeal; 0 for not at all.
    #[schema(required = false, default = 10)]
    appeal_days: u16,
    /// When members who have not handed in are reminded: in days before (negative) and after the day on which it is due.
    #[schema(required = false)]
    reminders: Vec<i16>,
    /// How a receipt's number is made, with `{federation}`, `{round}`, `{unit}`, `{revision}`, `{year}` and `{sequence}` in it.
    #[schema(required = false)]
    receipt_pattern: String,
}

/// Where a round stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(crate) enum RoundState {
    /// Announced; takes no submissions yet.
    Planned,
    /// Takes submissions.
    Open,
    /// Takes none any more, but for those that were returned with a new due date.
    Closed,
    /// Reviewers are at work.
    Reviewing,
    /// Members see how they fared, and may appeal for a while.
    Published,
    /// Nothing of its results changes any more.
    Final,
    /// Over: it is only read.
    Archived,
}

/// A round.
#[derive(ToSchema)]
pub(crate) struct Round {
    code: Code,
    title: String,
    period: Period,
    /// When the calendar opens it, where it was planned for a day.
    #[schema(required = true)]
    opens_at: Option<Instant>,
    due_at: Instant,
    state: RoundState,
    /// When its results were first published.
    #[schema(required = true)]
    published_at: Option<Instant>,
    rubric: Digest,
    reports: Vec<Digest>,
    /// Whether it was ever closed: from then on it keeps its releases.
    pins_fixed: bool,
    calendar: Calendar,
    #[schema(required = true)]
    cohort_by: Option<String>,
    exemptions: Vec<Exemption>,
    policy: RoundPolicy,
}

/// A round with what the rubric in force says of itself.
#[derive(ToSchema)]
pub(crate) struct RoundView {
    code: Code,
    title: String,
    period: Period,
    /// When the calendar opens it, where it was planned for a day.
    #[schema(required = true)]
    opens_at: Option<Instant>,
    due_at: Instant,
    state: RoundState,
    /// When its results were first published.
    #[schema(required = true)]
    published_at: Option<Instant>,
    rubric: Digest,
    reports: Vec<Digest>,
    /// Whether it was ever closed: from then on it keeps its releases.
    pins_fixed: bool,
    calendar: Calendar,
    #[schema(required = true)]
    cohort_by: Option<String>,
    exemptions: Vec<Exemption>,
    policy: RoundPolicy,
    description: plugin::RubricDescription,
}
