//! Returns: a reviewer sends a revision back, field by field, with a new due date that may lie after the round's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::ids::{RoundCode, UnitCode};

/// Why a field is sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReturnReason {
    /// Something is missing.
    Missing,
    /// It is not so.
    Wrong,
    /// It contradicts something else.
    Inconsistent,
    /// It cannot be understood.
    Unclear,
    /// What would prove it is missing.
    EvidenceMissing,
    /// Anything else; the text says it.
    Other,
}

impl ReturnReason {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Wrong => "wrong",
            Self::Inconsistent => "inconsistent",
            Self::Unclear => "unclear",
            Self::EvidenceMissing => "evidence-missing",
            Self::Other => "other",
        }
    }
}

/// One field that is sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnItem {
    /// Where in the answers (RFC 6901); empty for the submission as a whole.
    pub at: String,
    /// Why, for programs and for counting.
    pub reason: ReturnReason,
    /// Why, in words.
    pub text: String,
}

/// A revision sent back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionReturn {
    /// The round.
    pub round: RoundCode,
    /// Whose.
    pub unit: UnitCode,
    /// The revision.
    pub revision: u32,
    /// The fields.
    pub items: Vec<ReturnItem>,
    /// Until when the next revision is due, whatever the round's own due date.
    pub due_at: Timestamp,
    /// How many hours late the returned revision was: the member answers for those, and not for the time that the review took.
    pub hours_late: u32,
    /// Who.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
}

impl SubmissionReturn {
    /// How late a revision is that answers the return.
    pub fn hours_late(&self, received_at: Timestamp) -> u32 {
        self.hours_late.max(hours_between(self.due_at, received_at))
    }
}

/// Whole hours from a due time, rounded up; 0 when in time.
fn hours_between(due_at: Timestamp, at: Timestamp) -> u32 {
    let seconds = at.as_second().saturating_sub(due_at.as_second());
    if seconds <= 0 {
        0
    } else {
        u32::try_from(seconds.div_euclid(3600) + i64::from(seconds % 3600 > 0)).unwrap_or(u32::MAX)
    }
}
