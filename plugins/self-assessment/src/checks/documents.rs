//! Policies and their numbers: T2, T3, T4, T33.

use std::collections::BTreeMap;

use huizong_sdk::{
    Check, Comparison, Date, DocNumber, Finding, ParseStatus, Place, Relation, Severity, Text, label, number, place,
};

use crate::case::Case;
use crate::control::InternalAssessment;
use crate::lexicon::Role;
use crate::policies::PolicyDocument;

/// T2: a document number lacks its issuer, year or number.
pub const DOCUMENT_NUMBER_INCOMPLETE: Check = Check::new(
    "document-number-incomplete",
    label("发文字号不完整", "A document number is incomplete"),
    label(
        "发文字号须有机关代字、年份和序号，如“某农信发〔2023〕12号”。请补齐。",
        "A document number has an issuer, a year and a number, such as 某农信发〔2023〕12号. Complete it.",
    ),
    Severity::Error,
);

/// T2: a document number that follows no known form.
pub const DOCUMENT_NUMBER_UNREADABLE: Check = Check::new(
    "document-number-unreadable",
    label("发文字号无法识别", "A document number cannot be read"),
    label(
        "系统没有识别出代字、年份和序号。请核对，或说明其编号方式。",
        "Issuer, year and number were not recognised. Check it, or explain how it is numbered.",
    ),
    Severity::Warning,
);

/// T3: a rule was applied before it was issued.
pub const POLICY_ISSUED_AFTER_USE: Check = Check::new(
    "policy-issued-after-use",
    label("制度印发晚于执行", "A rule was applied before it was issued"),
    label(
        "考核时间早于所依据制度的印发时间（或其序号不可能在当时发到）。请核对，或说明当时依据的制度。",
        "The assessment is earlier than the rule it applied, or than the rule's number can be. Check both, or say which rule was applied.",
    ),
    Severity::Warning,
);

/// T4: a policy is listed twice.
pub const POLICY_TITLE_REPEATED: Check = Check::new(
    "policy-title-repeated",
    label("制度重复填报", "A policy is listed twice"),
    label(
        "同一制度只填一次。请合并重复的行；如为不同版本，请分别填写年份。",
        "List each policy once. Merge the rows, or give the year of each version.",
    ),
    Severity::Warning,
);

/// T33: a reference whose title was blanked out.
pub const REFERENCE_UNRESOLVABLE: Check = Check::new(
    "reference-unresolvable",
    label("引用的文件无法查找", "A reference cannot be resolved"),
    label(
        "文件标题被抹去，无法查到。请写明全称或发文字号。",
        "The title was blanked out. Give the full title or the document number.",
    ),
    Severity::Warning,
);

/// More numbered papers a month than any county institution issues: a higher number cannot have been reached by then.
const NUMBERS_PER_MONTH_MAX: i64 = 100;

pub(super) fn document_number_incomplete(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (document, place) in numbers(case) {
        if document.is_complete() || document.parse_status == ParseStatus::Unparsed {
            continue;
        }
        let missing = [
            (document.issuer_code.is_none(), "机关代字", "issuer"),
            (document.year.is_none(), "年份", "year"),
            (document.seq.is_none(), "序号", "number"),
        ];
        let zh: Vec<_> = missing.iter().filter(|(is_missing, ..)| *is_missing).map(|(_, zh, _)| *zh).collect();
        let en: Vec<_> = missing.iter().filter(|(is_missing, ..)| *is_missing).map(|(.., en)| *en).collect();
        let raw = &document.raw_text;
        let message = Text::new(format!("“{raw}”缺{}", zh.join("、")), format!("{raw} lacks its {}", en.join(" and ")));
        found.push(Finding::new(&DOCUMENT_NUMBER_INCOMPLETE, message, place));
    }
}

pub(super) fn document_number_unreadable(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (document, place) in numbers(case) {
        if document.parse_status == ParseStatus::Unparsed && !document.is_complete() {
            let raw = &document.raw_text;
            let message = Text::new(format!("“{raw}”无法识别"), format!("{raw} cannot be read"));
            found.push(Finding::new(&DOCUMENT_NUMBER_UNREADABLE, message, place));
        }
    }
}

fn numbers<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a DocNumber<'a>, Place)> {
    let cover = &case.answers.submission;
    let of_policy = |(index, policy): (usize, &'a PolicyDocument<'a>)| {
        policy.doc_number.as_ref().map(|number| (number, place("policy_document").item(index).field("doc_number")))
    };
    let policies = case.answers.policy_document.iter().enumerate().filter_map(of_policy);
    let of_cover = |number: &'a Option<DocNumber<'a>>, field: &str| {
        number.as_ref().map(|number| (number, place("submission").field(field)))
    };
    policies.chain(of_cover(&cover.mandate_doc, "mandate_doc")).chain(of_cover(&cover.doc_number, "doc_number"))
}

pub(super) fn policy_issued_after_use(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (row, assessment) in case.answers.internal_assessment.iter().enumerate() {
        let Some(applied) = assessment.on.as_ref().and_then(|on| on.edtf.latest()) else { continue };
        for (index, policy) in case.answers.policy_document.iter().enumerate() {
            if !is_applied_in(policy, assessment) {
                continue;
            }
            let Some((message, comparison)) = lateness(policy, applied) else { continue };
            let finding = Finding::new(&POLICY_ISSUED_AFTER_USE, message, place("policy_document").item(index));
            let used = place("internal_assessment").item(row).field("on");
            found.push(finding.and_at(used).comparing(comparison));
        }
    }
}

/// Whether an assessment applied a policy: the one that it names, or else any of the institution's own rules of assessment.
fn is_applied_in(policy: &PolicyDocument<'_>, assessment: &InternalAssessment<'_>) -> bool {
    match assessment.basis {
        Some(basis) => policy.title == Some(basis),
        None => policy.is_own() && policy.title.is_some_and(|title| title.contains("考核")),
    }
}

/// How a policy can be seen to be later than the day on which it was applied: by its day of issue, else by its number.
fn lateness(policy: &PolicyDocument<'_>, applied: Date) -> Option<(Text, Comparison)> {
    let title = policy.title.unwrap_or("");
    if let Some(issued) = policy.issued_on {
        let message = Text::new(
            format!("《{title}》{issued}印发，但{applied}前已据以考核"),
            format!("《{title}》 was issued on {issued}, but applied by {applied}"),
        );
        return (issued > applied)
            .then(|| (message, Comparison::new("印发不晚于执行", issued, Relation::AtMost, applied)));
    }
    let document = policy.doc_number.as_ref()?;
    // A number without its year is taken for one of the year in which the rule was applied.
    let year = document.year.unwrap_or(applied.year);
    if year > applied.year {
        let message = Text::new(
            format!("《{title}》为{year}年文件，但{applied}前已据以考核"),
            format!("《{title}》 is of {year}, but was applied by {applied}"),
        );
        let comparison = Comparison::new(
            "发文年份不晚于执行",
            number(i64::from(year), "年"),
            Relation::AtMost,
            number(i64::from(applied.year), "年"),
        );
        return Some((message, comparison));
    }
    let sequence = i64::from(document.seq?);
    let reachable = NUMBERS_PER_MONTH_MAX * i64::from(applied.month);
    (year == applied.year && sequence > reachable).then(|| {
        let message = Text::new(
            format!("《{title}》序号为{sequence}，{applied}前不可能发到（每月按{NUMBERS_PER_MONTH_MAX}号计）"),
            format!("《{title}》 is number {sequence}, which cannot have been reached by {applied} ({NUMBERS_PER_MONTH_MAX} numbers a month)"),
        );
        (message, Comparison::new("发文序号", number(sequence, "号"), Relation::AtMost, number(reachable, "号")))
    })
}

pub(super) fn policy_title_repeated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (index, policy) in case.answers.policy_document.iter().enumerate() {
        let Some(title) = policy.title else { continue };
        let Some(&first) = seen.get(&plain(title)) else {
            seen.insert(plain(title), index);
            continue;
        };
        let year =
            |index: usize| case.answers.policy_document[index].doc_number.as_ref().and_then(|number| number.year);
        if let (Some(earlier), Some(later)) = (year(first), year(index))
            && earlier != later
        {
            // Two versions, told apart by their years.
            continue;
        }
        let message = Text::new(format!("《{title}》重复填报"), format!("《{title}》 is listed twice"));
        let finding = Finding::new(&POLICY_TITLE_REPEATED, message, place("policy_document").item(index));
        found.push(finding.and_at(place("policy_document").item(first)));
    }
}

/// A title as it is compared: without spaces, brackets and punctuation, and in the house's spelling.
fn plain(title: &str) -> String {
    let kept: String = title
        .chars()
        .filter(|character| {
            !character.is_whitespace()
                && !character.is_ascii_punctuation()
                && !"《》“”‘’（），。、；：".contains(*character)
        })
        .collect();
    kept.replace("台帐", "台账").replace("金融消费者", "消费者")
}

pub(super) fn reference_unresolvable(case: &Case<'_>, found: &mut Vec<Finding>) {
    let marks = case.texts.marks.iter().filter(|mark| matches!(mark.term.role, Role::EmptyReference));
    let mut places: Vec<_> = marks.map(|mark| case.texts.place(mark.passage)).collect();
    places.dedup();
    let mut places = places.into_iter();
    if let Some(first) = places.next() {
        let message = Text::new("引用的文件标题不完整，无法查找", "A reference has no title to look up");
        let finding = Finding::new(&REFERENCE_UNRESOLVABLE, message, first);
        found.push(places.fold(finding, Finding::and_at));
    }
}
