//! Every limit of the house, written down once. What a limit protects stands beside it; units stand last in the names.

use std::time::Duration;

// ---- What a caller may send ---------------------------------------------------------------------

/// A request body: answers with their explanations, or any other message, before anything is parsed.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// An uploaded component; `SpiderMonkey` and `CPython` make components of 12 to 18 MB.
pub const COMPONENT_BYTES_MAX: usize = 24 * 1024 * 1024;
/// Nesting of answers. The contract promises it to plugins.
pub const ANSWERS_DEPTH_MAX: usize = 32;
/// Values in answers, counting every member and item: bounds what a small body can unfold into.
pub const ANSWERS_NODES_MAX: usize = 200_000;
/// One text in answers.
pub const ANSWERS_TEXT_BYTES_MAX: usize = 64 * 1024;
/// Explanations that come with a revision.
pub const EXPLANATIONS_MAX: usize = 1_000;
/// One explanation, in characters.
pub const EXPLANATION_CHARS_MAX: usize = 2_000;
/// The least that counts as an explanation, in characters.
pub const EXPLANATION_CHARS_MIN: usize = 4;
/// An idempotency key.
pub const IDEMPOTENCY_KEY_BYTES_MAX: usize = 128;
/// Revisions of one member in one round.
pub const REVISIONS_MAX: u32 = 1_000;
/// Org units of one federation.
pub const UNITS_MAX: usize = 20_000;
/// A name, a title or a reason, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// A code (of a federation, a unit, a round).
pub const CODE_BYTES_MAX: usize = 64;
/// Problems that one answer of the house lists; a clerk mends those first.
pub const FORM_PROBLEMS_MAX: usize = 100;
/// Items on one page of a list.
pub const PAGE_ITEMS_MAX: usize = 500;
/// How long a request may take; long work is a job.
pub const REQUEST_TIME_MAX: Duration = Duration::from_mins(1);
/// Requests that are worked on at once; the next ones are told to come back.
pub const REQUESTS_AT_ONCE_MAX: usize = 512;

// ---- What a plugin may use ----------------------------------------------------------------------

/// The deterministic verdict on an evaluation of one submission, in units of fuel.
pub const FUEL_PER_UNIT_EVALUATION: u64 = 2_000_000_000;
/// The same for the cohort pass and for documents, which see everybody.
pub const FUEL_PER_COHORT_EVALUATION: u64 = 40_000_000_000;
/// The backstop on the clock for one submission; it never decides a score.
pub const WALL_PER_UNIT_EVALUATION: Duration = Duration::from_secs(5);
/// The backstop on the clock for the cohort pass and for documents.
pub const WALL_PER_COHORT_EVALUATION: Duration = Duration::from_mins(1);
/// All linear memories and tables of one instance together.
pub const MEMORY_BYTES_MAX: usize = 128 * 1024 * 1024;
/// What one evaluation may give back, while it is lifted out of the instance.
pub const OUTPUT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// What one evaluation may log.
pub const LOG_BYTES_MAX: usize = 64 * 1024;
/// Functions that a fault names, the innermost first.
pub const FAULT_FRAMES_MAX: usize = 16;
/// The name of one of them, in characters.
pub const FAULT_FRAME_CHARS_MAX: usize = 120;
/// What a fault says in words, in characters.
pub const FAULT_DETAIL_CHARS_MAX: usize = 400;
/// One text that a plugin gives back.
pub const PLUGIN_TEXT_BYTES_MAX: usize = 64 * 1024;
/// A form, as JSON text.
pub const FORM_BYTES_MAX: usize = 1024 * 1024;
/// Schemas in a form when every reference is replaced by what it refers to: bounds the work of validating answers.
pub const FORM_SCHEMAS_MAX: usize = 20_000;
/// Patterns in a form: each is compiled once.
pub const FORM_PATTERNS_MAX: usize = 500;
/// Schemas of a form times values of the answers: bounds the work of validating elaborate answers against an elaborate form.
pub const FORM_WORK_MAX: usize = 500_000_000;
/// Answers from this size on are validated beside the threads that serve requests.
pub const FORM_INLINE_BYTES_MAX: usize = 64 * 1024;
/// Findings of one submission.
pub const FINDINGS_MAX: usize = 10_000;
/// Criteria of one rubric.
pub const CRITERIA_MAX: usize = 2_000;
/// Checks of one rubric.
pub const CHECKS_MAX: usize = 1_000;
/// Earlier periods that a rubric may ask for.
pub const EARLIER_PERIODS_MAX: u8 = 5;
/// Members that are settled together.
pub const COHORT_MEMBERS_MAX: usize = 65_536;
/// Blocks of a document.
pub const DOCUMENT_BLOCKS_MAX: usize = 20_000;
/// Rows of a table.
pub const TABLE_ROWS_MAX: usize = 20_000;
/// Cells of all tables and charts of a document, and items of all its lists: bounds what it renders to.
pub const DOCUMENT_CELLS_MAX: usize = 1_000_000;
/// Readings of one text.
pub const READINGS_MAX: usize = 10_000;
/// A narrative text that a reader is given.
pub const READER_TEXT_BYTES_MAX: usize = 1024 * 1024;

// ---- What compiling a plugin may use ------------------------------------------------------------

/// Time on the clock for compiling one component in its child process.
pub const COMPILE_WALL_MAX: Duration = Duration::from_mins(2);
/// Processor time for the same.
pub const COMPILE_CPU_SECONDS_MAX: u64 = 90;
/// Address space of the compiling child.
pub const COMPILE_MEMORY_BYTES_MAX: u64 = 3 * 1024 * 1024 * 1024;
/// Functions that a component may define.
pub const COMPONENT_FUNCTIONS_MAX: usize = 60_000;
/// Core modules in a component.
pub const COMPONENT_MODULES_MAX: usize = 16;
/// The body of one function: the compiler's time grows faster than it.
pub const FUNCTION_BODY_BYTES_MAX: usize = 512 * 1024;

// ---- What the house itself holds ----------------------------------------------------------------

/// Writes that share one commit at most.
pub const WRITES_PER_COMMIT_MAX: usize = 64;
/// Writes that wait for a commit; the next ones are told to come back.
pub const WRITES_WAITING_MAX: usize = 1_024;
/// Evaluations that wait for a thread of the sandbox.
pub const EVALUATIONS_WAITING_MAX: usize = 1_024;
/// How long a worker may be silent before its job is handed to another.
pub const JOB_LEASE: Duration = Duration::from_secs(30);
/// How often a job is tried.
pub const JOB_ATTEMPTS_MAX: u32 = 3;
/// Trials of one round.
pub const TRIALS_MAX: usize = 1_000;
/// One reason or message that a trial keeps, in characters; the rest is in the evaluation, which can be run again.
pub const TRIAL_REASON_CHARS_MAX: usize = 300;
/// All reasons of one member that a trial keeps of one rubric's unit pass.
pub const TRIAL_REASONS_BYTES_MAX: usize = 32 * 1024;
/// Changed findings of one member that a trial lists; the others it counts.
pub const TRIAL_FINDINGS_MAX: usize = 50;
/// Changed blocks of a document that a trial lists; the others it counts.
pub const TRIAL_BLOCKS_MAX: usize = 500;
/// Blocks of one document times blocks of the other that are matched with each other.
pub const TRIAL_BLOCKS_COMPARED_MAX: usize = 4_000_000;
/// Jobs of one federation that wait or run.
pub const JOBS_WAITING_MAX: usize = 100;
