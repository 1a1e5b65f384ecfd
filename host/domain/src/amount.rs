//! Amounts: what a rule compares, each with its kind, and the comparison itself.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::points::Points;

/// An exact decimal: `digits` × 10^-`scale`.
///
/// In JSON a text (`"12.34"`); in MessagePack the pair of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The number without its decimal point.
    pub digits: i64,
    /// How many of the digits stand after the decimal point, at most [`Decimal::SCALE_MAX`].
    pub scale: u8,
}

impl Decimal {
    /// The largest scale that the contract admits.
    pub const SCALE_MAX: u8 = 9;

    /// A whole number.
    pub const fn whole(digits: i64) -> Self {
        Self { digits, scale: 0 }
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

    /// The digits at another scale, where that loses nothing and fits.
    pub fn rescaled_exactly(self, scale: u8) -> Option<i64> {
        let trimmed = self.trimmed();
        let places = u32::from(scale.checked_sub(trimmed.scale)?);
        trimmed.digits.checked_mul(10_i64.checked_pow(places)?)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        let scale = usize::from(self.scale.min(18));
        let unit = 10_u64.pow(u32::try_from(scale).unwrap_or(18));
        if scale == 0 {
            f.pad(&format!("{sign}{digits}"))
        } else {
            f.pad(&format!("{sign}{}.{:0scale$}", digits / unit, digits % unit))
        }
    }
}

/// A text that is not an exact decimal of at most nine places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal number with at most nine places")]
pub struct NotDecimal;

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let fraction_is_fine = if text.contains('.') { is_number(fraction) } else { true };
        if !is_number(unsigned) || !fraction_is_fine || fraction.len() > usize::from(Self::SCALE_MAX) {
            return Err(NotDecimal);
        }
        let digits = format!("{whole}{fraction}").parse().map_err(|_| NotDecimal)?;
        let scale = u8::try_from(fraction.len()).map_err(|_| NotDecimal)?;
        Ok(Self { digits, scale })
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.digits, self.scale).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
        } else {
            let (digits, scale) = <(i64, u8)>::deserialize(deserializer)?;
            Ok(Self { digits, scale })
        }
    }
}

/// A number and the unit it is counted in; an empty unit for a bare number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number.
    pub value: Decimal,
    /// `件`, `%`, or empty.
    pub unit: String,
}

/// A value with its kind: one side of a comparison, or an org unit's attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// A number with its unit.
    Number(Quantity),
    /// Points.
    Points(Points),
    /// A day.
    Date(Date),
    /// Words.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(quantity) => write!(f, "{}{}", quantity.value, quantity.unit),
            Self::Points(points) => write!(f, "{points}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Text(text) => f.write_str(text),
            Self::Flag(flag) => f.write_str(if *flag { "是" } else { "否" }),
        }
    }
}

/// The relation that a rule wants between two amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `>`
    Greater,
    /// `≥`
    AtLeast,
    /// The left side is a share or a part of the right side.
    PartOf,
}

impl Relation {
    /// The sign that a reader knows.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Greater => ">",
            Self::AtLeast => "≥",
            Self::PartOf => "/",
        }
    }
}

/// Two amounts that a rule put side by side, so that a person can check the rule by eye.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What was compared, in the federation's language.
    pub what: String,
    /// The left side.
    pub left: Amount,
    /// What the rule wants.
    pub relation: Relation,
    /// The right side.
    pub right: Amount,
    /// Whether it is so.
    pub holds: bool,
    /// How far apart the two may be and still count as equal.
    pub tolerance: Option<Decimal>,
}
