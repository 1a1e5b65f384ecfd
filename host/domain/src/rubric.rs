//! What a rubric says of itself: criteria, caps, vetoes, grades, checks, measures and the form.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::points::Points;
use crate::text::Text;

/// A law, a notice or a table that the rubric follows or is shaped after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// Its title.
    pub title: String,
    /// Its document number.
    pub number: Option<String>,
    /// How the rubric relates to it.
    pub note: Option<Text>,
}

/// What part a criterion plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionKind {
    /// Only groups others.
    Group,
    /// Earns or keeps points.
    Base,
    /// Only takes points away.
    Deduction,
    /// Only adds points.
    Bonus,
    /// Has no weight, but can end the matter.
    BottomLine,
}

/// In which pass a criterion gets its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pass {
    /// From one submission.
    OfUnit,
    /// From all of them side by side.
    OfCohort,
}

/// The points that a criterion may give from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointRange {
    /// The first day of a period's end for which it holds.
    pub since: Date,
    /// The least.
    pub least: Points,
    /// The most.
    pub most: Points,
}

/// The discretion that is left to a reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discretion {
    /// The least.
    pub least: Points,
    /// The most.
    pub most: Points,
    /// What the reviewer goes by.
    pub guidance: Text,
}

/// One node of the rubric's tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Unique in the rubric.
    pub id: String,
    /// The group it stands in.
    pub parent: Option<String>,
    /// Its name.
    pub label: Text,
    /// What part it plays.
    pub kind: CriterionKind,
    /// When it gets its points.
    pub pass: Pass,
    /// Ascending by `since`.
    pub ranges: Vec<PointRange>,
    /// Set where a reviewer may decide.
    pub judged: Option<Discretion>,
    /// How the points are given.
    pub guidance: Text,
}

impl Criterion {
    /// The range in force for a period that ends on `period_end`: the last that had begun by then.
    pub fn range_on(&self, period_end: Date) -> Option<PointRange> {
        self.ranges.iter().rev().find(|range| range.since <= period_end).copied()
    }

    /// Whether it has a line in a scorecard.
    pub const fn is_scored(&self) -> bool {
        !matches!(self.kind, CriterionKind::Group)
    }
}

/// A bound on the sum of one group, or on the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Unique among caps and vetoes.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// A group; none bounds the total.
    pub criterion: Option<String>,
    /// The least that the sum may be.
    pub least: Option<Points>,
    /// The most that the sum may be.
    pub most: Option<Points>,
}

/// What a breach leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VetoEffect {
    /// The total becomes 0.
    Zero,
    /// The total is at most this.
    AtMost(Points),
    /// The grade is at best this one.
    Grade(String),
    /// So many grades lower.
    Downgrade(u8),
}

/// A rule that overrides the sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Veto {
    /// Unique among caps and vetoes.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// What it leads to.
    pub effect: VetoEffect,
}

/// A grade and the least total that it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// The least total.
    pub at_least: Points,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Blocks.
    Error,
    /// Needs an explanation.
    Warning,
    /// A hint.
    Info,
    /// Switched off.
    Off,
}

impl Severity {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Off => "off",
        }
    }
}

/// A severity and the first day on which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedSeverity {
    /// The first day.
    pub since: Date,
    /// The severity.
    pub severity: Severity,
}

/// A check that the rubric can raise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Unique in the rubric.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// What is wrong and how to mend it.
    pub help: Text,
    /// Ascending by `since`.
    pub severities: Vec<DatedSeverity>,
}

impl Check {
    /// The severity on a day: that of the last entry that had begun by then, and off before the first.
    pub fn severity_on(&self, day: Date) -> Severity {
        self.severities.iter().rev().find(|dated| dated.since <= day).map_or(Severity::Off, |dated| dated.severity)
    }
}

/// A number that the unit pass takes out of a submission and the cohort pass compares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Unique in the rubric.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// What it is counted in.
    pub unit: String,
    /// Decimal places.
    pub scale: u8,
}

/// How a number that is finer than the smallest unit becomes a multiple of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Half away from zero.
    HalfUp,
    /// Half to the even neighbour.
    HalfEven,
    /// Cut off.
    TowardZero,
}

/// Everything that a rubric says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The same for all versions of one rubric.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its name.
    pub title: Text,
    /// What it is, and what it is shaped after.
    pub summary: Text,
    /// What it follows.
    pub basis: Vec<LegalBasis>,
    /// What a total is out of.
    pub full_marks: Points,
    /// Every line, step and total is a multiple of it.
    pub smallest_unit: Points,
    /// How finer numbers are rounded.
    pub rounding: Rounding,
    /// The tree, parents before children.
    pub criteria: Vec<Criterion>,
    /// Bounds on sums.
    pub caps: Vec<Cap>,
    /// Rules that override the sum.
    pub vetoes: Vec<Veto>,
    /// The best first.
    pub grades: Vec<Grade>,
    /// Every check that it can raise.
    pub checks: Vec<Check>,
    /// What the cohort pass compares.
    pub measures: Vec<Measure>,
    /// How many earlier periods it wants to see.
    pub earlier_periods: u8,
    /// JSON Schema of the answers.
    pub form: String,
}

impl Description {
    /// The check of a code.
    pub fn check(&self, code: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.code == code)
    }

    /// The criterion of an identifier.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The criteria that have a line in a scorecard, in order.
    pub fn scored(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.is_scored())
    }

    /// The index of the grade that a total takes: the first whose least total it reaches, else the last.
    pub fn grade_of(&self, total: Points) -> Option<usize> {
        let reached = self.grades.iter().position(|grade| total >= grade.at_least);
        reached.or_else(|| self.grades.len().checked_sub(1))
    }
}
