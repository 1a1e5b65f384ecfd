//! The text itself, word for word, and the papers that come with it.

use serde::Deserialize;

/// One paragraph of the text (正文); never edited by anybody but its author.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NarrativeSection<'a> {
    /// Its number.
    pub seq: Option<i64>,
    /// Its heading, where it has one of its own.
    pub heading: Option<&'a str>,
    /// Its words.
    pub text: Option<&'a str>,
}

/// A paper that proves something (佐证材料).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Attachment<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// The criteria that it belongs to.
    #[serde(borrow)]
    pub criterion_ids: Vec<&'a str>,
    /// Whether it names persons.
    pub contains_pii: Option<bool>,
}
