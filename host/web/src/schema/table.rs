//! Releases as people read them, and two of them side by side.

use utoipa::ToSchema;

use super::plugin::{
    Cap, Check, CriterionKind, Discretion, DocumentKind, Grade, LegalBasis, Measure, Pass, PointRange,
    ReaderDescription, ReportDescription, Rounding, Severity, Veto, WantedField,
};
use super::{Day, Digest, Instant, Points, Text};

/// What kind of plugin a component is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum PluginKind {
    Rubric,
    Report,
    Reader,
}

/// What a release says of itself, in the order in which people read it.
#[derive(ToSchema)]
pub(crate) struct PointTableView {
    release: Digest,
    kinds: Vec<PluginKind>,
    contract: String,
    admitted_at: Instant,
    admitted_by: String,
    #[schema(required = true)]
    rubric: Option<PointTable>,
    #[schema(required = true)]
    report: Option<ReportDescription>,
    #[schema(required = true)]
    reader: Option<ReaderDescription>,
}

/// A rubric as a federation prints it.
#[derive(ToSchema)]
struct PointTable {
    id: String,
    version: String,
    title: Text,
    summary: Text,
    basis: Vec<LegalBasis>,
    full_marks: Points,
    smallest_unit: Points,
    rounding: Rounding,
    earlier_periods: u8,
    /// The days on which any criterion's points change, the first one among them.
    range_days: Vec<Day>,
    /// A group, then what it groups.
    criteria: Vec<NumberedCriterion>,
    caps: Vec<Cap>,
    vetoes: Vec<Veto>,
    grades: Vec<Grade>,
    measures: Vec<Measure>,
    checks: Vec<Check>,
    form: FormTable,
}

/// A criterion with its number in the tree.
#[derive(ToSchema)]
struct NumberedCriterion {
    /// `2.1`: the first of the second group.
    number: String,
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

/// What a form asks for, in sections.
#[derive(ToSchema)]
struct FormTable {
    label: Text,
    help: Text,
    sections: Vec<FormSection>,
    /// Kinds of value that the form defines once and uses in several places.
    value_types: Vec<FormSection>,
    /// Whether the form asks for more than is told here.
    is_cut: bool,
}

/// A part of a form.
#[derive(ToSchema)]
struct FormSection {
    /// Where in the answers it stands; of a kind of value its name.
    at: String,
    label: Text,
    help: Text,
    is_list: bool,
    required: bool,
    personal: bool,
    fields: Vec<FormField>,
}

/// What a value may be.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum FieldType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    Null,
}

/// A rule that a value has to keep.
#[derive(ToSchema)]
struct FieldRule {
    /// The keyword of JSON Schema.
    keyword: String,
    /// What it holds, as JSON.
    value: String,
}

/// A kind of value that a form defines once.
#[derive(ToSchema)]
struct ValueType {
    name: String,
    label: Text,
}

/// One field of a form.
#[derive(ToSchema)]
struct FormField {
    /// Where in the answers; `*` stands for every item of a list.
    at: String,
    label: Text,
    help: Text,
    unit: String,
    types: Vec<FieldType>,
    /// Of a list: what its items may be.
    items: Vec<FieldType>,
    required: bool,
    personal: bool,
    #[schema(required = true)]
    value_type: Option<ValueType>,
    rules: Vec<FieldRule>,
}

/// What a release calls itself as one kind of plugin.
#[derive(ToSchema)]
struct NamedPlugin {
    kind: PluginKind,
    id: String,
    version: String,
    title: Text,
}

/// One of two releases.
#[derive(ToSchema)]
struct ComparedRelease {
    release: Digest,
    contract: String,
    admitted_at: Instant,
    admitted_by: String,
    plugins: Vec<NamedPlugin>,
}

/// What changed from one release to another.
#[derive(ToSchema)]
pub(crate) struct ReleaseComparison {
    /// How much changed, in a sentence.
    headline: Text,
    before: ComparedRelease,
    after: ComparedRelease,
    /// Whether both say the same of themselves.
    empty: bool,
    /// Areas without a difference are left out.
    areas: Vec<AreaCount>,
    kinds: Items<PluginKind, Changed<PluginKind>>,
    /// Set where both are rubrics.
    #[schema(required = true)]
    rubric: Option<RubricChanges>,
    /// Set where both are reports.
    #[schema(required = true)]
    report: Option<ReportChanges>,
    /// Set where both are readers.
    #[schema(required = true)]
    reader: Option<ReaderChanges>,
}

/// What a difference is about.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Area {
    Kinds,
    Identity,
    Basis,
    Scale,
    Criteria,
    Caps,
    Vetoes,
    Grades,
    Measures,
    Checks,
    Form,
    Documents,
    Fields,
}

/// How much is different in one area.
#[derive(ToSchema)]
struct AreaCount {
    area: Area,
    added: u32,
    removed: u32,
    changed: u32,
}

/// Something before and after.
#[derive(ToSchema)]
struct Changed<T: ToSchema> {
    before: T,
    after: T,
}

/// What became of the items of a list.
#[derive(ToSchema)]
struct Items<T: ToSchema, C: ToSchema> {
    added: Vec<T>,
    removed: Vec<T>,
    /// In the order of the later one.
    changed: Vec<C>,
}

/// What a plugin calls itself, where that changed.
#[derive(ToSchema)]
struct IdentityChanges {
    #[schema(required = true)]
    id: Option<Changed<String>>,
    #[schema(required = true)]
    version: Option<Changed<String>>,
    #[schema(required = true)]
    title: Option<Changed<Text>>,
    #[schema(required = true)]
    summary: Option<Changed<Text>>,
}

/// Two rubrics.
#[derive(ToSchema)]
struct RubricChanges {
    identity: IdentityChanges,
    basis: Items<LegalBasis, Changed<LegalBasis>>,
    #[schema(required = true)]
    full_marks: Option<Changed<Points>>,
    #[schema(required = true)]
    smallest_unit: Option<Changed<Points>>,
    #[schema(required = true)]
    rounding: Option<Changed<Rounding>>,
    #[schema(required = true)]
    earlier_periods: Option<Changed<u8>>,
    criteria: Items<StandingAlone, ChangedCriterion>,
    /// Groups whose criteria stand in another order.
    reordered: Vec<Reordered>,
    caps: Items<Cap, Changed<Cap>>,
    vetoes: Items<Veto, Changed<Veto>>,
    grades: Items<Grade, Changed<Grade>>,
    measures: Items<Measure, Changed<Measure>>,
    checks: Items<Check, ChangedCheck>,
    form: FormChanges,
}

/// A criterion that only one of the rubrics has.
#[derive(ToSchema)]
struct StandingAlone {
    number: String,
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
    /// The identifier of one of the same name in the other rubric.
    #[schema(required = true)]
    namesake: Option<String>,
}

/// What of a criterion changed.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum CriterionAspect {
    Label,
    Parent,
    Kind,
    Pass,
    Ranges,
    Judged,
    Guidance,
}

/// The points that a criterion may give.
#[derive(ToSchema)]
struct Weight {
    least: Points,
    most: Points,
}

/// When a criterion may give other points.
#[derive(ToSchema)]
struct RangeDifference {
    since: Day,
    #[schema(required = true)]
    until: Option<Day>,
    #[schema(required = true)]
    before: Option<Weight>,
    #[schema(required = true)]
    after: Option<Weight>,
    difference: Points,
}

/// A criterion before and after.
#[derive(ToSchema)]
struct ChangedCriterion {
    before: NumberedCriterion,
    after: NumberedCriterion,
    aspects: Vec<CriterionAspect>,
    ranges: Vec<RangeDifference>,
}

/// A group whose criteria stand in another order; none for the top.
#[derive(ToSchema)]
struct Reordered {
    #[schema(required = true)]
    group: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
}

/// When a check weighs something else.
#[derive(ToSchema)]
struct SeverityStretch {
    since: Day,
    #[schema(required = true)]
    until: Option<Day>,
    #[schema(required = true)]
    before: Option<Severity>,
    #[schema(required = true)]
    after: Option<Severity>,
}

/// A check before and after.
#[derive(ToSchema)]
struct ChangedCheck {
    before: Check,
    after: Check,
    severities: Vec<SeverityStretch>,
    is_reworded: bool,
}

/// A field that only one of the forms has.
#[derive(ToSchema)]
struct AddedField {
    at: String,
    label: Text,
    help: Text,
    unit: String,
    types: Vec<FieldType>,
    items: Vec<FieldType>,
    required: bool,
    personal: bool,
    #[schema(required = true)]
    value_type: Option<ValueType>,
    rules: Vec<FieldRule>,
    /// How many fields stand in it, which are not listed by themselves.
    fields_below: u32,
}

/// What of a field changed.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum FieldAspect {
    Label,
    Help,
    Unit,
    Types,
    Required,
    Personal,
    Rules,
}

/// A field before and after.
#[derive(ToSchema)]
struct ChangedField {
    before: FormField,
    after: FormField,
    aspects: Vec<FieldAspect>,
    /// In how many places it changed in the same way.
    places: u32,
}

/// What two forms ask for.
#[derive(ToSchema)]
struct FormChanges {
    fields: Items<AddedField, ChangedField>,
    /// Whether they differ in what is not told field by field.
    differs_otherwise: bool,
    is_cut: bool,
}

/// Two reports.
#[derive(ToSchema)]
struct ReportChanges {
    identity: IdentityChanges,
    composes: Items<DocumentKind, Changed<DocumentKind>>,
    fields: Items<WantedField, Changed<WantedField>>,
}

/// Two readers.
#[derive(ToSchema)]
struct ReaderChanges {
    identity: IdentityChanges,
}
