//! Explanations: what every engine has to give for the same answers, word for word.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The points and how they came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// One per criterion, in the order of the rubric.
    pub lines: Vec<Line>,
    /// The sum of all lines, in thousandths of a point.
    pub total: i64,
}

/// The points of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The criterion.
    pub criterion: Cow<'static, str>,
    /// In thousandths of a point.
    pub points: i64,
    /// Why, with the numbers.
    pub reason: String,
    /// Pointers (RFC 6901) at the first five records that cost points.
    pub sources: Vec<String>,
}
