//! The worksheets of lists: a column for each field, a row for each item; and last time's items on worksheets of their own.

use domain::text::{Language, Text};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::cell::CellKind;
use super::super::fill::Item;
use super::super::layout::{Column, ColumnHolds, ListSheet};
use super::super::mark::Mark;
use super::super::{role, spot};
use super::Pen;
use super::options::Options;

/// Rows for which a program offers choices where the form does not say how many items there are.
const OFFERED_ROWS: usize = 2_000;

impl Pen<'_> {
    pub(super) fn list_sheet(
        &self,
        name: &str,
        index: usize,
        list: &ListSheet,
        options: &mut Options,
    ) -> Result<Worksheet, XlsxError> {
        let mut sheet = self.list_head(name, list, &format!("{}{}", role::LIST, list.at))?;
        sheet.set_row_hidden(spot::KEY_ROW)?;
        let rows = list.items_max.unwrap_or(OFFERED_ROWS).clamp(1, OFFERED_ROWS);
        let last = spot::ITEM_ROW + u32::try_from(rows).unwrap_or(1) - 1;
        // The whole column can be filled in; what stands above the items cannot, because it has formats of its own.
        sheet.set_column_format(spot::MARK_COLUMN, &self.formats.text)?;
        for (position, column) in (spot::MARK_COLUMN + 1..).zip(&list.columns) {
            sheet.write_string(spot::KEY_ROW, position, format!(".{}", column.below))?;
            sheet.set_column_format(position, self.look(column))?;
            if let Some(validation) = options.beside(kind(column), &column.told, self.language)? {
                sheet.add_data_validation(spot::ITEM_ROW, position, last, position, &validation)?;
            }
        }
        for row in [spot::KEY_ROW, spot::TITLE_ROW] {
            sheet.set_row_format(row, &rust_xlsxwriter::Format::new())?;
        }
        for (item, row) in self.now.lists.get(&index).into_iter().flatten().zip(spot::ITEM_ROW..) {
            if let Some(mark) = item.mark {
                sheet.write_string_with_format(row, spot::MARK_COLUMN, mark.word(self.language), &self.formats.text)?;
            }
            for (column, content) in &item.cells {
                let look = self.look(&list.columns[*column]);
                self.write_open(&mut sheet, row, position(*column), content, look)?;
            }
        }
        self.protect(&mut sheet);
        Ok(sheet)
    }

    /// Last time's items, to be read only.
    pub(super) fn earlier_sheet(&self, name: &str, list: &ListSheet, items: &[Item]) -> Result<Worksheet, XlsxError> {
        let mut sheet = self.list_head(name, list, role::ASIDE)?;
        sheet.set_row_hidden(spot::KEY_ROW)?;
        for (item, row) in items.iter().zip(spot::ITEM_ROW..) {
            if let Some(mark) = item.mark {
                sheet.write_string_with_format(
                    row,
                    spot::MARK_COLUMN,
                    mark.word(self.language),
                    &self.formats.earlier,
                )?;
            }
            for (column, content) in &item.cells {
                self.write_told(&mut sheet, row, position(*column), content)?;
            }
        }
        sheet.protect();
        Ok(sheet)
    }

    /// Title and names of the columns.
    fn list_head(&self, name: &str, list: &ListSheet, key: &str) -> Result<Worksheet, XlsxError> {
        let (mut sheet, formats) = (Worksheet::new(), &self.formats);
        sheet.set_name(name)?;
        sheet.write_string_with_format(spot::KEY_ROW, 0, key, &rust_xlsxwriter::Format::new())?;
        let help = list.told.help.in_language(self.language);
        let label = list.told.label.in_language(self.language);
        let title = if help.is_empty() { label.to_owned() } else { format!("{label}　{help}") };
        sheet.write_string_with_format(spot::TITLE_ROW, 0, title, &formats.title)?;
        sheet.set_column_width(spot::MARK_COLUMN, 10)?;
        sheet.write_string_with_format(spot::HEAD_ROW, spot::MARK_COLUMN, self.word("workbook-mark"), &formats.head)?;
        let (none, empty) = (Mark::Nothing.word(self.language), Mark::NoFields.word(self.language));
        let hint = self.say("workbook-mark-hint", &[("nothing", none), ("empty", empty)]);
        sheet.write_string_with_format(spot::HINT_ROW, spot::MARK_COLUMN, hint, &formats.told)?;
        for (position, column) in (spot::MARK_COLUMN + 1..).zip(&list.columns) {
            let name = self.column_name(column);
            let width = f64::from(u32::try_from(name.chars().count()).unwrap_or(20)) * 2.2 + 2.0;
            sheet.set_column_width(position, width.clamp(12.0, 40.0))?;
            sheet.write_string_with_format(spot::HEAD_ROW, position, name, &formats.head)?;
            sheet.write_string_with_format(spot::HINT_ROW, position, self.hint(column), &formats.told)?;
        }
        sheet.set_freeze_panes(spot::ITEM_ROW, spot::MARK_COLUMN + 1)?;
        Ok(sheet)
    }

    fn column_name(&self, column: &Column) -> String {
        let labels: Vec<&str> = column.labels.iter().map(|label| label.in_language(self.language)).collect();
        self.required(labels.join("·"), column.told.required)
    }

    /// The name of a field, with a star where it has to be filled in.
    pub(super) fn name(&self, label: &Text, required: bool) -> String {
        self.required(label.in_language(self.language).to_owned(), required)
    }

    fn required(&self, name: String, required: bool) -> String {
        if required { self.say("workbook-required", &[("name", &name)]) } else { name }
    }

    fn hint(&self, column: &Column) -> String {
        let unit = if column.told.unit.is_empty() {
            String::new()
        } else {
            self.say("workbook-in-unit", &[("unit", &column.told.unit)])
        };
        let how = match &column.holds {
            ColumnHolds::Group => self.say("workbook-may-be-nothing", &[("mark", Mark::Nothing.word(self.language))]),
            ColumnHolds::Lines(_) => self.word("workbook-one-a-line"),
            ColumnHolds::Cell(kind) if kind.day => self.word("workbook-day"),
            ColumnHolds::Cell(_) => String::new(),
        };
        let personal = if column.told.personal { self.word("workbook-personal") } else { String::new() };
        let parts = [unit, how, personal];
        let joint = if self.language == Language::Chinese { "" } else { " " };
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(joint)
    }

    fn look(&self, column: &Column) -> &rust_xlsxwriter::Format {
        match &column.holds {
            ColumnHolds::Cell(kind) => self.formats.of(kind),
            ColumnHolds::Group | ColumnHolds::Lines(_) => &self.formats.text,
        }
    }
}

fn kind(column: &Column) -> Option<&CellKind> {
    match &column.holds {
        ColumnHolds::Cell(kind) => Some(kind),
        ColumnHolds::Group | ColumnHolds::Lines(_) => None,
    }
}

/// The column of the worksheet for a column of the layout.
fn position(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX - 1) + spot::MARK_COLUMN + 1
}
