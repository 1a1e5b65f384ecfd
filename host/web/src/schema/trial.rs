//! What another release would change for whom.

use utoipa::ToSchema;

use super::plugin::{Grade, Severity};
use super::{Code, Digest, Identifier, Instant, Pointer, Points, Text};

/// What is to be tried.
#[derive(ToSchema)]
pub(crate) struct NewTrial {
    /// A release of the federation.
    release: Digest,
    /// The release in force whose place it would take: the round's rubric or one of its reports. Where it is left out, a rubric
    /// stands beside the round's rubric and a report beside the round's version of the same report.
    replaces: Option<Digest>,
}

/// What kind of release is tried.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum TrialKind {
    /// A rubric, on everything that counts in the round.
    Rubric,
    /// A report, on the round's newest roll-up.
    Report,
}

/// A trial in few words.
#[derive(ToSchema)]
pub(crate) struct Trial {
    /// That of the job that made it.
    id: Identifier,
    round: Code,
    kind: TrialKind,
    /// The release that was in force when the trial began.
    baseline: Digest,
    /// The release that was tried beside it.
    candidate: Digest,
    /// When it ended.
    at: Instant,
    /// The label of a token.
    asked_by: String,
    members: u32,
    /// How many would get another total; of a report, how many blocks of the document differ.
    changed: u32,
    /// How many would get another grade.
    regraded: u32,
    /// How many would be left without a score.
    not_scored: u32,
    /// The digest of everything that it found.
    found: Digest,
}

/// A trial with everything that it found.
#[derive(ToSchema)]
pub(crate) struct TrialView {
    trial: Trial,
    found: Tried,
}

/// Everything that a trial found.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Tried {
    /// Everybody's scores before and after.
    Rubric(RubricTrial),
    /// The document before and after.
    Report(ReportTrial),
}

/// Everything that a trial of a rubric found.
#[derive(ToSchema)]
struct RubricTrial {
    before: TriedRubric,
    after: TriedRubric,
    cohorts: Vec<TriedCohort>,
    /// Of those whom both score.
    distribution: Distribution,
    /// The one that moves most first.
    moved: Vec<Moved>,
    /// One row for each grade before, and one for those without a score; in each, one number for each grade after, and one for
    /// those without.
    grades: Vec<Vec<u32>>,
    upgraded: u32,
    downgraded: u32,
    /// To a grade of another scale.
    regraded_sideways: u32,
    checks: Vec<CheckChange>,
    /// Members whose revision would be held back if they handed it in under the candidate.
    would_be_blocked: u32,
    /// Members to whom the rubric in force gives another unit total today than when it judged them.
    drifted: u32,
    /// In order of the codes.
    members: Vec<TriedMember>,
}

/// A rubric as a trial names it.
#[derive(ToSchema)]
struct TriedRubric {
    title: Text,
    version: String,
    full_marks: Points,
    /// The best first.
    grades: Vec<Grade>,
    cost: Cost,
    not_scored: Vec<NotScoredCount>,
}

/// How many members have no score for one reason.
#[derive(ToSchema)]
struct NotScoredCount {
    why: WhyNotScored,
    members: u32,
}

/// Why a member has no score under a rubric.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum WhyNotScored {
    /// The answers are not what the rubric's form asks for.
    Unfit,
    /// The rubric declines to score them.
    Refused,
    /// The rubric failed on them.
    Faulted,
}

/// What all runs of one release cost.
#[derive(ToSchema)]
struct Cost {
    evaluations: u32,
    fuel_total: u64,
    /// Of the runs that see one submission.
    fuel_median: u64,
    wall_p50_micros: u64,
    wall_p99_micros: u64,
    /// Of the runs that see everybody, together.
    cohort_wall_micros: u64,
    peak_memory_bytes: u64,
    faults: Vec<FaultCount>,
}

/// How often a release failed in one way during a trial.
#[derive(ToSchema)]
struct FaultCount {
    code: String,
    times: u32,
}

/// One cohort under both rubrics.
#[derive(ToSchema)]
struct TriedCohort {
    /// Empty where the round has only one.
    name: String,
    ranked_before: u32,
    ranked_after: u32,
    median_before: Points,
    median_after: Points,
}

/// Members whose difference lies in a span.
#[derive(ToSchema)]
struct Bin {
    from: Points,
    to: Points,
    members: u32,
}

/// How everybody's totals differ.
#[derive(ToSchema)]
struct Distribution {
    rise: u32,
    fall: u32,
    stay: u32,
    /// Cut off at a thousandth.
    mean: Points,
    median: Points,
    least: Points,
    most: Points,
    bins: Vec<Bin>,
}

/// On which side a part of the score exists.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Presence {
    Both,
    Before,
    After,
}

/// What part of a total differs.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum PartKind {
    Criterion,
    CohortCriterion,
    Cap,
    Floor,
    Veto,
    /// It changes no points.
    Downgrade,
    Rounding,
}

/// How much one part of the score moves everybody together.
#[derive(ToSchema)]
struct Moved {
    kind: PartKind,
    /// The criterion's or the rule's identifier; empty for rounding.
    id: String,
    label: Text,
    presence: Presence,
    members: u32,
    sum: Points,
    /// The sum of the sizes, whatever the sign.
    size: Points,
}

/// How the findings of one check change.
#[derive(ToSchema)]
struct CheckChange {
    check: String,
    title: Text,
    appears: u32,
    vanishes: u32,
    reweighed: u32,
}

/// In which direction a member crosses a grade.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum GradeMove {
    Up,
    Down,
    /// To one of another scale.
    Sideways,
}

/// One member in a trial.
#[derive(ToSchema)]
struct TriedMember {
    unit: Code,
    name: String,
    /// Empty where the round has only one.
    cohort: String,
    /// The revision that was judged.
    revision: u32,
    before: TrialOutcome,
    after: TrialOutcome,
    /// Where both score it.
    #[schema(required = true)]
    difference: Option<Points>,
    /// Set where the grade differs.
    #[schema(required = true)]
    grade_move: Option<GradeMove>,
    /// Together exactly the difference of the totals.
    differences: Vec<Difference>,
    findings: Vec<FindingChange>,
    /// How many more of them there are than are listed.
    more_findings: u32,
    would_be_blocked: bool,
}

/// What a rubric makes of a member.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum TrialOutcome {
    Ranked(Ranked),
    NotScored(NotScored),
}

/// Where a member comes under one rubric.
#[derive(ToSchema)]
struct Ranked {
    total: Points,
    /// The grade's identifier.
    grade: String,
    /// 1 is the best of the cohort.
    rank: u32,
    ranked: u32,
}

/// A member without a score under a rubric.
#[derive(ToSchema)]
struct NotScored {
    why: WhyNotScored,
    /// The stable code: of the first place that does not fit, of the refusal, or of the fault.
    code: String,
    message: Text,
}

/// What a part gives under one rubric.
#[derive(ToSchema)]
struct Share {
    points: Points,
    /// In the rubric's own words.
    reason: String,
}

/// A part of a member's total that two rubrics give differently.
#[derive(ToSchema)]
struct Difference {
    kind: PartKind,
    /// The criterion's or the rule's identifier; empty for rounding.
    id: String,
    /// None where the rubric in force has no such part.
    #[schema(required = true)]
    before: Option<Share>,
    /// None where the candidate has no such part.
    #[schema(required = true)]
    after: Option<Share>,
    difference: Points,
}

/// A finding that is there under one rubric only, or weighs differently.
#[derive(ToSchema)]
struct FindingChange {
    check: String,
    at: Pointer,
    #[schema(required = true)]
    before: Option<Severity>,
    #[schema(required = true)]
    after: Option<Severity>,
    message: Text,
}

/// Everything that a trial of a report found.
#[derive(ToSchema)]
struct ReportTrial {
    settlement: Identifier,
    before: TriedReport,
    after: TriedReport,
    /// The blocks that differ, in order, as far as they are listed.
    changes: Vec<ChangedBlock>,
    /// How many more differ than are listed.
    more_changes: u32,
}

/// What one report made of the roll-up.
#[derive(ToSchema)]
struct TriedReport {
    title: Text,
    version: String,
    document_title: String,
    #[schema(required = true)]
    document: Option<Digest>,
    blocks: u32,
    #[schema(required = true)]
    failure: Option<ReportFailure>,
    /// The record of the run.
    #[schema(required = true)]
    evaluation: Option<Identifier>,
    cost: Cost,
}

/// Why a report composed nothing.
#[derive(ToSchema)]
struct ReportFailure {
    code: String,
    message: Text,
}

/// What a block of a document is.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum BlockKind {
    Letterhead,
    Title,
    Subtitle,
    Addressee,
    Heading,
    Paragraph,
    Items,
    Table,
    Chart,
    Image,
    Annex,
    Signature,
    Note,
    PageBreak,
}

/// One block of one of the documents.
#[derive(ToSchema)]
struct BlockAt {
    index: u32,
    /// The beginning of its words.
    excerpt: String,
}

/// A block that only one document has, or that both have and that differs.
#[derive(ToSchema)]
struct ChangedBlock {
    kind: BlockKind,
    #[schema(required = true)]
    before: Option<BlockAt>,
    #[schema(required = true)]
    after: Option<BlockAt>,
    /// Of a table of the same shape: how many cells differ.
    #[schema(required = true)]
    cells: Option<u32>,
}

/// Two trials compared.
#[derive(ToSchema)]
pub(crate) struct TrialComparison {
    first: Trial,
    second: Trial,
    between: Between,
}

/// What differs between two trials.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
enum Between {
    Rubrics(RubricsBetween),
    Reports(ReportsBetween),
}

/// Two trials of rubrics beside each other.
#[derive(ToSchema)]
struct RubricsBetween {
    /// How the totals of the second candidate differ from those of the first.
    distribution: Distribution,
    regraded: u32,
    /// Whom the candidates treat differently, in order of the codes.
    members: Vec<MemberBetween>,
}

/// What one member gets from either candidate.
#[derive(ToSchema)]
struct MemberBetween {
    unit: Code,
    name: String,
    #[schema(required = true)]
    first: Option<TrialOutcome>,
    #[schema(required = true)]
    second: Option<TrialOutcome>,
    #[schema(required = true)]
    difference: Option<Points>,
    /// Together exactly the difference; empty where the trials had different baselines or judged different revisions.
    parts: Vec<PartBetween>,
}

/// A part of a member's total that the candidates give differently.
#[derive(ToSchema)]
struct PartBetween {
    kind: PartKind,
    id: String,
    #[schema(required = true)]
    first: Option<Share>,
    #[schema(required = true)]
    second: Option<Share>,
    difference: Points,
}

/// Two trials of reports beside each other.
#[derive(ToSchema)]
struct ReportsBetween {
    /// Whether both candidates composed the same bytes.
    equal: bool,
    changes: Vec<ChangedBlock>,
    more_changes: u32,
}
