//! The outline of a form: what it asks for, field by field, in the order in which it is written and with every reference followed.
//!
//! A form comes from a plugin. Reading it is bounded in fields and in bytes; an outline that was cut short says so.

mod json;
mod options;
mod walk;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// What a value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// Words, a day, an exact decimal.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// Several values.
    Array,
    /// Several fields.
    Object,
    /// Nothing.
    Null,
}

impl FieldType {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::String, Self::Integer, Self::Number, Self::Boolean, Self::Array, Self::Object, Self::Null];

    /// The word of JSON Schema for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
            Self::Null => "null",
        }
    }
}

/// A rule that a value has to keep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldRule {
    /// The keyword of JSON Schema.
    pub keyword: String,
    /// What it holds, as JSON with every reference followed; long ones end in a digest of the whole.
    pub value: String,
}

/// A kind of value that a form defines once and uses in several places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueType {
    /// The form's own name for it.
    pub name: String,
    /// Its label; empty where the form has none.
    pub label: Text,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Where in the answers (RFC 6901). `*` stands for every item of a list, `*(pattern)` for every member whose name fits a pattern.
    pub at: String,
    /// What it is called; empty where the form does not say.
    pub label: Text,
    /// How it is filled in.
    pub help: Text,
    /// What it is counted in.
    pub unit: String,
    /// What it may be; empty where the form leaves that open.
    pub types: Vec<FieldType>,
    /// Of a list: what its items may be.
    pub items: Vec<FieldType>,
    /// Whether it has to stand where the value that it belongs to stands.
    pub required: bool,
    /// Whether it names a person.
    pub personal: bool,
    /// What it, or every item of it, is made of, where the form defines that once for several places.
    pub value_type: Option<ValueType>,
    /// Rules that its value has to keep, in order of their keywords.
    pub rules: Vec<FieldRule>,
}

impl FormField {
    /// The last part of its place as it is written; empty for the whole.
    pub fn name(&self) -> &str {
        self.at.rsplit_once('/').map_or("", |(_, name)| name)
    }

    /// Whether it lies below a place.
    pub fn is_below(&self, place: &str) -> bool {
        self.at.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
    }

    /// What a rule holds.
    pub fn rule(&self, keyword: &str) -> Option<&str> {
        self.rules.iter().find(|rule| rule.keyword == keyword).map(|rule| rule.value.as_str())
    }
}

/// One of several values that a form offers for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOption {
    /// What stands in the answers.
    pub value: serde_json::Value,
    /// What people call it; empty where the form does not say.
    pub label: Text,
}

/// The values that a form offers for a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldOptions {
    /// Each of them, in the order of the form.
    pub offered: Vec<FieldOption>,
    /// Whether others are taken as well.
    pub is_open: bool,
}

/// What a form asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormOutline {
    /// Every field, the whole first, a field before what stands in it.
    pub fields: Vec<FormField>,
    /// Whether the form asks for more than an outline holds.
    pub is_cut: bool,
    /// What the fields that offer a choice offer, by their places; it is read from the form each time.
    #[serde(skip)]
    pub options: BTreeMap<String, FieldOptions>,
}

impl FormOutline {
    /// The outline of a form; empty where the text is no JSON.
    pub fn of(form: &str) -> Self {
        let Ok(form) = serde_json::from_str::<json::Json>(form) else { return Self::default() };
        walk::outline(&form)
    }
}
