//! What plugins say of themselves.

use utoipa::ToSchema;

use super::{Day, Digest, Identifier, Instant, Points, Text};

/// An admitted plugin version.
#[derive(ToSchema)]
pub(crate) struct Release {
    /// The component's digest: the release's identity.
    digest: Digest,
    /// The contract version that it was built against.
    contract: String,
    component_bytes: u64,
    descriptions: Descriptions,
    admitted_at: Instant,
    admitted_by: String,
    /// The token that uploaded it: it cannot approve the release.
    admitted_by_token: Identifier,
    /// The newest signature over the component that was verified.
    #[schema(required = true)]
    signature: Option<Signature>,
    /// What was wrong with its signature, where it was admitted all the same.
    #[schema(required = true)]
    signature_doubt: Option<SignatureDoubt>,
    /// What the component carries about how it was built.
    #[schema(required = true)]
    build: Option<BuildInformation>,
}

/// A signature over a component that was verified.
#[derive(ToSchema)]
struct Signature {
    /// The key's identifier, as minisign prints it.
    key: String,
    /// What the federation called the key when it verified the signature.
    key_label: String,
    /// What the signer signed along with the component.
    trusted_comment: String,
    verified_at: Instant,
}

/// What was wrong with the signature of a component.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum SignatureDoubt {
    SignatureRequired,
    SignatureMalformed,
    KeyNotTrusted,
    SignatureWrong,
}

/// What a component carries about how it was built: the builder's word.
#[derive(ToSchema)]
struct BuildInformation {
    producers: Vec<Producer>,
    #[schema(required = true)]
    version: Option<String>,
    #[schema(required = true)]
    revision: Option<String>,
    #[schema(required = true)]
    source: Option<String>,
    #[schema(required = true)]
    licenses: Option<String>,
    #[schema(required = true)]
    authors: Option<String>,
    #[schema(required = true)]
    description: Option<String>,
}

/// A tool or a language that a component was made with.
#[derive(ToSchema)]
struct Producer {
    /// `language`, `processed-by` or `sdk`.
    part: String,
    name: String,
    version: String,
}

/// What a component says of itself, for every kind that it is.
#[derive(ToSchema)]
struct Descriptions {
    #[schema(required = true)]
    rubric: Option<RubricDescription>,
    #[schema(required = true)]
    report: Option<ReportDescription>,
    #[schema(required = true)]
    reader: Option<ReaderDescription>,
}

/// Everything that a rubric says of itself.
#[derive(ToSchema)]
pub(super) struct RubricDescription {
    /// The same for all versions of one rubric.
    id: String,
    version: String,
    title: Text,
    summary: Text,
    basis: Vec<LegalBasis>,
    full_marks: Points,
    /// Every line, step and total is a multiple of it.
    smallest_unit: Points,
    rounding: Rounding,
    /// The tree, parents before children.
    criteria: Vec<Criterion>,
    caps: Vec<Cap>,
    vetoes: Vec<Veto>,
    /// The best first.
    grades: Vec<Grade>,
    checks: Vec<Check>,
    measures: Vec<Measure>,
    earlier_periods: u8,
    /// JSON Schema of the answers, as text.
    form: String,
}

/// A law, a notice or a table that the rubric follows or is shaped after.
#[derive(ToSchema)]
pub(super) struct LegalBasis {
    title: String,
    #[schema(required = true)]
    number: Option<String>,
    #[schema(required = true)]
    note: Option<Text>,
}

/// How a finer number becomes a multiple of the smallest unit.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum Rounding {
    HalfUp,
    HalfEven,
    TowardZero,
}

/// What part a criterion plays.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum CriterionKind {
    Group,
    Base,
    Deduction,
    Bonus,
    BottomLine,
}

/// In which pass a criterion gets its points.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum Pass {
    OfUnit,
    OfCohort,
}

/// The points that a criterion may give from a day on.
#[derive(ToSchema)]
pub(super) struct PointRange {
    since: Day,
    least: Points,
    most: Points,
}

/// The discretion that is left to a reviewer.
#[derive(ToSchema)]
pub(super) struct Discretion {
    least: Points,
    most: Points,
    guidance: Text,
}

/// One node of the rubric's tree.
#[derive(ToSchema)]
pub(super) struct Criterion {
    id: String,
    #[schema(required = true)]
    parent: Option<String>,
    label: Text,
    kind: CriterionKind,
    pass: Pass,
    ranges: Vec<PointRange>,
    #[schema(required = true)]
    judged: Option<Discretion>,
    guidance: Text,
}

/// A bound on the sum of one group, or on the total.
#[derive(ToSchema)]
pub(super) struct Cap {
    id: String,
    label: Text,
    #[schema(required = true)]
    criterion: Option<String>,
    #[schema(required = true)]
    least: Option<Points>,
    #[schema(required = true)]
    most: Option<Points>,
}

/// What a breach leads to.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum VetoEffect {
    Zero,
    AtMost(Points),
    Grade(String),
    Downgrade(u8),
}

/// A rule that overrides the sum.
#[derive(ToSchema)]
pub(super) struct Veto {
    id: String,
    label: Text,
    effect: VetoEffect,
}

/// A grade and the least total that it takes.
#[derive(ToSchema)]
pub(super) struct Grade {
    id: String,
    label: Text,
    at_least: Points,
}

/// How much a finding weighs.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum Severity {
    Error,
    Warning,
    Info,
    Off,
}

/// A severity and the first day on which it holds.
#[derive(ToSchema)]
struct DatedSeverity {
    since: Day,
    severity: Severity,
}

/// A check that the rubric can raise.
#[derive(ToSchema)]
pub(super) struct Check {
    code: String,
    title: Text,
    help: Text,
    severities: Vec<DatedSeverity>,
}

/// A number that the cohort pass compares.
#[derive(ToSchema)]
pub(super) struct Measure {
    id: String,
    label: Text,
    unit: String,
    scale: u8,
}

/// What a report plugin says of itself.
#[derive(ToSchema)]
pub(super) struct ReportDescription {
    id: String,
    version: String,
    title: Text,
    summary: Text,
    composes: Vec<DocumentKind>,
    fields: Vec<WantedField>,
}

/// A kind of document.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum DocumentKind {
    MemberReport,
    RollUp,
    Receipt,
    ReturnNotice,
    Reminder,
    Rectification,
    AppealDecision,
}

/// How the values that a pointer meets become one value per member.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
pub(super) enum Taking {
    One,
    Sum,
    Count,
}

/// A field of the answers that a roll-up needs.
#[derive(ToSchema)]
pub(super) struct WantedField {
    at: String,
    taking: Taking,
    label: Text,
    unit: String,
}

/// What a reader says of itself.
#[derive(ToSchema)]
pub(super) struct ReaderDescription {
    id: String,
    version: String,
    title: Text,
    summary: Text,
}
