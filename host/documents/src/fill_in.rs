//! A form as fields that people type into, section by section, and what they typed, read back.
//!
//! It stands upon the same [`Layout`] as the workbook of the form, and a field reads what is typed as a cell would: an empty one says nothing, a
//! mark such as （空） says what emptiness cannot. Whatever has no field is kept as it is.

mod typed;

use domain::text::{Language, Text};
use serde_json::Value;

pub use self::typed::{Mistyped, TypedIn, typed_in};
use crate::workbook::Layout;
use crate::workbook::cell::{CellKind, Content};
use crate::workbook::layout::{ColumnHolds, ListSheet, MainRow, RowHolds, Told};
use crate::workbook::mark::Mark;

/// Columns up to which the items of a list are set as the rows of a table.
const TABLE_COLUMNS_MAX: usize = 7;
/// Characters from which on a text is written in a field of several lines.
const LONG_TEXT_CHARS: usize = 40;
/// Empty items that stand below those that are filled in.
const EMPTY_ITEMS: usize = 1;

/// What a section of a form is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionName {
    /// Its label.
    pub label: Text,
    /// How many fields of it say something, and how many there are; a list counts as one.
    pub filled: usize,
    /// See `filled`.
    pub fields: usize,
}

/// A section with everything that is typed into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its label.
    pub label: Text,
    /// How it is filled in.
    pub help: Text,
    /// What stands in it, in order.
    pub parts: Vec<Part>,
}

/// Something in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of the fields that follow.
    Heading {
        /// The label.
        label: Text,
        /// How they are filled in.
        help: Text,
    },
    /// A single value.
    Field(Field),
    /// The items of a list.
    Items(Items),
}

/// A field to type into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The place in the answers (RFC 6901).
    pub at: String,
    /// What it is called.
    pub label: Text,
    /// How it is filled in.
    pub help: Text,
    /// What it is counted in; empty for nothing.
    pub unit: String,
    /// Whether it has to be filled in where what it lies in is.
    pub required: bool,
    /// Whether it names a person.
    pub personal: bool,
    /// How it is typed into.
    pub control: Control,
    /// What stands in it.
    pub text: String,
    /// What stood in it last time; empty where nothing is known of that.
    pub earlier: String,
}

/// How a field is typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One line of anything.
    Line,
    /// Several lines.
    Lines,
    /// A whole number.
    Whole,
    /// A day.
    Day,
    /// One of several; an empty one stands for nothing.
    Choice(Vec<String>),
    /// What stands there cannot be typed, and is kept.
    Kept,
}

/// The items of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items {
    /// The place of the list in the answers.
    pub at: String,
    /// What it is called.
    pub label: Text,
    /// How it is filled in.
    pub help: Text,
    /// What the fields of every item are called, and what they are counted in.
    pub heads: Vec<Head>,
    /// The items with their fields, and empty ones below them.
    pub items: Vec<Vec<Field>>,
    /// How many of them say something.
    pub filled: usize,
    /// Whether it was said that there are none.
    pub is_none: bool,
    /// Whether there are few enough columns for a table.
    pub is_table: bool,
    /// What there was last time; empty where nothing is known of that.
    pub earlier: String,
}

/// What a field of every item of a list is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The names from the item down.
    pub labels: Vec<Text>,
    /// What it is counted in.
    pub unit: String,
    /// How it is filled in.
    pub help: Text,
    /// Whether it has to be filled in.
    pub required: bool,
}

/// The sections of a form, in order.
pub fn sections(layout: &Layout, answers: &Value) -> Vec<SectionName> {
    let name = |rows: &[MainRow]| {
        let counted = || rows.iter().filter(|row| row.holds != RowHolds::Group);
        let says = |row: &&MainRow| answers.pointer(&row.at).is_some_and(|value| !value.is_null());
        SectionName { label: label_of(rows), filled: counted().filter(says).count(), fields: counted().count() }
    };
    rows_by_section(layout).into_iter().map(name).collect()
}

/// One section; none where there are fewer. `more` is a list that shall have one more empty item.
pub fn section(
    layout: &Layout,
    index: usize,
    answers: &Value,
    earlier: Option<&Value>,
    language: Language,
    more: Option<&str>,
) -> Option<Section> {
    let rows = *rows_by_section(layout).get(index)?;
    let drawn = Drawing { layout, answers, earlier, language, more };
    let (head, help) = match rows.first() {
        Some(row) if row.holds == RowHolds::Group => (1, row.told.help.clone()),
        _ => (0, Text::default()),
    };
    let parts = rows[head..].iter().map(|row| drawn.part(row)).collect();
    Some(Section { label: label_of(rows), help, parts })
}

/// The section in which a place of the answers is filled in.
pub fn section_of(layout: &Layout, place: &str) -> Option<usize> {
    let holds =
        |row: &MainRow| place == row.at || place.strip_prefix(&row.at).is_some_and(|rest| rest.starts_with('/'));
    rows_by_section(layout).iter().position(|rows| rows.iter().any(holds))
}

/// What lies in an entry of the form is a section; single values and lists that lie in none stand together.
fn rows_by_section(layout: &Layout) -> Vec<&[MainRow]> {
    let mut sections: Vec<&[MainRow]> = Vec::new();
    let mut from = 0;
    for (index, row) in layout.main.iter().enumerate() {
        let before = layout.main.get(from);
        let begins = row.depth == 0
            && (row.holds == RowHolds::Group || before.is_some_and(|first| first.holds == RowHolds::Group));
        if begins && index > from {
            sections.push(&layout.main[from..index]);
            from = index;
        }
    }
    if from < layout.main.len() {
        sections.push(&layout.main[from..]);
    }
    sections
}

/// What a section is called; what lies in no entry together is called by what comes first.
fn label_of(rows: &[MainRow]) -> Text {
    let Some(first) = rows.first() else { return Text::default() };
    let is_one = rows.len() == 1 || first.holds == RowHolds::Group;
    if is_one {
        return first.told.label.clone();
    }
    let count = rows.len().to_string();
    let say = |language| {
        let first = first.told.label.in_language(language);
        crate::words::say(language, "section-of-several", &[("first", first), ("count", &count)])
    };
    Text { zh: say(Language::Chinese), en: say(Language::English) }
}

struct Drawing<'a> {
    layout: &'a Layout,
    answers: &'a Value,
    earlier: Option<&'a Value>,
    language: Language,
    more: Option<&'a str>,
}

impl Drawing<'_> {
    fn part(&self, row: &MainRow) -> Part {
        let Told { label, help, .. } = row.told.clone();
        match &row.holds {
            RowHolds::Group => Part::Heading { label, help },
            RowHolds::Cell(kind) => Part::Field(self.field(&row.at, &row.told, kind)),
            RowHolds::List(sheet) => match self.layout.lists.get(*sheet) {
                Some(list) => Part::Items(self.items(list)),
                None => Part::Heading { label, help },
            },
        }
    }

    fn field(&self, at: &str, told: &Told, kind: &CellKind) -> Field {
        let written = written_at(self.answers, at, kind, self.language);
        let earlier = self.earlier.and_then(|earlier| written_at(earlier, at, kind, self.language));
        field(at, told, kind, written, earlier.unwrap_or_default(), self.language)
    }

    fn items(&self, list: &ListSheet) -> Items {
        let value = self.answers.pointer(&list.at);
        let filled = value.and_then(Value::as_array).map_or(0, Vec::len);
        let more = EMPTY_ITEMS + usize::from(self.more == Some(list.at.as_str()));
        let room = list.items_max.unwrap_or(usize::MAX).saturating_sub(filled).min(more);
        let items = (0..filled + room).map(|index| self.item(list, &format!("{}/{index}", list.at)));
        let earlier = self.earlier.and_then(|earlier| earlier.pointer(&list.at)?.as_array());
        Items {
            at: list.at.clone(),
            label: list.told.label.clone(),
            help: list.told.help.clone(),
            heads: list.columns.iter().filter(|column| column.holds != ColumnHolds::Group).map(head).collect(),
            items: items.collect(),
            filled,
            is_none: value.and_then(Value::as_array).is_some_and(Vec::is_empty),
            is_table: list.columns.len() <= TABLE_COLUMNS_MAX,
            earlier: earlier.map(|items| items.len().to_string()).unwrap_or_default(),
        }
    }

    fn item(&self, list: &ListSheet, at: &str) -> Vec<Field> {
        let fields = list.columns.iter().filter_map(|column| {
            let place = format!("{at}{}", column.below);
            match &column.holds {
                ColumnHolds::Group => None,
                ColumnHolds::Cell(kind) => {
                    let written = written_at(self.answers, &place, kind, self.language);
                    Some(field(&place, &column.told, kind, written, String::new(), self.language))
                }
                ColumnHolds::Lines(kind) => {
                    let written = lines_at(self.answers, &place, kind, self.language);
                    let kept = written.is_none();
                    let mut field = field(&place, &column.told, kind, written, String::new(), self.language);
                    field.control = if kept { Control::Kept } else { Control::Lines };
                    Some(field)
                }
            }
        });
        fields.collect()
    }
}

fn head(column: &crate::workbook::layout::Column) -> Head {
    let Told { help, unit, required, .. } = column.told.clone();
    Head { labels: column.labels.clone(), unit, help, required }
}

fn field(
    at: &str,
    told: &Told,
    kind: &CellKind,
    written: Option<String>,
    earlier: String,
    language: Language,
) -> Field {
    let Told { label, help, unit, required, personal } = told.clone();
    let choices = kind.choices(language);
    let text = written.clone().unwrap_or_default();
    let fits = text.is_empty() || choices.contains(&text);
    let control = match &written {
        None => Control::Kept,
        Some(_) if !choices.is_empty() && !kind.options.is_open && fits => Control::Choice(choices),
        Some(_) if kind.day && (text.is_empty() || is_day(&text)) => Control::Day,
        Some(_) if kind.is_only_whole() => Control::Whole,
        Some(_)
            if kind.is_only_text()
                && (unit.is_empty() && !is_short(&label)
                    || text.chars().count() >= LONG_TEXT_CHARS
                    || text.contains('\n')) =>
        {
            Control::Lines
        }
        Some(_) => Control::Line,
    };
    Field { at: at.to_owned(), label, help, unit, required, personal, control, text, earlier }
}

/// Whether a field with such a name is for a few words. A form does not say so; a long name most often asks for a description.
fn is_short(label: &Text) -> bool {
    label.zh.chars().count() <= 10
}

fn is_day(text: &str) -> bool {
    let is_sound =
        |(index, byte): (usize, u8)| if matches!(index, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is_sound)
}

/// What stands in the field of a place: empty where the answers say nothing; none where no field says just that.
fn written_at(answers: &Value, at: &str, kind: &CellKind, language: Language) -> Option<String> {
    match answers.pointer(at) {
        None => Some(String::new()),
        Some(value) => kind.write(value, language).map(|content| shown(content, language)),
    }
}

/// The same of a list of single values, one a line.
fn lines_at(answers: &Value, at: &str, kind: &CellKind, language: Language) -> Option<String> {
    match answers.pointer(at) {
        None => Some(String::new()),
        Some(Value::Null) => Some(Mark::Nothing.word(language).to_owned()),
        Some(Value::Array(items)) if items.is_empty() => Some(Mark::NoItems.word(language).to_owned()),
        Some(Value::Array(items)) => {
            let line = |item: &Value| {
                let line = shown(kind.write(item, language)?, language);
                (!line.contains('\n') && kind.read(&Content::Text(line.clone())).as_ref() == Ok(item)).then_some(line)
            };
            items.iter().map(line).collect::<Option<Vec<String>>>().map(|lines| lines.join("\n"))
        }
        Some(_) => None,
    }
}

fn shown(content: Content, language: Language) -> String {
    match content {
        Content::Text(text) | Content::Day(text) => text,
        // Only whole numbers are written so.
        Content::Number(number) => format!("{number}"),
        Content::Flag(flag) => crate::workbook::cell::flag_word(flag, language).to_owned(),
        Content::Time | Content::Error | Content::Unfinished => String::new(),
    }
}
