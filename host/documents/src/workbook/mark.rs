//! Marks: words in a cell that say something which an empty cell cannot say.
//!
//! An empty cell says nothing: the answer is left out. Each mark is understood in both languages and with either kind of brackets.

use domain::text::Language;

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// There is expressly no value: `null`.
    Nothing,
    /// A text without characters.
    EmptyText,
    /// A list without items.
    NoItems,
    /// An entry without fields.
    NoFields,
}

impl Mark {
    const ALL: [Self; 4] = [Self::Nothing, Self::EmptyText, Self::NoItems, Self::NoFields];

    /// The word in a language.
    pub(crate) const fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Nothing, Language::Chinese) => "（空）",
            (Self::EmptyText, Language::Chinese) => "（空文字）",
            (Self::NoItems, Language::Chinese) => "（无）",
            (Self::NoFields, Language::Chinese) => "（空项）",
            (Self::Nothing, Language::English) => "(null)",
            (Self::EmptyText, Language::English) => "(empty text)",
            (Self::NoItems, Language::English) => "(none)",
            (Self::NoFields, Language::English) => "(empty entry)",
        }
    }

    /// The mark that a text is, spaces around it and the kind of brackets aside.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        // No mark is longer; most texts are.
        if text.len() > 24 {
            return None;
        }
        let plain = bare(text)?;
        let is = |word: &str| bare(word).is_some_and(|word| word.eq_ignore_ascii_case(plain));
        Self::ALL.into_iter().find(|mark| is(mark.word(Language::Chinese)) || is(mark.word(Language::English)))
    }
}

/// What stands between brackets.
fn bare(text: &str) -> Option<&str> {
    let opened = text.strip_prefix('（').or_else(|| text.strip_prefix('('))?;
    let closed = opened.strip_suffix('）').or_else(|| opened.strip_suffix(')'))?;
    Some(closed.trim())
}

/// A text as it is typed into a cell, so that it is not taken for a mark.
pub(crate) fn typed(text: &str) -> String {
    if is_like_a_mark(text) { format!("\\{text}") } else { text.to_owned() }
}

/// The text that was typed: a backslash before what would be a mark is taken away.
pub(crate) fn meant(text: &str) -> &str {
    match text.strip_prefix('\\') {
        Some(rest) if is_like_a_mark(rest) => rest,
        _ => text,
    }
}

fn is_like_a_mark(text: &str) -> bool {
    Mark::of(text.trim_start_matches('\\')).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_in_both_languages_and_with_either_brackets() {
        for (text, mark) in [
            ("（空）", Some(Mark::Nothing)),
            (" (空) ", Some(Mark::Nothing)),
            ("(NULL)", Some(Mark::Nothing)),
            ("（ none ）", Some(Mark::NoItems)),
            ("（空文字）", Some(Mark::EmptyText)),
            ("(empty entry)", Some(Mark::NoFields)),
            ("空", None),
            ("（空白）", None),
            ("（空", None),
        ] {
            assert_eq!(Mark::of(text), mark, "{text}");
        }
    }

    #[test]
    fn a_text_that_looks_like_a_mark_can_still_be_said() {
        for text in ["（空）", "\\（空）", "\\\\(none)", "\\server\\share", "（备注）", ""] {
            assert_eq!(meant(&typed(text)), text);
            assert!(typed(text).is_empty() || Mark::of(&typed(text)).is_none(), "{text}");
        }
    }
}
