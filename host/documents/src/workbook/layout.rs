//! The layout of a form's workbook: which answer has which worksheet, row or column.
//!
//! A layout is worked out from the form alone, so whoever writes a template and whoever reads it later agree on it.

use std::collections::{BTreeMap, BTreeSet};

use domain::form_outline::{FieldType, FormField, FormOutline};
use domain::limits::{WORKBOOK_COLUMNS_MAX, WORKBOOK_SHEETS_MAX};
use domain::text::Text;

use super::cell::CellKind;

/// Worksheets beside those of the lists.
const OTHER_SHEETS: usize = 6;

/// Which answer stands where in the workbooks of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// What the form is called.
    pub(crate) title: Text,
    /// What it says of itself.
    pub(crate) help: Text,
    /// The rows of the worksheet of single values.
    pub(crate) main: Vec<MainRow>,
    /// The worksheets of lists.
    pub(crate) lists: Vec<ListSheet>,
    /// The places that hold lists, `*` standing for every item.
    pub(crate) list_places: BTreeSet<String>,
}

/// What is told of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) label: Text,
    pub(crate) help: Text,
    pub(crate) unit: String,
    pub(crate) required: bool,
    pub(crate) personal: bool,
}

/// A row of the worksheet of single values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MainRow {
    /// The place in the answers.
    pub(crate) at: String,
    /// How many entries it lies within.
    pub(crate) depth: usize,
    pub(crate) told: Told,
    pub(crate) holds: RowHolds,
}

/// What a row of the worksheet of single values stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowHolds {
    /// An entry whose fields follow.
    Group,
    /// A single value.
    Cell(CellKind),
    /// A list, whose worksheet has this index.
    List(usize),
}

/// A worksheet of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListSheet {
    /// The place of the list in the answers.
    pub(crate) at: String,
    pub(crate) told: Told,
    /// The most items that it takes.
    pub(crate) items_max: Option<usize>,
    pub(crate) columns: Vec<Column>,
    /// Entries below an item that have columns, by their places below it.
    pub(crate) groups: BTreeSet<String>,
}

/// A column of a list's worksheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// The place below an item; empty for the item itself.
    pub(crate) below: String,
    /// The names from the item down.
    pub(crate) labels: Vec<Text>,
    pub(crate) told: Told,
    pub(crate) holds: ColumnHolds,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnHolds {
    /// A mark of an entry that may expressly be nothing; its fields have columns of their own.
    Group,
    /// A single value.
    Cell(CellKind),
    /// A list of single values, one a line.
    Lines(CellKind),
}

impl ListSheet {
    /// The column of a place below an item.
    pub(crate) fn column(&self, below: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.below == below)
    }
}

impl Layout {
    /// The layout of a form.
    pub fn of(outline: &FormOutline) -> Self {
        let tree = Tree::of(outline);
        let mut layout = Self { list_places: tree.lists(), ..Self::default() };
        if let Some(root) = outline.fields.first() {
            layout.title = root.label.clone();
            layout.help = root.help.clone();
        }
        layout.rows(&tree, "", 0);
        layout
    }

    /// The place of a row among the rows.
    pub(crate) fn row(&self, at: &str) -> Option<usize> {
        self.main.iter().position(|row| row.at == at)
    }

    /// The rows of what lies in an entry.
    fn rows(&mut self, tree: &Tree<'_>, within: &str, depth: usize) {
        for field in tree.below(within) {
            let (told, at) = (told(field), field.at.clone());
            let holds = match tree.shape(field) {
                Shape::Group => RowHolds::Group,
                Shape::Cell => RowHolds::Cell(tree.kind(field)),
                Shape::List => match self.sheet(tree, field) {
                    Some(sheet) => RowHolds::List(sheet),
                    None => continue,
                },
                Shape::Other => continue,
            };
            let is_group = holds == RowHolds::Group;
            self.main.push(MainRow { at: at.clone(), depth, told, holds });
            if is_group {
                self.rows(tree, &at, depth + 1);
            }
        }
    }

    /// The worksheet of a list, where its items have columns.
    fn sheet(&mut self, tree: &Tree<'_>, list: &FormField) -> Option<usize> {
        if self.lists.len() + OTHER_SHEETS >= WORKBOOK_SHEETS_MAX {
            return None;
        }
        let items_max = list.rule("maxItems").and_then(|most| most.parse().ok());
        let mut sheet = ListSheet {
            at: list.at.clone(),
            told: told(list),
            items_max,
            columns: Vec::new(),
            groups: BTreeSet::new(),
        };
        let item = tree.field(&format!("{}/*", list.at))?;
        match tree.shape(item) {
            Shape::Group => {
                sheet.groups.insert(String::new());
                columns(tree, &item.at, &item.at, &[], &mut sheet);
            }
            Shape::Cell => sheet.columns.push(Column {
                below: String::new(),
                labels: vec![if item.label.zh.is_empty() { list.label.clone() } else { item.label.clone() }],
                told: told(item),
                holds: ColumnHolds::Cell(tree.kind(item)),
            }),
            Shape::List | Shape::Other => {}
        }
        if sheet.columns.is_empty() {
            return None;
        }
        self.lists.push(sheet);
        Some(self.lists.len() - 1)
    }
}

/// The columns of what lies in an entry below an item.
fn columns(tree: &Tree<'_>, item: &str, within: &str, labels: &[Text], sheet: &mut ListSheet) {
    for field in tree.below(within) {
        if sheet.columns.len() + 1 >= WORKBOOK_COLUMNS_MAX as usize {
            return;
        }
        let below = field.at.strip_prefix(item).unwrap_or_default().to_owned();
        let mut labels = labels.to_vec();
        labels.push(field.label.clone());
        let mut add = |holds| {
            let column = Column { below: below.clone(), labels: labels.clone(), told: told(field), holds };
            sheet.columns.push(column);
        };
        match tree.shape(field) {
            Shape::Group => {
                if field.types.contains(&FieldType::Null) {
                    add(ColumnHolds::Group);
                }
                sheet.groups.insert(below);
                columns(tree, item, &field.at, &labels, sheet);
            }
            Shape::Cell => add(ColumnHolds::Cell(tree.kind(field))),
            Shape::List => {
                let each = tree.field(&format!("{}/*", field.at));
                if let Some(each) = each.filter(|each| tree.shape(each) == Shape::Cell) {
                    add(ColumnHolds::Lines(tree.kind(each)));
                }
            }
            Shape::Other => {}
        }
    }
}

fn told(field: &FormField) -> Told {
    Told {
        label: field.label.clone(),
        help: field.help.clone(),
        unit: field.unit.clone(),
        required: field.required,
        personal: field.personal,
    }
}

/// How a field is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Fields of its own.
    Group,
    /// Items.
    List,
    /// A single value.
    Cell,
    /// Only on the worksheet for the rest.
    Other,
}

/// The fields of an outline by what they lie in.
struct Tree<'f> {
    outline: &'f FormOutline,
    places: BTreeMap<&'f str, usize>,
    below: BTreeMap<&'f str, Vec<usize>>,
}

impl<'f> Tree<'f> {
    fn of(outline: &'f FormOutline) -> Self {
        let mut tree = Self { outline, places: BTreeMap::new(), below: BTreeMap::new() };
        for (index, field) in outline.fields.iter().enumerate() {
            tree.places.insert(&field.at, index);
            if let Some((within, _)) = field.at.rsplit_once('/') {
                tree.below.entry(within).or_default().push(index);
            }
        }
        tree
    }

    fn field(&self, at: &str) -> Option<&'f FormField> {
        self.places.get(at).map(|index| &self.outline.fields[*index])
    }

    /// The named fields of an entry, in the order of the form. Members whose names the form leaves open have no place of their own.
    fn below(&self, within: &str) -> impl Iterator<Item = &'f FormField> {
        let indexes = self.below.get(within).cloned().unwrap_or_default();
        let fields = indexes.into_iter().map(|index| &self.outline.fields[index]);
        fields.filter(|field| !field.name().starts_with('*'))
    }

    fn shape(&self, field: &FormField) -> Shape {
        let is = |kind| field.types.contains(&kind);
        let (may_be_list, may_be_entry) = (is(FieldType::Array), is(FieldType::Object));
        let has_fields = self.below(&field.at).next().is_some();
        let has_items = self.places.contains_key(format!("{}/*", field.at).as_str());
        match (may_be_list, may_be_entry) {
            (true, true) => Shape::Other,
            (true, false) => Shape::List,
            (false, true) if has_fields => Shape::Group,
            (false, true) => Shape::Other,
            (false, false) if !field.types.is_empty() => Shape::Cell,
            // The form does not say what it is; what lies in it does.
            (false, false) if has_fields && !has_items => Shape::Group,
            (false, false) if has_items && !has_fields => Shape::List,
            (false, false) if has_items => Shape::Other,
            (false, false) => Shape::Cell,
        }
    }

    fn kind(&self, field: &FormField) -> CellKind {
        CellKind::of(field, self.outline.options.get(&field.at))
    }

    fn lists(&self) -> BTreeSet<String> {
        let is_list = |field: &&FormField| self.shape(field) == Shape::List;
        self.outline.fields.iter().filter(is_list).map(|field| field.at.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_answer_has_its_row_its_column_or_the_rest() {
        let form = json!({
            "title": "检查", "properties": {
                "cover": { "title": "封面", "type": "object", "properties": {
                    "year": { "title": "年", "type": "integer" },
                    "notes": { "title": "附注", "type": "array", "items": { "type": "string" } },
                } },
                "drill": { "title": "演练", "type": "array", "maxItems": 7, "items": { "type": "object", "properties": {
                    "on": { "title": "日期", "type": "string" },
                    "people": { "title": "人数", "anyOf": [{ "type": "null" }, { "type": "object", "properties": { "value": { "title": "数值", "type": "integer" } } }] },
                    "kinds": { "title": "类别", "type": "array", "items": { "type": "string" } },
                    "sources": { "title": "出处", "type": "array", "items": { "type": "object", "properties": { "page": { "type": "integer" } } } },
                }, "patternProperties": { "_raw$": { "type": "string" } } } },
                "free": { "title": "其他", "type": "object" },
                "grid": { "title": "表", "type": "array", "items": { "type": "array", "items": { "type": "integer" } } },
            },
        });
        let layout = Layout::of(&FormOutline::of(&form.to_string()));
        let rows: Vec<(&str, usize)> = layout.main.iter().map(|row| (row.at.as_str(), row.depth)).collect();
        assert_eq!(rows, [("/cover", 0), ("/cover/notes", 1), ("/cover/year", 1), ("/drill", 0)]);
        let sheets: Vec<&str> = layout.lists.iter().map(|sheet| sheet.at.as_str()).collect();
        assert_eq!(sheets, ["/cover/notes", "/drill"]);
        assert_eq!(layout.lists[1].items_max, Some(7));
        let columns: Vec<&str> = layout.lists[1].columns.iter().map(|column| column.below.as_str()).collect();
        assert_eq!(columns, ["/kinds", "/on", "/people", "/people/value"]);
        assert!(matches!(layout.lists[1].columns[2].holds, ColumnHolds::Group));
        assert!(matches!(layout.lists[1].columns[0].holds, ColumnHolds::Lines(_)));
        assert_eq!(layout.lists[0].columns[0].below, "");
        assert!(layout.list_places.contains("/drill/*/sources") && layout.list_places.contains("/grid/*"));
    }
}
