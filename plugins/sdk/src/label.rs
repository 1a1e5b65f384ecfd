//! Texts in the two languages of the house: constant labels, and the contract's texts made of them.

use crate::contract::Text;

/// A text that stands in the code: `label("及时办结率", "Closed in time")`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// In Chinese, never empty.
    pub zh: &'static str,
    /// In English; empty for "the same as in Chinese".
    pub en: &'static str,
}

/// A text that stands in the code, in both languages.
pub const fn label(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en }
}

impl Text {
    /// A text in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl From<Label> for Text {
    fn from(label: Label) -> Self {
        Self::new(label.zh, label.en)
    }
}

impl From<&str> for Text {
    fn from(zh: &str) -> Self {
        Self::new(zh, "")
    }
}

impl From<String> for Text {
    fn from(zh: String) -> Self {
        Self::new(zh, "")
    }
}
