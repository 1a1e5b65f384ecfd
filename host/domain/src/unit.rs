//! Org units as a rubric sees them.

use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::calendar::{Calendar, Period};
use crate::points::Points;
use crate::scorecard::CriterionPoints;

/// A named property of an org unit, from the federation's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// `outlet_count`, `legal_form`.
    pub name: String,
    /// Its value.
    pub value: Amount,
}

/// The org unit that a submission is about, on the day that the round's period ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Unique in the federation, stable over renames.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Other names by which its papers may call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// A word of the federation's own list of kinds.
    pub kind: String,
    /// In order of their names.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// What an earlier period ended with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierPeriod {
    /// The period.
    pub period: Period,
    /// The canonical bytes of the accepted answers.
    #[serde(with = "crate::bytes")]
    pub answers: Vec<u8>,
    /// The final total.
    pub total: Points,
    /// What the total is out of.
    pub full_marks: Points,
    /// The grade's identifier.
    pub grade: Option<String>,
    /// Final points per criterion.
    pub lines: Vec<CriterionPoints>,
}

/// What is known before anything is handed in: the same for a pre-check and for the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Whose submission it is.
    pub unit: Unit,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The newest first.
    #[serde(default)]
    pub earlier: Vec<EarlierPeriod>,
}
