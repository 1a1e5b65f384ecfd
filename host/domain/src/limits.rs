//! Every limit of the house, written down once. What a limit protects stands beside it; units stand last in the names.

use std::time::Duration;

// ---- What a caller may send ---------------------------------------------------------------------

/// A request body: answers with their explanations, or any other message, before anything is parsed.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// An uploaded component; `SpiderMonkey` and `CPython` make components of 12 to 18 MB.
pub const COMPONENT_BYTES_MAX: usize = 24 * 1024 * 1024;
/// The manifest of a component in an OCI registry, and its config.
pub const OCI_MANIFEST_BYTES_MAX: usize = 1024 * 1024;
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
/// A draft as it is kept, with everything that is remembered of its changes.
pub const DRAFT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Changes of a draft that are remembered: the newest. Whoever read an older state reads the whole again.
pub const DRAFT_CHANGES_MAX: usize = 100;
/// Places that are remembered of one change of a draft.
pub const DRAFT_CHANGE_FIELDS_MAX: usize = 50;
/// Rows of a list that stand on one page of the console.
pub const CONSOLE_ROWS_MAX: usize = 50;
/// Units of which a person's desk shows the tasks.
pub const DESK_UNITS_MAX: usize = 50;
/// Fields in which two revisions differ that are shown.
pub const DIFFERENCES_MAX: usize = 2_000;
/// Decisions about the checks of one round's rubric.
pub const CHECK_RULES_MAX: usize = 1_000;
/// One file that is attached to a submission.
pub const ATTACHMENT_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// Files of one unit in one round, those among them that were withdrawn.
pub const ATTACHMENTS_MAX: usize = 500;
/// The name of a file, in characters.
pub const FILE_NAME_CHARS_MAX: usize = 200;
/// How long sending a file may take.
pub const UPLOAD_TIME_MAX: Duration = Duration::from_mins(10);
/// An idempotency key.
pub const IDEMPOTENCY_KEY_BYTES_MAX: usize = 128;
/// Revisions of one member in one round.
pub const REVISIONS_MAX: u32 = 1_000;
/// How long a round can take late submissions for ones in time: a quarter of a year.
pub const GRACE_HOURS_MAX: u32 = 24 * 92;
/// How long members can appeal after a publication.
pub const APPEAL_DAYS_MAX: u16 = 365;
/// How far from its due date a round can remind, in days.
pub const REMINDER_DAYS_MAX: i16 = 120;
/// Reminders of one round.
pub const REMINDERS_MAX: usize = 20;
/// The pattern of a round's receipt numbers, in characters.
pub const RECEIPT_PATTERN_CHARS_MAX: usize = 100;
/// Org units of one federation.
pub const UNITS_MAX: usize = 20_000;
/// Units above one unit.
pub const UNIT_DEPTH_MAX: usize = 16;
/// Earlier names of one unit.
pub const EARLIER_NAMES_MAX: usize = 50;
/// Columns of a table of units: those that every unit has, and its attributes.
pub const UNIT_TABLE_COLUMNS_MAX: usize = 200;
/// A name, a title or a reason, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// The name of a font in a style sheet, in characters.
pub const FONT_NAME_CHARS_MAX: usize = 64;
/// Grounds, messages and reasons of a review, in characters.
pub const REVIEW_TEXT_CHARS_MAX: usize = 4_000;
/// Fields that one return sends back.
pub const RETURN_ITEMS_MAX: usize = 200;
/// Returns of one unit in one round.
pub const RETURNS_MAX: usize = 200;
/// Messages about one submission.
pub const MESSAGES_MAX: usize = 5_000;
/// Entries of reviewers on one submission.
pub const REVIEW_ENTRIES_MAX: usize = 1_000;
/// Pieces of evidence that one entry or appeal names.
pub const EVIDENCE_NAMED_MAX: usize = 50;
/// Functions that one collective decision names.
pub const PRESENT_MAX: usize = 50;
/// Collective decisions, publications and appeals of one round that a list shows: the newest.
pub const REVIEW_ACTS_LISTED_MAX: usize = 20_000;
/// Appeals of one unit in one round.
pub const APPEALS_MAX: usize = 200;
/// Things that one unit has to put right from one round.
pub const RECTIFICATIONS_MAX: usize = 200;
/// Steps of one of them.
pub const RECTIFICATION_STEPS_MAX: usize = 200;
/// Things to be put right that a list of a whole federation shows: the newest.
pub const RECTIFICATIONS_LISTED_MAX: usize = 20_000;
/// A pointer that a reviewer or a member sends.
pub const POINTER_BYTES_MAX: usize = 2_000;
/// Mailboxes of one unit.
pub const MAILBOXES_MAX: usize = 10;
/// The address of a mailbox.
pub const MAILBOX_BYTES_MAX: usize = 254;
/// The address of a federation's program that hears of notices.
pub const WEBHOOK_URL_BYTES_MAX: usize = 1_000;
/// The secret with which what is posted to it is signed.
pub const WEBHOOK_SECRET_BYTES_MAX: usize = 256;
/// The least of it.
pub const WEBHOOK_SECRET_BYTES_MIN: usize = 16;
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

// ---- What a spreadsheet may hold -----------------------------------------------------------------

/// A spreadsheet that is handed in, as it comes.
pub const WORKBOOK_BYTES_MAX: usize = BODY_BYTES_MAX;
/// The same with everything in it unpacked: counted while it is unpacked once and thrown away, before anything reads it.
pub const WORKBOOK_UNPACKED_BYTES_MAX: u64 = 48 * 1024 * 1024;
/// Files in the archive that a spreadsheet is.
pub const WORKBOOK_ENTRIES_MAX: usize = 2_000;
/// Worksheets that a template has, or that are read.
pub const WORKBOOK_SHEETS_MAX: usize = 250;
/// Worksheets with a table or a chart in a report's workbook.
pub const REPORT_SHEETS_MAX: usize = 500;
/// Columns of one worksheet of a template or a report, or that are read.
pub const WORKBOOK_COLUMNS_MAX: u32 = 1_000;
/// Rows of one worksheet that are read.
pub const WORKBOOK_ROWS_MAX: u32 = 50_000;
/// Cells with something in them, in all worksheets.
pub const WORKBOOK_CELLS_MAX: usize = 400_000;
/// Characters of one cell: what spreadsheet programs hold.
pub const WORKBOOK_CELL_CHARS_MAX: usize = 32_767;
/// Spreadsheets that a host reads at one time: bounds the memory that they unpack into.
pub const WORKBOOKS_AT_ONCE_MAX: usize = 2;
/// Documents that a host renders at one time: bounds the memory that they take.
pub const RENDERINGS_AT_ONCE_MAX: usize = 2;
/// Rendered files that a host remembers.
pub const RENDERED_KEPT_MAX: usize = 16;
/// Bytes of a file beyond which it is rendered anew for everybody: with [`RENDERED_KEPT_MAX`], 64 MiB are remembered at most.
pub const RENDERED_KEPT_BYTES_MAX: usize = 4 * 1024 * 1024;

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
/// A name that a plugin gives to something of its own, in characters.
pub const LABEL_CHARS_MAX: usize = 200;
/// Guidance, help and summaries of a plugin, in characters.
pub const PLUGIN_PROSE_CHARS_MAX: usize = 4_000;
/// Laws and notices that a rubric follows.
pub const BASIS_MAX: usize = 100;
/// A form, as JSON text.
pub const FORM_BYTES_MAX: usize = 1024 * 1024;
/// Schemas in a form when every reference is replaced by what it refers to: bounds the work of validating answers.
pub const FORM_SCHEMAS_MAX: usize = 20_000;
/// Patterns in a form: each is compiled once.
pub const FORM_PATTERNS_MAX: usize = 500;
/// Schemas of a form times values of the answers: bounds the work of validating elaborate answers against an elaborate form.
pub const FORM_WORK_MAX: usize = 500_000_000;
/// Texts of the outline of a form, which repeats a definition wherever it is used.
pub const FORM_OUTLINE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// One label or help of a form as an outline tells it, in characters.
pub const FORM_WORD_CHARS_MAX: usize = 2_000;
/// Values that a form offers for one field; a longer list is no choice that anybody looks through.
pub const FORM_OPTIONS_MAX: usize = 2_000;
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

// ---- What a component may consist of -------------------------------------------------------------
// Counted while the bytes are looked through once, before anything parses the component whole. What a small rubric in JavaScript by
// QuickJS, in JavaScript by SpiderMonkey, and in Python has stands behind each limit: all three are admitted.

/// Sections, at every depth: 880, 200, 610.
pub const COMPONENT_SECTIONS_MAX: usize = 10_000;
/// Components and modules within each other: 4, 2, 2.
pub const COMPONENT_DEPTH_MAX: usize = 16;
/// Components within a component, one for each interface and each adapter: 24, 1, 2.
pub const COMPONENT_COMPONENTS_MAX: usize = 128;
/// Core modules: 11, 3, 38.
pub const COMPONENT_MODULES_MAX: usize = 64;
/// Instances of modules and of components that it makes: 74, 6, 110.
pub const COMPONENT_INSTANCES_MAX: usize = 512;
/// Types, of modules and of components: 612, 294, 1,564.
pub const COMPONENT_TYPES_MAX: usize = 20_000;
/// What it imports and exports itself: 2, 1, 2.
pub const COMPONENT_NAMES_MAX: usize = 256;
/// Functions that it defines: 1,710, 12,675, 13,486.
pub const COMPONENT_FUNCTIONS_MAX: usize = 60_000;
/// The body of one function, since the compiler's time grows faster than it: 54,010, 171,628, 426,843.
pub const FUNCTION_BODY_BYTES_MAX: usize = 512 * 1024;
/// Tables: 3, 2, 2.
pub const COMPONENT_TABLES_MAX: u32 = 8;
/// Elements of one table, the functions that a runtime can point at: 738, 7,689, 5,672.
pub const TABLE_ELEMENTS_MAX: usize = 100_000;
/// Linear memories: 3, 1, 1.
pub const COMPONENT_MEMORIES_MAX: u32 = 4;
/// Global variables: 19, 2, 871.
pub const COMPONENT_GLOBALS_MAX: usize = 10_000;
/// Custom sections together, such as names and debugging information: 23,877, 4,460, 416,573.
pub const COMPONENT_CUSTOM_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Core instances of one instance of a component, counting the adapters that link other languages' runtimes together: 50, 5, 108.
pub const CORE_INSTANCES_MAX: u32 = 160;
/// One text of a component's build information, in characters.
pub const BUILD_TEXT_CHARS_MAX: usize = 400;
/// Tools and languages of a component's build information.
pub const BUILD_PRODUCERS_MAX: usize = 32;

// ---- Signatures ----------------------------------------------------------------------------------

/// A minisign signature in its header: two comments, two signatures, in Base64.
pub const SIGNATURE_BYTES_MAX: usize = 4 * 1024;
/// The comment that a signer signed along, in characters.
pub const TRUSTED_COMMENT_CHARS_MAX: usize = 400;
/// Keys that a federation trusts at one time.
pub const TRUSTED_KEYS_MAX: usize = 50;
/// Keys of a federation, with those that it does not trust any more.
pub const KNOWN_KEYS_MAX: usize = 500;

// ---- What compiling a plugin may use ------------------------------------------------------------

/// Time on the clock for compiling one component in its child process.
pub const COMPILE_WALL_MAX: Duration = Duration::from_mins(2);
/// Processor time for the same.
pub const COMPILE_CPU_SECONDS_MAX: u64 = 90;
/// Address space of the compiling child.
pub const COMPILE_MEMORY_BYTES_MAX: u64 = 3 * 1024 * 1024 * 1024;

// ---- What the house itself holds ----------------------------------------------------------------

/// Writes that share one commit at most.
pub const WRITES_PER_COMMIT_MAX: usize = 64;
/// Writes that wait for a commit; the next ones are told to come back.
pub const WRITES_WAITING_MAX: usize = 1_024;
/// Evaluations that wait for a thread of the sandbox.
pub const EVALUATIONS_WAITING_MAX: usize = 1_024;
/// Releases of one federation whose calls a host counts; the one that was not called for the longest time makes room.
pub const METERED_RELEASES_MAX: usize = 32;
/// How long a worker may be silent before its job is handed to another.
pub const JOB_LEASE: Duration = Duration::from_secs(30);
/// How often a job is tried.
pub const JOB_ATTEMPTS_MAX: u32 = 3;
/// How long after a release was replaced what it had begun to judge may still be kept, by the clock of the database.
pub const REPLACED_GRACE: Duration = Duration::from_secs(2);
/// Faults that a federation can allow a release, at most.
pub const QUARANTINE_FAULTS_MAX: u32 = 1_000;
/// How far back a federation can count faults.
pub const QUARANTINE_WINDOW_MAX: Duration = Duration::from_hours(7 * 24);
/// Faults that are looked through to see whether a release is to be quarantined: the newest ones.
pub const QUARANTINE_FAULTS_SEEN_MAX: usize = 5_000;
/// When to come back to a quarantined release.
pub const QUARANTINE_RETRY: Duration = Duration::from_mins(5);
/// Proposals of one round that a list shows: the newest.
pub const ACTIVATIONS_LISTED_MAX: usize = 500;
/// Proposals of one round that wait for a second person.
pub const PROPOSALS_WAITING_MAX: usize = 100;
/// Tokens from the one that is shown to the one that began the chain of issuing; beyond, nobody counts as a second person.
pub const ISSUERS_MAX: usize = 32;
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
/// How long a host may be silent before a notice that it wanted to deliver is taken by another.
pub const DELIVERY_LEASE: Duration = Duration::from_mins(1);
/// How long one attempt at delivering a notice may take.
pub const DELIVERY_TIME_MAX: Duration = Duration::from_secs(20);
/// How long after its time a reminder is still worth giving: after a long standstill members are not told of days gone by.
pub const REMINDER_KEEPS: Duration = Duration::from_hours(72);
/// Members that one notice names.
pub const MEMBERS_NAMED_MAX: usize = 20;
/// Jobs of one federation that wait or run.
pub const JOBS_WAITING_MAX: usize = 100;

// ---- What leaves the house -----------------------------------------------------------------------

/// One line of an exported audit log, while it is verified.
pub const AUDIT_LINE_BYTES_MAX: usize = 64 * 1024;
/// What verifying an audit log tells of at most.
pub const AUDIT_FAULTS_MAX: usize = 1_000;

// ---- People who sign in ---------------------------------------------------------------------------

/// The shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// The longest password, in bytes: what is hashed is never larger.
pub const PASSWORD_BYTES_MAX: usize = 512;
/// Memory that hashing one password takes, in KiB (argon2id).
pub const PASSWORD_MEMORY_KIB: u32 = 19 * 1024;
/// How often hashing a password goes through that memory.
pub const PASSWORD_PASSES: u32 = 2;
/// Passwords that are hashed at one time; the next ones wait.
pub const PASSWORDS_AT_ONCE_MAX: usize = 4;
/// Attempts to sign in to one account that fail within [`SIGN_IN_WINDOW`]; the next ones are told to come back.
pub const SIGN_IN_ACCOUNT_ATTEMPTS_MAX: usize = 10;
/// The same from one address; an office may have one for everybody.
pub const SIGN_IN_ADDRESS_ATTEMPTS_MAX: usize = 60;
/// How far back attempts are counted.
pub const SIGN_IN_WINDOW: Duration = Duration::from_mins(15);
/// How long somebody stays signed in who is not heard of.
pub const SESSION_IDLE_MAX: Duration = Duration::from_mins(60);
/// How long somebody stays signed in at most.
pub const SESSION_AGE_MAX: Duration = Duration::from_hours(12);
/// How exactly it is kept when somebody was seen: a read is not a write each time.
pub const SESSION_SEEN_EVERY: Duration = Duration::from_mins(1);
/// How long somebody may be away at the provider of identities.
pub const SIGN_ON_TIME_MAX: Duration = Duration::from_mins(10);
/// Those who are away there at one time; the next ones are told to come back.
pub const SIGN_ONS_WAITING_MAX: usize = 10_000;
/// By how much the provider's clock may differ from the house's.
pub const SIGN_ON_CLOCK_DOUBT: Duration = Duration::from_secs(60);
/// One answer of a provider of identities.
pub const PROVIDER_ANSWER_BYTES_MAX: usize = 256 * 1024;
/// Parts of a form with files that the console reads.
pub const UPLOAD_PARTS_MAX: usize = 16;
/// Accounts of one federation.
pub const ACCOUNTS_MAX: usize = 20_000;
/// Tokens of one federation, with those that are worth nothing any more.
pub const TOKENS_MAX: usize = 20_000;
/// Tokens of one person that are worth something.
pub const OWN_TOKENS_MAX: usize = 20;
/// How long a person's own token lasts where nothing else is said.
pub const OWN_TOKEN_AGE: Duration = Duration::from_hours(90 * 24);
/// How long a token lasts at most for which an end is named, or that is a person's own.
pub const TOKEN_AGE_MAX: Duration = Duration::from_hours(366 * 24);
/// Grants of one account or token.
pub const GRANTS_MAX: usize = 50;
