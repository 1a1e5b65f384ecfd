//! Writing a template: empty, or filled in, with last time's values beside.

mod formats;
mod frame;
mod lists;
mod main_sheet;
mod options;

use domain::review::Explanation;
use domain::text::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use serde_json::Value;

use self::formats::Formats;
use self::options::Options;
use super::cell::Content;
use super::fill::{Filled, fill};
use super::layout::Layout;
use crate::sheet_names::Names;
use crate::words::say;

/// What a template is for, as its first page tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// The federation.
    pub federation: String,
    /// The round.
    pub round: String,
    /// The unit.
    pub unit: String,
    /// Until when, in the words of the house.
    pub due: String,
}

/// What stands in a template beside what the form asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Values<'v> {
    /// Whose workbook it is: a line that says so is asked for again when it is read.
    pub belongs_to: &'v str,
    /// Why warnings of what has been filled in already are right all the same.
    pub explanations: &'v [Explanation],
    /// What has been filled in already.
    pub now: Option<&'v Value>,
    /// What was handed in for the period before.
    pub earlier: Option<&'v Value>,
}

/// Why a template was not written: the house's fault.
#[derive(Debug, thiserror::Error)]
#[error("the template could not be written")]
pub struct NotWritten(#[from] XlsxError);

/// The template of a form. Equal input gives equal bytes.
pub fn template(layout: &Layout, cover: &Cover, language: Language, values: Values<'_>) -> Result<Vec<u8>, NotWritten> {
    let empty = Filled::default();
    let now = values.now.map(|answers| fill(layout, answers, language));
    let earlier = values.earlier.map(|answers| fill(layout, answers, language));
    let pen = Pen {
        layout,
        language,
        now: now.as_ref().unwrap_or(&empty),
        earlier: earlier.as_ref().unwrap_or(&empty),
        belongs_to: values.belongs_to,
        explanations: values.explanations,
        formats: Formats::new(),
    };
    Ok(pen.workbook(cover)?)
}

/// What every worksheet is written with.
struct Pen<'a> {
    layout: &'a Layout,
    language: Language,
    now: &'a Filled,
    earlier: &'a Filled,
    belongs_to: &'a str,
    explanations: &'a [Explanation],
    formats: Formats,
}

/// The names of the worksheets.
struct SheetNames {
    main: String,
    lists: Vec<String>,
    rest: String,
    explanations: String,
}

impl Pen<'_> {
    fn workbook(&self, cover: &Cover) -> Result<Vec<u8>, XlsxError> {
        let mut names = Names::default();
        let guide = names.give(&self.word("workbook-guide"));
        let given = SheetNames {
            main: names.give(&self.word("workbook-main")),
            lists: self
                .layout
                .lists
                .iter()
                .map(|list| names.give(list.told.label.in_language(self.language)))
                .collect(),
            rest: names.give(&self.word("workbook-rest")),
            explanations: names.give(&self.word("workbook-explanations")),
        };
        let mut options = Options::new(names.give(&self.word("workbook-options")));

        let mut sheets = vec![self.guide(&guide, cover)?, self.main_sheet(&given, &mut options)?];
        for (index, list) in self.layout.lists.iter().enumerate() {
            sheets.push(self.list_sheet(&given.lists[index], index, list, &mut options)?);
        }
        for (index, list) in self.layout.lists.iter().enumerate() {
            let Some(items) = self.earlier.lists.get(&index) else { continue };
            let wished = self.say("workbook-earlier", &[("sheet", &given.lists[index])]);
            sheets.push(self.earlier_sheet(&names.give(&wished), list, items)?);
        }
        sheets.push(self.rest_sheet(&given.rest)?);
        sheets.push(self.explanations_sheet(&given.explanations)?);
        sheets.push(options.sheet()?);

        let mut workbook = Workbook::new();
        // A file says when it was made; this one says nothing, so that it is the same each time.
        let long_ago = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let title = self.layout.title.in_language(self.language);
        workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&long_ago));
        for sheet in sheets {
            workbook.push_worksheet(sheet);
        }
        workbook.save_to_buffer()
    }

    fn word(&self, key: &str) -> String {
        say(self.language, key, &[])
    }

    fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        say(self.language, key, arguments)
    }

    /// Writes what a cell says.
    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, content: &Content) -> Result<(), XlsxError> {
        match content {
            Content::Text(text) => sheet.write_string(row, column, text)?,
            Content::Number(number) => sheet.write_number(row, column, *number)?,
            Content::Flag(flag) => sheet.write_boolean(row, column, *flag)?,
            Content::Day(day) => match ExcelDateTime::parse_from_str(day) {
                Ok(date) => sheet.write_datetime_with_format(row, column, date, &self.formats.day)?,
                Err(_) => sheet.write_string(row, column, day)?,
            },
            Content::Time | Content::Error | Content::Unfinished => sheet,
        };
        Ok(())
    }
}
