//! Comparisons: two amounts side by side, and whether the relation that the rule wants holds between them.

use std::cmp::Ordering;

use crate::contract::{self, Amount, Comparison, Date, Relation};
use crate::decimal::Decimal;
use crate::points::Points;
use crate::ratio::Ratio;

/// A number with its unit, as one side of a comparison: `number(39, "个")`.
pub fn number(value: impl Into<Decimal>, unit: impl Into<String>) -> Amount {
    Amount::Number(contract::Quantity { value: value.into().into(), unit: unit.into() })
}

impl Comparison {
    /// Puts two amounts side by side. Whether the relation holds is found out here, so that it cannot be told wrongly: numbers, points and
    /// days are ordered, words and flags are equal or not; amounts of different kinds are never in any relation but `NotEqual`.
    /// `PartOf` holds where the left side is not negative and not above the right side.
    pub fn new(what: impl Into<String>, left: impl Into<Amount>, relation: Relation, right: impl Into<Amount>) -> Self {
        let (left, right) = (left.into(), right.into());
        let holds = holds(&left, relation, &right, Decimal::ZERO);
        Self { what: what.into(), left, relation, right, holds, tolerance: None }
    }

    /// Lets the two sides be so far apart.
    #[must_use]
    pub fn within(mut self, tolerance: impl Into<Decimal>) -> Self {
        let tolerance = tolerance.into();
        self.holds = holds(&self.left, self.relation, &self.right, tolerance);
        self.tolerance = Some(tolerance.into());
        self
    }
}

fn holds(left: &Amount, relation: Relation, right: &Amount, tolerance: Decimal) -> bool {
    let Some(order) = order(left, right, tolerance) else {
        let is_equal = left == right;
        return match relation {
            Relation::Equal | Relation::AtMost | Relation::AtLeast | Relation::PartOf => is_equal,
            Relation::NotEqual => !is_equal,
            Relation::Less | Relation::Greater => false,
        };
    };
    match relation {
        Relation::Equal => order == Ordering::Equal,
        Relation::NotEqual => order != Ordering::Equal,
        Relation::Less => order == Ordering::Less,
        Relation::AtMost => order != Ordering::Greater,
        Relation::Greater => order == Ordering::Greater,
        Relation::AtLeast => order != Ordering::Less,
        Relation::PartOf => order != Ordering::Greater && size(left).is_none_or(|size| size >= Decimal::ZERO),
    }
}

/// The order of two amounts of one kind that has an order; within the tolerance they are equal.
fn order(left: &Amount, right: &Amount, tolerance: Decimal) -> Option<Ordering> {
    match (left, right) {
        (Amount::Number(_), Amount::Number(_)) | (Amount::Points(_), Amount::Points(_)) => {
            let (left, right) = (size(left)?, size(right)?);
            Some(if left.distance(right) <= tolerance { Ordering::Equal } else { left.cmp(&right) })
        }
        (Amount::Date(left), Amount::Date(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn size(amount: &Amount) -> Option<Decimal> {
    match amount {
        Amount::Number(quantity) => Some(quantity.value.into()),
        Amount::Points(thousandths) => Some(Points::from_thousandths(*thousandths).into()),
        Amount::Date(_) | Amount::Text(_) | Amount::Flag(_) => None,
    }
}

impl From<Points> for Amount {
    fn from(points: Points) -> Self {
        Self::Points(points.thousandths())
    }
}

impl From<Date> for Amount {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl From<bool> for Amount {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<&str> for Amount {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<String> for Amount {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

/// A bare number.
impl From<Decimal> for Amount {
    fn from(decimal: Decimal) -> Self {
        number(decimal, "")
    }
}

/// In per cent, with two places.
impl From<Ratio> for Amount {
    fn from(ratio: Ratio) -> Self {
        number(ratio.percent(2), "%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{day, points, ratio};

    fn told(left: impl Into<Amount>, relation: Relation, right: impl Into<Amount>) -> bool {
        Comparison::new("比较", left, relation, right).holds
    }

    #[test]
    fn a_comparison_finds_out_whether_it_holds() {
        assert!(told(number(17, "项"), Relation::NotEqual, number(30, "项")));
        assert!(told(points("4.5"), Relation::AtMost, points("5")));
        assert!(told(day(2023, 1, 1), Relation::Less, day(2023, 1, 2)));
        assert!(told("合规部", Relation::Equal, "合规部"));
        assert!(!told(true, Relation::Equal, false));
        assert!(told(number(1, ""), Relation::PartOf, number(1, "")));
        assert!(!told(number(-1, ""), Relation::PartOf, number(1, "")));
        assert!(told(ratio(19, 20).unwrap(), Relation::AtLeast, number(95, "%")));
    }

    #[test]
    fn amounts_of_different_kinds_are_only_unequal() {
        assert!(told("1", Relation::NotEqual, number(1, "")));
        assert!(!told("1", Relation::AtMost, number(1, "")));
    }

    #[test]
    fn a_tolerance_counts_as_equal() {
        let shares = Comparison::new("占比之和", number(99, "%"), Relation::Equal, number(100, "%"));
        assert!(!shares.holds);
        assert!(shares.clone().within(1).holds);
        assert!(!shares.within("0.9".parse::<Decimal>().unwrap()).holds);
    }
}
