//! The worksheet of single values: name, unit, help, last time's value, value.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::cell::Content;
use super::super::layout::{MainRow, RowHolds};
use super::super::mark::Mark;
use super::super::{role, spot};
use super::options::Options;
use super::{Pen, SheetNames};

impl Pen<'_> {
    pub(super) fn main_sheet(&self, names: &SheetNames, options: &mut Options) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(&names.main)?;
        sheet.write_string(spot::KEY_ROW, 0, role::MAIN)?;
        sheet.write_string(spot::KEY_ROW, spot::BELONGS_TO, self.belongs_to)?;
        sheet.set_row_hidden(spot::KEY_ROW)?;
        let title = self.layout.title.in_language(self.language);
        sheet.write_string_with_format(spot::TITLE_ROW, spot::NAME, title, &self.formats.title)?;
        let heads = [
            (spot::NAME, "workbook-name", 34.0),
            (spot::UNIT, "workbook-unit", 10.0),
            (spot::HELP, "workbook-help", 48.0),
            (spot::EARLIER, "workbook-earlier-value", 26.0),
            (spot::VALUE, "workbook-value", 44.0),
        ];
        for (column, word, width) in heads {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(spot::HEAD_ROW, column, self.word(word), &self.formats.head)?;
        }
        sheet.set_column_hidden(spot::KEY)?;
        for (index, (row, at)) in self.layout.main.iter().zip(spot::ROW..).enumerate() {
            self.main_row(&mut sheet, names, index, row, at, options)?;
        }
        sheet.set_freeze_panes(spot::ROW, spot::UNIT)?;
        self.protect(&mut sheet);
        Ok(sheet)
    }

    fn main_row(
        &self,
        sheet: &mut Worksheet,
        names: &SheetNames,
        index: usize,
        row: &MainRow,
        at: u32,
        options: &mut Options,
    ) -> Result<(), XlsxError> {
        let (told, formats) = (&row.told, &self.formats);
        let look = if row.holds == RowHolds::Group { &formats.group } else { &formats.told };
        sheet.write_string(at, spot::KEY, &row.at)?;
        let name = format!("{}{}", "　".repeat(row.depth), self.name(&told.label, told.required));
        sheet.write_string_with_format(at, spot::NAME, name, look)?;
        sheet.write_string_with_format(at, spot::UNIT, &told.unit, look)?;
        let (nothing, none) = (Mark::Nothing.word(self.language), Mark::NoItems.word(self.language));
        let elsewhere = match &row.holds {
            RowHolds::List(list) => self.say("workbook-see-list", &[("sheet", &names.lists[*list]), ("none", none)]),
            RowHolds::Group | RowHolds::Cell(_) => String::new(),
        };
        let may_be_nothing = matches!(&row.holds, RowHolds::Cell(kind) if kind.nothing);
        let hint =
            if may_be_nothing { self.say("workbook-may-be-nothing", &[("mark", nothing)]) } else { String::new() };
        let personal = if told.personal { self.word("workbook-personal") } else { String::new() };
        let help = [told.help.in_language(self.language), &elsewhere, &hint, &personal];
        let help: Vec<&str> = help.into_iter().filter(|part| !part.is_empty()).collect();
        sheet.write_string_with_format(at, spot::HELP, help.join(" "), look)?;

        sheet.write_blank(at, spot::EARLIER, &formats.earlier)?;
        if let Some(content) = self.earlier.main.get(&index) {
            self.write_told(sheet, at, spot::EARLIER, content)?;
        } else if let RowHolds::List(list) = &row.holds
            && let Some(items) = self.earlier.lists.get(list)
        {
            let items = self.say("workbook-items", &[("count", &items.len().to_string())]);
            sheet.write_string_with_format(at, spot::EARLIER, items, &formats.earlier)?;
        }

        let kind = match &row.holds {
            RowHolds::Cell(kind) => Some(kind),
            RowHolds::Group | RowHolds::List(_) => None,
        };
        let open = kind.map_or(&formats.text, |kind| formats.of(kind));
        sheet.write_blank(at, spot::VALUE, open)?;
        if let Some(content) = self.now.main.get(&index) {
            self.write_open(sheet, at, spot::VALUE, content, open)?;
        }
        if let Some(kind) = kind
            && let Some(validation) = options.beside(Some(kind), told, self.language)?
        {
            sheet.add_data_validation(at, spot::VALUE, at, spot::VALUE, &validation)?;
        }
        Ok(())
    }

    /// What can be changed, as it stands now.
    pub(super) fn write_open(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        content: &Content,
        look: &rust_xlsxwriter::Format,
    ) -> Result<(), XlsxError> {
        match content {
            Content::Text(text) => sheet.write_string_with_format(row, column, text, look)?,
            Content::Number(number) => sheet.write_number_with_format(row, column, *number, look)?,
            Content::Flag(flag) => sheet.write_boolean_with_format(row, column, *flag, look)?,
            other => return self.write(sheet, row, column, other),
        };
        Ok(())
    }

    /// What cannot be changed: last time's value, as people read it.
    pub(super) fn write_told(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        content: &Content,
    ) -> Result<(), XlsxError> {
        let look = &self.formats.earlier;
        match content {
            Content::Text(text) | Content::Day(text) => sheet.write_string_with_format(row, column, text, look)?,
            Content::Number(number) => sheet.write_number_with_format(row, column, *number, look)?,
            Content::Flag(flag) => sheet.write_boolean_with_format(row, column, *flag, look)?,
            Content::Time | Content::Error | Content::Unfinished => sheet,
        };
        Ok(())
    }
}
