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

/// A text from outside as one line that is fit to be shown: without control characters, without characters that turn the direction of
/// writing or are not seen, without runs of spaces, and no longer than so many characters.
pub fn one_line(text: &str, chars_max: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(|character: char| character.is_whitespace() || character.is_control()) {
        let word = word.chars().filter(|character| !is_unseen(*character));
        for (index, character) in word.enumerate() {
            let space = usize::from(index == 0 && !line.is_empty());
            if length + space + 1 > chars_max {
                line.push('…');
                return line;
            }
            if space == 1 {
                line.push(' ');
            }
            line.push(character);
            length += space + 1;
        }
    }
    line
}

/// Zero-width characters, marks and overrides of direction, tags and the byte order mark.
const fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_text_from_outside_becomes_one_bounded_line() {
        assert_eq!(one_line("  a\tb\r\n\u{1b}[31mc  ", 80), "a b [31mc");
        assert_eq!(one_line("safe\u{202e}gnp.exe", 80), "safegnp.exe");
        assert_eq!(one_line("\u{200b} \u{feff}", 80), "");
        assert_eq!(one_line("消防细则", 3), "消防细…");
        assert_eq!(one_line("消防细则", 4), "消防细则");
        assert_eq!(one_line("ab cd", 3), "ab…");
        assert_eq!(one_line("", 0), "");
    }
}
