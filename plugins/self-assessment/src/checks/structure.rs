//! The shape of the paper: T24, T25, T26, T32.

use huizong_sdk::{Check, Comparison, Finding, Relation, Severity, Text, label, number, place};

use crate::case::Case;
use crate::lexicon::{Origin, Role};

/// T24: a heading that runs into its paragraph.
pub const HEADING_RUN_IN: Check = Check::new(
    "heading-run-in",
    label("标题与正文连在一起", "A heading runs into its paragraph"),
    label(
        "一级标题请单独填写在“标题”栏。评分以表单数据为准，不受影响。",
        "Put the heading into its own field. Scores follow the form and are not affected.",
    ),
    Severity::Info,
);

/// T25: a long enumeration in one paragraph.
pub const ENUMERATION_IN_PARAGRAPH: Check = Check::new(
    "enumeration-in-paragraph",
    label("一段之内逐条列举过长", "A long enumeration in one paragraph"),
    label("“一是……五是……”请分段，或填入相应的表。", "Give each point a paragraph, or a row in its table."),
    Severity::Info,
);

/// T26: two titles.
pub const SECOND_TITLE: Check = Check::new(
    "second-title",
    label("有两个标题", "Two titles"),
    label(
        "一份报送只有一个标题；如拼接了两份材料，请分开报送。",
        "One submission, one title. If two papers were joined, send them apart.",
    ),
    Severity::Info,
);

/// T32: nobody signed.
pub const SIGN_OFF_MISSING: Check = Check::new(
    "sign-off-missing",
    label("缺少签发要素", "The sign-off is incomplete"),
    label(
        "请补齐主送机关、发文字号、签发人和成文日期；回执由系统出具。",
        "Add addressee, document number, signatory and date; the system gives the receipt.",
    ),
    Severity::Info,
);

const ORDINALS: [&str; 10] = ["一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、"];
/// A paragraph that begins with an ordinal and is longer than this has swallowed its heading.
const HEADING_CHARS_MAX: usize = 40;

pub(super) fn heading_run_in(case: &Case<'_>, found: &mut Vec<Finding>) {
    let sections = case.texts.passages.iter().filter(|passage| matches!(passage.origin, Origin::Section(_)));
    let is_run_in = |text: &str| {
        ORDINALS.iter().any(|ordinal| text.starts_with(ordinal)) && text.chars().nth(HEADING_CHARS_MAX).is_some()
    };
    let mut places = sections.filter(|passage| is_run_in(passage.text)).map(|passage| passage.origin.place());
    if let Some(first) = places.next() {
        let message = Text::new("一级标题没有单独成行", "A heading does not stand alone");
        found.push(places.fold(Finding::new(&HEADING_RUN_IN, message, first), Finding::and_at));
    }
}

/// A paragraph of more characters and at least so many points wants to be a list.
const PARAGRAPH_CHARS_MAX: usize = 600;
const POINTS_MIN: usize = 4;

pub(super) fn enumeration_in_paragraph(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, passage) in case.texts.passages.iter().enumerate() {
        let marks = case.texts.marks.iter().filter(|mark| mark.passage == index);
        let points = marks.filter(|mark| matches!(mark.term.role, Role::Enumerator)).count();
        if points < POINTS_MIN || passage.text.chars().nth(PARAGRAPH_CHARS_MAX).is_none() {
            continue;
        }
        let characters = passage.text.chars().count();
        let message = Text::new(
            format!("一段{characters}字，列举{points}点"),
            format!("One paragraph of {characters} characters lists {points} points"),
        );
        let comparison = Comparison::new(
            "段落字数",
            number(i64::try_from(characters).unwrap_or(i64::MAX), "字"),
            Relation::AtMost,
            number(600_i64, "字"),
        );
        found.push(Finding::new(&ENUMERATION_IN_PARAGRAPH, message, passage.origin.place()).comparing(comparison));
    }
}

pub(super) fn second_title(case: &Case<'_>, found: &mut Vec<Finding>) {
    let cover = &case.answers.submission;
    if let Some(second) = cover.second_title.filter(|second| cover.report_title != Some(*second)) {
        let message = Text::new(format!("另有标题“{second}”"), format!("There is a second title: {second}"));
        found.push(Finding::new(&SECOND_TITLE, message, place("submission").field("second_title")));
    }
}

pub(super) fn sign_off_missing(case: &Case<'_>, found: &mut Vec<Finding>) {
    let cover = &case.answers.submission;
    let elements = [
        (cover.addressee.is_some(), "主送机关", "addressee"),
        (cover.doc_number.is_some(), "发文字号", "document number"),
        (cover.signature.is_some() || cover.signatory_role.is_some(), "签发人", "signatory"),
        (cover.issued_on.is_some(), "成文日期", "date"),
    ];
    let missing = || elements.iter().filter(|(is_there, ..)| !is_there);
    if missing().next().is_none() {
        return;
    }
    let zh: Vec<_> = missing().map(|(_, zh, _)| *zh).collect();
    let en: Vec<_> = missing().map(|(.., en)| *en).collect();
    let message = Text::new(format!("缺少{}", zh.join("、")), format!("Missing: {}", en.join(", ")));
    found.push(Finding::new(&SIGN_OFF_MISSING, message, place("submission")));
}
