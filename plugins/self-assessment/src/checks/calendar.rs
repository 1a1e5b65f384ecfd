//! Days off: T29, T30.

use huizong_sdk::{Check, Comparison, Date, Edtf, Finding, Place, Relation, Severity, Text, Weekday, label, place};

use crate::case::Case;

/// T29: auditors at work on a day off.
pub const FIELDWORK_ON_DAY_OFF: Check = Check::new(
    "fieldwork-on-day-off",
    label("审计现场始于或止于休息日", "Audit fieldwork begins or ends on a day off"),
    label(
        "现场时间的首日或末日不是工作日。请核对日期和年份。",
        "The first or last day is not a working day. Check the date and the year.",
    ),
    Severity::Warning,
);

/// T30: a meeting on a holiday.
pub const MEETING_ON_DAY_OFF: Check = Check::new(
    "meeting-on-day-off",
    label("会议或培训在休息日召开", "A meeting or training on a day off"),
    label(
        "会议或培训日期是法定节假日或休息日。请核对日期和年份。",
        "The day is a holiday or a weekend. Check the date and the year.",
    ),
    Severity::Warning,
);

/// A date without a year is one of the period.
fn in_period(case: &Case<'_>, date: Edtf) -> Edtf {
    date.in_year(case.period.start.year)
}

/// Whether a day is off, as far as the calendar knows.
fn is_off(case: &Case<'_>, day: Date) -> bool {
    case.calendar.is_worked(day) == Some(false)
}

const fn weekday(day: Date) -> (&'static str, &'static str) {
    match day.weekday() {
        Weekday::Monday => ("星期一", "Monday"),
        Weekday::Tuesday => ("星期二", "Tuesday"),
        Weekday::Wednesday => ("星期三", "Wednesday"),
        Weekday::Thursday => ("星期四", "Thursday"),
        Weekday::Friday => ("星期五", "Friday"),
        Weekday::Saturday => ("星期六", "Saturday"),
        Weekday::Sunday => ("星期日", "Sunday"),
    }
}

fn day_off(check: &Check, day: Date, at: Place) -> Finding {
    let (zh, en) = weekday(day);
    let message = Text::new(format!("{day}（{zh}）不是工作日"), format!("{day}, a {en}, is not a working day"));
    Finding::new(check, message, at).comparing(Comparison::new("工作日", false, Relation::Equal, true))
}

pub(super) fn fieldwork_on_day_off(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, audit) in case.answers.internal_audit.iter().enumerate() {
        let Some(fieldwork) = &audit.fieldwork else { continue };
        let fieldwork = in_period(case, fieldwork.edtf);
        let ends = match fieldwork {
            Edtf::One(_) => [fieldwork.exact_day(), None],
            Edtf::Interval { start, end } => [start, end]
                .map(|end| end.filter(|end| end.day().is_some()).and_then(huizong_sdk::PartialDay::earliest)),
        };
        if let Some(day) = ends.into_iter().flatten().find(|&day| is_off(case, day)) {
            found.push(day_off(&FIELDWORK_ON_DAY_OFF, day, place("internal_audit").item(index).field("fieldwork")));
        }
    }
}

/// Words that make an event a meeting of staff; the public is met on any day.
const MEETING_WORDS: [&str; 4] = ["例会", "会议", "培训", "座谈会"];

pub(super) fn meeting_on_day_off(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, event) in case.answers.training_event.iter().enumerate() {
        let day = event.on.as_ref().and_then(|on| in_period(case, on.edtf).exact_day());
        if let Some(day) = day.filter(|&day| is_off(case, day)) {
            found.push(day_off(&MEETING_ON_DAY_OFF, day, place("training_event").item(index).field("on")));
        }
    }
    for (index, event) in case.answers.campaign_event.iter().enumerate() {
        let is_meeting = event.kind.is_some_and(|kind| MEETING_WORDS.iter().any(|word| kind.contains(word)));
        let day = event.on.as_ref().and_then(|on| in_period(case, on.edtf).exact_day());
        if let Some(day) = day.filter(|&day| is_meeting && is_off(case, day)) {
            found.push(day_off(&MEETING_ON_DAY_OFF, day, place("campaign_event").item(index).field("on")));
        }
    }
}
