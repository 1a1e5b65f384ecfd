//! Days in the answers (`2023-05-04`): read without an intermediate text, because a thousand records carry two each.

use std::fmt;

use huizong_sdk::Date;
use serde::de::{self, Deserializer, Visitor};

/// Reads a day, or nothing. A day that the calendar does not have is refused.
pub(crate) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    deserializer.deserialize_option(OptionalDay)
}

/// The day that a text of the form `2023-05-04` names.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_i16, |number, &digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0')))
    };
    Date::of(number(&bytes[..4])?, number(&bytes[5..7])?.try_into().ok()?, number(&bytes[8..])?.try_into().ok()?)
}

struct OptionalDay;

impl<'de> Visitor<'de> for OptionalDay {
    type Value = Option<Date>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day such as 2023-05-04")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        parse(text).map(Some).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_a_day_that_does_not_exist_is_not() {
        assert_eq!(parse("2024-02-29"), Date::of(2024, 2, 29));
        for text in ["2023-02-29", "2023-2-9", "2023/02/09", "2023-13-01", "0000000000", "２０２３-01-01", ""] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
