//! Quantities: a number, what it counts, how sure the source was of it, and the source's own words.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::comparison::number;
use crate::contract::Amount;
use crate::decimal::Decimal;
use crate::words::Words;

/// A number as the answers write it: whole numbers as numbers, decimals as text, so that neither becomes a binary fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// `13`
    Whole(i64),
    /// `"94.5"`, and also `"94"`.
    Text(Decimal),
}

/// How a source qualifies a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// 30次
    #[default]
    Exact,
    /// 30余次, 30次以上
    AtLeast,
    /// 不超过30次
    AtMost,
    /// 约30次
    Approx,
    /// 将近30次
    Nearly,
    /// 一般30次
    Typical,
}

/// A number with its unit and qualifier: `30余次` is 30, `次`, at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity<'a> {
    /// None where the source counts without a number.
    pub value: Option<Number>,
    /// `件`, `次`, `人次`; empty for a bare number.
    #[serde(borrow, default)]
    pub unit: Words<'a>,
    /// How sure the source was.
    #[serde(default)]
    pub qualifier: Qualifier,
    /// What the source said, verbatim.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub raw_text: Option<Words<'a>>,
}

impl Number {
    /// The number.
    pub const fn decimal(self) -> Decimal {
        match self {
            Self::Whole(whole) => Decimal::whole(whole),
            Self::Text(decimal) => decimal,
        }
    }
}

impl<'a> Quantity<'a> {
    /// A number that the source states outright, without its words.
    pub fn exact(value: impl Into<Number>, unit: impl Into<Words<'a>>) -> Self {
        Self { value: Some(value.into()), unit: unit.into(), qualifier: Qualifier::Exact, raw_text: None }
    }

    /// The number, whatever its qualifier says.
    pub fn decimal(&self) -> Option<Decimal> {
        self.value.map(Number::decimal)
    }

    /// The whole number that it is, whatever its qualifier says.
    pub fn whole(&self) -> Option<i64> {
        self.decimal().and_then(Decimal::as_whole)
    }

    /// Whether the source states the number outright.
    pub fn is_exact(&self) -> bool {
        self.value.is_some() && self.qualifier == Qualifier::Exact
    }

    /// The least that the words assure: the number where it is exact or a lower bound, and none for 不超过, 约, 将近 and 一般,
    /// which assure nothing from below.
    pub fn lower_bound(&self) -> Option<Decimal> {
        match self.qualifier {
            Qualifier::Exact | Qualifier::AtLeast => self.decimal(),
            Qualifier::AtMost | Qualifier::Approx | Qualifier::Nearly | Qualifier::Typical => None,
        }
    }

    /// The most that the words allow: the number where it is exact or an upper bound. 将近 stays below its number.
    pub fn upper_bound(&self) -> Option<Decimal> {
        match self.qualifier {
            Qualifier::Exact | Qualifier::AtMost | Qualifier::Nearly => self.decimal(),
            Qualifier::AtLeast | Qualifier::Approx | Qualifier::Typical => None,
        }
    }

    /// What a comparison shows: the number with its unit, or the words where there is no number.
    pub fn amount(&self) -> Amount {
        match self.value {
            Some(value) => number(value.decimal(), &*self.unit),
            None => Amount::Text(self.raw_text.as_ref().map_or_else(String::new, ToString::to_string)),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.decimal().fmt(f)
    }
}

impl From<i64> for Number {
    fn from(whole: i64) -> Self {
        Self::Whole(whole)
    }
}

impl From<i32> for Number {
    fn from(whole: i32) -> Self {
        Self::Whole(i64::from(whole))
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self::Text(decimal)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(whole) => serializer.serialize_i64(*whole),
            Self::Text(decimal) => decimal.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl serde::de::Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number or a decimal text with at most nine places")
    }

    fn visit_i64<E: serde::de::Error>(self, whole: i64) -> Result<Number, E> {
        Ok(Number::Whole(whole))
    }

    fn visit_u64<E: serde::de::Error>(self, whole: u64) -> Result<Number, E> {
        let too_large = |_| E::invalid_value(serde::de::Unexpected::Unsigned(whole), &self);
        i64::try_from(whole).map(Number::Whole).map_err(too_large)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Number, E> {
        let not_a_number = |_| E::invalid_value(serde::de::Unexpected::Str(text), &self);
        text.parse().map(Number::Text).map_err(not_a_number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(json: &str) -> Quantity<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_quantity_goes_in_and_comes_back_as_it_was() {
        for json in [
            r#"{"value":13,"unit":"项","qualifier":"exact","raw_text":"共计13项"}"#,
            r#"{"value":"94","unit":"分","qualifier":"exact","raw_text":"自评得分为94分"}"#,
            r#"{"value":"0.50","unit":"ratio","qualifier":"nearly","raw_text":"将近一半"}"#,
            r#"{"value":null,"unit":"","qualifier":"typical","raw_text":"若干"}"#,
        ] {
            assert_eq!(serde_json::to_string(&quantity(json)).unwrap(), json);
        }
    }

    #[test]
    fn words_bind_from_one_side_only() {
        let at_least = quantity(r#"{"value":30,"unit":"次","qualifier":"at_least","raw_text":"30余次"}"#);
        assert_eq!((at_least.lower_bound(), at_least.upper_bound()), (Some(Decimal::whole(30)), None));
        let nearly = quantity(r#"{"value":"0.5","unit":"ratio","qualifier":"nearly"}"#);
        assert_eq!((nearly.lower_bound(), nearly.upper_bound()), (None, nearly.decimal()));
        assert!(!nearly.is_exact());
    }

    #[test]
    fn a_fraction_that_is_no_text_is_refused() {
        assert!(serde_json::from_str::<Quantity<'_>>(r#"{"value":0.5,"unit":"ratio","qualifier":"exact"}"#).is_err());
        assert!(serde_json::from_str::<Quantity<'_>>(r#"{"value":18446744073709551615}"#).is_err());
    }
}
