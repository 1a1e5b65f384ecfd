//! Key events: T36.

use huizong_sdk::{Check, Comparison, Finding, Place, Relation, Severity, Text, label, number, place};

use crate::case::Case;
use crate::control::KeyEventType;

/// T36: zero was not said.
pub const KEY_EVENT_ZERO_UNSTATED: Check = Check::new(
    "key-event-zero-unstated",
    label("重点问题没有零报告", "Key events are not reported, not even as zero"),
    label(
        "群体性事件、负面舆情、信息泄露、行政处罚、案件各填一行；没有发生也要填0。",
        "One row each for mass incidents, adverse publicity, data leaks, penalties and criminal cases; 0 if there were none.",
    ),
    Severity::Error,
);

const WANTED: [(KeyEventType, &str, &str); 5] = [
    (KeyEventType::MassIncident, "群体性事件", "mass incidents"),
    (KeyEventType::AdversePublicity, "负面舆情", "adverse publicity"),
    (KeyEventType::DataLeak, "信息泄露", "data leaks"),
    (KeyEventType::AdministrativePenalty, "行政处罚", "penalties"),
    (KeyEventType::CriminalCase, "案件", "criminal cases"),
];

pub(super) fn key_event_zero_unstated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let events = &case.answers.key_event;
    let missing: Vec<_> =
        WANTED.iter().filter(|(wanted, ..)| !events.iter().any(|event| event.r#type == *wanted)).collect();
    if missing.is_empty() {
        return;
    }
    let zh: Vec<_> = missing.iter().map(|(_, zh, _)| *zh).collect();
    let en: Vec<_> = missing.iter().map(|(.., en)| *en).collect();
    let message = Text::new(format!("没有填报：{}", zh.join("、")), format!("Not reported: {}", en.join(", ")));
    // An empty list and no list at all look the same from here, so that only the whole is certain to be there.
    let at = if events.is_empty() { Place::whole() } else { place("key_event") };
    let told = i64::try_from(WANTED.len() - missing.len()).unwrap_or(0);
    let wanted = i64::try_from(WANTED.len()).unwrap_or(0);
    let comparison = Comparison::new("已填报的类型", number(told, "类"), Relation::Equal, number(wanted, "类"));
    found.push(Finding::new(&KEY_EVENT_ZERO_UNSTATED, message, at).comparing(comparison));
}
