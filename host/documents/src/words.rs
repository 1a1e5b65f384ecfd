//! The one catalogue of words: every sentence that the house itself says to a person, in both languages.
//!
//! The sentences stand in `words/zh-CN.ftl` and `words/en.ftl`, in sections by floor (`### documents`, `### operations`,
//! `### web`, `### cli`). A test holds that both files have the same keys and that every sentence takes the same arguments.

use std::collections::HashMap;

use domain::text::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid, static_loader};

static_loader! {
    static CATALOGUE = {
        locales: "./words",
        fallback_language: "zh-CN",
        // Isolation marks around arguments would end up in file names, headers and the terminal.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const CHINESE: LanguageIdentifier = langid!("zh-CN");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The sentence `key` in a language, with the arguments put in as text.
///
/// A key that the catalogue does not have, or a sentence that lacks an argument, is answered with the key itself: a person
/// then sees an odd word instead of an error page.
pub fn say(language: Language, key: &str, arguments: &[(&str, &str)]) -> String {
    let language = match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    };
    let arguments: HashMap<&str, FluentValue<'_>> =
        arguments.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
    CATALOGUE.lookup_single_language(language, key, Some(&arguments)).unwrap_or_else(|_| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys of a file with the names of the arguments that their sentences take.
    fn keys_with_arguments(file: &str) -> Vec<(String, Vec<String>)> {
        let mut found: Vec<(String, Vec<String>)> = Vec::new();
        for line in file.lines() {
            let opens = line.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || first == '-');
            if let (true, Some((key, _))) = (opens, line.split_once('=')) {
                found.push((key.trim().to_owned(), Vec::new()));
            }
            let Some((_, arguments)) = found.last_mut() else { continue };
            for after in line.split('$').skip(1) {
                let name: String =
                    after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
                if !arguments.contains(&name) {
                    arguments.push(name);
                }
            }
        }
        for (_, arguments) in &mut found {
            arguments.sort();
        }
        found.sort();
        found
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_arguments() {
        let chinese = keys_with_arguments(include_str!("../words/zh-CN.ftl"));
        let english = keys_with_arguments(include_str!("../words/en.ftl"));
        assert!(chinese.len() > 5);
        for pair in &chinese {
            assert!(english.contains(pair), "words/en.ftl lacks {pair:?}, or its arguments differ");
        }
        for pair in &english {
            assert!(chinese.contains(pair), "words/zh-CN.ftl lacks {pair:?}, or its arguments differ");
        }
    }

    #[test]
    fn no_key_stands_twice_in_a_file() {
        for file in [include_str!("../words/zh-CN.ftl"), include_str!("../words/en.ftl")] {
            let keys: Vec<String> = keys_with_arguments(file).into_iter().map(|(key, _)| key).collect();
            for pair in keys.windows(2) {
                assert_ne!(pair[0], pair[1], "this key stands twice");
            }
        }
    }

    #[test]
    fn every_sentence_can_be_said_with_its_arguments() {
        for (key, arguments) in keys_with_arguments(include_str!("../words/zh-CN.ftl")) {
            if key.starts_with('-') {
                continue;
            }
            let given: Vec<(&str, &str)> = arguments.iter().map(|name| (name.as_str(), "7")).collect();
            for language in [Language::Chinese, Language::English] {
                let said = say(language, &key, &given);
                assert_ne!(said, key, "{language:?}");
                assert!(arguments.is_empty() || said.contains('7'), "{language:?} drops an argument of {key}: {said}");
            }
        }
    }

    #[test]
    fn an_argument_is_put_in_as_it_is() {
        assert_eq!(say(Language::Chinese, "header-with-unit", &[("header", "得分"), ("unit", "分")]), "得分（分）");
        assert_eq!(
            say(Language::English, "header-with-unit", &[("header", "Score"), ("unit", "{ $x }")]),
            "Score ({ $x })"
        );
    }

    #[test]
    fn an_unknown_key_is_said_as_itself() {
        assert_eq!(say(Language::English, "there-is-no-such-key", &[]), "there-is-no-such-key");
    }
}
