//! Where in a workbook each answer stands.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::Address;
use super::spot;
use super::tree::{joined, parts_of};

/// A cell of a worksheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The worksheet, by the name on its tab.
    pub sheet: String,
    /// The cell, such as `C7`.
    pub cell: String,
}

impl Place {
    pub(crate) fn new(sheet: &str, address: Address) -> Self {
        Self { sheet: sheet.to_owned(), cell: address.to_string() }
    }
}

/// Where in a workbook each answer stands, or would have stood.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub(crate) main: String,
    /// The rows of single values, by their places in the answers.
    pub(crate) rows: BTreeMap<String, u32>,
    /// The worksheets of lists, by the places of the lists.
    pub(crate) lists: BTreeMap<String, ListPlaces>,
    /// What stands on the worksheet for the rest, by its place in the answers.
    pub(crate) rest: BTreeMap<String, Place>,
    /// The rows of explanations, in their order.
    pub(crate) explanations: Vec<Place>,
}

/// Where the items of one list stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListPlaces {
    pub(crate) sheet: String,
    /// The row of each item.
    pub(crate) rows: Vec<u32>,
    /// The columns, by their places below an item.
    pub(crate) columns: BTreeMap<String, u16>,
}

impl Places {
    /// The cell in which an answer stands; of an answer that is missing, the cell in which it should stand. A place of which nothing
    /// is known stands where what holds it stands.
    pub fn of(&self, pointer: &str) -> Place {
        let parts: Vec<String> = parts_of(pointer).unwrap_or_default();
        for length in (1..=parts.len()).rev() {
            if let Some(place) = self.rest.get(&joined(&parts[..length])) {
                return place.clone();
            }
        }
        for length in (1..=parts.len()).rev() {
            let at = joined(&parts[..length]);
            if let Some(list) = self.lists.get(&at) {
                return list.place(&parts[length..]);
            }
            if let Some(row) = self.rows.get(&at) {
                return Place::new(&self.main, Address::new(*row, spot::VALUE));
            }
        }
        Place::new(&self.main, Address::new(spot::ROW, spot::VALUE))
    }

    /// The cell in which an explanation stands.
    pub fn of_explanation(&self, index: usize) -> Option<&Place> {
        self.explanations.get(index)
    }

    /// The place in the answers of what stands in a cell.
    pub(crate) fn pointer_of(&self, sheet: &str, address: Address) -> Option<String> {
        if sheet == self.main {
            let found = self.rows.iter().find(|(_, row)| **row == address.row);
            return found.map(|(at, _)| at.clone());
        }
        let (at, list) = self.lists.iter().find(|(_, list)| list.sheet == sheet)?;
        let index = list.rows.iter().position(|row| *row == address.row)?;
        let below = list.columns.iter().find(|(_, column)| **column == address.column);
        Some(format!("{at}/{index}{}", below.map_or("", |(below, _)| below.as_str())))
    }
}

impl ListPlaces {
    fn place(&self, below: &[String]) -> Place {
        let Some((index, below)) = below.split_first() else {
            let first = self.rows.first().copied().unwrap_or(spot::ITEM_ROW);
            return Place::new(&self.sheet, Address::new(first, spot::MARK_COLUMN));
        };
        let row = index.parse::<usize>().ok().and_then(|index| self.rows.get(index));
        // The row behind the last one is where a missing item would be filled in.
        let next = self.rows.last().map_or(spot::ITEM_ROW, |last| last + 1);
        let row = row.copied().unwrap_or(next);
        let exact = (0..=below.len()).rev().find_map(|length| self.columns.get(&joined(&below[..length])));
        let within = || {
            let group = format!("{}/", joined(below));
            self.columns.iter().filter(|(key, _)| key.starts_with(&group)).map(|(_, column)| column).min()
        };
        let column = exact.or_else(|| if below.is_empty() { None } else { within() });
        Place::new(&self.sheet, Address::new(row, column.copied().unwrap_or(spot::MARK_COLUMN)))
    }
}
