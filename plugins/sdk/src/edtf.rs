//! Dates as far as they are known, in the subset of EDTF that the answers use.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::contract::Date;
use crate::date::last_day_of;

/// A day as far as it is known: `2023`, `2023-05`, `2023-09-15`, `XXXX-06-22`, `XXXX-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDay {
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
}

/// One partial day, or an interval between two; `..` leaves an end open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edtf {
    /// `2023-05`
    One(PartialDay),
    /// `2023-09-15/2023-09-16`, `2023-01/..`; it may run backwards.
    Interval {
        /// None where it is open.
        start: Option<PartialDay>,
        /// None where it is open.
        end: Option<PartialDay>,
    },
}

impl PartialDay {
    /// The year, where it is known.
    pub const fn year(self) -> Option<i16> {
        self.year
    }

    /// The month, where it is known.
    pub const fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, where it is known.
    pub const fn day(self) -> Option<u8> {
        self.day
    }

    /// The same, with a year where none is known.
    #[must_use]
    pub const fn in_year(self, year: i16) -> Self {
        match self.year {
            Some(_) => self,
            None => Self { year: Some(year), ..self },
        }
    }

    /// The first day that it can be; none while the year is unknown.
    pub fn earliest(self) -> Option<Date> {
        Date::of(self.year?, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it can be; none while the year is unknown.
    pub fn latest(self) -> Option<Date> {
        let year = self.year?;
        let month = self.month.unwrap_or(12);
        Date::of(year, month, self.day.unwrap_or_else(|| last_day_of(year, month)))
    }
}

impl Edtf {
    /// The first day that it can be; none where that end is open or its year unknown.
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::One(one) => one.earliest(),
            Self::Interval { start, .. } => start?.earliest(),
        }
    }

    /// The last day that it can be; none where that end is open or its year unknown.
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::One(one) => one.latest(),
            Self::Interval { end, .. } => end?.latest(),
        }
    }

    /// The day, where it is one and known to the day.
    pub fn exact_day(self) -> Option<Date> {
        match self {
            Self::One(one) => one.day.and(one.earliest()),
            Self::Interval { .. } => None,
        }
    }

    /// The same, with a year wherever none is known.
    #[must_use]
    pub fn in_year(self, year: i16) -> Self {
        match self {
            Self::One(one) => Self::One(one.in_year(year)),
            Self::Interval { start, end } => {
                Self::Interval { start: start.map(|day| day.in_year(year)), end: end.map(|day| day.in_year(year)) }
            }
        }
    }

    /// Whether it ends before it starts, for certain.
    pub fn is_reversed(self) -> bool {
        matches!((self.earliest(), self.latest()), (Some(start), Some(end)) if end < start)
    }

    /// Whether an end is open.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Interval { start, end } if start.is_none() || end.is_none())
    }
}

/// A text that is none of the forms that [`Edtf`] reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotEdtf;

impl fmt::Display for NotEdtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date such as 2023, 2023-05, 2023-09-15, XXXX-06-22 or 2023-09-15/2023-09-16")
    }
}

impl std::error::Error for NotEdtf {}

impl FromStr for PartialDay {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        Self::read(text.as_bytes()).ok_or(NotEdtf)
    }
}

impl PartialDay {
    fn read(text: &[u8]) -> Option<Self> {
        let (year, rest) = text.split_first_chunk::<4>()?;
        let year = match year {
            b"XXXX" => None,
            _ => Some(i16::from(two_digits(&year[..2])?) * 100 + i16::from(two_digits(&year[2..])?)),
        };
        let (month, rest) = part(rest)?;
        let (day, rest) = part(rest)?;
        let exists = match month {
            None => year.is_some(),
            // Without a year the leap day may exist: 2000 is a leap year.
            Some(month) => Date::of(year.unwrap_or(2000), month, day.unwrap_or(1)).is_some(),
        };
        (exists && rest.is_empty()).then_some(Self { year, month, day })
    }
}

/// The two digits after a hyphen, if anything is left.
fn part(text: &[u8]) -> Option<(Option<u8>, &[u8])> {
    match text {
        [] => Some((None, text)),
        [b'-', digits @ ..] => {
            let (digits, rest) = digits.split_at_checked(2)?;
            Some((Some(two_digits(digits)?), rest))
        }
        _ => None,
    }
}

fn two_digits(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    match *text {
        [tens, ones] => Some(digit(tens)? * 10 + digit(ones)?),
        _ => None,
    }
}

impl FromStr for Edtf {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        let text = text.as_bytes();
        let end_of =
            |text: &[u8]| if text == b".." { Ok(None) } else { PartialDay::read(text).map(Some).ok_or(NotEdtf) };
        match text.iter().position(|&byte| byte == b'/') {
            None => PartialDay::read(text).map(Self::One).ok_or(NotEdtf),
            Some(middle) => match (end_of(&text[..middle])?, end_of(&text[middle + 1..])?) {
                (None, None) => Err(NotEdtf),
                (start, end) => Ok(Self::Interval { start, end }),
            },
        }
    }
}

impl fmt::Display for PartialDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => f.write_str("XXXX")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: &Option<PartialDay>| end.map_or_else(|| "..".to_owned(), |day| day.to_string());
        match self {
            Self::One(one) => one.fmt(f),
            Self::Interval { start, end: last } => write!(f, "{}/{}", end(start), end(last)),
        }
    }
}

impl From<Date> for Edtf {
    fn from(day: Date) -> Self {
        Self::One(PartialDay { year: Some(day.year), month: Some(day.month), day: Some(day.day) })
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(EdtfVisitor)
    }
}

struct EdtfVisitor;

impl de::Visitor<'_> for EdtfVisitor {
    type Value = Edtf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2023, 2023-05, 2023-09-15, XXXX-06-22 or 2023-09-15/2023-09-16")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Edtf, E> {
        text.parse().map_err(|NotEdtf| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    #[test]
    fn every_form_comes_back_as_it_was_written() {
        for text in [
            "2023",
            "2023-05",
            "2023-09-15",
            "XXXX-06-22",
            "XXXX-02-29",
            "2023-09-15/2023-09-16",
            "2023-01/..",
            "../2023-09",
        ] {
            assert_eq!(edtf(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "23",
            "2023-13",
            "2023-02-29",
            "2023-9-1",
            "XXXX",
            "2023-05-",
            "2023/",
            "../..",
            "2023-05-01-02",
            "+023",
            "２０２３",
        ] {
            assert_eq!(text.parse::<Edtf>(), Err(NotEdtf), "{text}");
        }
    }

    #[test]
    fn a_partial_day_spans_all_that_it_can_be() {
        assert_eq!(edtf("2024-02").earliest(), Some(day(2024, 2, 1)));
        assert_eq!(edtf("2024-02").latest(), Some(day(2024, 2, 29)));
        assert_eq!(edtf("2023").latest(), Some(day(2023, 12, 31)));
        assert_eq!(edtf("XXXX-06-22").earliest(), None);
        assert_eq!(edtf("XXXX-06-22").in_year(2023).exact_day(), Some(day(2023, 6, 22)));
        assert_eq!(edtf("XXXX-02-29").in_year(2023).latest(), None);
    }

    #[test]
    fn an_interval_that_runs_backwards_is_told() {
        assert!(edtf("2023-12/2023-09").is_reversed());
        assert!(!edtf("2023-09/2023-09").is_reversed());
        assert!(!edtf("2023-12/..").is_reversed());
        assert!(edtf("2023-12/..").is_open());
    }
}
