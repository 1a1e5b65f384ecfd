//! Scorecards: the explanation of a score, line by line, step by step.

use serde::{Deserialize, Serialize};

use crate::amount::{Comparison, Decimal};
use crate::points::Points;

/// The points of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionPoints {
    /// The criterion.
    pub criterion: String,
    /// Its points.
    pub points: Points,
}

/// Why an entry of a line changes the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// Where the line starts from.
    Base,
    /// Loses points.
    Deduct,
    /// Earns points.
    Add,
    /// A reviewer's judgement.
    Judged,
    /// A reviewer's adjustment.
    Adjusted,
    /// Brings the line back into its range.
    Limit,
    /// Brings the line to a multiple of the smallest unit.
    Round,
    /// Waits for the cohort pass.
    Pending,
}

/// One step on the way to a line's points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Why.
    pub kind: EntryKind,
    /// How many, with sign.
    pub points: Points,
    /// In the federation's language.
    pub reason: String,
    /// What was compared.
    pub comparisons: Vec<Comparison>,
    /// Where in the answers (RFC 6901) the numbers came from.
    pub sources: Vec<String>,
}

/// One criterion's points and how they came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The criterion.
    pub criterion: String,
    /// The sum of the entries.
    pub points: Points,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// What a step after the sum does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Bounds a sum from above.
    Cap,
    /// Bounds a sum from below.
    Floor,
    /// Overrides the sum.
    Veto,
    /// Lowers the grade.
    Downgrade,
    /// Brings the total to a multiple of the smallest unit.
    Round,
}

/// A named change after the lines are summed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it does.
    pub kind: StepKind,
    /// The cap or veto that the description declares; empty for `round`.
    pub rule: String,
    /// How many points, with sign.
    pub points: Points,
    /// The grade that it leads to at best.
    pub grade: Option<String>,
    /// In the federation's language.
    pub reason: String,
    /// What was compared.
    pub comparisons: Vec<Comparison>,
    /// Where in the answers.
    pub sources: Vec<String>,
}

/// The value of a measure in one submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The measure.
    pub measure: String,
    /// None where it cannot be told.
    pub value: Option<Decimal>,
}

/// The explanation of a score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorecard {
    /// One per scored criterion, in the description's order.
    pub lines: Vec<Line>,
    /// Named changes after the sum.
    pub steps: Vec<Step>,
    /// The sum of lines and steps.
    pub total: Points,
    /// One per measure, in the description's order.
    pub measures: Vec<Measured>,
}
