//! The shapes of identifiers, codes and versions, and how long a reason may be.

use domain::limits::{LABEL_CHARS_MAX, PLUGIN_PROSE_CHARS_MAX};
use domain::text::Text;

use crate::lie::{Lie, hold, shown};

const IDENTIFIER_BYTES_MAX: usize = 64;
const REASON_CHARS_MAX: usize = 400;

/// At most 64 characters out of a set.
fn is_made_of(text: &str, is_allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.len() <= IDENTIFIER_BYTES_MAX && text.bytes().all(is_allowed)
}

/// The identifier of a criterion, a cap, a veto, a grade or a measure.
pub(super) fn identifier(text: &str) -> Result<(), Lie> {
    let is_one = is_made_of(text, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte));
    hold(is_one, || format!("the identifier `{}` is not 1 to 64 of a-z, 0-9, `.`, `-` and `_`", shown(text)))
}

/// The identifier of a plugin.
pub(super) fn plugin_identifier(text: &str) -> Result<(), Lie> {
    let is_one = is_made_of(text, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte));
    hold(is_one, || format!("the plugin's id `{}` is not 1 to 64 of a-z, 0-9, `.` and `-`", shown(text)))
}

/// The code of a check or a refusal.
pub(super) fn code(text: &str) -> Result<(), Lie> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let is_code = text.len() <= IDENTIFIER_BYTES_MAX && text.split('-').all(is_word);
    hold(is_code, || format!("the code `{}` is not kebab-case of at most 64 characters", shown(text)))
}

/// A semantic version: `1.4.0`, `2.0.0-draft.1+2026`.
pub(super) fn version(text: &str) -> Result<(), Lie> {
    let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, draft) = rest.split_once('-').map_or((rest, None), |(core, draft)| (core, Some(draft)));
    let is_number = |part: &str| {
        let has_digits = !part.is_empty() && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
        has_digits && (part == "0" || !part.starts_with('0'))
    };
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_tail = |tail: Option<&str>| tail.is_none_or(|tail| tail.split('.').all(is_word));
    let is_version = text.len() <= IDENTIFIER_BYTES_MAX
        && core.split('.').count() == 3
        && core.split('.').all(is_number)
        && is_tail(draft)
        && is_tail(build);
    hold(is_version, || format!("the version `{}` is not a semantic version such as 1.0.0", shown(text)))
}

/// A name that people read: Chinese at least, of one line.
pub(super) fn label(what: &str, label: &Text) -> Result<(), Lie> {
    said(what, label, LABEL_CHARS_MAX)?;
    let is_one_line = !label.zh.contains('\n') && !label.en.contains('\n');
    hold(is_one_line, || format!("{what} has more than one line"))
}

/// Sentences that people read: Chinese at least.
pub(super) fn prose(what: &str, prose: &Text) -> Result<(), Lie> {
    said(what, prose, PLUGIN_PROSE_CHARS_MAX)
}

fn said(what: &str, text: &Text, chars_max: usize) -> Result<(), Lie> {
    hold(!text.zh.trim().is_empty(), || format!("{what} has no Chinese text"))?;
    [&text.zh, &text.en].into_iter().try_for_each(|words| {
        let is_short = words.len() <= chars_max || words.chars().count() <= chars_max;
        hold(is_short, || format!("{what} has more than {chars_max} characters"))?;
        let is_readable = words.chars().all(|character| !character.is_control() || character == '\n');
        hold(is_readable, || format!("{what} has control characters"))
    })
}

/// The reason of an entry.
pub(super) fn reason(text: &str) -> Result<(), Lie> {
    let is_short = text.len() <= REASON_CHARS_MAX || text.chars().count() <= REASON_CHARS_MAX;
    hold(is_short, || format!("a reason has more than {REASON_CHARS_MAX} characters"))
}
