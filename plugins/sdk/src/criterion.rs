//! Criteria: the nodes of a rubric's tree, as constants.

use crate::contract::{self, CriterionKind, Date, Pass};
use crate::date::day;
use crate::label::{Label, label};
use crate::points::Points;

/// The first day of every rule that has no other.
pub(crate) const ALWAYS: Date = day(1900, 1, 1);

/// The points that a criterion may give from a day on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointRange {
    /// It holds for rounds whose period ends on this day or later.
    pub since: Date,
    /// The least; may be negative.
    pub least: Points,
    /// The most; may be negative, too.
    pub most: Points,
}

/// The discretion that is left to a reviewer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discretion {
    /// The least.
    pub least: Points,
    /// The most.
    pub most: Points,
    /// What the reviewer goes by.
    pub guidance: Label,
}

/// One node of the rubric's tree, put together step by step:
///
/// ```
/// use huizong_sdk::{Criterion, PointRange, day, label, points};
/// const TRAINING: Criterion = Criterion::base("training", label("内部培训", "Training"))
///     .under("mechanisms")
///     .ranges(&[
///         PointRange::since(day(2021, 1, 1), points("0"), points("4")),
///         PointRange::since(day(2025, 9, 12), points("0"), points("5.5")),
///     ])
///     .guided(label("每年至少一次。", "At least once a year."));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Criterion {
    pub(crate) id: &'static str,
    pub(crate) parent: Option<&'static str>,
    pub(crate) label: Label,
    pub(crate) kind: CriterionKind,
    pub(crate) pass: Pass,
    ranges: Ranges,
    pub(crate) judged: Option<Discretion>,
    pub(crate) guidance: Label,
}

#[derive(Clone, Copy, Debug)]
enum Ranges {
    None,
    One(PointRange),
    Many(&'static [PointRange]),
}

impl PointRange {
    /// The points from a day on.
    pub const fn since(since: Date, least: Points, most: Points) -> Self {
        Self { since, least, most }
    }
}

impl Criterion {
    const fn new(id: &'static str, label: Label, kind: CriterionKind) -> Self {
        Self {
            id,
            parent: None,
            label,
            kind,
            pass: Pass::OfUnit,
            ranges: Ranges::None,
            judged: None,
            guidance: self::label("见评分细则。", "See the rubric."),
        }
    }

    /// Only groups others. Its range is what its criteria may give together, unless it is told.
    pub const fn group(id: &'static str, label: Label) -> Self {
        Self::new(id, label, CriterionKind::Group)
    }

    /// Earns points from nothing, or keeps what it does not lose.
    pub const fn base(id: &'static str, label: Label) -> Self {
        Self::new(id, label, CriterionKind::Base)
    }

    /// Only takes points away.
    pub const fn deduction(id: &'static str, label: Label) -> Self {
        Self::new(id, label, CriterionKind::Deduction)
    }

    /// Only adds points.
    pub const fn bonus(id: &'static str, label: Label) -> Self {
        Self::new(id, label, CriterionKind::Bonus)
    }

    /// Has no weight, but its breach ends the matter.
    pub const fn bottom_line(id: &'static str, label: Label) -> Self {
        Self::new(id, label, CriterionKind::BottomLine).range(Points::ZERO, Points::ZERO)
    }

    /// Puts it into a group, which stands before it.
    #[must_use]
    pub const fn under(mut self, group: &'static str) -> Self {
        self.parent = Some(group);
        self
    }

    /// The points that it may give, ever since.
    #[must_use]
    pub const fn range(mut self, least: Points, most: Points) -> Self {
        self.ranges = Ranges::One(PointRange { since: ALWAYS, least, most });
        self
    }

    /// The points that it may give from each day on, in ascending order.
    #[must_use]
    pub const fn ranges(mut self, ranges: &'static [PointRange]) -> Self {
        self.ranges = Ranges::Many(ranges);
        self
    }

    /// Leaves its points to the cohort pass.
    #[must_use]
    pub const fn of_cohort(mut self) -> Self {
        self.pass = Pass::OfCohort;
        self
    }

    /// Lets a reviewer decide within a range of points, which are added to what the rules give.
    #[must_use]
    pub const fn judged(mut self, least: Points, most: Points, guidance: Label) -> Self {
        self.judged = Some(Discretion { least, most, guidance });
        self
    }

    /// Says in a sentence or two how the points are given.
    #[must_use]
    pub const fn guided(mut self, guidance: Label) -> Self {
        self.guidance = guidance;
        self
    }

    /// Its identifier.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The range in force for a period that ends on a day; none where none had begun by then.
    pub fn range_on(&self, period_end: Date) -> Option<PointRange> {
        self.all_ranges().iter().rev().find(|range| range.since <= period_end).copied()
    }

    pub(crate) const fn all_ranges(&self) -> &[PointRange] {
        match &self.ranges {
            Ranges::None => &[],
            Ranges::One(range) => std::slice::from_ref(range),
            Ranges::Many(ranges) => ranges,
        }
    }

    pub(crate) const fn is_group(&self) -> bool {
        matches!(self.kind, CriterionKind::Group)
    }

    pub(crate) const fn is_of_cohort(&self) -> bool {
        matches!(self.pass, Pass::OfCohort) && !self.is_group()
    }

    pub(crate) fn described(&self) -> contract::Criterion {
        contract::Criterion {
            id: self.id.to_owned(),
            parent: self.parent.map(str::to_owned),
            label: self.label.into(),
            kind: self.kind,
            pass: self.pass,
            ranges: self.all_ranges().iter().map(PointRange::described).collect(),
            judged: self.judged.map(Discretion::described),
            guidance: self.guidance.into(),
        }
    }
}

impl PointRange {
    pub(crate) const fn described(&self) -> contract::PointRange {
        contract::PointRange { since: self.since, least: self.least.thousandths(), most: self.most.thousandths() }
    }
}

impl Discretion {
    fn described(self) -> contract::Discretion {
        contract::Discretion {
            least: self.least.thousandths(),
            most: self.most.thousandths(),
            guidance: self.guidance.into(),
        }
    }
}
