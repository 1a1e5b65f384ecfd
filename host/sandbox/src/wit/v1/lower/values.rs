//! Texts, days, amounts and comparisons as the contract writes them.

use domain::amount::{Amount, Comparison, Decimal, Quantity, Relation};
use domain::calendar::Period;
use domain::points::Points;
use domain::text::Text;
use jiff::civil::Date;

use crate::wit::v1::types;

impl From<&Text> for types::Text {
    fn from(text: &Text) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

impl From<Date> for types::Date {
    fn from(day: Date) -> Self {
        Self { year: day.year(), month: day.month().cast_unsigned(), day: day.day().cast_unsigned() }
    }
}

impl From<&Date> for types::Date {
    fn from(day: &Date) -> Self {
        Self::from(*day)
    }
}

impl From<Period> for types::Period {
    fn from(period: Period) -> Self {
        Self { start: period.start().into(), end: period.end().into() }
    }
}

impl From<Decimal> for types::Decimal {
    fn from(decimal: Decimal) -> Self {
        Self { digits: decimal.digits, scale: decimal.scale }
    }
}

impl From<&Quantity> for types::Quantity {
    fn from(quantity: &Quantity) -> Self {
        Self { value: quantity.value.into(), unit: quantity.unit.clone() }
    }
}

impl From<&Amount> for types::Amount {
    fn from(amount: &Amount) -> Self {
        match amount {
            Amount::Number(quantity) => Self::Number(quantity.into()),
            Amount::Points(points) => Self::Points(points.thousandths()),
            Amount::Date(day) => Self::Date((*day).into()),
            Amount::Text(text) => Self::Text(text.clone()),
            Amount::Flag(flag) => Self::Flag(*flag),
        }
    }
}

impl From<Relation> for types::Relation {
    fn from(relation: Relation) -> Self {
        match relation {
            Relation::Equal => Self::Equal,
            Relation::NotEqual => Self::NotEqual,
            Relation::Less => Self::Less,
            Relation::AtMost => Self::AtMost,
            Relation::Greater => Self::Greater,
            Relation::AtLeast => Self::AtLeast,
            Relation::PartOf => Self::PartOf,
        }
    }
}

impl From<&Comparison> for types::Comparison {
    fn from(comparison: &Comparison) -> Self {
        Self {
            what: comparison.what.clone(),
            left: (&comparison.left).into(),
            relation: comparison.relation.into(),
            right: (&comparison.right).into(),
            holds: comparison.holds,
            tolerance: comparison.tolerance.map(Into::into),
        }
    }
}

/// A column of points.
pub(super) fn thousandths(points: &[Points]) -> Vec<i64> {
    points.iter().map(|points| points.thousandths()).collect()
}
