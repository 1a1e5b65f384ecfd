//! What several decided together about a round's results, as it was minuted.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::ids::{CollectiveDecisionId, ReviewEntryId, RoundCode};

/// A decision of several together. The entries that it names count from then on as if a second person had confirmed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectiveDecision {
    /// Its identifier.
    pub id: CollectiveDecisionId,
    /// The round.
    pub round: RoundCode,
    /// The day of the meeting.
    pub held_on: Date,
    /// The number of the minutes.
    pub minutes: String,
    /// In which functions people took part; never their names.
    pub present: Vec<String>,
    /// What was decided.
    pub resolution: String,
    /// The entries that are confirmed by it.
    pub entries: Vec<ReviewEntryId>,
    /// Who recorded it.
    pub by: Signatory,
    /// When it was recorded.
    pub at: Timestamp,
}
