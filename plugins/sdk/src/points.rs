//! Points: exact decimals in thousandths, because a binary fraction must never decide a grade.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use crate::decimal::{Decimal, parse};
use crate::exact::Exact;
use crate::ratio::Ratio;

/// A number of points, held in thousandths: `points("94.5")` is `Points::from_thousandths(94_500)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Points from how one writes them: `points("0.5")`, `points("-3")`.
///
/// # Panics
/// When the text is no number with at most three decimal places: in a constant that is an error of compilation.
pub const fn points(text: &str) -> Points {
    match parse(text) {
        Some((digits, 0)) => Points(digits * 1000),
        Some((digits, 1)) => Points(digits * 100),
        Some((digits, 2)) => Points(digits * 10),
        Some((digits, 3)) => Points(digits),
        _ => panic!("points are a number with at most three decimal places"),
    }
}

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// Whole points.
    pub const fn whole(points: i64) -> Self {
        Self(points.saturating_mul(1000))
    }

    /// Points from thousandths of a point, as the contract carries them.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// The number in thousandths of a point.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Whether it is a whole multiple of `unit`; a unit of nothing has no multiples.
    pub const fn is_multiple_of(self, unit: Self) -> bool {
        unit.0 > 0 && self.0 % unit.0 == 0
    }

    /// So many times the points: `points("0.5").times(3)`.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.0, 3).trimmed().fmt(f)
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Points {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

/// A share of the points, exactly; it is rounded once, when the line or column is closed.
impl Mul<Ratio> for Points {
    type Output = Exact;
    fn mul(self, share: Ratio) -> Exact {
        Exact::new(i128::from(self.0) * i128::from(share.numerator()), i128::from(share.denominator()))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

impl From<Points> for Decimal {
    fn from(points: Points) -> Self {
        Self::new(points.0, 3).trimmed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_read_as_they_are_written() {
        assert_eq!(points("94.5"), Points::from_thousandths(94_500));
        assert_eq!(points("-0.125").thousandths(), -125);
        assert_eq!(points("94.500").to_string(), "94.5");
        assert_eq!(points("-0.05").to_string(), "-0.05");
        assert_eq!(Points::whole(100).to_string(), "100");
    }

    #[test]
    fn a_share_of_points_is_exact_until_it_is_rounded() {
        let third = points("10") * crate::ratio(1, 3).unwrap();
        assert_eq!(third + third + third, points("10").into());
    }
}
