//! Answers become the cells of a workbook.
//!
//! Whatever no cell says exactly is written down on the worksheet for the rest, so reading the workbook gives the same answers.

use std::collections::BTreeMap;

use domain::fields::pointer_part;
use domain::text::Language;
use serde_json::{Map, Value};

use super::cell::{CellKind, Content, is_kept_by_programs};
use super::layout::{ColumnHolds, Layout, ListSheet, RowHolds};
use super::mark::Mark;
use super::rest::{self, RestRow};

/// The cells of a filled-in workbook.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// The values of the rows of single values, by their indexes.
    pub(super) main: BTreeMap<usize, Content>,
    /// The items of each list.
    pub(super) lists: BTreeMap<usize, Vec<Item>>,
    /// What has no cell of its own.
    pub(super) rest: Vec<RestRow>,
}

/// The cells of one item.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) mark: Option<Mark>,
    /// By the indexes of the columns.
    pub(super) cells: BTreeMap<usize, Content>,
}

/// The cells that say what the answers say.
pub(super) fn fill(layout: &Layout, answers: &Value, language: Language) -> Filled {
    let mut filling = Filling { layout, language, filled: Filled::default() };
    if let Value::Object(members) = answers {
        filling.entry("", members);
    }
    filling.filled
}

struct Filling<'l> {
    layout: &'l Layout,
    language: Language,
    filled: Filled,
}

impl Filling<'_> {
    fn entry(&mut self, within: &str, members: &Map<String, Value>) {
        for (name, value) in members {
            let at = format!("{within}/{}", pointer_part(name));
            if !self.single(&at, value) {
                self.filled.rest.extend(rest::rows(&at, value));
            }
        }
    }

    /// Whether a value has cells of its own.
    fn single(&mut self, at: &str, value: &Value) -> bool {
        let Some(index) = self.layout.row(at) else { return false };
        let content = match (&self.layout.main[index].holds, value) {
            (RowHolds::Cell(kind), value) => kind.write(value, self.language),
            (_, Value::Null) => Some(self.word(Mark::Nothing)),
            (RowHolds::Group, Value::Object(members)) if members.is_empty() => Some(self.word(Mark::NoFields)),
            (RowHolds::Group, Value::Object(members)) => {
                self.entry(at, members);
                return true;
            }
            (RowHolds::List(_), Value::Array(items)) if items.is_empty() => Some(self.word(Mark::NoItems)),
            (RowHolds::List(sheet), Value::Array(items)) => return self.items(*sheet, items),
            _ => None,
        };
        content.is_some_and(|content| self.filled.main.insert(index, content).is_none())
    }

    fn word(&self, mark: Mark) -> Content {
        Content::Text(mark.word(self.language).to_owned())
    }

    /// Whether a list has rows; it has none where one of its items has none.
    fn items(&mut self, sheet: usize, items: &[Value]) -> bool {
        let list = &self.layout.lists[sheet];
        let mut rows = Vec::with_capacity(items.len());
        let mut rest = Vec::new();
        for (index, value) in items.iter().enumerate() {
            let at = format!("{}/{index}", list.at);
            let Some(item) = self.item(list, &at, value, &mut rest) else { return false };
            rows.push(item);
        }
        self.filled.lists.insert(sheet, rows);
        self.filled.rest.extend(rest);
        true
    }

    fn item(&self, list: &ListSheet, at: &str, value: &Value, rest: &mut Vec<RestRow>) -> Option<Item> {
        let mut item = Item::default();
        match value {
            Value::Object(members) if list.groups.contains("") => {
                self.fields(list, at, "", members, &mut item, rest);
                if item.cells.is_empty() {
                    item.mark = Some(Mark::NoFields);
                }
            }
            Value::Null => item.mark = Some(Mark::Nothing),
            value => {
                let column = list.column("")?;
                let ColumnHolds::Cell(kind) = &list.columns[column].holds else { return None };
                item.cells.insert(column, kind.write(value, self.language)?);
            }
        }
        Some(item)
    }

    fn fields(
        &self,
        list: &ListSheet,
        at: &str,
        within: &str,
        members: &Map<String, Value>,
        item: &mut Item,
        rest: &mut Vec<RestRow>,
    ) {
        for (name, value) in members {
            let below = format!("{within}/{}", pointer_part(name));
            if let Value::Object(members) = value
                && !members.is_empty()
                && list.groups.contains(&below)
            {
                self.fields(list, at, &below, members, item, rest);
                continue;
            }
            let column = list.column(&below);
            let content = column.and_then(|column| match &list.columns[column].holds {
                ColumnHolds::Cell(kind) => kind.write(value, self.language),
                ColumnHolds::Lines(kind) => self.lines(kind, value),
                ColumnHolds::Group => match value {
                    Value::Null => Some(self.word(Mark::Nothing)),
                    Value::Object(_) => Some(self.word(Mark::NoFields)),
                    _ => None,
                },
            });
            match (column, content) {
                (Some(column), Some(content)) => {
                    item.cells.insert(column, content);
                }
                _ => rest.extend(rest::rows(&format!("{at}{below}"), value)),
            }
        }
    }

    /// A list of single values in one cell, one a line.
    fn lines(&self, kind: &CellKind, value: &Value) -> Option<Content> {
        let items = match value {
            Value::Null => return Some(self.word(Mark::Nothing)),
            Value::Array(items) if items.is_empty() => return Some(self.word(Mark::NoItems)),
            Value::Array(items) => items,
            _ => return None,
        };
        // A mark alone in a cell speaks of the list, not of its item.
        if let [Value::Null] = items.as_slice() {
            return None;
        }
        let mut lines = Vec::with_capacity(items.len());
        for item in items {
            let line = match kind.write(item, self.language)? {
                Content::Text(line) | Content::Day(line) if !line.contains('\n') => line,
                Content::Number(_) => item.to_string(),
                _ => return None,
            };
            if kind.read(&Content::Text(line.clone())).as_ref() != Ok(item) {
                return None;
            }
            lines.push(line);
        }
        let text = lines.join("\n");
        is_kept_by_programs(&text).then_some(Content::Text(text))
    }
}
