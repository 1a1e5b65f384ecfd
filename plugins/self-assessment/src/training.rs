//! Training of staff, in sum and by session.

use huizong_sdk::{PartialDate, Quantity};
use serde::Deserialize;

/// Training in sum (培训汇总).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Training<'a> {
    /// The kind, by code: `all`, `consumer_protection_topic`, `counter` …
    pub kind: Option<&'a str>,
    /// Sessions.
    #[serde(borrow)]
    pub sessions: Option<Quantity<'a>>,
    /// Staff trained.
    #[serde(borrow)]
    pub trainees: Option<Quantity<'a>>,
    /// Attendances.
    #[serde(borrow)]
    pub person_times: Option<Quantity<'a>>,
    /// Staff trained, each counted once.
    #[serde(borrow)]
    pub distinct_staff: Option<Quantity<'a>>,
    /// Hours.
    #[serde(borrow)]
    pub hours: Option<Quantity<'a>>,
    /// The kind that this row is part of.
    pub is_subset_of: Option<&'a str>,
}

/// One session (培训记录).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TrainingEvent<'a> {
    /// What it was about.
    pub topic: Option<&'a str>,
    /// The kind, by code.
    pub kind: Option<&'a str>,
    /// When.
    #[serde(borrow)]
    pub on: Option<PartialDate<'a>>,
    /// How many attended.
    pub attendees: Option<i64>,
}
