//! Exact numbers of points between two roundings: thousandths as a fraction, so that a line is rounded once and not entry by entry.

use std::ops::{Add, AddAssign, Neg, Sub};

use crate::contract::Rounding;
use crate::points::Points;

/// A number of points that may be finer than a thousandth: `points("9") * ratio(7, 11)`.
///
/// Sums are exact while their common denominator stays within 10^18; beyond that they are kept to 10^-9 of a thousandth, rounded down.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    /// In thousandths of a point.
    numerator: i128,
    /// Always positive.
    denominator: i128,
}

const DENOMINATOR_MAX: i128 = 1_000_000_000_000_000_000;
const FALLBACK_DENOMINATOR: i128 = 1_000_000_000;

impl Exact {
    /// No points.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    pub(crate) const fn new(numerator: i128, denominator: i128) -> Self {
        Self { numerator, denominator }
    }

    /// The largest number of points in whole thousandths that is not above it.
    #[must_use]
    pub fn floor(self) -> Points {
        Points::from_thousandths(saturate(self.numerator.div_euclid(self.denominator)))
    }

    /// The multiple of `unit` that the rule names. A unit that is not positive counts as a thousandth.
    #[must_use]
    pub fn rounded(self, unit: Points, rounding: Rounding) -> Points {
        let unit = i128::from(unit.thousandths().max(1));
        let multiples = round_quotient(self.numerator, self.denominator.saturating_mul(unit), rounding);
        Points::from_thousandths(saturate(multiples.saturating_mul(unit)))
    }

    /// Whether it is below nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// At least nothing.
    #[must_use]
    pub const fn or_zero(self) -> Self {
        if self.is_negative() { Self::ZERO } else { self }
    }

    /// Brought between two bounds.
    #[must_use]
    pub fn clamped(self, least: Points, most: Points) -> Self {
        if self.is_below(least) {
            least.into()
        } else if (-self).is_below(-most) {
            most.into()
        } else {
            self
        }
    }

    fn is_below(self, bound: Points) -> bool {
        self.numerator < i128::from(bound.thousandths()).saturating_mul(self.denominator)
    }

    fn coarsened(self) -> Self {
        let whole = self.numerator.div_euclid(self.denominator).saturating_mul(FALLBACK_DENOMINATOR);
        let rest = self.numerator.rem_euclid(self.denominator);
        // A denominator is at most 10^19 here, so that the product stays far below 128 bits.
        let fraction = rest * FALLBACK_DENOMINATOR / self.denominator;
        Self { numerator: whole.saturating_add(fraction), denominator: FALLBACK_DENOMINATOR }
    }

    fn over_common_denominator(self, other: Self) -> Option<Self> {
        let denominator =
            self.denominator.checked_mul(other.denominator).filter(|&product| product <= DENOMINATOR_MAX)?;
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(Self { numerator: left.checked_add(right)?, denominator })
    }
}

fn saturate(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// `numerator / denominator` as a whole number by the rule; the denominator is positive.
pub(crate) fn round_quotient(numerator: i128, denominator: i128, rounding: Rounding) -> i128 {
    let (quotient, rest) = match (i64::try_from(numerator), i64::try_from(denominator)) {
        // 64 bits divide many times faster than 128, and hold nearly every case.
        (Ok(small), Ok(divisor)) => (i128::from(small / divisor), i128::from(small % divisor)),
        _ => (numerator / denominator, numerator % denominator),
    };
    let away = if numerator < 0 { -1 } else { 1 };
    let half = (rest.unsigned_abs() * 2).cmp(&denominator.unsigned_abs());
    match (rounding, half) {
        (Rounding::TowardZero, _) | (_, std::cmp::Ordering::Less) => quotient,
        (Rounding::HalfEven, std::cmp::Ordering::Equal) if quotient % 2 == 0 => quotient,
        _ => quotient + away,
    }
}

impl From<Points> for Exact {
    fn from(points: Points) -> Self {
        Self { numerator: i128::from(points.thousandths()), denominator: 1 }
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        (*self - *other).numerator == 0
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.denominator == other.denominator {
            return Self { numerator: self.numerator.saturating_add(other.numerator), denominator: self.denominator };
        }
        let coarse = || {
            let (left, right) = (self.coarsened(), other.coarsened());
            Self { numerator: left.numerator.saturating_add(right.numerator), denominator: FALLBACK_DENOMINATOR }
        };
        self.over_common_denominator(other).unwrap_or_else(coarse)
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self { numerator: self.numerator.saturating_neg(), denominator: self.denominator }
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{points, ratio};

    fn rounded(numerator: i128, rounding: Rounding) -> i128 {
        round_quotient(numerator, 10, rounding)
    }

    #[test]
    fn each_rule_rounds_as_its_name_says() {
        assert_eq!([25, 35, -25, 24, -26].map(|tenths| rounded(tenths, Rounding::HalfUp)), [3, 4, -3, 2, -3]);
        assert_eq!([25, 35, -25, 24, -26].map(|tenths| rounded(tenths, Rounding::HalfEven)), [2, 4, -2, 2, -3]);
        assert_eq!([25, 39, -29].map(|tenths| rounded(tenths, Rounding::TowardZero)), [2, 3, -2]);
    }

    #[test]
    fn a_number_just_below_the_half_is_not_rounded_twice() {
        // 2.0496 would become 2.05 in thousandths and then 2.1 in tenths.
        let share = points("10") * ratio(20_496, 100_000).unwrap();
        assert_eq!(share.rounded(points("0.1"), Rounding::HalfUp), points("2"));
        let lost = Exact::from(points("10")) - points("10") * ratio(20_504, 100_000).unwrap();
        assert_eq!(lost.rounded(points("0.1"), Rounding::HalfUp), points("7.9"));
    }

    #[test]
    fn sums_of_awkward_fractions_do_not_overflow() {
        let awkward = points("1000000") * ratio(1, i64::MAX - 1).unwrap();
        let other = points("1000000") * ratio(i64::MAX, i64::MAX - 2).unwrap();
        assert_eq!((awkward + other).rounded(points("0.1"), Rounding::HalfUp), points("1000000"));
    }

    #[test]
    fn a_number_is_brought_between_its_bounds() {
        let over = Exact::from(points("5.001"));
        assert_eq!(over.clamped(points("0"), points("5")), points("5").into());
        assert_eq!((-over).clamped(points("-3"), points("5")), points("-3").into());
        assert_eq!(over.clamped(points("0"), points("6")), over);
    }
}
