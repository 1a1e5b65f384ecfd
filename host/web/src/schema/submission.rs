//! What is handed in, what is found in it, and the receipt for it.

use utoipa::ToSchema;

use super::activation::Signatory;
use super::check_rule::{CheckRule, Ruled};
use super::plugin::Severity;
use super::{Attribute, Calendar, Code, Comparison, Day, Decimal, Digest, Instant, Period, Pointer, Points, Text};
use crate::api::submissions::NewExplanation;

/// Round, period, revision, day of receipt.
#[derive(ToSchema)]
struct Envelope {
    round: Code,
    period: Period,
    /// Counts from 1.
    revision: u32,
    /// Where the house is.
    received_on: Day,
}

/// Of what kind an amendment is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum AmendmentKind {
    /// Something that was stated was wrong.
    Correction,
    /// Something was missing.
    Supplement,
    /// Something is stated by another measure than before.
    Restatement,
}

/// What a revision is an amendment for.
#[derive(ToSchema)]
pub(super) struct Amendment {
    kind: AmendmentKind,
    reason: String,
}

/// A revision to hand in.
#[derive(ToSchema)]
pub(crate) struct NewRevision {
    /// In the shape of the round's form.
    #[schema(value_type = Object)]
    answers: (),
    /// Why warnings are right all the same.
    #[schema(required = false)]
    explanations: Vec<NewExplanation>,
    /// What it amends: has to be said after a revision was accepted, and after one that counts is due.
    #[schema(required = false)]
    amendment: Amendment,
}

/// Answers to try.
#[derive(ToSchema)]
pub(crate) struct NewPreCheck {
    /// In the shape of the round's form.
    #[schema(value_type = Object)]
    answers: (),
}

/// Why a warning is right all the same.
#[derive(ToSchema)]
pub(super) struct Explanation {
    check: String,
    #[schema(required = true)]
    at: Option<Pointer>,
    text: String,
}

/// Whether a revision counts.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum Standing {
    /// It counts.
    Accepted,
    /// It is kept but does not count: an error stands, or a warning without an explanation.
    Blocked,
}

/// What the host attests, and its signature.
#[derive(ToSchema)]
pub(crate) struct Receipt {
    /// As the round's policy writes it.
    number: String,
    federation: Code,
    round: Code,
    unit: Code,
    revision: u32,
    received_at: Instant,
    /// Whole hours after the due time.
    hours_late: u32,
    /// The digest of the answers' canonical bytes.
    answers: Digest,
    /// The rubric that checked and scored.
    rubric: Digest,
    standing: Standing,
    errors: u32,
    warnings: u32,
    warnings_explained: u32,
    /// How many findings the federation waived; absent, like the next two, on receipts of the first form.
    #[schema(required = false)]
    waived: u32,
    /// The digest of the explanations that came with the answers.
    #[schema(required = false)]
    explanations: Digest,
    /// The digest of the decisions about checks that held for the unit.
    #[schema(required = false)]
    check_rules: Digest,
    /// The host's Ed25519 public key, Base64.
    key: String,
    /// The signature, Base64.
    signature: String,
}

/// What a check found.
#[derive(ToSchema)]
pub(super) struct Finding {
    check: String,
    message: Text,
    /// The most telling first.
    at: Vec<Pointer>,
    comparisons: Vec<Comparison>,
    severity: Severity,
    /// Why the member says it is right all the same.
    #[schema(required = true)]
    explanation: Option<String>,
    /// Why it weighs that, where the federation decided so and not the rubric.
    #[schema(required = false)]
    ruled: Option<Ruled>,
}

/// Why a plugin declines to judge.
#[derive(ToSchema)]
struct Refusal {
    code: String,
    message: Text,
    #[schema(required = true)]
    pointer: Option<Pointer>,
}

/// Why an entry of a line changes the points.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum EntryKind {
    Base,
    Deduct,
    Add,
    Judged,
    Adjusted,
    Limit,
    Round,
    Pending,
}

/// One step on the way to a line's points.
#[derive(ToSchema)]
pub(super) struct Entry {
    kind: EntryKind,
    points: Points,
    reason: String,
    comparisons: Vec<Comparison>,
    /// Where in the answers the numbers came from.
    sources: Vec<Pointer>,
}

/// One criterion's points and how they came about.
#[derive(ToSchema)]
struct Line {
    criterion: String,
    points: Points,
    entries: Vec<Entry>,
}

/// What a step after the sum does.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum StepKind {
    Cap,
    Floor,
    Veto,
    Downgrade,
    Round,
}

/// A named change after the lines are summed.
#[derive(ToSchema)]
pub(super) struct Step {
    kind: StepKind,
    /// The cap or veto; empty for rounding.
    rule: String,
    points: Points,
    #[schema(required = true)]
    grade: Option<String>,
    reason: String,
    comparisons: Vec<Comparison>,
    sources: Vec<Pointer>,
}

/// The value of a measure.
#[derive(ToSchema)]
struct Measured {
    measure: String,
    #[schema(required = true)]
    value: Option<Decimal>,
}

/// The explanation of a score, line by line.
#[derive(ToSchema)]
struct Scorecard {
    lines: Vec<Line>,
    steps: Vec<Step>,
    /// The sum of lines and steps.
    total: Points,
    measures: Vec<Measured>,
}

/// What handing in gave.
#[derive(ToSchema)]
pub(crate) struct Submitted {
    receipt: Receipt,
    findings: Vec<Finding>,
    /// The provisional score.
    #[schema(required = true)]
    scorecard: Option<Scorecard>,
    /// Why the rubric declines to score it; such a revision does not count.
    #[schema(required = true)]
    refusal: Option<Refusal>,
    /// Whether this is the answer to a repeated key.
    replayed: bool,
}

/// What handing in a workbook gave.
#[derive(ToSchema)]
pub(crate) struct SubmittedWorkbook {
    receipt: Receipt,
    findings: Vec<Finding>,
    /// The provisional score.
    #[schema(required = true)]
    scorecard: Option<Scorecard>,
    /// Why the rubric declines to score it; such a revision does not count.
    #[schema(required = true)]
    refusal: Option<Refusal>,
    /// Whether this is the answer to a repeated key.
    replayed: bool,
    /// Where in the workbook stands what the findings speak of.
    cells: Vec<FoundCell>,
}

/// A place in the answers and its cell.
#[derive(ToSchema)]
pub(crate) struct FoundCell {
    pointer: Pointer,
    /// The worksheet, by the name on its tab.
    sheet: String,
    /// The cell.
    #[schema(example = "C7")]
    cell: String,
}

/// What a revision would get, were it handed in now.
#[derive(ToSchema)]
pub(crate) struct PreChecked {
    rubric: Digest,
    standing: Standing,
    findings: Vec<Finding>,
    #[schema(required = true)]
    scorecard: Option<Scorecard>,
    #[schema(required = true)]
    refusal: Option<Refusal>,
}

/// An org unit as a rubric sees it.
#[derive(ToSchema)]
struct Unit {
    code: String,
    name: String,
    aliases: Vec<String>,
    kind: String,
    attributes: Vec<Attribute>,
}

/// The points of one criterion.
#[derive(ToSchema)]
pub(super) struct CriterionPoints {
    criterion: String,
    points: Points,
}

/// What an earlier period ended with.
#[derive(ToSchema)]
struct EarlierPeriod {
    period: Period,
    /// The canonical bytes of the accepted answers, as numbers from 0 to 255.
    #[schema(value_type = Vec<u32>)]
    answers: Vec<u8>,
    total: Points,
    full_marks: Points,
    #[schema(required = true)]
    grade: Option<String>,
    lines: Vec<CriterionPoints>,
    /// Whose period it was, where it was that of a unit which was merged into this one.
    predecessor: Option<Code>,
}

/// What is known before anything is handed in.
#[derive(ToSchema)]
struct Context {
    unit: Unit,
    calendar: Calendar,
    earlier: Vec<EarlierPeriod>,
}

/// Everything that a pre-check needs without the host.
#[derive(ToSchema)]
pub(crate) struct PreCheckPack {
    /// The rubric in force; its component is had by this digest.
    rubric: Digest,
    envelope: Envelope,
    context: Context,
    hours_late: u32,
    /// What the federation decided about checks and holds for the unit.
    check_rules: Vec<CheckRule>,
}

/// Who answers for a revision.
#[derive(ToSchema)]
struct Signing {
    presented_by: Signatory,
    presented_at: Instant,
    signed_by: Signatory,
}

/// A revision as it was handed in.
#[derive(ToSchema)]
pub(crate) struct SubmissionView {
    envelope: Envelope,
    /// In the shape of the round's form.
    #[schema(value_type = Object)]
    answers: (),
    explanations: Vec<Explanation>,
    /// Whether something was taken out of the answers because it names a person whom the caller may not see.
    masked: bool,
    #[schema(required = true)]
    amendment: Option<Amendment>,
    /// In a round that wants a signature.
    #[schema(required = true)]
    signing: Option<Signing>,
    receipt: Receipt,
}

/// One revision in the list of them.
#[derive(ToSchema)]
pub(crate) struct RevisionRow {
    revision: u32,
    received_at: Instant,
    hours_late: u32,
    standing: Standing,
    errors: u32,
    warnings: u32,
    warnings_explained: u32,
    #[schema(required = true)]
    amendment: Option<Amendment>,
}

/// One field in which two revisions differ.
#[derive(ToSchema)]
struct FieldDifference {
    at: Pointer,
    /// What stood there; left out where nothing did.
    #[schema(value_type = Value, required = false)]
    before: (),
    /// What stands there; left out where nothing does.
    #[schema(value_type = Value, required = false)]
    after: (),
    /// Whether something was taken out because it names a person.
    masked: bool,
}

/// In what two revisions differ.
#[derive(ToSchema)]
pub(crate) struct Differences {
    from: u32,
    to: u32,
    /// In the order of the places.
    fields: Vec<FieldDifference>,
    /// Whether there are more than are shown.
    has_more: bool,
}

/// What one rubric found in one revision.
#[derive(ToSchema)]
pub(crate) struct FindingsView {
    revision: u32,
    rubric: Digest,
    findings: Vec<Finding>,
    #[schema(required = true)]
    refusal: Option<Refusal>,
}
