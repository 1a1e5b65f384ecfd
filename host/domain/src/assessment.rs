//! Assessments: what one rubric release says of one revision with what reviewers had decided by then. Each is kept beside the earlier ones.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::ReviewEntryId;
use crate::verdict::Verdict;

/// What a rubric says of a revision with what reviewers decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The identity of what reviewers had decided.
    pub review: Digest,
    /// The entries behind it.
    pub entries: Vec<ReviewEntryId>,
    /// What the rubric says.
    pub verdict: Verdict,
    /// When.
    pub at: Timestamp,
}
