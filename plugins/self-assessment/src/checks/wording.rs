//! The words of the text: T20 to T23.

use std::collections::BTreeSet;

use huizong_sdk::{Check, Comparison, Finding, Relation, Severity, Text, label, number};

use super::organisation::at_marks;
use crate::case::Case;
use crate::lexicon::{Mark, Origin, Role};

/// T20: a character was dropped throughout.
pub const CHARACTER_DROPPED: Check = Check::new(
    "character-dropped",
    label("某个字在全文中丢失", "A character is missing throughout"),
    label(
        "常用词都缺同一个字，而全文没有这个字，多为转换文件所致。请对照原件更正。",
        "Familiar terms all lack the same character, which stands nowhere in the text: usually a conversion lost it. Compare with the original.",
    ),
    Severity::Warning,
);

/// T21: a misspelling.
pub const SPELLING_DOUBTFUL: Check = Check::new(
    "spelling-doubtful",
    label("疑似错别字", "A doubtful spelling"),
    label("请核对用字和多余的空格。", "Check the spelling, and spaces inside words."),
    Severity::Info,
);

/// T22: ASCII punctuation in Chinese text.
pub const ASCII_PUNCTUATION: Check = Check::new(
    "ascii-punctuation",
    label("中文中使用了半角标点", "ASCII punctuation in Chinese text"),
    label(
        "公文使用全角标点。不影响评分；比较时已统一。",
        "Official papers use full-width punctuation. Scores are not affected.",
    ),
    Severity::Info,
);

/// T23: two spellings of one term.
pub const WORDING_VARIES: Check = Check::new(
    "wording-varies",
    label("用词不统一", "Wording varies"),
    label(
        "如“台帐”应为“台账”，“制订”与“制定”请统一。",
        "One term, one spelling: 台账 rather than 台帐; either 制定 or 制订.",
    ),
    Severity::Info,
);

/// So many different terms have to lack the same character before it counts as dropped.
const DAMAGED_TERMS_MIN: usize = 2;

pub(super) fn character_dropped(case: &Case<'_>, found: &mut Vec<Finding>) {
    let lost: BTreeSet<char> =
        case.texts.marks.iter().filter_map(|mark| missing_from(mark).map(|(lost, _)| lost)).collect();
    for lost in lost {
        let marks: Vec<_> =
            case.texts.marks.iter().filter(|mark| missing_from(mark).is_some_and(|(other, _)| other == lost)).collect();
        let terms: BTreeSet<_> = marks.iter().map(|mark| mark.term.text).collect();
        // What a conversion lost, it lost from the narrative; the tables were typed.
        let is_narrative = |origin: Origin| matches!(origin, Origin::Section(_) | Origin::Heading(_));
        let mut narrative = case.texts.passages.iter().filter(|passage| is_narrative(passage.origin));
        let stands_somewhere = narrative.any(|passage| passage.text.contains(lost));
        if terms.len() < DAMAGED_TERMS_MIN || stands_somewhere {
            continue;
        }
        let wholes: BTreeSet<_> = marks.iter().filter_map(|mark| missing_from(mark).map(|(_, whole)| whole)).collect();
        let wholes: Vec<_> = wholes.into_iter().collect();
        let message = Text::new(
            format!("全文没有“{lost}”字，{}处疑似缺字：{}", marks.len(), wholes.join("、")),
            format!("{lost} stands nowhere; {} terms seem to lack it: {}", marks.len(), wholes.join(", ")),
        );
        let count = i64::try_from(marks.len()).unwrap_or(i64::MAX);
        let comparison = Comparison::new("缺字的词", number(count, "处"), Relation::Equal, number(0_i64, "处"));
        let finding = at_marks(case, &CHARACTER_DROPPED, message, &marks);
        found.extend(finding.map(|finding| finding.comparing(comparison)));
    }
}

const fn missing_from(mark: &Mark) -> Option<(char, &'static str)> {
    match mark.term.role {
        Role::Damaged { missing, whole } => Some((missing, whole)),
        _ => None,
    }
}

pub(super) fn spelling_doubtful(case: &Case<'_>, found: &mut Vec<Finding>) {
    for mark in &case.texts.marks {
        let Role::Misspelt(meant) = mark.term.role else { continue };
        let message = Text::new(
            format!("“{}”疑为“{meant}”", mark.term.text),
            format!("{} may be meant to be {meant}", mark.term.text),
        );
        found.push(Finding::new(&SPELLING_DOUBTFUL, message, case.texts.place(mark.passage)));
    }
    for &(passage, at) in &case.texts.stray_spaces {
        let text = case.texts.passages[passage].text;
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let after = text[at..].chars().nth(1).unwrap_or(' ');
        let message =
            Text::new(format!("“{before} {after}”中有多余空格"), format!("A space between {before} and {after}"));
        found.push(Finding::new(&SPELLING_DOUBTFUL, message, case.texts.place(passage)));
    }
}

/// Fewer than so many are nothing to speak of.
const ASCII_PUNCTUATION_MIN: usize = 3;

pub(super) fn ascii_punctuation(case: &Case<'_>, found: &mut Vec<Finding>) {
    let count = case.texts.ascii_punctuation;
    let Some(first) = case.texts.first_ascii.filter(|_| count >= ASCII_PUNCTUATION_MIN) else { return };
    let message = Text::new(format!("正文有{count}处半角标点"), format!("{count} ASCII punctuation marks in the text"));
    found.push(Finding::new(&ASCII_PUNCTUATION, message, case.texts.place(first)));
}

pub(super) fn wording_varies(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut told: Vec<&str> = Vec::new();
    for mark in &case.texts.marks {
        let Role::Variant { preferred, alone } = mark.term.role else { continue };
        let has_preferred = || case.texts.marks.iter().any(|other| other.term.text == preferred);
        if told.contains(&mark.term.text) || !(alone || has_preferred()) {
            continue;
        }
        told.push(mark.term.text);
        let marks: Vec<_> = case.texts.marks.iter().filter(|other| std::ptr::eq(other.term, mark.term)).collect();
        let message = Text::new(
            format!("“{}”请统一为“{preferred}”", mark.term.text),
            format!("Write {preferred} rather than {}", mark.term.text),
        );
        found.extend(at_marks(case, &WORDING_VARIES, message, &marks));
    }
}
