//! Texts in both languages of the house.

use serde::{Deserialize, Serialize};

/// A language that a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Chinese, the first language of the house.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// A label or a sentence in Chinese and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Chinese; never empty in what a plugin says.
    pub zh: String,
    /// English; empty for "the same as Chinese".
    #[serde(default)]
    pub en: String,
}

impl Text {
    /// The text in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English if !self.en.is_empty() => &self.en,
            Language::English | Language::Chinese => &self.zh,
        }
    }
}
