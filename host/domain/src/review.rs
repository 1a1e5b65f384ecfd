//! What became known after the answers were handed in: lateness, judgements, adjustments, explanations.

use serde::{Deserialize, Serialize};

use crate::amount::Decimal;
use crate::points::Points;

/// A reviewer's decision where the rubric leaves discretion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The judged criterion.
    pub criterion: String,
    /// The points.
    pub points: Points,
    /// Why.
    pub reason: String,
}

/// A value that a reviewer counts differently from what the member stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueAdjustment {
    /// Where in the answers.
    pub at: String,
    /// What the member stated.
    pub stated: Decimal,
    /// What it counts as.
    pub counted: Decimal,
    /// Why.
    pub reason: String,
}

/// Points that a reviewer adds or takes beside the rubric's own rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointAdjustment {
    /// The criterion.
    pub criterion: String,
    /// How many, negative to take.
    pub points: Points,
    /// Why.
    pub reason: String,
}

/// The member's explanation of a warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The check that warned.
    pub check: String,
    /// Where; none explains every finding of the check.
    #[serde(default)]
    pub at: Option<String>,
    /// The explanation.
    pub text: String,
}

/// What became known after the answers were handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Whole hours after the due date, rounded up.
    pub hours_late: u32,
    /// Decisions where the rubric leaves discretion.
    #[serde(default)]
    pub judgements: Vec<Judgement>,
    /// Values counted differently.
    #[serde(default)]
    pub value_adjustments: Vec<ValueAdjustment>,
    /// Points added or taken.
    #[serde(default)]
    pub point_adjustments: Vec<PointAdjustment>,
    /// The member's explanations.
    #[serde(default)]
    pub explanations: Vec<Explanation>,
}
