//! Texts, days, amounts, comparisons and refusals as the house holds them.

use domain::amount::{Amount, Comparison, Decimal, Quantity, Relation};
use domain::finding::Refusal;
use domain::text::Text;
use jiff::civil::Date;

use super::{maybe_text, points, text};
use crate::lie::{Lie, hold};
use crate::wit::v1::types;

/// Words as one side of a comparison, in characters.
const AMOUNT_CHARS_MAX: usize = 400;

impl TryFrom<types::Text> for Text {
    type Error = Lie;

    fn try_from(said: types::Text) -> Result<Self, Lie> {
        hold(!said.zh.is_empty(), || "the Chinese half of a text is empty")?;
        Ok(Self { zh: text(said.zh)?, en: text(said.en)? })
    }
}

/// A day that exists.
pub(super) fn day(said: types::Date) -> Result<Date, Lie> {
    let exists = |month: u8, day: u8| Date::new(said.year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    exists(said.month, said.day)
        .ok_or_else(|| Lie::new(format!("the day {:04}-{:02}-{:02} does not exist", said.year, said.month, said.day)))
}

impl TryFrom<types::Decimal> for Decimal {
    type Error = Lie;

    fn try_from(said: types::Decimal) -> Result<Self, Lie> {
        hold(said.scale <= Self::SCALE_MAX, || format!("a decimal has {} places, more than 9", said.scale))?;
        Ok(Self { digits: said.digits, scale: said.scale })
    }
}

impl TryFrom<types::Quantity> for Quantity {
    type Error = Lie;

    fn try_from(said: types::Quantity) -> Result<Self, Lie> {
        Ok(Self { value: said.value.try_into()?, unit: text(said.unit)? })
    }
}

impl TryFrom<types::Amount> for Amount {
    type Error = Lie;

    fn try_from(said: types::Amount) -> Result<Self, Lie> {
        Ok(match said {
            types::Amount::Number(quantity) => Self::Number(quantity.try_into()?),
            types::Amount::Points(thousandths) => Self::Points(points(thousandths)?),
            types::Amount::Date(date) => Self::Date(day(date)?),
            types::Amount::Text(words) => {
                let is_short = words.len() <= AMOUNT_CHARS_MAX || words.chars().count() <= AMOUNT_CHARS_MAX;
                hold(is_short, || format!("words in a comparison have more than {AMOUNT_CHARS_MAX} characters"))?;
                Self::Text(words)
            }
            types::Amount::Flag(flag) => Self::Flag(flag),
        })
    }
}

impl From<types::Relation> for Relation {
    fn from(said: types::Relation) -> Self {
        match said {
            types::Relation::Equal => Self::Equal,
            types::Relation::NotEqual => Self::NotEqual,
            types::Relation::Less => Self::Less,
            types::Relation::AtMost => Self::AtMost,
            types::Relation::Greater => Self::Greater,
            types::Relation::AtLeast => Self::AtLeast,
            types::Relation::PartOf => Self::PartOf,
        }
    }
}

impl TryFrom<types::Comparison> for Comparison {
    type Error = Lie;

    fn try_from(said: types::Comparison) -> Result<Self, Lie> {
        Ok(Self {
            what: text(said.what)?,
            left: said.left.try_into()?,
            relation: said.relation.into(),
            right: said.right.try_into()?,
            holds: said.holds,
            tolerance: said.tolerance.map(TryInto::try_into).transpose()?,
        })
    }
}

impl TryFrom<types::Refusal> for Refusal {
    type Error = Lie;

    fn try_from(said: types::Refusal) -> Result<Self, Lie> {
        Ok(Self { code: text(said.code)?, message: said.message.try_into()?, pointer: maybe_text(said.pointer)? })
    }
}
