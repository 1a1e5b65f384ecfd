//! Problems of a message: gathered place by place, so that whoever sent it can mend all of them at once.

use documents::workbook::Place;
use domain::limits::{FORM_PROBLEMS_MAX, NAME_CHARS_MAX};
use domain::text::{Language, Text};
use serde::Serialize;

use crate::error::OperationError;

/// One thing that is wrong with what was sent, said so that whoever filled the form in understands it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormProblem {
    /// Where (RFC 6901), in the answers or in the message that was sent.
    pub pointer: String,
    /// Stable, kebab-case.
    pub code: &'static str,
    /// The cell, where what was sent is a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What is wrong and what would be right. Never repeats what was filled in: it may name a person.
    pub message: Text,
}

impl FormProblem {
    /// A problem in the words of the catalogue: the sentence `problem-` with the code.
    pub(crate) fn say(pointer: impl Into<String>, code: &'static str, arguments: &[(&str, &str)]) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            place: None,
            message: in_both_languages(&format!("problem-{code}"), arguments),
        }
    }
}

/// A sentence of the catalogue in both languages.
pub(crate) fn in_both_languages(key: &str, arguments: &[(&str, &str)]) -> Text {
    let say = |language| documents::words::say(language, key, arguments);
    Text { zh: say(Language::Chinese), en: say(Language::English) }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<FormProblem>);

impl Problems {
    /// Notes a problem.
    pub(crate) fn add(&mut self, pointer: impl Into<String>, code: &'static str, arguments: &[(&str, &str)]) {
        if self.0.len() < FORM_PROBLEMS_MAX {
            self.0.push(FormProblem::say(pointer, code, arguments));
        }
    }

    /// Notes a name, a title or a reason that is empty or too long.
    pub(crate) fn name(&mut self, pointer: impl Into<String>, name: &str) {
        if name.trim().is_empty() {
            self.add(pointer, "empty", &[]);
        } else if name.chars().count() > NAME_CHARS_MAX {
            self.add(pointer, "too-long", &[("limit", &NAME_CHARS_MAX.to_string())]);
        }
    }

    /// An error where any problem was noted.
    pub(crate) fn none_left(self) -> Result<(), OperationError> {
        if self.0.is_empty() { Ok(()) } else { Err(OperationError::Invalid(self.0)) }
    }
}
