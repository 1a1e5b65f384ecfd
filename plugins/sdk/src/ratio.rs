//! Ratios of two whole numbers, compared exactly and rounded only where somebody asks.

use std::cmp::Ordering;

use crate::contract::Rounding;
use crate::decimal::Decimal;
use crate::exact::round_quotient;

/// An exact ratio, such as closed cases to accepted ones.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i64,
    denominator: i64,
}

/// The ratio of two whole numbers; none where the whole is zero, because then the question has no answer.
pub const fn ratio(part: i64, whole: i64) -> Option<Ratio> {
    match whole {
        0 => None,
        whole if whole < 0 => Some(Ratio { numerator: part.saturating_neg(), denominator: whole.saturating_neg() }),
        whole => Some(Ratio { numerator: part, denominator: whole }),
    }
}

impl Ratio {
    /// All of it.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// Nothing of it.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// The upper number.
    pub const fn numerator(self) -> i64 {
        self.numerator
    }

    /// The lower number, always positive.
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// What is missing to all of it.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self { numerator: self.denominator.saturating_sub(self.numerator), denominator: self.denominator }
    }

    /// Rounded to so many places.
    pub fn decimal(self, scale: u8, rounding: Rounding) -> Decimal {
        self.scaled(1, scale, rounding)
    }

    /// In per cent, rounded half to even to so many places: for comparisons and measures.
    pub fn percent(self, scale: u8) -> Decimal {
        self.scaled(100, scale, Rounding::HalfEven)
    }

    fn scaled(self, factor: i128, scale: u8, rounding: Rounding) -> Decimal {
        let scale = scale.min(Decimal::SCALE_MAX);
        let numerator = i128::from(self.numerator) * factor * 10_i128.pow(u32::from(scale));
        let digits = round_quotient(numerator, i128::from(self.denominator), rounding);
        Decimal::new(i64::try_from(digits).unwrap_or(if digits < 0 { i64::MIN } else { i64::MAX }), scale)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = i128::from(self.numerator) * i128::from(other.denominator);
        left.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}

/// The ratio that a decimal is; 0.95 is 95 of 100.
impl From<Decimal> for Ratio {
    fn from(decimal: Decimal) -> Self {
        Self { numerator: decimal.digits(), denominator: 10_i64.pow(u32::from(decimal.scale())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_compare_exactly() {
        let just_below = ratio(949_999_999, 1_000_000_000).unwrap();
        let wanted = Ratio::from("0.95".parse::<Decimal>().unwrap());
        assert!(just_below < wanted);
        assert_eq!(ratio(19, 20).unwrap(), wanted);
        assert_eq!(ratio(1, -2).unwrap(), ratio(-1, 2).unwrap());
        assert!(ratio(1, 0).is_none());
    }

    #[test]
    fn a_ratio_is_shown_in_per_cent() {
        assert_eq!(ratio(1, 3).unwrap().percent(2).to_string(), "33.33");
        assert_eq!(ratio(2, 3).unwrap().decimal(4, Rounding::HalfUp).to_string(), "0.6667");
        assert_eq!(ratio(1, 3).unwrap().complement(), ratio(2, 3).unwrap());
    }
}
