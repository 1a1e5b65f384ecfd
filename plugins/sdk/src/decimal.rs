//! Exact decimal numbers: what the source wrote, digit for digit, and compared by value.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::contract;
use crate::exact::round_quotient;

/// An exact decimal: `digits` × 10^-`scale`. It keeps the places that it was written with (`94.0`), and compares by value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    digits: i64,
    scale: u8,
}

impl Decimal {
    /// The largest scale that the contract admits.
    pub const SCALE_MAX: u8 = 9;

    /// Nothing.
    pub const ZERO: Self = Self::whole(0);

    /// `digits` × 10^-`scale`: 12.34 is `new(1234, 2)`. Places beyond the ninth are cut off.
    pub const fn new(digits: i64, scale: u8) -> Self {
        let mut out = Self { digits, scale };
        while out.scale > Self::SCALE_MAX {
            out.digits /= 10;
            out.scale -= 1;
        }
        out
    }

    /// A whole number.
    pub const fn whole(digits: i64) -> Self {
        Self { digits, scale: 0 }
    }

    /// The number without its decimal point.
    pub const fn digits(self) -> i64 {
        self.digits
    }

    /// How many of the digits stand after the decimal point.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// The same number without trailing zeros after the decimal point.
    #[must_use]
    pub const fn trimmed(self) -> Self {
        let mut out = self;
        while out.scale > 0 && out.digits % 10 == 0 {
            out.digits /= 10;
            out.scale -= 1;
        }
        out
    }

    /// The whole number that it is, where it has no fraction.
    pub const fn as_whole(self) -> Option<i64> {
        let trimmed = self.trimmed();
        if trimmed.scale == 0 { Some(trimmed.digits) } else { None }
    }

    /// The digits at another scale, rounded half to even; saturates at what 64 bits hold.
    pub fn digits_at(self, scale: u8) -> i64 {
        let scale = scale.min(Self::SCALE_MAX);
        if scale >= self.scale {
            self.digits.saturating_mul(10_i64.pow(u32::from(scale - self.scale)))
        } else {
            let divisor = 10_i128.pow(u32::from(self.scale - scale));
            saturate(round_quotient(i128::from(self.digits), divisor, contract::Rounding::HalfEven))
        }
    }

    /// The same number at another scale, rounded half to even.
    #[must_use]
    pub fn rescaled(self, scale: u8) -> Self {
        Self { digits: self.digits_at(scale), scale: scale.min(Self::SCALE_MAX) }
    }

    /// How far apart two numbers are.
    #[must_use]
    pub fn distance(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        let apart = (self.widened() - other.widened()).abs() / 10_i128.pow(u32::from(Self::SCALE_MAX - scale));
        Self { digits: saturate(apart), scale }
    }

    /// The sum, at the finer of the two scales; saturates at what 64 bits hold.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        let sum = (self.widened() + other.widened()) / 10_i128.pow(u32::from(Self::SCALE_MAX - scale));
        Self { digits: saturate(sum), scale }
    }

    /// The difference, at the finer of the two scales; saturates at what 64 bits hold.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { digits: other.digits.saturating_neg(), scale: other.scale })
    }

    fn widened(self) -> i128 {
        i128::from(self.digits) * 10_i128.pow(u32::from(Self::SCALE_MAX - self.scale))
    }
}

fn saturate(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// The digits and the scale of a decimal text, at most nine places.
pub(crate) const fn parse(text: &str) -> Option<(i64, u8)> {
    let bytes = text.as_bytes();
    let is_negative = !bytes.is_empty() && bytes[0] == b'-';
    let mut at = if is_negative { 1 } else { 0 };
    let mut digits: i64 = 0;
    let mut scale: u8 = 0;
    let mut whole_digits = 0;
    let mut past_point = false;
    while at < bytes.len() {
        match bytes[at] {
            b'.' if !past_point && whole_digits > 0 => past_point = true,
            digit @ b'0'..=b'9' => {
                digits = match digits.checked_mul(10) {
                    Some(shifted) => shifted,
                    None => return None,
                };
                // Counted downwards for negative numbers, so that the smallest number can be read, too.
                let next = if is_negative { -((digit - b'0') as i64) } else { (digit - b'0') as i64 };
                digits = match digits.checked_add(next) {
                    Some(sum) => sum,
                    None => return None,
                };
                if past_point {
                    scale += 1;
                    if scale > Decimal::SCALE_MAX {
                        return None;
                    }
                } else {
                    whole_digits += 1;
                }
            }
            _ => return None,
        }
        at += 1;
    }
    if whole_digits == 0 || (past_point && scale == 0) { None } else { Some((digits, scale)) }
}

/// A text that is not a decimal number with at most nine places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDecimal;

impl fmt::Display for NotDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a decimal number with at most nine places")
    }
}

impl std::error::Error for NotDecimal {}

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        parse(text).map(|(digits, scale)| Self { digits, scale }).ok_or(NotDecimal)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        let unit = 10_u64.pow(u32::from(self.scale));
        if self.scale == 0 {
            write!(f, "{sign}{digits}")
        } else {
            write!(f, "{sign}{}.{:0places$}", digits / unit, digits % unit, places = usize::from(self.scale))
        }
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.scale == other.scale { self.digits.cmp(&other.digits) } else { self.widened().cmp(&other.widened()) }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.widened().hash(state);
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self::whole(whole)
    }
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self::whole(i64::from(whole))
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self::whole(i64::from(whole))
    }
}

impl From<contract::Decimal> for Decimal {
    fn from(decimal: contract::Decimal) -> Self {
        Self::new(decimal.digits, decimal.scale)
    }
}

impl From<Decimal> for contract::Decimal {
    fn from(decimal: Decimal) -> Self {
        Self { digits: decimal.digits, scale: decimal.scale }
    }
}

/// As a text, because the answers know no fractions.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From a decimal text or a whole number.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl de::Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number or a decimal text with at most nine places")
    }

    fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Decimal, E> {
        Ok(Decimal::whole(whole))
    }

    fn visit_u64<E: de::Error>(self, whole: u64) -> Result<Decimal, E> {
        i64::try_from(whole).map(Decimal::whole).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(whole), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(|NotDecimal| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_compare_by_value_and_keep_their_places() {
        assert_eq!(decimal("94.0"), decimal("94"));
        assert!(decimal("0.999999999") < decimal("1"));
        assert!(decimal("-9223372036854775808") < decimal("-0.1"));
        assert_eq!(decimal("94.0").to_string(), "94.0");
        assert_eq!(decimal("-0.05").to_string(), "-0.05");
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in ["", "-", ".5", "5.", "1.0000000001", "1e3", "+1", "1.2.3", "９", "9223372036854775808"] {
            assert_eq!(text.parse::<Decimal>(), Err(NotDecimal), "{text}");
        }
    }

    #[test]
    fn another_scale_rounds_half_to_even() {
        assert_eq!(decimal("0.125").rescaled(2).to_string(), "0.12");
        assert_eq!(decimal("0.135").rescaled(2).to_string(), "0.14");
        assert_eq!(decimal("-0.125").rescaled(2).to_string(), "-0.12");
        assert_eq!(decimal("3").rescaled(2).to_string(), "3.00");
    }

    #[test]
    fn sums_and_distances_keep_the_finer_scale() {
        assert_eq!(decimal("1.25").plus(decimal("0.5")).to_string(), "1.75");
        assert_eq!(decimal("1").minus(decimal("0.001")).to_string(), "0.999");
        assert_eq!(decimal("0.1").distance(decimal("-0.25")).to_string(), "0.35");
    }
}
