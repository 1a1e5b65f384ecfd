//! Columns: one measure of everybody, and what can be told of it exactly: maximum, minimum, mean, median, ranks.

use crate::contract::MeasureColumn;
use crate::decimal::Decimal;
use crate::exact::Exact;
use crate::points::Points;
use crate::ratio::{Ratio, ratio};

/// Which values are the better ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The highest value takes rank 1.
    HighestFirst,
    /// The lowest value takes rank 1.
    LowestFirst,
}

/// One measure of every member of a cohort, in the cohort's order of members.
#[derive(Clone, Copy, Debug)]
pub struct Column<'c> {
    values: &'c [i64],
    known: &'c [u8],
    scale: u8,
}

impl<'c> Column<'c> {
    pub(crate) fn new(column: &'c MeasureColumn, scale: u8) -> Self {
        Self { values: &column.values, known: &column.known, scale }
    }

    /// A column of values in units of 10^-scale; where `known` is 0 the value says nothing.
    pub const fn of(values: &'c [i64], known: &'c [u8], scale: u8) -> Self {
        Self { values, known, scale }
    }

    /// A member's value, where it is known.
    pub fn value(&self, member: usize) -> Option<Decimal> {
        self.digits(member).map(|digits| Decimal::new(digits, self.scale))
    }

    /// How many members have a known value.
    pub fn count(&self) -> usize {
        self.known_digits().count()
    }

    /// The highest known value.
    pub fn max(&self) -> Option<Decimal> {
        self.known_digits().max().map(|digits| Decimal::new(digits, self.scale))
    }

    /// The lowest known value.
    pub fn min(&self) -> Option<Decimal> {
        self.known_digits().min().map(|digits| Decimal::new(digits, self.scale))
    }

    /// The mean of the known values, rounded half to even to the measure's own scale.
    pub fn mean(&self) -> Option<Decimal> {
        let count = i128::try_from(self.count()).ok().filter(|&count| count > 0)?;
        let sum: i128 = self.known_digits().map(i128::from).sum();
        let mean = crate::exact::round_quotient(sum, count, crate::contract::Rounding::HalfEven);
        i64::try_from(mean).ok().map(|digits| Decimal::new(digits, self.scale))
    }

    /// The median of the known values: the lower one of the two in the middle of an even count.
    pub fn median(&self) -> Option<Decimal> {
        let mut sorted: Vec<i64> = self.known_digits().collect();
        sorted.sort_unstable();
        let middle = sorted.len().checked_sub(1)? / 2;
        sorted.get(middle).map(|&digits| Decimal::new(digits, self.scale))
    }

    /// Competition ranks among the known values: equals share a rank, and the next ones are skipped. None where the value is unknown.
    pub fn ranks(&self, order: Order) -> Vec<Option<u32>> {
        let key = |member: usize| self.digits(member);
        ranks_by(self.values.len(), key, order)
    }

    /// What a member earns when points stand to the full points as its value stands to the highest: 本机构数值 / 最大值 × 分值.
    /// Nothing where the value is unknown or negative, or where nobody has more than nothing.
    pub fn relative_to_max(&self, full: Points) -> impl Fn(usize) -> Exact + use<'c> {
        let column = *self;
        let max = self.known_digits().max();
        move |member| column.share(member, |value| ratio(value.max(0), max.filter(|&max| max > 0)?), full)
    }

    /// What a member earns when points stand to the full points as the lowest value stands to its own: 最小值 / 本机构数值 × 分值.
    /// The full points where its value is nothing, which nobody can undercut; nothing where the value is unknown or negative.
    pub fn relative_to_min(&self, full: Points) -> impl Fn(usize) -> Exact + use<'c> {
        let column = *self;
        let min = self.known_digits().min();
        let share = move |value: i64| match value {
            ..0 => None,
            0 => Some(Ratio::ONE),
            _ => ratio(min?.max(0), value),
        };
        move |member| column.share(member, share, full)
    }

    fn share(&self, member: usize, share: impl Fn(i64) -> Option<Ratio>, full: Points) -> Exact {
        self.digits(member).and_then(share).map_or(Exact::ZERO, |share| full * share)
    }

    fn digits(&self, member: usize) -> Option<i64> {
        let is_known = self.known.get(member).is_some_and(|&known| known != 0);
        self.values.get(member).copied().filter(|_| is_known)
    }

    fn known_digits(&self) -> impl Iterator<Item = i64> {
        self.values.iter().zip(self.known).filter(|(_, known)| **known != 0).map(|(&value, _)| value)
    }
}

/// Competition ranks of those that have a key.
pub(crate) fn ranks_by(count: usize, key: impl Fn(usize) -> Option<i64>, order: Order) -> Vec<Option<u32>> {
    let mut ordered: Vec<(i64, usize)> = (0..count).filter_map(|member| key(member).map(|key| (key, member))).collect();
    match order {
        Order::HighestFirst => ordered.sort_unstable_by_key(|&(key, _)| std::cmp::Reverse(key)),
        Order::LowestFirst => ordered.sort_unstable_by_key(|&(key, _)| key),
    }
    let mut ranks = vec![None; count];
    let mut shared = (None, 0_u32);
    for (place, &(key, member)) in (1_u32..).zip(&ordered) {
        if shared.0 != Some(key) {
            shared = (Some(key), place);
        }
        ranks[member] = Some(shared.1);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Rounding;
    use crate::points;

    const VALUES: [i64; 5] = [90, 30, 0, 90, 0];
    const KNOWN: [u8; 5] = [1, 1, 1, 1, 0];

    fn column() -> Column<'static> {
        Column::of(&VALUES, &KNOWN, 1)
    }

    #[test]
    fn statistics_count_known_values_only() {
        let decimal = |text: &str| text.parse().ok();
        assert_eq!(column().count(), 4);
        assert_eq!((column().max(), column().min()), (decimal("9.0"), decimal("0")));
        assert_eq!(column().mean(), decimal("5.2"));
        assert_eq!(column().median(), decimal("3.0"));
        let empty = Column::of(&[], &[], 0);
        assert_eq!((empty.max(), empty.mean(), empty.median()), (None, None, None));
    }

    #[test]
    fn equals_share_a_rank_and_the_next_are_skipped() {
        assert_eq!(column().ranks(Order::HighestFirst), [Some(1), Some(3), Some(4), Some(1), None]);
        assert_eq!(column().ranks(Order::LowestFirst), [Some(3), Some(2), Some(1), Some(3), None]);
    }

    #[test]
    fn points_stand_in_proportion_to_the_best() {
        let unit = |exact: Exact| exact.rounded(points("0.1"), Rounding::HalfUp);
        let by_max = column().relative_to_max(points("9"));
        assert_eq!([0, 1, 2, 3, 4].map(|member| unit(by_max(member))), ["9", "3", "0", "9", "0"].map(points));
        let some = Column::of(&[40, 30, 60], &[1, 1, 1], 0);
        let by_min = some.relative_to_min(points("9"));
        assert_eq!([0, 1, 2].map(|member| unit(by_min(member))), ["6.8", "9", "4.5"].map(points));
    }
}
