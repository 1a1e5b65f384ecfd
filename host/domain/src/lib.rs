//! The values and rules of collecting, scoring and rolling up: no IO, no clock, no HTTP, no SQL, no WebAssembly.
//!
//! The modules stand in reading order: what is counted, what is handed in, what a rubric says of itself,
//! what it answers, what becomes of it, and who may do what.

pub mod limits;

pub mod amount;
pub mod answers;
mod bytes;
pub mod calendar;
pub mod digest;
pub mod histogram;
pub mod points;
pub mod text;

pub mod ids;

pub mod federation;
pub mod register;
pub mod unit;

pub mod rubric;

pub mod difference;
pub mod finding;
pub mod review;
pub mod scorecard;
pub mod settlement;

pub mod cohort;
pub mod expectation;
pub mod explanation;
pub mod fields;
pub mod masking;

pub mod document;
pub mod form_outline;
pub mod reading;
pub mod report;
pub mod style_sheet;

pub mod composition;
pub mod evaluation;
pub mod point_table;
pub mod rectification;
pub mod release;
pub mod release_comparison;
pub mod release_fault;
pub mod roll_up;
pub mod roll_up_export;
pub mod round;
pub mod settled;
pub mod submission;
pub mod trial;
pub mod trust;
pub mod verdict;

pub mod access;
pub mod account;
pub mod activation;
pub mod amendment;
pub mod appeal;
pub mod assessment;
pub mod attachment;
pub mod audit;
pub mod check_rule;
pub mod collective_decision;
pub mod conversation;
pub mod counting;
pub mod delivery;
pub mod draft;
pub mod job;
pub mod member_notice;
pub mod notice;
pub mod publication;
pub mod quarantine;
pub mod review_entry;
pub mod session;
pub mod sign_on;
pub mod submission_return;
pub mod token;
pub mod withdrawal;
