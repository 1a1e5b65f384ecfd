//! One member in a trial: where it stands under either release, and why that differs.

use serde::{Deserialize, Serialize};

use crate::ids::UnitCode;
use crate::points::Points;
use crate::text::Text;
use crate::trial::difference::Difference;
use crate::trial::finding::FindingChange;

/// Where a member comes under one rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// The final total.
    pub total: Points,
    /// The grade's identifier.
    pub grade: String,
    /// 1 is the best of the cohort.
    pub rank: u32,
    /// How many the cohort ranks.
    pub ranked: u32,
}

/// Why a member has no score under a rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNotScored {
    /// The answers are not what the rubric's form asks for: the member would have to hand in again.
    Unfit,
    /// The rubric declines to score them.
    Refused,
    /// The rubric failed on them: it broke the contract or a limit.
    Faulted,
}

/// A member without a score under a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotScored {
    /// Why in one word.
    pub why: WhyNotScored,
    /// The stable code: of the first place that does not fit, of the refusal, or of the fault.
    pub code: String,
    /// Why in words.
    pub message: Text,
}

/// What a rubric makes of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is ranked.
    Ranked(Ranked),
    /// It is not.
    NotScored(NotScored),
}

impl Outcome {
    /// Where the member comes, where it is ranked.
    pub const fn ranked(&self) -> Option<&Ranked> {
        match self {
            Self::Ranked(ranked) => Some(ranked),
            Self::NotScored(_) => None,
        }
    }

    /// Why it is not, where it is not.
    pub const fn not_scored(&self) -> Option<&NotScored> {
        match self {
            Self::Ranked(_) => None,
            Self::NotScored(not) => Some(not),
        }
    }
}

/// In which direction a member crosses a grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GradeMove {
    /// To a better one.
    Up,
    /// To a worse one.
    Down,
    /// To one of another scale, where better and worse cannot be told.
    Sideways,
}

/// One member in a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedMember {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// Its cohort; empty where the round has only one.
    pub cohort: String,
    /// The revision that was judged.
    pub revision: u32,
    /// What the release in force makes of it.
    pub before: Outcome,
    /// What the candidate makes of it.
    pub after: Outcome,
    /// How the total differs, where both score it.
    pub difference: Option<Points>,
    /// Set where the grade differs.
    pub grade_move: Option<GradeMove>,
    /// Which parts of the total differ, the largest difference first: together exactly the difference of the totals.
    pub differences: Vec<Difference>,
    /// Findings that appear, vanish or weigh differently.
    pub findings: Vec<FindingChange>,
    /// How many more of them there are than are listed.
    pub more_findings: u32,
    /// Whether a revision with the candidate's findings would be held back if it were handed in now.
    pub would_be_blocked: bool,
}
