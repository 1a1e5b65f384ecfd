//! Forms: whether answers are what the form of a rubric asks for, and what is wrong in words that a clerk understands.
//!
//! A form comes from a plugin, so it is examined before it is compiled: it may refer to nothing outside itself, may not run in
//! circles, and its patterns are matched in linear time. Validating answers then costs what the limits of the house allow.

mod dialect;
mod wording;

use domain::fields::FieldPath;
use domain::limits::{FORM_PROBLEMS_MAX, FORM_SCHEMAS_MAX};
use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use crate::problem::FormProblem;

/// The most memory that one pattern of a form may compile to.
const PATTERN_BYTES_MAX: usize = 1024 * 1024;

/// A form, compiled once for each release.
pub(crate) struct Form {
    schema: Value,
    validator: Validator,
    personal: Vec<FieldPath>,
}

/// Why a form is not admitted: for the plugin's author.
#[derive(Debug, thiserror::Error)]
pub enum FormRefused {
    /// The text is no JSON.
    #[error("the form is not JSON")]
    NotJson(#[source] serde_json::Error),
    /// It uses something that this house's forms do not have; a misspelt keyword would silently check nothing.
    #[error("`{keyword}` at `{at}` is no keyword of a form; remarks of your own begin with `x-`")]
    UnknownKeyword {
        /// The keyword.
        keyword: String,
        /// The pointer of the schema in which it stands.
        at: String,
    },
    /// A keyword holds something that it cannot hold.
    #[error("`{keyword}` at `{at}` does not hold what it should")]
    Misused {
        /// The keyword.
        keyword: String,
        /// The pointer of the schema in which it stands.
        at: String,
    },
    /// It refers to something that does not stand in it.
    #[error("the reference at `{at}` leads nowhere inside the form; only `#/$defs/…` does")]
    ForeignReference {
        /// The pointer of the reference.
        at: String,
    },
    /// It runs in circles, or nests deeper than answers can.
    #[error("the form refers to itself, or nests too deep, at `{at}`")]
    Circular {
        /// Where that was noticed.
        at: String,
    },
    /// With every reference followed it is too large.
    #[error("with every reference followed, the form holds more than {FORM_SCHEMAS_MAX} schemas")]
    TooLarge,
    /// The report beside it wants a field that the form marks as personal.
    #[error("the report wants `{at}`, which the form marks as personal")]
    PersonalField {
        /// The wanted field.
        at: String,
    },
    /// The library does not take it.
    #[error("the form is no valid JSON Schema: {0}")]
    NotASchema(String),
}

impl Form {
    /// Examines and compiles a form.
    pub(crate) fn compile(text: &str) -> Result<Self, FormRefused> {
        let schema: Value = serde_json::from_str(text).map_err(FormRefused::NotJson)?;
        let personal = dialect::examine(&schema)?;
        let patterns = PatternOptions::regex().size_limit(PATTERN_BYTES_MAX).dfa_size_limit(PATTERN_BYTES_MAX);
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_pattern_options(patterns)
            .should_validate_formats(true)
            .offline()
            .build(&schema)
            .map_err(|error| FormRefused::NotASchema(format!("at `{}`: {error}", error.instance_path())))?;
        Ok(Self { schema, validator, personal })
    }

    /// What is wrong with answers; empty where they are what the form asks for.
    pub(crate) fn problems(&self, answers: &Value) -> Vec<FormProblem> {
        // Nearly all answers that arrive were pre-checked: the fast way first, the telling one only where something is wrong.
        if self.validator.is_valid(answers) {
            return Vec::new();
        }
        let wording = wording::Wording::of(&self.schema);
        let mut problems = Vec::new();
        for error in self.validator.iter_errors(answers) {
            wording.tell(&error, &mut problems);
            if problems.len() >= FORM_PROBLEMS_MAX {
                problems.truncate(FORM_PROBLEMS_MAX);
                break;
            }
        }
        problems
    }

    /// Whether a field lies in what the form marks as personal.
    pub(crate) fn is_personal(&self, field: &FieldPath) -> bool {
        self.personal.iter().any(|mark| field.is_within(mark))
    }

    /// The paths of what names a person.
    pub(crate) fn personal(&self) -> &[FieldPath] {
        &self.personal
    }
}
