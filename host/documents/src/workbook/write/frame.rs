//! The worksheets around the form: how to fill it in, what has no cell of its own, explanations of warnings.

use rust_xlsxwriter::{ProtectionOptions, Worksheet, XlsxError};

use super::super::mark::Mark;
use super::super::rest::JSON;
use super::super::{role, spot};
use super::{Cover, Pen};

/// Sentences of the guide, in turn.
const GUIDE: [&str; 8] = [
    "workbook-guide-fill",
    "workbook-guide-blank",
    "workbook-guide-marks",
    "workbook-guide-lists",
    "workbook-guide-numbers",
    "workbook-guide-keep",
    "workbook-guide-rest",
    "workbook-guide-warnings",
];

impl Pen<'_> {
    pub(super) fn guide(&self, name: &str, cover: &Cover) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.write_string(0, 0, role::ASIDE)?;
        sheet.set_row_hidden(0)?;
        sheet.set_column_width(0, 16)?;
        sheet.set_column_width(1, 100)?;
        let title = self.layout.title.in_language(self.language);
        sheet.write_string_with_format(1, 0, title, &self.formats.title)?;
        let facts = [
            ("workbook-federation", &cover.federation),
            ("workbook-round", &cover.round),
            ("workbook-filled-in-by", &cover.unit),
            ("workbook-due", &cover.due),
        ];
        let mut row = 2;
        for (word, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
            sheet.write_string_with_format(row, 0, self.word(word), &self.formats.head)?;
            sheet.write_string_with_format(row, 1, fact, &self.formats.told)?;
            row += 1;
        }
        let help = self.layout.help.in_language(self.language);
        let marks =
            [Mark::Nothing, Mark::EmptyText, Mark::NoItems, Mark::NoFields].map(|mark| mark.word(self.language));
        let arguments = [("nothing", marks[0]), ("text", marks[1]), ("none", marks[2]), ("entry", marks[3])];
        let sentences = GUIDE.map(|key| self.say(key, &arguments));
        let numbered = std::iter::once(help.to_owned()).chain(sentences).filter(|sentence| !sentence.is_empty());
        for (sentence, number) in numbered.zip(1..) {
            sheet.write_string_with_format(row, 0, number.to_string(), &self.formats.told)?;
            sheet.write_string_with_format(row, 1, sentence, &self.formats.told)?;
            row += 1;
        }
        sheet.protect();
        Ok(sheet)
    }

    pub(super) fn rest_sheet(&self, name: &str) -> Result<Worksheet, XlsxError> {
        let heads =
            [("workbook-place", 44.0), ("workbook-part", 8.0), ("workbook-notation", 10.0), ("workbook-value", 80.0)];
        let mut sheet = self.plain_sheet(name, role::REST, "workbook-rest-help", &heads)?;
        for (rest, row) in self.now.rest.iter().zip(spot::ROW..) {
            let text = &self.formats.text;
            sheet.write_string_with_format(row, spot::REST_PLACE, &rest.at, text)?;
            if rest.part > 0 {
                sheet.write_string_with_format(row, spot::REST_PART, rest.part.to_string(), text)?;
            }
            sheet.write_string_with_format(row, spot::REST_NOTATION, JSON, text)?;
            sheet.write_string_with_format(row, spot::REST_VALUE, &rest.json, text)?;
        }
        Ok(sheet)
    }

    pub(super) fn explanations_sheet(&self, name: &str) -> Result<Worksheet, XlsxError> {
        let heads = [("workbook-check", 36.0), ("workbook-explained-place", 40.0), ("workbook-explanation", 80.0)];
        let mut sheet = self.plain_sheet(name, role::EXPLANATIONS, "workbook-explanations-help", &heads)?;
        for (explained, row) in self.explanations.iter().zip(spot::ROW..) {
            let text = &self.formats.text;
            sheet.write_string_with_format(row, spot::CHECK, &explained.check, text)?;
            sheet.write_string_with_format(row, spot::AT, explained.at.as_deref().unwrap_or_default(), text)?;
            sheet.write_string_with_format(row, spot::EXPLANATION, &explained.text, text)?;
        }
        Ok(sheet)
    }

    /// A worksheet of some columns of words.
    fn plain_sheet(&self, name: &str, key: &str, help: &str, heads: &[(&str, f64)]) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        for (column, (word, width)) in (0..).zip(heads) {
            sheet.set_column_width(column, *width)?;
            // What stands here may be a number on purpose: only in the value's own column of the rest.
            let is_value = key == role::REST && column == spot::REST_VALUE;
            sheet.set_column_format(column, if is_value { &self.formats.any } else { &self.formats.text })?;
            sheet.write_string_with_format(spot::HEAD_ROW, column, self.word(word), &self.formats.head)?;
        }
        let plain = rust_xlsxwriter::Format::new();
        sheet.write_string_with_format(spot::KEY_ROW, 0, key, &plain)?;
        sheet.set_row_format(spot::KEY_ROW, &plain)?;
        sheet.set_row_hidden(spot::KEY_ROW)?;
        sheet.set_row_format(spot::TITLE_ROW, &plain)?;
        sheet.write_string_with_format(spot::TITLE_ROW, 0, self.word(help), &plain)?;
        sheet.set_freeze_panes(spot::ROW, 0)?;
        self.protect(&mut sheet);
        Ok(sheet)
    }

    /// Only what is to be filled in can be changed; there is no password, because it is a help and no lock.
    pub(super) fn protect(&self, sheet: &mut Worksheet) {
        let allowed = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        };
        sheet.protect_with_options(&allowed);
    }
}
