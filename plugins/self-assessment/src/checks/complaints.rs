//! Complaints: T7, T8, T10, T15, and whether records, statistics and breakdowns tell the same story.

use std::collections::BTreeSet;

use huizong_sdk::{Check, Comparison, Finding, Place, Relation, Severity, Text, label, number, place};

use crate::case::Case;
use crate::complaints::{ComplaintMechanism, ComplaintStat, CountsWhat, SlaBasis};

/// T7: several sources in one row.
pub const COMPLAINT_SOURCES_MERGED: Check = Check::new(
    "complaint-sources-merged",
    label("投诉来源合并填报", "Sources of complaints are merged"),
    label(
        "每个来源单独一行，不得合并；否则无法核对是否重复。请按来源拆分。",
        "One row per source, or nobody can tell what is counted twice. Split the row.",
    ),
    Severity::Error,
);

/// T7: nobody says how many were closed.
pub const COMPLAINT_CLOSED_MISSING: Check = Check::new(
    "complaint-closed-missing",
    label("未填办结件数", "The number of closed complaints is missing"),
    label(
        "每一行都须填办结件数，没有也填0；否则无法计算办结率。",
        "Every row says how many were closed, 0 included: no rate can be made without.",
    ),
    Severity::Error,
);

/// T8: complaints and something else in one number.
pub const COMPLAINT_KINDS_MIXED: Check = Check::new(
    "complaint-kinds-mixed",
    label("投诉与建议混合统计", "Complaints and suggestions are counted together"),
    label(
        "投诉、建议、咨询、信访分行填写，并注明统计口径。",
        "Complaints, suggestions, enquiries and petitions stand in rows of their own that say what they count.",
    ),
    Severity::Error,
);

/// T10: a part that is as large as its whole.
pub const COMPLAINT_SUBSET_EQUALS_TOTAL: Check = Check::new(
    "complaint-subset-equals-total",
    label("其中项等于总数", "A part equals its whole"),
    label(
        "“其中”的件数与总数相同。如属实请说明；否则请核对。",
        "The part is as large as the whole. Say so if it is true; check it if not.",
    ),
    Severity::Info,
);

/// Records and statistics that count differently.
pub const COMPLAINT_RECORDS_DIFFER: Check = Check::new(
    "complaint-records-differ",
    label("工单数与统计数不符", "Records and statistics differ"),
    label(
        "逐单填报的工单数应等于各来源受理数之和。请核对遗漏或重复。",
        "There are as many records as the sources accepted. Look for what is missing or counted twice.",
    ),
    Severity::Warning,
);

/// A breakdown that does not add up to the total.
pub const BREAKDOWN_DIFFERS_FROM_TOTAL: Check = Check::new(
    "breakdown-differs-from-total",
    label("分类之和与投诉总数不符", "A breakdown does not add up to the total"),
    label(
        "同一维度各类件数之和应等于投诉总数。请核对。",
        "The numbers of one dimension add up to the total. Check them.",
    ),
    Severity::Error,
);

/// T15: no time limit, or one that does not say what its days are.
pub const COMPLAINT_LIMIT_UNSTATED: Check = Check::new(
    "complaint-limit-unstated",
    label("未说明投诉办理时限", "The time limit for complaints is not stated"),
    label(
        "“规定时间内”须写明天数和计日方式（自然日或工作日）。",
        "\"Within the prescribed time\" needs a number of days and what they are: calendar or working days.",
    ),
    Severity::Error,
);

/// T15: a limit in working days, where the rule counts calendar days.
pub const COMPLAINT_LIMIT_IN_WORKING_DAYS: Check = Check::new(
    "complaint-limit-in-working-days",
    label("投诉办理时限按工作日填报", "The time limit is in working days"),
    label(
        "办理时限按自然日计算（一般15日，情况复杂30日）。请换算为自然日填报。",
        "The rule counts calendar days (15, or 30 if complex). Convert the limit.",
    ),
    Severity::Error,
);

/// A work order's number that stands twice.
pub const RECORD_NUMBER_REPEATED: Check = Check::new(
    "record-number-repeated",
    label("工单号重复", "A record's number stands twice"),
    label(
        "同一工单只填一次。请删除重复的行或更正工单号。",
        "List each record once. Delete the row or correct its number.",
    ),
    Severity::Warning,
);

fn row(index: usize) -> Place {
    place("complaint_stat").item(index)
}

/// A finding at several rows of the statistics; none where there are none.
fn at_rows(check: &Check, message: Text, rows: impl IntoIterator<Item = usize>) -> Option<Finding> {
    let mut rows = rows.into_iter().map(row);
    let finding = Finding::new(check, message, rows.next()?);
    Some(rows.fold(finding, Finding::and_at))
}

/// Sources by the words that name them.
const SOURCE_WORDS: [&str; 8] = ["省联社", "人民银行", "人行", "12345", "金融监管", "信访", "媒体", "政府"];

pub(super) fn complaint_sources_merged(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, stat) in case.answers.complaint_stat.iter().enumerate() {
        let words = stat.source_raw.unwrap_or("");
        let named = SOURCE_WORDS.iter().filter(|word| words.contains(**word)).count();
        if stat.source_code != Some("transferred_merged") && named < 2 {
            continue;
        }
        let cases = stat.cases().unwrap_or(0);
        let message = Text::new(
            format!(
                "一行合并了多个来源（{}），共{cases}件",
                if words.is_empty() { "未区分".to_owned() } else { super::clipped(words) }
            ),
            format!("One row of {cases} cases merges several sources"),
        );
        let comparison = Comparison::new(
            "每行来源数",
            number(i64::try_from(named.max(2)).unwrap_or(2), "个"),
            Relation::Equal,
            number(1_i64, "个"),
        );
        found.push(Finding::new(&COMPLAINT_SOURCES_MERGED, message, row(index)).comparing(comparison));
    }
}

pub(super) fn complaint_closed_missing(case: &Case<'_>, found: &mut Vec<Finding>) {
    let needs_closing = |stat: &ComplaintStat<'_>| {
        !matches!(stat.counts_what, Some(CountsWhat::Suggestions | CountsWhat::Enquiries)) && stat.subset_of.is_none()
    };
    let stats = case.answers.complaint_stat.iter().enumerate();
    let rows: Vec<_> =
        stats.filter(|(_, stat)| needs_closing(stat) && stat.closed.is_none()).map(|(index, _)| index).collect();
    let message = Text::new(
        format!("{}行投诉统计没有填办结件数", rows.len()),
        format!("{} rows do not say how many were closed", rows.len()),
    );
    found.extend(at_rows(&COMPLAINT_CLOSED_MISSING, message, rows));
}

const KIND_WORDS: [&str; 4] = ["投诉", "建议", "咨询", "信访"];

pub(super) fn complaint_kinds_mixed(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (index, stat) in case.answers.complaint_stat.iter().enumerate() {
        let words = stat.count.as_ref().and_then(|count| count.raw_text.as_ref()).map_or("", |raw| raw.as_str());
        // Where the row does not say what it counts, its words may: one kind named is as good as a code.
        let kinds = KIND_WORDS.iter().filter(|kind| words.contains(**kind)).count();
        let message = match stat.counts_what {
            Some(CountsWhat::ComplaintsAndSuggestions) => Text::new(
                "投诉与建议合在一起统计，无法计算比率",
                "Complaints and suggestions are counted together: no rate can be made",
            ),
            None if kinds > 1 => Text::new(
                format!("“{}”包含{kinds}种口径", super::clipped(words)),
                format!("{kinds} kinds of cases are counted together"),
            ),
            None if kinds == 0 => Text::new("没有注明统计口径", "What is counted is not said"),
            _ => continue,
        };
        found.push(Finding::new(&COMPLAINT_KINDS_MIXED, message, row(index)));
    }
}

pub(super) fn complaint_subset_equals_total(case: &Case<'_>, found: &mut Vec<Finding>) {
    for (part, whole) in subsets(case) {
        let stats = &case.answers.complaint_stat;
        let (Some(of_part), Some(of_whole)) = (stats[part].cases(), stats[whole].cases()) else { continue };
        if of_part != of_whole || of_part == 0 {
            continue;
        }
        let message = Text::new(
            format!("其中项{of_part}件与总数{of_whole}件相同"),
            format!("The part of {of_part} is as large as the whole"),
        );
        let comparison = Comparison::new("其中项与总数", number(of_part, "件"), Relation::Less, number(of_whole, "件"));
        let finding = Finding::new(&COMPLAINT_SUBSET_EQUALS_TOTAL, message, row(part));
        found.push(finding.and_at(row(whole)).comparing(comparison));
    }
}

/// Rows that are part of another, with it: (part, whole).
pub(super) fn subsets<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (usize, usize)> + 'a {
    let stats = &case.answers.complaint_stat;
    stats.iter().enumerate().filter_map(move |(part, stat)| {
        let source = stat.subset_of?;
        let is_whole = |other: &ComplaintStat<'_>| other.source_code == Some(source) && other.subset_of.is_none();
        stats.iter().position(is_whole).map(|whole| (part, whole))
    })
}

pub(super) fn complaint_records_differ(case: &Case<'_>, found: &mut Vec<Finding>) {
    let records = i64::try_from(case.answers.complaint_record.len()).unwrap_or(i64::MAX);
    let Some(stated) = crate::measures::stated_complaints(case.answers).filter(|_| records > 0) else { return };
    if records == stated {
        return;
    }
    let message = Text::new(
        format!("工单{records}件，统计{stated}件"),
        format!("{records} records, but {stated} in the statistics"),
    );
    let comparison = Comparison::new("工单数与统计数", number(records, "件"), Relation::Equal, number(stated, "件"));
    let finding = Finding::new(&COMPLAINT_RECORDS_DIFFER, message, place("complaint_record"));
    found.push(finding.and_at(place("complaint_stat")).comparing(comparison));
}

pub(super) fn breakdown_differs_from_total(case: &Case<'_>, found: &mut Vec<Finding>) {
    let rows = &case.answers.complaint_breakdown;
    let Some(total) = crate::measures::stated_complaints(case.answers) else { return };
    let mut seen = Vec::new();
    for (first, of_first) in rows.iter().enumerate() {
        let Some(dimension) = of_first.dimension.filter(|dimension| !seen.contains(dimension)) else { continue };
        seen.push(dimension);
        let of_dimension = || rows.iter().filter(|row| row.dimension == Some(dimension));
        // A share without a number says nothing about the sum.
        let Some(sum) = of_dimension().map(|row| row.count).try_fold(0_i64, |sum, count| sum.checked_add(count?))
        else {
            continue;
        };
        if sum == total {
            continue;
        }
        let message = Text::new(
            format!("“{dimension}”各类之和为{sum}件，投诉总数为{total}件"),
            format!("The numbers by {dimension} add up to {sum}, the total is {total}"),
        );
        let comparison = Comparison::new("分类之和", number(sum, "件"), Relation::Equal, number(total, "件"));
        let finding = Finding::new(&BREAKDOWN_DIFFERS_FROM_TOTAL, message, place("complaint_breakdown").item(first));
        found.push(finding.and_at(place("complaint_stat")).comparing(comparison));
    }
}

/// The limit that a member states: of the whole mechanism, or of all its routes.
enum Limit {
    Unstated,
    CalendarDays,
    WorkingDays,
}

fn limit(mechanism: &ComplaintMechanism<'_>) -> Limit {
    let of = |days: Option<i64>, basis: Option<SlaBasis>| match (days, basis) {
        (Some(_), Some(SlaBasis::CalendarDays)) => Limit::CalendarDays,
        (Some(_), Some(SlaBasis::WorkingDays)) => Limit::WorkingDays,
        _ => Limit::Unstated,
    };
    let stated = of(mechanism.sla_days, mechanism.sla_basis);
    if !matches!(stated, Limit::Unstated) {
        return stated;
    }
    if let Some(sla) = mechanism.sla.as_ref().filter(|sla| sla.value.is_some()) {
        return match sla.unit.as_str() {
            "工作日" => Limit::WorkingDays,
            "自然日" | "日历日" => Limit::CalendarDays,
            _ => Limit::Unstated,
        };
    }
    let routes = mechanism.owner_by_route.iter().map(|route| of(route.sla_days, route.sla_basis));
    let worst = |worst: Limit, next: Limit| match (worst, next) {
        (Limit::Unstated, _) | (_, Limit::Unstated) => Limit::Unstated,
        (Limit::WorkingDays, _) | (_, Limit::WorkingDays) => Limit::WorkingDays,
        (Limit::CalendarDays, Limit::CalendarDays) => Limit::CalendarDays,
    };
    routes.reduce(worst).unwrap_or(Limit::Unstated)
}

pub(super) fn complaint_limit_unstated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mechanism = &case.answers.complaint_mechanism;
    if matches!(limit(mechanism), Limit::Unstated) {
        let message = Text::new("没有写明办理天数和计日方式", "The number of days and what they are is not stated");
        let at = if mechanism.is_told() { place("complaint_mechanism") } else { Place::whole() };
        found.push(Finding::new(&COMPLAINT_LIMIT_UNSTATED, message, at));
    }
}

pub(super) fn complaint_limit_in_working_days(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mechanism = &case.answers.complaint_mechanism;
    if !matches!(limit(mechanism), Limit::WorkingDays) {
        return;
    }
    let days = mechanism.sla_days.or_else(|| mechanism.sla.as_ref()?.whole());
    let days = days.or_else(|| mechanism.owner_by_route.iter().find_map(|route| route.sla_days)).unwrap_or(0);
    let message = Text::new(
        format!("办理时限为{days}个工作日；制度按自然日计算"),
        format!("The limit is {days} working days; the rule counts calendar days"),
    );
    let comparison = Comparison::new("计日方式", "工作日", Relation::Equal, "自然日");
    found.push(
        Finding::new(&COMPLAINT_LIMIT_IN_WORKING_DAYS, message, place("complaint_mechanism")).comparing(comparison),
    );
}

pub(super) fn record_number_repeated(case: &Case<'_>, found: &mut Vec<Finding>) {
    let numbers: Vec<&str> = case.answers.complaint_record.iter().filter_map(|record| record.number).collect();
    // Ledgers are nearly always in order: then neighbours tell, and no set is needed.
    if numbers.is_sorted_by(|earlier, later| earlier < later) {
        return;
    }
    let mut seen = BTreeSet::new();
    for (index, record) in case.answers.complaint_record.iter().enumerate() {
        let Some(repeated) = record.number.filter(|number| !seen.insert(*number)) else { continue };
        let message = Text::new(format!("工单号{repeated}重复"), format!("The number {repeated} stands twice"));
        found.push(Finding::new(&RECORD_NUMBER_REPEATED, message, place("complaint_record").item(index)));
    }
}
