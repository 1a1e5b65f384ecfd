//! The handlers, one file a noun: parse, ask the office, answer.

pub(crate) mod accounts;
pub(crate) mod activations;
pub(crate) mod audit;
pub(crate) mod evaluations;
pub(crate) mod federations;
pub(crate) mod health;
pub(crate) mod jobs;
pub(crate) mod post;
pub(crate) mod problems;
pub(crate) mod publications;
pub(crate) mod quarantines;
pub(crate) mod rectifications;
pub(crate) mod releases;
pub(crate) mod reports;
pub(crate) mod returns;
pub(crate) mod reviews;
pub(crate) mod rounds;
pub(crate) mod sessions;
pub(crate) mod settlements;
pub(crate) mod sign_on;
pub(crate) mod submissions;
pub(crate) mod trials;
pub(crate) mod trust;
pub(crate) mod units;
pub(crate) mod watching;
pub(crate) mod workbooks;
