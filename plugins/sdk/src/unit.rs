//! Org units and earlier periods: what a rubric may look up in them.

use crate::contract::{Amount, EarlierPeriod, Unit};
use crate::decimal::Decimal;
use crate::points::Points;

impl Unit {
    /// A property from the federation's own data, such as `outlet_count`.
    pub fn attribute(&self, name: &str) -> Option<&Amount> {
        let found = self.attributes.binary_search_by(|attribute| attribute.name.as_str().cmp(name));
        found.ok().map(|index| &self.attributes[index].value)
    }

    /// A property that is a number.
    pub fn number(&self, name: &str) -> Option<Decimal> {
        match self.attribute(name)? {
            Amount::Number(quantity) => Some(quantity.value.into()),
            _ => None,
        }
    }

    /// Whether its papers may call it so: its name, or one of its other names.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

impl EarlierPeriod {
    /// The final points of a criterion of that time's rubric.
    pub fn points_of(&self, criterion: &str) -> Option<Points> {
        let line = self.lines.iter().find(|line| line.criterion == criterion)?;
        Some(Points::from_thousandths(line.points))
    }
}
