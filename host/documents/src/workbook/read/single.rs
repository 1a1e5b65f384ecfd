//! The worksheet of single values: one row each.

use serde_json::{Map, Value};

use super::super::address::Address;
use super::super::cell::Content;
use super::super::grid::Grid;
use super::super::layout::RowHolds;
use super::super::mark::Mark;
use super::super::spot;
use super::Reader;

impl Reader<'_> {
    pub(super) fn single_values(&mut self, grid: &Grid) {
        self.places.main.clone_from(&grid.name);
        self.merged(grid, spot::ROW, |column| column == spot::VALUE);
        for (row, _) in grid.rows_from(spot::ROW) {
            let (key, value) = (grid.text(row, spot::KEY), grid.cells.get(&Address::new(row, spot::VALUE)));
            let Some(key) = key else {
                if value.is_some() {
                    self.wrong(grid, Address::new(row, spot::VALUE), "row-without-key", "");
                }
                continue;
            };
            let Some(index) = self.layout.row(key) else {
                if value.is_some() {
                    self.wrong(grid, Address::new(row, spot::VALUE), "row-unknown", "");
                }
                continue;
            };
            if self.places.rows.insert(key.to_owned(), row).is_some() {
                self.wrong(grid, Address::new(row, spot::VALUE), "row-twice", key);
                continue;
            }
            if let Some(content) = value {
                self.single_value(grid, Address::new(row, spot::VALUE), index, content);
            }
        }
    }

    fn single_value(&mut self, grid: &Grid, at: Address, index: usize, content: &Content) {
        let row = &self.layout.main[index];
        let meant = match (&row.holds, content.mark()) {
            (RowHolds::Cell(kind), _) => kind.read(content),
            (RowHolds::Group | RowHolds::List(_), Some(Mark::Nothing)) => Ok(Value::Null),
            (RowHolds::Group, Some(Mark::NoFields)) => Ok(Value::Object(Map::new())),
            (RowHolds::List(_), Some(Mark::NoItems)) => Ok(Value::Array(Vec::new())),
            (RowHolds::Group, _) => Err("cell-only-mark"),
            (RowHolds::List(_), _) => Err("cell-on-its-own-sheet"),
        };
        let put = meant.map(|value| self.put(&row.at, value));
        match put {
            Ok(Ok(())) => {}
            Ok(Err(_)) => self.wrong(grid, at, "cell-contradicts", &row.at),
            Err(code) => self.wrong(grid, at, code, &row.at),
        }
    }
}
