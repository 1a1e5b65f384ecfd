//! The cohort pass: everybody's scorecards as columns, and what the rubric makes of them side by side.

use serde::{Deserialize, Serialize};

use crate::amount::Comparison;
use crate::calendar::Period;
use crate::points::Points;
use crate::scorecard::Step;

/// The points of one criterion for every member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionColumn {
    /// The criterion.
    pub criterion: String,
    /// One per member.
    pub points: Vec<Points>,
}

/// The values of one measure for every member, in units of 10^-scale of the measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureColumn {
    /// The measure.
    pub measure: String,
    /// One per member; 0 where nothing is known.
    pub values: Vec<i64>,
    /// 1 where the value is known.
    pub known: Vec<u8>,
}

/// A step that concerns one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberStep {
    /// Index of the member.
    pub member: u32,
    /// The step.
    pub step: Step,
}

/// All accepted submissions that are settled together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// The round's period.
    pub period: Period,
    /// Empty where a round has only one cohort.
    pub name: String,
    /// Codes; the order carries no meaning.
    pub members: Vec<String>,
    /// Totals after the unit pass.
    pub totals: Vec<Points>,
    /// One per criterion of the unit pass.
    pub criteria: Vec<CriterionColumn>,
    /// One per measure.
    pub measures: Vec<MeasureColumn>,
    /// Vetoes and downgrades of the unit pass.
    pub steps: Vec<MemberStep>,
}

/// The points of one criterion of the cohort pass for everybody, and the rule that gave them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledColumn {
    /// The criterion.
    pub criterion: String,
    /// One per member.
    pub points: Vec<Points>,
    /// How the points follow, in the federation's language.
    pub reason: String,
    /// The measure that was compared.
    pub measure: Option<String>,
    /// What the cohort's values gave.
    pub statistics: Vec<Comparison>,
}

/// The cohort pass's answer, in the cohort's order of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// One per criterion of the cohort pass.
    pub columns: Vec<SettledColumn>,
    /// What this pass adds, in order of member.
    pub steps: Vec<MemberStep>,
    /// Final totals.
    pub totals: Vec<Points>,
    /// 1 is the best.
    pub ranks: Vec<u32>,
    /// Index into the description's grades.
    pub grades: Vec<u16>,
}
