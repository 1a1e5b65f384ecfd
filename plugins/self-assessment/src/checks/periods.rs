//! Periods and years: T1, T9, T18, T28, and audits that cover what had not happened yet.

use huizong_sdk::{Check, Comparison, Date, Edtf, Finding, Place, Relation, Severity, Text, label, place};

use crate::case::Case;
use crate::lexicon::Role;

/// T1: a period ends before it starts.
pub const PERIOD_REVERSED: Check = Check::new(
    "period-reversed",
    label("期间起止颠倒", "A period ends before it starts"),
    label(
        "起始日期晚于结束日期。请核对年份和月份后改正。",
        "The start is later than the end. Check year and month, and correct them.",
    ),
    Severity::Error,
);

/// 1.6: an audit covers days after its fieldwork began.
pub const AUDIT_COVERAGE_AFTER_FIELDWORK: Check = Check::new(
    "audit-coverage-after-fieldwork",
    label("审计覆盖期晚于现场时间", "An audit covers days after its fieldwork began"),
    label(
        "审计只能覆盖进场之前的期间。请核对覆盖期间和现场时间。",
        "An audit can only cover days before its fieldwork. Check both.",
    ),
    Severity::Warning,
);

/// T9: figures that do not run to the end of the period.
pub const AS_OF_NOT_PERIOD_END: Check = Check::new(
    "as-of-not-period-end",
    label("数据截止日不是期末", "Figures do not run to the end of the period"),
    label(
        "数据截止日须在报告期内；年度报告须截至期末。请补齐到期末的数据。",
        "Figures stay within the period; those of a year run to its end. Complete them.",
    ),
    Severity::Error,
);

/// T18: no year stands anywhere.
pub const YEAR_NOT_STATED: Check = Check::new(
    "year-not-stated",
    label("全文没有年份", "No year is stated"),
    label(
        "报告期以填报轮次为准；请在正文写明年份，以免错报往年材料。",
        "The round decides the period; state the year in the text, so that no old report is sent by mistake.",
    ),
    Severity::Info,
);

/// T18: the year stated is another than the round's.
pub const YEAR_DIFFERS_FROM_PERIOD: Check = Check::new(
    "year-differs-from-period",
    label("报告年度与填报期不一致", "The year is not that of the round"),
    label(
        "文中年度与本轮报告期不同。请确认没有误报往年材料。",
        "The text is about another year than the round. Make sure that it is no old report.",
    ),
    Severity::Warning,
);

/// T28: an anniversary that falls in another year.
pub const ANNIVERSARY_OF_ANOTHER_YEAR: Check = Check::new(
    "anniversary-of-another-year",
    label("周年与年份不符", "An anniversary of another year"),
    label(
        "按周年推算的年份不在报告期内。请确认材料不是往年的。",
        "The anniversary falls outside the period. Make sure that the text is not an old one.",
    ),
    Severity::Warning,
);

pub(super) fn period_reversed(case: &Case<'_>, found: &mut Vec<Finding>) {
    let answers = case.answers;
    let mut look = |span: Option<Edtf>, entity: &str, row: usize, field: &str| {
        if let Some(span) = span.filter(|span| span.is_reversed()) {
            let zh = format!("期间“{span}”的起始晚于结束");
            let message = Text::new(zh, format!("The period {span} ends before it starts"));
            let at = place(entity).item(row).field(field);
            reversed(message, span.earliest(), span.latest(), at, found);
        }
    };
    for (index, audit) in answers.internal_audit.iter().enumerate() {
        look(audit.coverage.as_ref().map(|period| period.edtf), "internal_audit", index, "coverage");
        look(audit.fieldwork.as_ref().map(|date| date.edtf), "internal_audit", index, "fieldwork");
    }
    for (index, campaign) in answers.campaign.iter().enumerate() {
        look(campaign.window.as_ref().map(|period| period.edtf), "campaign", index, "window");
    }
    for (index, event) in answers.campaign_event.iter().enumerate() {
        look(event.on.as_ref().map(|date| date.edtf), "campaign_event", index, "on");
    }
    for (index, survey) in answers.survey.iter().enumerate() {
        look(survey.window.as_ref().map(|period| period.edtf), "survey", index, "window");
    }
    for (index, row) in answers.complaint_stat.iter().enumerate() {
        look(row.period, "complaint_stat", index, "period");
    }
    if let (Some(start), Some(end)) = (answers.reporting_period.start, answers.reporting_period.end)
        && end < start
    {
        let message = Text::new("报告期的起始晚于结束", "The reporting period ends before it starts");
        reversed(message, Some(start), Some(end), place("reporting_period"), found);
    }
    for (index, record) in answers.complaint_record.iter().enumerate() {
        if let (Some(start), Some(end)) = (record.received_on, record.closed_on)
            && end < start
        {
            let message = Text::new("工单办结早于受理", "A record was closed before it was received");
            reversed(message, Some(start), Some(end), place("complaint_record").item(index), found);
        }
    }
}

fn reversed(message: Text, start: Option<Date>, end: Option<Date>, place: Place, found: &mut Vec<Finding>) {
    let mut finding = Finding::new(&PERIOD_REVERSED, message, place);
    if let (Some(start), Some(end)) = (start, end) {
        finding = finding.comparing(Comparison::new("起始不晚于结束", start, Relation::AtMost, end));
    }
    found.push(finding);
}

pub(super) fn audit_coverage_after_fieldwork(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, audit) in case.answers.internal_audit.iter().enumerate() {
        let (Some(coverage), Some(fieldwork)) = (&audit.coverage, &audit.fieldwork) else { continue };
        let (Some(end), Some(start)) = (coverage.edtf.latest(), fieldwork.edtf.earliest()) else { continue };
        if coverage.is_reversed() || end <= start {
            continue;
        }
        let message = Text::new(
            format!("审计覆盖到{end}，而现场自{start}开始"),
            format!("The audit covers days up to {end}, but its fieldwork began on {start}"),
        );
        let at = place("internal_audit").item(index);
        let finding = Finding::new(&AUDIT_COVERAGE_AFTER_FIELDWORK, message, at.clone().field("coverage"));
        let comparison = Comparison::new("覆盖期末不晚于进场", end, Relation::AtMost, start);
        found.push(finding.and_at(at.field("fieldwork")).comparing(comparison));
    }
}

pub(super) fn as_of_not_period_end(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut look = |as_of: Date, place: Place| {
        let is_fine = if case.is_annual() { as_of == case.period.end } else { case.period.contains(as_of) };
        if is_fine {
            return;
        }
        let end = case.period.end;
        let message = Text::new(
            format!("数据截至{as_of}，报告期末为{end}"),
            format!("The figures run to {as_of}, the period to {end}"),
        );
        let relation = if case.is_annual() { Relation::Equal } else { Relation::AtMost };
        found.push(Finding::new(&AS_OF_NOT_PERIOD_END, message, place).comparing(Comparison::new(
            "数据截止日与期末",
            as_of,
            relation,
            end,
        )));
    };
    if let Some(as_of) = case.answers.submission.as_of {
        look(as_of, place("submission").field("as_of"));
    }
    let rows = &case.answers.complaint_stat;
    for (index, row) in rows.iter().enumerate() {
        if let Some(as_of) = row.as_of {
            look(as_of, place("complaint_stat").item(index).field("as_of"));
        } else if let Some(latest) = row.period.and_then(Edtf::latest) {
            // A source may be told quarter by quarter: only its last row has to reach the end.
            let of_source = rows.iter().filter(|other| other.source_code == row.source_code);
            let last = of_source.filter_map(|other| other.period.and_then(Edtf::latest)).max();
            let is_first_of_last = rows
                .iter()
                .position(|other| other.source_code == row.source_code && other.period.and_then(Edtf::latest) == last)
                == Some(index);
            if is_first_of_last {
                look(latest, place("complaint_stat").item(index).field("period"));
            }
        }
    }
}

pub(super) fn year_not_stated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let stated = &case.answers.reporting_period;
    let is_stated = case.answers.submission.report_year.as_ref().is_some_and(|year| year.value.is_some())
        || stated.year.is_some()
        || stated.start.is_some();
    let stands_in_text = || {
        let years = case.texts.marks.iter().filter(|mark| matches!(mark.term.role, Role::Year));
        let mut before = years.map(|mark| case.texts.before_mark(mark).as_bytes());
        before.any(|bytes| bytes.len() >= 4 && bytes[bytes.len() - 4..].iter().all(u8::is_ascii_digit))
    };
    if !is_stated && !stands_in_text() {
        let message = Text::new(
            format!("全文没有出现年份；按本轮报告期{}至{}处理", case.period.start, case.period.end),
            format!("No year is stated; the round's period, {} to {}, is taken", case.period.start, case.period.end),
        );
        found.push(Finding::new(&YEAR_NOT_STATED, message, place("submission")));
    }
}

pub(super) fn year_differs_from_period(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut look = |year: i64, place: Place| {
        if !case.has_year(year) {
            let wanted = i64::from(case.period.end.year);
            let message = Text::new(
                format!("文中年度为{year}，本轮报告期为{wanted}年"),
                format!("The text is about {year}, the round about {wanted}"),
            );
            found.push(Finding::new(&YEAR_DIFFERS_FROM_PERIOD, message, place).comparing(Comparison::new(
                "报告年度",
                huizong_sdk::number(year, "年"),
                Relation::Equal,
                huizong_sdk::number(wanted, "年"),
            )));
        }
    };
    if let Some(year) = case.answers.submission.report_year.as_ref().and_then(huizong_sdk::Quantity::whole) {
        look(year, place("submission").field("report_year"));
    }
    if let Some(year) = case.answers.reporting_period.year {
        look(i64::from(year), place("reporting_period").field("year"));
    }
}

pub(super) fn anniversary_of_another_year(case: &Case<'_>, found: &mut Vec<Finding>) {
    for mark in &case.texts.marks {
        let Role::Founded(founded) = mark.term.role else { continue };
        let behind = case.texts.behind_mark(mark);
        let Some((years, rest)) = leading_number(behind) else { continue };
        if !(rest.starts_with("周年") || rest.starts_with("华诞")) {
            continue;
        }
        let year = i64::from(founded) + years;
        if case.has_year(year) {
            continue;
        }
        let message = Text::new(
            format!("“{}{years}周年（华诞）”应在{year}年，不在报告期内", mark.term.text),
            format!("{years} years after {founded} is {year}, outside the period"),
        );
        let comparison = Comparison::new(
            "周年推算年份",
            huizong_sdk::number(year, "年"),
            Relation::Equal,
            huizong_sdk::number(i64::from(case.period.end.year), "年"),
        );
        found.push(
            Finding::new(&ANNIVERSARY_OF_ANOTHER_YEAR, message, case.texts.place(mark.passage)).comparing(comparison),
        );
    }
}

/// The number that a text begins with, at most three digits, and what follows.
fn leading_number(text: &str) -> Option<(i64, &str)> {
    let length = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let number = text[..length].parse().ok()?;
    Some((number, &text[length..]))
}
