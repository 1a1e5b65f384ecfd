//! Results of a roll-up: what can be told exactly of everybody's points, in time that grows with the number of members.

use std::collections::BTreeMap;

use crate::contract::{Criterion, CriterionKind, PointRange, Rounding};
use crate::decimal::Decimal;
use crate::points::Points;
use crate::ratio::ratio;
use crate::report::{FieldColumn, FieldValues, RollUp, Round};

/// What can be told of a list of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many there are, at least one.
    pub count: usize,
    /// The mean, rounded half up to two places.
    pub mean: Decimal,
    /// The one in the middle; of an even count the mean of the two in the middle, exactly.
    pub median: Decimal,
    /// The highest.
    pub highest: Points,
    /// The lowest.
    pub lowest: Points,
}

/// The spread of points; none where there are none.
pub fn spread(points: impl IntoIterator<Item = Points>) -> Option<Spread> {
    let mut sorted: Vec<Points> = points.into_iter().collect();
    sorted.sort_unstable();
    let (lowest, highest) = (*sorted.first()?, *sorted.last()?);
    let count = sorted.len();
    let sum = sorted.iter().copied().sum();
    let lower = sorted[(count - 1) / 2].thousandths();
    let upper = sorted[count / 2].thousandths();
    // Half of the sum of two thousandths: five of its digits one place further on.
    let median = Decimal::new(lower.saturating_add(upper).saturating_mul(5), 4).trimmed();
    Some(Spread { count, mean: mean(sum, count)?, median, highest, lowest })
}

/// The mean of so many points, rounded half up to two places; none of nothing.
pub fn mean(sum: Points, count: usize) -> Option<Decimal> {
    let count = i64::try_from(count).ok()?.checked_mul(1000)?;
    ratio(sum.thousandths(), count).map(|mean| mean.decimal(2, Rounding::HalfUp))
}

/// A share in per cent, rounded half up to one place; none of nothing.
pub fn percent(part: i64, whole: i64) -> Option<Decimal> {
    ratio(part.saturating_mul(100), whole).map(|share| share.decimal(1, Rounding::HalfUp))
}

impl Round {
    /// The most points that a criterion may give in the round's period.
    pub fn most(&self, criterion: &Criterion) -> Points {
        self.range(criterion).map_or(Points::ZERO, |range| Points::from_thousandths(range.most))
    }

    /// The least points that a criterion may give in the round's period.
    pub fn least(&self, criterion: &Criterion) -> Points {
        self.range(criterion).map_or(Points::ZERO, |range| Points::from_thousandths(range.least))
    }

    fn range<'c>(&self, criterion: &'c Criterion) -> Option<&'c PointRange> {
        criterion.ranges.iter().rev().find(|range| range.since <= self.period.end)
    }

    /// The topmost criterion above every criterion, by identifier; a topmost one stands above itself.
    pub fn topmost(&self) -> BTreeMap<&str, &Criterion> {
        let mut topmost: BTreeMap<&str, &Criterion> = BTreeMap::new();
        for criterion in &self.criteria {
            // Parents precede their children.
            let of_parent = criterion.parent.as_deref().and_then(|parent| topmost.get(parent)).copied();
            topmost.insert(&criterion.id, of_parent.unwrap_or(criterion));
        }
        topmost
    }

    /// The criterion of an identifier.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }
}

/// One of the rubric's topmost criteria, with everybody's points in it and below it, before caps and other steps.
#[derive(Clone, Debug)]
pub struct Element<'r> {
    /// The criterion.
    pub criterion: &'r Criterion,
    /// The most that it may give.
    pub full: Points,
    /// In the order of the members.
    pub points: Vec<Points>,
    /// The columns that were summed, as indices of `roll_up.criteria`.
    pub columns: Vec<usize>,
    /// Whether any of them counts toward the full marks and can be lost; bonuses, deductions, bottom lines and points that everybody is
    /// given do not.
    pub is_base: bool,
}

/// What everybody together lost in one criterion.
#[derive(Clone, Copy, Debug)]
pub struct Loss<'r> {
    /// The criterion.
    pub criterion: &'r Criterion,
    /// The most that it may give.
    pub full: Points,
    /// How many members lost something.
    pub members: u32,
    /// What they lost together.
    pub lost: Points,
}

impl RollUp {
    /// Everybody's totals.
    pub fn total_points(&self) -> impl Iterator<Item = Points> {
        self.totals.iter().map(|total| Points::from_thousandths(*total))
    }

    /// How many members took each grade, in the order of the rubric's grades.
    pub fn grade_counts(&self) -> Vec<u32> {
        let mut counts = vec![0_u32; self.round.grades.len()];
        for grade in &self.grades {
            if let Some(count) = counts.get_mut(usize::from(*grade)) {
                *count += 1;
            }
        }
        counts
    }

    /// The name of a member's grade; empty where it has none.
    pub fn grade_name(&self, member: usize) -> &str {
        let grade = self.grades.get(member).and_then(|grade| self.round.grades.get(usize::from(*grade)));
        grade.map_or("", |grade| &grade.label.zh)
    }

    /// The members' indices, the best first; those of one rank by their codes.
    pub fn by_rank(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.members.len()).collect();
        order.sort_by_key(|&member| (self.ranks.get(member).copied().unwrap_or(u32::MAX), &self.members[member].code));
        order
    }

    /// The topmost criteria with everybody's points, in the rubric's order.
    pub fn elements(&self) -> Vec<Element<'_>> {
        let topmost = self.round.topmost();
        let mut elements: Vec<Element<'_>> = Vec::new();
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        for criterion in
            self.round.criteria.iter().filter(|criterion| topmost[criterion.id.as_str()].id == criterion.id)
        {
            let points = vec![Points::ZERO; self.members.len()];
            let full = self.round.most(criterion);
            place.insert(&criterion.id, elements.len());
            elements.push(Element { criterion, full, points, columns: Vec::new(), is_base: false });
        }
        for (index, column) in self.criteria.iter().enumerate() {
            let at = topmost.get(column.criterion.as_str()).and_then(|top| place.get(top.id.as_str()));
            let Some(element) = at.and_then(|at| elements.get_mut(*at)) else { continue };
            element.columns.push(index);
            element.is_base |= self
                .round
                .criterion(&column.criterion)
                .is_some_and(|one| one.kind == CriterionKind::Base && self.round.least(one) < self.round.most(one));
            for (sum, points) in element.points.iter_mut().zip(&column.points) {
                *sum += Points::from_thousandths(*points);
            }
        }
        elements
    }

    /// Where points were lost, the greatest loss first. What can only be earned beside the full marks is no loss when it is not.
    pub fn losses(&self) -> Vec<Loss<'_>> {
        let criteria: BTreeMap<&str, &Criterion> =
            self.round.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion)).collect();
        let mut losses: Vec<Loss<'_>> = Vec::new();
        for column in &self.criteria {
            let Some(&criterion) = criteria.get(column.criterion.as_str()) else { continue };
            let full = match criterion.kind {
                CriterionKind::Base => self.round.most(criterion),
                CriterionKind::Deduction => Points::ZERO,
                CriterionKind::Bonus | CriterionKind::BottomLine | CriterionKind::Group => continue,
            };
            let mut loss = Loss { criterion, full, members: 0, lost: Points::ZERO };
            for points in &column.points {
                let missing = full - Points::from_thousandths(*points);
                if missing > Points::ZERO {
                    loss.members += 1;
                    loss.lost += missing;
                }
            }
            if loss.members > 0 {
                losses.push(loss);
            }
        }
        // A stable order: the same loss stands in the rubric's order.
        losses.sort_by_key(|loss| std::cmp::Reverse((loss.lost, loss.members)));
        losses
    }

    /// The column of a field that was wanted.
    pub fn field(&self, at: &str) -> Option<&FieldColumn> {
        self.fields.iter().find(|field| field.at == at)
    }
}

impl FieldColumn {
    /// A member's value as a number, where it has one and it is one.
    pub fn number(&self, member: usize) -> Option<Decimal> {
        if self.known.get(member).is_none_or(|known| *known == 0) {
            return None;
        }
        match &self.values {
            FieldValues::Numbers(numbers) => {
                numbers.values.get(member).map(|digits| Decimal::new(*digits, numbers.scale))
            }
            FieldValues::Texts(texts) => texts.get(member).and_then(|text| text.parse().ok()),
        }
    }

    /// The sum of the known numbers, and of how many members they are.
    pub fn sum(&self) -> (Decimal, u32) {
        (0..self.known.len())
            .filter_map(|member| self.number(member))
            .fold((Decimal::ZERO, 0), |(sum, members), number| (sum.plus(number), members + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points;

    fn told(all: &[&str]) -> Spread {
        spread(all.iter().map(|one| points(one))).expect("there are points")
    }

    #[test]
    fn the_median_of_an_even_count_is_exact() {
        assert_eq!(told(&["90", "80.5"]).median.to_string(), "85.25");
        assert_eq!(told(&["90", "80", "70"]).median.to_string(), "80");
        assert_eq!(told(&["0.001", "0.002"]).median.to_string(), "0.0015");
    }

    #[test]
    fn the_mean_is_rounded_once() {
        assert_eq!(told(&["1", "1", "0"]).mean.to_string(), "0.67");
        assert_eq!(told(&["0.005", "0.005"]).mean.to_string(), "0.01");
        assert_eq!(told(&["94.5"]).mean.to_string(), "94.50");
        assert!(spread([]).is_none());
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(percent(1, 8).map(|share| share.to_string()), Some("12.5".to_owned()));
        assert_eq!(percent(1, 0), None);
    }
}
