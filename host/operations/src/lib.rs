//! What a federation does with the house: one verb a file, each a short story over store, sandbox and documents.
//!
//! [`Office`] is the counter at which everybody is served. Every method names its caller first, asks
//! [`domain::access::Caller::may`] before anything else, and answers with a view or an [`OperationError`] that says whose fault it was.

mod clock;
mod error;
mod meters;
mod office;
mod once;
mod problem;
mod randomness;
mod refused;
mod remembered;
mod signature;
mod signer;

mod failed_calls;
mod form_workbook;
mod handed_in;
mod judge;
mod judge_counted;

mod account;
mod enrol;
mod grant;
mod identity_signature;
mod password;
mod session;
mod sign_on;
mod token;
mod token_issue;

mod unit_history;
mod unit_table;
mod units;

mod activation;
mod addressees;
mod admit_release;
mod changes;
mod delivering;
mod member_notice;
mod notice;
mod quarantine;
mod rollback;
mod trust;
mod withdrawal;

mod form;
mod open_round;
mod origins;
mod round;
mod round_change;
mod round_in_force;
mod timekeeping;

mod check_rule;
mod context;
mod desk;
mod differences;
mod draft;
mod draft_beside;
mod draft_signing;
mod draft_submission;
mod off_line;
mod pre_check;
mod style_sheet;
mod submission;
mod submit;
mod taking;

mod explain;
mod progress;

mod review_round;
mod second_person;

mod acceptance;
mod attachment;
mod conversation;
mod rectification;
mod rectification_list;
mod rectification_reminder;
mod submission_return;

mod assess;
mod collective_decision;
mod review;
mod review_board;
mod review_entry;
mod review_notice;

mod appeal;
mod publication;
mod shown;

mod ask;
mod cohort_pass;
mod compare;
mod export_roll_up;
mod import_roll_up;
mod job;
mod pace;
mod ranking;
mod roll_up;
mod rolled_up;
mod settle;
mod sheet_text;
mod standing;
mod trial;
mod try_release;
mod work;

mod compose;
mod page;
mod point_table;
mod release_comparison;
mod rendering;
mod report;

mod attest;
mod audit;
mod audit_verify;
mod replay;

mod host_figures;
mod release_health;
mod warm;

pub use acceptance::NewAcceptance;
pub use account::{AccountView, GrantAct, NewAccount, NewAccountState, NewGrant, NewGrantChange, NewPassword};
pub use activation::{ActivationView, NewDecision, NewProposal, Verdict};
pub use addressees::{NewWebhook, WebhookView};
pub use appeal::{NewAppeal, NewAppealDecision};
pub use ask::NewTrial;
pub use attachment::{AttachedFile, NewAttachment};
pub use audit_verify::{AuditDoubt, AuditFault, AuditVerified, Evidence, verify_audit};
pub use check_rule::NewCheckRule;
pub use clock::{Clock, SetClock};
pub use collective_decision::NewCollectiveDecision;
pub use compare::{ChangedMember, RubricComparison, StoodAt};
pub use conversation::NewMessage;
pub use delivering::DeliveryView;
pub use desk::{DeskRound, DeskStage, DeskTask};
pub use differences::{Differences, FieldDifference};
pub use draft::{DraftPatch, DraftRead, DraftView, NewDraft};
pub use draft_beside::{BesideDraft, EarlierAnswers};
pub use error::{NOT_POSSIBLE_CODES, OperationError, Whose};
pub use form::FormRefused;
pub use form_workbook::{FoundCell, HandedInWorkbook, SubmittedWorkbook};
pub use handed_in::HandedIn;
pub use host_figures::{FederationFigures, HostFigures, ReleaseFigures};
pub use import_roll_up::{ImportView, NewImport};
pub use job::job_message;
pub use member_notice::{MEMBER_NOTICE_CODES, MemberNoticeView};
pub use notice::{NOTICE_CODES, NoticeView};
pub use off_line::{OffLineCheck, check_off_line};
pub use office::{Office, OfficeSettings};
pub use once::Answered;
pub use open_round::NewRound;
pub use point_table::PointTableView;
pub use pre_check::{PreCheckPack, PreChecked};
pub use problem::FormProblem;
pub use progress::{HandedInRow, ProgressRow, ProgressWall};
pub use publication::{NewPublication, PublicationView};
pub use quarantine::NewLifting;
pub use randomness::Randomness;
pub use ranking::{RankedCohort, RankedMember, Ranking};
pub use rectification::{
    Deduction, NewCause, NewRectification, NewRectificationStep, RectificationView, Rectifications,
};
pub use rectification_list::WhichRectifications;
pub use release_comparison::{ComparedRelease, NamedPlugin, ReleaseComparisonView};
pub use release_health::{CountedHere, FunctionFigures, ReleaseHealth};
pub use rendering::Rendered;
pub use replay::{FuelCompared, Replayed};
pub use review::{ReviewColumn, ReviewTotals, ReviewView, ScorecardVersion};
pub use review_board::{ReviewRow, ReviewStage};
pub use review_entry::{NewConfirmation, NewReviewAct, NewReviewEntry, ReviewEntryView};
pub use rollback::NewRollback;
pub use rolled_up::{ComposedReport, RollUpView};
pub use round::RoundView;
pub use round_change::NewRoundChange;
pub use session::{NewOwnPassword, NewSession, SessionView, SignedIn};
pub use sign_on::{NewSignOn, SentAway, SignOnView};
pub use signer::{NotGenuine, Signer, verify_receipt, verify_review_entry};
pub use standing::OwnStanding;
pub use submission::{FindingsView, RevisionRow, SubmissionView};
pub use submission_return::NewReturn;
pub use submit::Submitted;
pub use token::IssuedToken;
pub use token_issue::{NewOwnToken, NewRevocation, NewToken, TokenView};
pub use trial::TrialView;
pub use trust::{NewKey, NewTrust, TrustView};
pub use unit_history::{NamedUnit, UnitHistory, UnitPeriod};
pub use unit_table::UnitTableFormat;
pub use units::{NewMerger, NewName};
pub use withdrawal::NewWithdrawal;
