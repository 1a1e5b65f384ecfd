//! Points: exact decimals in thousandths, because a binary fraction must never decide a grade.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A number of points, held in thousandths: `Points::from_thousandths(94_500)` is 94.5 points.
///
/// In JSON it is a text (`"94.5"`), so that no reader turns it into a binary fraction; in MessagePack the integer of thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// The largest size of a number of points, in thousandths; ten thousand members' sums stay far below `i64`.
pub const POINTS_MAX: i64 = 1_000_000_000_000;

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// Points from thousandths of a point.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// The number in thousandths of a point.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Whether the number is within ±[`POINTS_MAX`], so that sums cannot overflow.
    pub const fn is_sane(self) -> bool {
        self.0.unsigned_abs() <= POINTS_MAX.unsigned_abs()
    }

    /// Whether it is a whole multiple of `unit`; a unit of nothing has no multiples.
    pub const fn is_multiple_of(self, unit: Self) -> bool {
        unit.0 > 0 && self.0 % unit.0 == 0
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::amount::Decimal { digits: self.0, scale: 3 }.trimmed().fmt(f)
    }
}

/// A text that is not a number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number of points with at most three decimal places")]
pub struct NotPoints;

impl FromStr for Points {
    type Err = NotPoints;

    fn from_str(text: &str) -> Result<Self, NotPoints> {
        let decimal: crate::amount::Decimal = text.parse().map_err(|_| NotPoints)?;
        let thousandths = decimal.rescaled_exactly(3).ok_or(NotPoints)?;
        let points = Self(thousandths);
        if points.is_sane() { Ok(points) } else { Err(NotPoints) }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
        } else {
            i64::deserialize(deserializer).map(Self)
        }
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

impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}
