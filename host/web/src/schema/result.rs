//! What becomes of everybody's submissions: explained scores, rankings, roll-ups, jobs, records.

use utoipa::ToSchema;

use super::plugin::{Check, Criterion, CriterionKind, Grade, Pass, PointRange, Severity, Taking};
use super::submission::{CriterionPoints, Entry, Standing, Step};
use super::{Code, Comparison, Day, Decimal, Digest, Identifier, Instant, Period, Points, Text};

/// What the cohort pass gave one member for one criterion.
#[derive(ToSchema)]
struct CohortLine {
    points: Points,
    reason: String,
    /// The member's own value of the measure that was compared.
    #[schema(required = true)]
    own: Option<Decimal>,
    unit: String,
    statistics: Vec<Comparison>,
}

/// One criterion with its points and how they came about.
#[derive(ToSchema)]
struct ExplainedCriterion {
    id: String,
    label: Text,
    kind: CriterionKind,
    pass: Pass,
    #[schema(required = true)]
    range: Option<PointRange>,
    /// The points of both passes.
    points: Points,
    entries: Vec<Entry>,
    #[schema(required = true)]
    cohort: Option<CohortLine>,
    #[schema(no_recursion)]
    children: Vec<ExplainedCriterion>,
}

/// A named change after the sum, with the name of the rule that it follows.
#[derive(ToSchema)]
struct ExplainedStep {
    /// Empty for rounding.
    label: Text,
    step: Step,
}

/// Where the score stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Stage {
    /// The cohort pass may still change it.
    Provisional,
    /// After the cohort pass.
    Settled,
}

/// A score explained from top to bottom.
#[derive(ToSchema)]
pub(crate) struct ExplainedScorecard {
    rubric_title: Text,
    rubric_version: String,
    stage: Stage,
    full_marks: Points,
    criteria: Vec<ExplainedCriterion>,
    steps: Vec<ExplainedStep>,
    total: Points,
    #[schema(required = true)]
    grade: Option<Text>,
    #[schema(required = true)]
    rank: Option<u32>,
}

/// What a member may know of the settlement.
#[derive(ToSchema)]
pub(crate) struct OwnStanding {
    at: Instant,
    revision: u32,
    total: Points,
    full_marks: Points,
    grade: String,
    grade_label: Text,
    /// 1 is the best.
    rank: u32,
    ranked: u32,
    /// The group's.
    median: Points,
}

/// What is expected of a unit in a round.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Expectation {
    Expected,
    Exempt(String),
    Merged(Option<String>),
}

/// What a unit handed in last.
#[derive(ToSchema)]
struct HandedInRow {
    revision: u32,
    standing: Standing,
    received_at: Instant,
    hours_late: u32,
    errors: u32,
    warnings: u32,
    warnings_explained: u32,
}

/// One unit's row of the progress wall.
#[derive(ToSchema)]
struct ProgressRow {
    unit: Code,
    name: String,
    expectation: Expectation,
    #[schema(required = true)]
    handed_in: Option<HandedInRow>,
    /// Whether that was sent back: it counts as nothing until something better comes.
    sent_back: bool,
}

/// How far everybody is.
#[derive(ToSchema)]
pub(crate) struct ProgressWall {
    expected: u32,
    accepted: u32,
    blocked: u32,
    /// Were sent theirs back, and have to hand in again.
    sent_back: u32,
    missing: u32,
    rows: Vec<ProgressRow>,
}

/// What a job does.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum JobKind {
    Settle {
        round: Code,
    },
    RollUp {
        round: Code,
    },
    TryRelease {
        round: Code,
        release: Digest,
        /// The release in force whose place it would take, where that was said.
        #[schema(required = true)]
        replaces: Option<Digest>,
        /// The label of a token.
        asked_by: String,
    },
}

/// Where a job stands.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum JobState {
    Waiting,
    Running,
    Done,
    Failed,
}

/// A piece of long work.
#[derive(ToSchema)]
pub(crate) struct Job {
    id: Identifier,
    federation: Code,
    kind: JobKind,
    state: JobState,
    done: u32,
    /// 0 while it is unknown.
    total: u32,
    message: String,
    attempt: u32,
    asked_at: Instant,
    moved_at: Instant,
    #[schema(required = true)]
    result: Option<Digest>,
}

/// One member in the ranking.
#[derive(ToSchema)]
struct RankedMember {
    rank: u32,
    unit: Code,
    name: String,
    revision: u32,
    /// After the unit pass.
    unit_total: Points,
    total: Points,
    grade: String,
    grade_label: Text,
    lines: Vec<CriterionPoints>,
    steps: Vec<Step>,
}

/// The points of one criterion of the cohort pass, and the rule that gave them.
#[derive(ToSchema)]
struct SettledColumn {
    criterion: String,
    points: Vec<Points>,
    reason: String,
    #[schema(required = true)]
    measure: Option<String>,
    statistics: Vec<Comparison>,
}

/// One cohort's ranking.
#[derive(ToSchema)]
struct RankedCohort {
    name: String,
    median: Points,
    /// The best first.
    members: Vec<RankedMember>,
    columns: Vec<SettledColumn>,
}

/// The newest settlement of a round.
#[derive(ToSchema)]
pub(crate) struct Ranking {
    id: Identifier,
    at: Instant,
    rubric: Digest,
    rubric_title: Text,
    full_marks: Points,
    cohorts: Vec<RankedCohort>,
}

/// Where a member stood in one settlement.
#[derive(ToSchema)]
struct StoodAt {
    total: Points,
    grade_label: Text,
    rank: u32,
}

/// One member before and after.
#[derive(ToSchema)]
struct ChangedMember {
    unit: Code,
    name: String,
    #[schema(required = true)]
    before: Option<StoodAt>,
    #[schema(required = true)]
    after: Option<StoodAt>,
}

/// What changed between two settlements.
#[derive(ToSchema)]
pub(crate) struct RubricComparison {
    before: Identifier,
    before_rubric: Digest,
    before_title: Text,
    after: Identifier,
    after_rubric: Digest,
    after_title: Text,
    members: Vec<ChangedMember>,
}

/// A report that was composed of a roll-up.
#[derive(ToSchema)]
struct ComposedReport {
    report: Digest,
    title: String,
    /// The record of the run that composed it.
    evaluation: Identifier,
}

/// The round that a document is about.
#[derive(ToSchema)]
struct ReportedRound {
    federation: String,
    code: Code,
    title: String,
    period: Period,
    due: Day,
    rubric_title: Text,
    rubric_version: String,
    full_marks: Points,
    criteria: Vec<Criterion>,
    grades: Vec<Grade>,
    checks: Vec<Check>,
}

/// A member in a roll-up.
#[derive(ToSchema)]
struct RollUpMember {
    code: Code,
    name: String,
    kind: String,
}

/// The points of one criterion for every member.
#[derive(ToSchema)]
struct CriterionColumn {
    criterion: String,
    points: Vec<Points>,
}

/// Numbers in units of 10^-scale.
#[derive(ToSchema)]
struct Numbers {
    scale: u8,
    values: Vec<i64>,
}

/// The values of a wanted field.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum FieldValues {
    Numbers(Numbers),
    Texts(Vec<String>),
}

/// One wanted field for every member; `known` is 0 where a member has no value.
#[derive(ToSchema)]
struct FieldColumn {
    at: String,
    taking: Taking,
    values: FieldValues,
    #[schema(value_type = Vec<u32>)]
    known: Vec<u8>,
}

/// How often a check was raised.
#[derive(ToSchema)]
struct FindingCount {
    check: String,
    severity: Severity,
    members: u32,
    findings: u32,
}

/// A unit in a list, with a remark.
#[derive(ToSchema)]
struct ListedUnit {
    code: Code,
    name: String,
    note: String,
}

/// Everybody's results as columns; lists of one item per member are in the order of `members`.
#[derive(ToSchema)]
pub(super) struct RollUp {
    round: ReportedRound,
    issued_on: Day,
    members: Vec<RollUpMember>,
    totals: Vec<Points>,
    ranks: Vec<u32>,
    #[schema(value_type = Vec<u32>)]
    grades: Vec<u16>,
    criteria: Vec<CriterionColumn>,
    fields: Vec<FieldColumn>,
    findings: Vec<FindingCount>,
    missing: Vec<ListedUnit>,
    blocked: Vec<ListedUnit>,
    late: Vec<ListedUnit>,
    exempt: Vec<ListedUnit>,
    merged: Vec<ListedUnit>,
    expected: u32,
}

/// The newest roll-up of a round.
#[derive(ToSchema)]
pub(crate) struct RollUpView {
    settlement: Identifier,
    at: Instant,
    reports: Vec<ComposedReport>,
    roll_up: RollUp,
}

/// How an evaluation ended.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Outcome {
    /// The digest of its canonical bytes.
    Answered(Digest),
    /// The fault's stable code.
    Faulted(String),
}

/// What one run cost and gave.
#[derive(ToSchema)]
struct Run {
    release: Digest,
    input: Digest,
    /// Fuel is comparable only within one.
    engine: String,
    fuel: u64,
    peak_memory_bytes: u64,
    /// For people, never part of a comparison.
    wall_micros: u64,
    outcome: Outcome,
}

/// A recorded evaluation.
#[derive(ToSchema)]
pub(crate) struct Evaluation {
    id: Identifier,
    at: Instant,
    /// The function with everything large named by its digest.
    #[schema(value_type = Object)]
    asked: (),
    run: Run,
}

/// What running an evaluation again gave.
#[derive(ToSchema)]
pub(crate) struct Replayed {
    id: Identifier,
    function: String,
    recorded: Run,
    again: Run,
    /// Whether input and outcome are the same bytes.
    equal: bool,
    /// Whether it was asked the same.
    input_equal: bool,
    /// Whether it gave the same.
    outcome_equal: bool,
    /// Whether the engine and its settings are the same.
    same_engine: bool,
    /// Whether it used the same fuel.
    fuel: FuelCompared,
}

/// What comes of comparing the fuel of two runs.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum FuelCompared {
    /// The same engine used the same fuel.
    Equal,
    /// The same engine used another amount, which it should not.
    Differs,
    /// Another engine counts otherwise, and a call that the clock stopped is stopped anywhere.
    NotComparable,
}
