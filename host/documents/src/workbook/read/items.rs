//! The worksheet of a list: one row for each item.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::super::address::Address;
use super::super::cell::{CellKind, Content};
use super::super::grid::Grid;
use super::super::layout::{ColumnHolds, ListSheet};
use super::super::mark::Mark;
use super::super::places::ListPlaces;
use super::super::spot;
use super::super::tree::{parts_of, put};
use super::Reader;

impl Reader<'_> {
    pub(super) fn items(&mut self, grid: &Grid, sheet: &ListSheet) {
        let columns = self.columns(grid, sheet);
        self.merged(grid, spot::ITEM_ROW, |column| columns.contains_key(&column));
        let mut places = ListPlaces { sheet: grid.name.clone(), ..ListPlaces::default() };
        places.columns = columns.iter().map(|(at, index)| (sheet.columns[*index].below.clone(), *at)).collect();
        let mut items = Vec::new();
        let mut lost = Vec::new();
        for (row, cells) in grid.rows_from(spot::ITEM_ROW) {
            let pointer = format!("{}/{}", sheet.at, items.len());
            let stray = |(column, _): &&(u16, &Content)| *column != spot::MARK_COLUMN && !columns.contains_key(column);
            lost.extend(cells.iter().filter(stray).map(|(column, _)| (*column, row)));
            let filled = cells.iter().filter_map(|(column, content)| {
                let index = columns.get(column)?;
                Some((Address::new(row, *column), *index, *content))
            });
            let filled: Vec<_> = filled.collect();
            let mark = grid.cells.get(&Address::new(row, spot::MARK_COLUMN));
            if mark.is_some() || !filled.is_empty() {
                let mark = mark.map(|mark| (Address::new(row, spot::MARK_COLUMN), mark));
                items.push(self.item(grid, sheet, &pointer, mark, &filled));
                places.rows.push(row);
            }
        }
        // A column of somebody's own is told of once, not for every row.
        let lost: BTreeMap<u16, u32> = lost.into_iter().rev().collect();
        for (column, row) in lost {
            self.wrong(grid, Address::new(row, column), "column-without-key", &sheet.at);
        }
        let first = places.rows.first().map(|row| Address::new(*row, spot::MARK_COLUMN));
        self.places.lists.insert(sheet.at.clone(), places);
        if let Some(first) = first
            && self.put(&sheet.at, Value::Array(items)).is_err()
        {
            self.wrong(grid, first, "cell-contradicts", &sheet.at);
        }
    }

    /// Which column of the worksheet holds which column of the layout; columns may stand in any order.
    fn columns(&mut self, grid: &Grid, sheet: &ListSheet) -> BTreeMap<u16, usize> {
        let mut columns: BTreeMap<u16, usize> = BTreeMap::new();
        let keys = grid.cells.range(Address::new(spot::KEY_ROW, 1)..Address::new(spot::KEY_ROW + 1, 0));
        for (address, content) in keys {
            let key = match content {
                Content::Text(key) => key.trim(),
                _ => "",
            };
            let found = key.strip_prefix('.').and_then(|below| sheet.column(below));
            let head = Address::new(spot::HEAD_ROW, address.column);
            match found {
                None => self.wrong(grid, head, "column-unknown", &sheet.at),
                Some(index) if columns.values().any(|known| *known == index) => {
                    self.wrong(grid, head, "column-twice", &sheet.at);
                }
                Some(index) => {
                    columns.insert(address.column, index);
                }
            }
        }
        columns
    }

    fn item(
        &mut self,
        grid: &Grid,
        sheet: &ListSheet,
        pointer: &str,
        mark: Option<(Address, &Content)>,
        filled: &[(Address, usize, &Content)],
    ) -> Value {
        let is_entry = sheet.groups.contains("");
        let mut item = match mark {
            None => None,
            Some((at, content)) => match content.mark() {
                Some(Mark::Nothing) => Some(Value::Null),
                Some(Mark::NoFields) if is_entry => Some(Value::Object(Map::new())),
                _ => {
                    self.wrong(grid, at, "cell-only-mark", pointer);
                    None
                }
            },
        };
        for (at, index, content) in filled {
            let column = &sheet.columns[*index];
            let here = format!("{pointer}{}", column.below);
            let meant = match &column.holds {
                ColumnHolds::Cell(kind) => kind.read(content),
                ColumnHolds::Lines(kind) => lines(kind, content),
                ColumnHolds::Group => match content.mark() {
                    Some(Mark::Nothing) => Ok(Value::Null),
                    Some(Mark::NoFields) => Ok(Value::Object(Map::new())),
                    _ => Err("cell-only-mark"),
                },
            };
            let value = match meant {
                Ok(value) => value,
                Err(code) => {
                    self.wrong(grid, *at, code, &here);
                    continue;
                }
            };
            let is_put = match (&mut item, column.below.as_str()) {
                (item @ None, "") => {
                    *item = Some(value);
                    true
                }
                (Some(_), "") => false,
                (item, below) => {
                    let entry = item.get_or_insert_with(|| Value::Object(Map::new()));
                    let parts = parts_of(below).unwrap_or_default();
                    put(entry, &parts, value, &|_| false).is_ok()
                }
            };
            if !is_put {
                self.wrong(grid, *at, "cell-contradicts", &here);
            }
        }
        // What was wrong with it has been told; its place is kept, so that the items after it keep theirs.
        item.unwrap_or(Value::Null)
    }
}

/// A list of single values in one cell, one a line; lines without anything are passed over.
fn lines(kind: &CellKind, content: &Content) -> Result<Value, &'static str> {
    match content.mark() {
        Some(Mark::NoItems) => return Ok(Value::Array(Vec::new())),
        Some(Mark::Nothing) => return Ok(Value::Null),
        _ => {}
    }
    let Content::Text(text) = content else { return Ok(Value::Array(vec![kind.read(content)?])) };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| kind.read(&Content::Text(line.to_owned()))).collect::<Result<Vec<_>, _>>().map(Value::Array)
}
