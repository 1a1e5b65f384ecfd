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
    /// Whose period it was, where it was not the unit's own: that of a unit which was merged into it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<String>,
}

/// What is known before anything is handed in: the same for a pre-check and for the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Whose submission it is.
    pub unit: Unit,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The newest first; of one period the unit's own before those of its predecessors.
    #[serde(default)]
    pub earlier: Vec<EarlierPeriod>,
}

impl Context {
    /// The earlier periods that a rubric compares with, the newest first and each once: the unit's own, and where it has none the one of its
    /// predecessor. Of several predecessors none speaks for the others.
    pub fn comparable(&self) -> Vec<&EarlierPeriod> {
        let mut comparable: Vec<&EarlierPeriod> = Vec::new();
        for earlier in &self.earlier {
            let mut same = self.earlier.iter().filter(|other| other.period == earlier.period);
            let speaks = earlier.predecessor.is_none() || (same.next().is_some() && same.next().is_none());
            if speaks {
                comparable.push(earlier);
            }
        }
        comparable
    }
}
