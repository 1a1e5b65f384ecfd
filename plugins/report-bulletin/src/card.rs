//! A member's card: its result, its elements as bars, the three places where it lost most, and what is left to explain.

use std::collections::BTreeMap;

use huizong_sdk::contract::{Criterion, CriterionKind, EntryKind, Line};
use huizong_sdk::report::{Chart, ChartKind, Document, MemberReport, Run};
use huizong_sdk::{Decimal, Points, Severity};

use crate::figures::day;

const LOSSES_MAX: usize = 3;
const FINDINGS_MAX: usize = 5;

/// Composes the card.
pub(crate) fn card(report: &MemberReport) -> Document {
    let mut document = Document::new(format!("{} {}", report.unit.name, report.round.title));
    document.title(report.unit.name.clone());
    document.subtitle(format!("{}成绩卡　{}", report.round.title, day(report.issued_on)));
    document.runs(result(report));
    if let Some(chart) = elements(report) {
        document.chart(chart);
    }
    let losses = losses(report);
    if !losses.is_empty() {
        document.heading(1, "丢分最多的地方");
        document.numbered(losses);
    }
    let findings = findings(report);
    if !findings.is_empty() {
        document.heading(1, "数据提示");
        document.items(findings);
    }
    document.note(format!("回执 {}，第{}版。结果不得用于广告宣传。", report.receipt_number, report.revision));
    document
}

fn result(report: &MemberReport) -> Vec<Run> {
    let full = Points::from_thousandths(report.round.full_marks);
    let Some(standing) = &report.standing else {
        let total = Points::from_thousandths(report.scorecard.total);
        return vec![
            Run::strong(format!("{total}分")),
            Run::plain(format!("（满分{full}分），同组比较之后才有等级和名次。")),
        ];
    };
    let total = Points::from_thousandths(standing.total);
    let median = Points::from_thousandths(standing.median);
    let against = match total.cmp(&median) {
        std::cmp::Ordering::Greater => format!("高出全组中位数{}分", total - median),
        std::cmp::Ordering::Equal => "正好是全组中位数".to_owned(),
        std::cmp::Ordering::Less => format!("低于全组中位数{}分", median - total),
    };
    let grade = report.round.grades.get(usize::from(standing.grade)).map_or("", |grade| &grade.label.zh);
    vec![
        Run::strong(format!("{total}分")),
        Run::plain(format!("（满分{full}分），")),
        Run::strong(format!("{grade}，第{}名", standing.rank)),
        Run::plain(format!("（共{}家），{against}。", standing.ranked)),
    ]
}

/// The final points of a line: the cohort pass has the last word.
fn points_of(report: &MemberReport, line: &Line) -> Points {
    let settled = report.standing.as_ref().and_then(|standing| {
        standing.lines.iter().find(|settled| settled.criterion == line.criterion).map(|settled| settled.points)
    });
    Points::from_thousandths(settled.unwrap_or(line.points))
}

/// Own points against the full marks, by topmost criterion; none where none counts toward them.
fn elements(report: &MemberReport) -> Option<Chart> {
    let topmost = report.round.topmost();
    let mut sums: BTreeMap<&str, Points> = BTreeMap::new();
    for line in &report.scorecard.lines {
        let can_be_lost =
            |one: &&Criterion| one.kind == CriterionKind::Base && report.round.least(one) < report.round.most(one);
        let criterion = report.round.criterion(&line.criterion).filter(can_be_lost);
        if let Some(criterion) = criterion {
            *sums.entry(&topmost[criterion.id.as_str()].id).or_default() += points_of(report, line);
        }
    }
    let shown: Vec<(&str, Points, Points)> = report
        .round
        .criteria
        .iter()
        .filter_map(|top| Some((top.label.zh.as_str(), *sums.get(top.id.as_str())?, report.round.most(top))))
        .take(20)
        .collect();
    let (label, own, full) = shown.iter().rev().max_by_key(|(_, own, full)| *full - *own)?;
    let sentence = if own >= full {
        "各要素均得满分。".to_owned()
    } else {
        format!("“{label}”差得最多，还差{}分。", *full - *own)
    };
    let chart = Chart::new(ChartKind::Bar, "各要素得分与满分", "分", sentence, shown.iter().map(|(label, ..)| *label))
        .series("得分", shown.iter().map(|(_, own, _)| Decimal::from(*own).trimmed()))
        .series("满分", shown.iter().map(|(.., full)| Decimal::from(*full).trimmed()));
    Some(chart)
}

/// The lines that lost most, with the reasons of the entries that took points.
fn losses(report: &MemberReport) -> Vec<String> {
    let mut lost: Vec<(Points, &Line)> = report
        .scorecard
        .lines
        .iter()
        .filter_map(|line| {
            let criterion = report.round.criterion(&line.criterion)?;
            let full = match criterion.kind {
                CriterionKind::Base => report.round.most(criterion),
                CriterionKind::Deduction => Points::ZERO,
                _ => return None,
            };
            Some((full - points_of(report, line), line)).filter(|(lost, _)| *lost > Points::ZERO)
        })
        .collect();
    lost.sort_by_key(|(lost, _)| std::cmp::Reverse(*lost));
    lost.truncate(LOSSES_MAX);
    lost.into_iter().map(|(lost, line)| told(report, lost, line)).collect()
}

fn told(report: &MemberReport, lost: Points, line: &Line) -> String {
    let label = report.round.criterion(&line.criterion).map_or(line.criterion.as_str(), |one| &one.label.zh);
    let reasons: Vec<&str> = line
        .entries
        .iter()
        .filter(|entry| entry.kind != EntryKind::Base && entry.points < 0)
        .map(|entry| entry.reason.as_str())
        .collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!("：{}", reasons.join("；")) };
    format!("{label}，丢{lost}分{reasons}")
}

fn findings(report: &MemberReport) -> Vec<String> {
    let told = report.findings.iter().filter_map(|finding| {
        let severity = match finding.severity {
            Severity::Error => "错误",
            Severity::Warning => "预警",
            Severity::Info => "提示",
            Severity::Off => return None,
        };
        let explained = if finding.explanation.is_some() { "（已说明）" } else { "" };
        Some(format!("{severity}：{}{explained}", finding.finding.message.zh))
    });
    let all: Vec<String> = told.collect();
    let more = all.len().saturating_sub(FINDINGS_MAX);
    let rest = (more > 0).then(|| format!("另有{more}条，见校验结果"));
    all.into_iter().take(FINDINGS_MAX).chain(rest).collect()
}
