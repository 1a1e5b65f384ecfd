//! Names of worksheets: what programs allow on a tab, each one only once.

use std::collections::BTreeSet;

/// Characters that fit on a tab.
const CHARS_MAX: usize = 31;

/// Names that were given away.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// A name as near to the wished one as it can be.
    pub(crate) fn give(&mut self, wished: &str) -> String {
        let allowed = |character: &char| {
            !matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !character.is_control()
        };
        let plain: String = wished.chars().filter(allowed).collect();
        let plain = plain.trim().trim_matches('\'').trim();
        // `History` is taken by programs.
        let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") { "_" } else { plain };
        let mut name = cut(plain, CHARS_MAX);
        let mut number = 1;
        while !self.0.insert(name.to_lowercase()) {
            number += 1;
            let end = format!(" {number}");
            name = format!("{}{end}", cut(plain, CHARS_MAX - end.len()));
        }
        name
    }
}

/// The beginning of a text; programs count the longest characters twice.
fn cut(text: &str, chars_max: usize) -> String {
    let mut length = 0;
    let kept = text.chars().take_while(|character| {
        length += character.len_utf16();
        length <= chars_max
    });
    kept.collect::<String>().trim_end().trim_end_matches('\'').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_worksheet_has_a_name_of_its_own_that_programs_allow() {
        let mut names = Names::default();
        let long = "很".repeat(40);
        let given: Vec<String> = ["演练清单", "演练清单", "a/b[c]:*?\\", "ABC", "", "''", "History", &long, &long]
            .map(|wish| names.give(wish))
            .to_vec();
        let (first, second) = ("很".repeat(31), format!("{} 2", "很".repeat(29)));
        assert_eq!(
            given,
            ["演练清单", "演练清单 2", "abc", "ABC 2", "_", "_ 2", "_ 3", first.as_str(), second.as_str()]
        );
    }
}
