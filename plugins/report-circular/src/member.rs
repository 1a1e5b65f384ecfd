//! 自评情况反馈: one member's score line by line with its reasons, the steps after the sum, and what the checks found.

use huizong_sdk::contract::{Entry, Scorecard, StepKind};
use huizong_sdk::report::{Document, MemberReport, Table, WeighedFinding};
use huizong_sdk::{Amount, Comparison, Points, Relation, Severity};

use crate::paper::Paper;
use crate::wording::{day, period, severity};

/// Composes the feedback.
pub(crate) fn feedback(report: &MemberReport) -> Document {
    let title = format!("关于{}{}结果的反馈", report.unit.name, report.round.title);
    let mut paper = Paper::new(&title);
    let document = paper.plain();
    document.letterhead(
        report.round.federation.clone(),
        format!("回执编号　{}", report.receipt_number),
        "内部资料　不得对外公布",
    );
    document.title(title);
    document.addressee(report.unit.name.clone());
    document.paragraph(format!(
        "你单位{}自评填报（第{}版）已经采纳，并按《{}》（{}版）计分。现将结果反馈如下。",
        period(report.round.period),
        report.revision,
        report.round.rubric_title.zh,
        report.round.rubric_version,
    ));
    paper.section("得分");
    paper.paragraph(result(report));
    paper.table(lines(report));
    if !report.scorecard.steps.is_empty() {
        paper.table(steps(&report.scorecard));
    }
    paper.section("校验情况");
    findings(&mut paper, &report.findings);
    paper.section("有关要求");
    paper.paragraph("请对照失分原因落实整改；对结果有异议的，可在申诉期内逐项提出，并附佐证材料。");
    let document = paper.plain();
    document.signature(report.round.federation.clone(), day(report.issued_on));
    paper.done()
}

fn result(report: &MemberReport) -> String {
    let full = Points::from_thousandths(report.round.full_marks);
    let Some(standing) = &report.standing else {
        let total = Points::from_thousandths(report.scorecard.total);
        return format!(
            "单机构计分合计{total}分（满分{full}分）。同组比较尚未进行，最终得分、等级和名次以结算后为准。"
        );
    };
    let grade = report.round.grades.get(usize::from(standing.grade)).map_or("", |grade| &grade.label.zh);
    format!(
        "最终得分{}分（满分{full}分），等级为{grade}，在{}家中列第{}名；全组中位数{}分。",
        Points::from_thousandths(standing.total),
        standing.ranked,
        standing.rank,
        Points::from_thousandths(standing.median),
    )
}

fn lines(report: &MemberReport) -> Table {
    let settled = |id: &str| {
        let lines = report.standing.as_ref().map(|standing| standing.lines.as_slice()).unwrap_or_default();
        lines.iter().find(|line| line.criterion == id).map(|line| line.points)
    };
    let points: Vec<Points> = report
        .scorecard
        .lines
        .iter()
        .map(|line| Points::from_thousandths(settled(&line.criterion).unwrap_or(line.points)))
        .collect();
    let criterion = |id: &str| report.round.criterion(id);
    let lines = || report.scorecard.lines.iter();
    Table::new("表1　逐项得分")
        .texts(
            "指标",
            lines().map(|line| criterion(&line.criterion).map_or(line.criterion.as_str(), |one| &one.label.zh)),
        )
        .points(
            "满分",
            lines().map(|line| criterion(&line.criterion).map_or(Points::ZERO, |one| report.round.most(one))),
        )
        .points("得分", points)
        .texts("计分说明", lines().map(|line| line.entries.iter().map(entry).collect::<Vec<_>>().join("；")))
}

/// Why an entry changes the points, with the numbers that were put side by side.
fn entry(entry: &Entry) -> String {
    let compared: Vec<String> = entry.comparisons.iter().map(compared).collect();
    let compared = if compared.is_empty() { String::new() } else { format!("（{}）", compared.join("，")) };
    format!("{}{compared}：{}分", entry.reason, signed(Points::from_thousandths(entry.points)))
}

fn signed(points: Points) -> String {
    if points > Points::ZERO { format!("+{points}") } else { points.to_string() }
}

fn compared(comparison: &Comparison) -> String {
    let relation = match comparison.relation {
        Relation::Equal => "应等于",
        Relation::NotEqual => "应不等于",
        Relation::Less => "应小于",
        Relation::AtMost => "应不超过",
        Relation::Greater => "应大于",
        Relation::AtLeast => "应不少于",
        Relation::PartOf => "应不超出总数",
    };
    let holds = if comparison.holds { "" } else { "，不符" };
    format!("{}：{}，{relation}{}{holds}", comparison.what, amount(&comparison.left), amount(&comparison.right))
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Number(quantity) => format!("{}{}", huizong_sdk::Decimal::from(quantity.value), quantity.unit),
        Amount::Points(points) => format!("{}分", Points::from_thousandths(*points)),
        Amount::Date(date) => day(*date),
        Amount::Text(text) => text.clone(),
        Amount::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
    }
}

fn steps(scorecard: &Scorecard) -> Table {
    let kind = |kind: StepKind| match kind {
        StepKind::Cap => "封顶",
        StepKind::Floor => "保底",
        StepKind::Veto => "否决",
        StepKind::Downgrade => "降级",
        StepKind::Round => "取整",
    };
    Table::new("表2　合计后的调整")
        .texts("类别", scorecard.steps.iter().map(|step| kind(step.kind)))
        .points("调整", scorecard.steps.iter().map(|step| Points::from_thousandths(step.points)))
        .texts("原因", scorecard.steps.iter().map(|step| step.reason.as_str()))
}

/// A sentence with the counts, and a table where there is something to tell.
pub(crate) fn findings(paper: &mut Paper, findings: &[WeighedFinding]) {
    let told: Vec<&WeighedFinding> = findings.iter().filter(|finding| finding.severity != Severity::Off).collect();
    if told.is_empty() {
        paper.paragraph("校验未发现问题。");
        return;
    }
    let count = |wanted: Severity| told.iter().filter(|finding| finding.severity == wanted).count();
    paper.paragraph(format!(
        "校验共发现{}条：错误{}条，预警{}条，提示{}条。",
        told.len(),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info),
    ));
    let table = Table::new("校验结果")
        .texts("级别", told.iter().map(|finding| severity(finding.severity)))
        .texts("问题", told.iter().map(|finding| finding.finding.message.zh.as_str()))
        .texts("位置", told.iter().map(|finding| finding.finding.at.first().map_or("", String::as_str)))
        .texts("成员说明", told.iter().map(|finding| finding.explanation.as_deref().unwrap_or("")));
    paper.table(table);
}
