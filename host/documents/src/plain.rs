//! Texts of strangers made plain: one line, no control characters, nothing that turns the direction of reading.

use std::borrow::Cow;

/// What stands where a character was taken out, so that a reader sees that there was one.
const REPLACEMENT: char = '\u{FFFD}';

/// The text with line ends and tabs as spaces, and with every invisible character that could deceive a reader replaced.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| plain_character(character) == character) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(plain_character).collect())
    }
}

fn plain_character(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        character if character.is_control() || turns_direction(character) || is_invisible_tag(character) => REPLACEMENT,
        character => character,
    }
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm.
const fn turns_direction(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Byte order marks, interlinear annotations, tag characters and code points that are no characters.
const fn is_invisible_tag(character: char) -> bool {
    matches!(character, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' | '\u{FDD0}'..='\u{FDEF}')
        || (character as u32) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["", "某县联社〔2025〕3号，得分94.5分 <b>&amp;", "naïve – “quoted” 👍🏽 e\u{301}"]
        {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn line_ends_become_spaces() {
        assert_eq!(plain("one\r\ntwo\tthree\u{2028}four"), "one  two three four");
    }

    #[test]
    fn what_deceives_a_reader_is_shown_as_replaced() {
        assert_eq!(plain("a\u{202E}b\u{2066}c\u{0}d\u{1B}e\u{9B}f\u{FEFF}g\u{E0041}h\u{FFFF}"), "a�b�c�d�e�f�g�h�");
    }
}
