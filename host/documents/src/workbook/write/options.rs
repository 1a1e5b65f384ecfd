//! Drop-downs: what a field offers stands on a worksheet that nobody has to see.

use std::collections::BTreeMap;

use domain::text::Language;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Worksheet, XlsxError};

use super::super::address::Address;
use super::super::cell::CellKind;
use super::super::layout::Told;
use super::super::role;

/// Characters that a message beside a cell holds, and its heading.
const MESSAGE_CHARS: usize = 250;
const HEADING_CHARS: usize = 30;

/// The choices of all fields; the same choice stands there once.
pub(super) struct Options {
    sheet: String,
    columns: BTreeMap<Vec<String>, u16>,
}

impl Options {
    pub(super) fn new(sheet: String) -> Self {
        Self { sheet, columns: BTreeMap::new() }
    }

    /// What a program tells and offers whoever fills in a field; none where there is nothing to tell.
    pub(super) fn beside(
        &mut self,
        kind: Option<&CellKind>,
        told: &Told,
        language: Language,
    ) -> Result<Option<DataValidation>, XlsxError> {
        let choices = kind.map(|kind| kind.choices(language)).unwrap_or_default();
        let help = told.help.in_language(language);
        if choices.is_empty() && help.is_empty() {
            return Ok(None);
        }
        let mut validation = DataValidation::new();
        if !choices.is_empty() {
            let last = u32::try_from(choices.len()).unwrap_or(u32::MAX);
            let next = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_add(1);
            let column = *self.columns.entry(choices).or_insert(next);
            let cells = |row| {
                let address = Address::new(row, column).to_string();
                let digits = address.find(|character: char| character.is_ascii_digit()).unwrap_or_default();
                format!("${}${}", &address[..digits], &address[digits..])
            };
            let sheet = self.sheet.replace('\'', "''");
            let list = format!("='{sheet}'!{}:{}", cells(1), cells(last));
            // Other words are let through: some fields take them, and of the others the house tells more than a program would.
            validation = validation
                .allow_list_formula(Formula::new(list))
                .set_error_style(DataValidationErrorStyle::Information);
        } else {
            validation = validation.allow_any_value();
        }
        if !help.is_empty() {
            let heading: String = told.label.in_language(language).chars().take(HEADING_CHARS).collect();
            let message: String = help.chars().take(MESSAGE_CHARS).collect();
            validation = validation.set_input_title(heading)?.set_input_message(message)?;
        }
        Ok(Some(validation))
    }

    /// The worksheet of all choices.
    pub(super) fn sheet(self) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(&self.sheet)?;
        sheet.write_string(0, 0, role::ASIDE)?;
        for (choices, column) in &self.columns {
            for (choice, row) in choices.iter().zip(1..) {
                sheet.write_string(row, *column, choice)?;
            }
        }
        sheet.set_hidden(true).protect();
        Ok(sheet)
    }
}
