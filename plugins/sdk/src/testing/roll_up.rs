//! Requests to compose documents, with invented members and numbers: for the native tests of report plugins.

use crate::contract::{
    Check, Criterion, CriterionKind, CriterionPoints, DatedSeverity, Entry, EntryKind, Finding, Grade, Line, Pass,
    PointRange, Scorecard, Step, StepKind, Unit,
};
use crate::report::{
    DocumentKind, FieldColumn, FieldValues, FindingCount, ListedUnit, MemberReport, Notice, NoticeItem, Numbers,
    PointsColumn, RollUp, RollUpMember, Round, Standing, Taking, WantedField, WeighedFinding,
};
use crate::{Column, Date, Order, Period, Points, Severity, Text, day, number, points};
use crate::{Comparison, Relation};

/// Criteria of the invented rubric: identifier, parent, label, kind, most points.
const CRITERIA: [(&str, &str, &str, CriterionKind, &str); 13] = [
    ("a", "", "体制机制", CriterionKind::Group, "20"),
    ("a.1", "a", "组织架构", CriterionKind::Base, "8"),
    ("a.2", "a", "制度建设", CriterionKind::Base, "12"),
    ("b", "", "营销行为", CriterionKind::Group, "30"),
    ("b.1", "b", "信息披露", CriterionKind::Base, "15"),
    ("b.2", "b", "销售留痕", CriterionKind::Base, "15"),
    ("c", "", "纠纷化解", CriterionKind::Group, "30"),
    ("c.1", "c", "办理时限", CriterionKind::Base, "20"),
    ("c.2", "c", "溯源整改", CriterionKind::Base, "10"),
    ("d", "", "教育宣传", CriterionKind::Base, "20"),
    ("e", "", "扣分项", CriterionKind::Deduction, "0"),
    ("f", "", "加分项", CriterionKind::Bonus, "5"),
    ("g", "", "底线", CriterionKind::BottomLine, "0"),
];

const GRADES: [(&str, &str, &str); 4] =
    [("a", "一级", "90"), ("b", "二级", "80"), ("c", "三级", "70"), ("d", "四级", "0")];

const CHECKS: [(&str, &str, Severity); 3] = [
    ("sum-mismatch", "合计与分项不符", Severity::Warning),
    ("late-number", "数据截止日晚于报告期", Severity::Warning),
    ("round-number", "数字过于整齐", Severity::Info),
];

/// First and second characters of invented places.
const FIRST: [&str; 12] = ["清", "云", "石", "青", "白", "龙", "凤", "平", "安", "永", "丰", "临"];
const SECOND: [&str; 10] = ["河", "山", "泉", "川", "溪", "岭", "塘", "桥", "湖", "原"];

/// The round that every sample is about: the year 2023, due in the middle of January 2024.
pub fn round() -> Round {
    Round {
        federation: "某省农村信用社联合社".to_owned(),
        code: "2023".to_owned(),
        title: "2023年度服务质量自评".to_owned(),
        period: Period { start: day(2023, 1, 1), end: day(2023, 12, 31) },
        due: day(2024, 1, 15),
        rubric_title: Text::new("服务质量评价细则", "Rubric of service"),
        rubric_version: "1.2.0".to_owned(),
        full_marks: points("100").thousandths(),
        criteria: CRITERIA.iter().map(criterion).collect(),
        grades: GRADES
            .iter()
            .map(|(id, label, least)| Grade {
                id: (*id).to_owned(),
                label: Text::from(*label),
                at_least: points(least).thousandths(),
            })
            .collect(),
        checks: CHECKS
            .iter()
            .map(|(code, title, severity)| Check {
                code: (*code).to_owned(),
                title: Text::from(*title),
                help: Text::from("请核对后更正或说明。"),
                severities: vec![DatedSeverity { since: day(2020, 1, 1), severity: *severity }],
            })
            .collect(),
    }
}

fn criterion((id, parent, label, kind, most): &(&str, &str, &str, CriterionKind, &str)) -> Criterion {
    let range = |since: Date, most: &str| {
        let most = points(most).thousandths();
        let least = if *kind == CriterionKind::Deduction { points("-10").thousandths() } else { 0 };
        PointRange { since, least, most }
    };
    Criterion {
        id: (*id).to_owned(),
        parent: Some(*parent).filter(|parent| !parent.is_empty()).map(str::to_owned),
        label: Text::from(*label),
        kind: *kind,
        pass: Pass::OfUnit,
        // The first weight no longer holds, and the last does not hold yet.
        ranges: vec![range(day(2019, 1, 1), "1"), range(day(2022, 1, 1), most), range(day(2024, 1, 1), "2")],
        judged: None,
        guidance: Text::from("按制度要求落实，缺一项扣一分。"),
    }
}

/// A roll-up of so many members with the wanted fields. Some totals are equal; the last member states no field.
pub fn roll_up(members: usize, wanted: &[WantedField]) -> RollUp {
    let round = round();
    let scored = || round.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Group);
    let criteria: Vec<PointsColumn> = (0..)
        .zip(scored())
        .map(|(index, criterion)| PointsColumn {
            criterion: criterion.id.clone(),
            points: (0..members).map(|member| points_of(&round, criterion, index, member)).collect(),
        })
        .collect();
    let totals: Vec<i64> =
        (0..members).map(|member| criteria.iter().map(|column| column.points[member]).sum()).collect();
    let ranks = Column::of(&totals, &vec![1; members], 3).ranks(Order::HighestFirst);
    let grade = |total: &i64| round.grades.iter().position(|grade| grade.at_least <= *total).unwrap_or(3);
    RollUp {
        issued_on: day(2024, 3, 5),
        members: (0..members).map(member).collect(),
        ranks: ranks.into_iter().map(Option::unwrap_or_default).collect(),
        grades: totals.iter().map(|total| u16::try_from(grade(total)).unwrap_or_default()).collect(),
        fields: (0..).zip(wanted).map(|(index, field)| column(field, index, &totals)).collect(),
        criteria,
        totals,
        findings: findings(members),
        missing: listed("未", 3, ""),
        blocked: listed("暂", 2, "2条错误未更正"),
        late: listed("迟", 4, "迟报26小时"),
        exempt: listed("免", 1, "开业不满一个完整会计年度"),
        merged: listed("并", 1, "并入清河联社"),
        expected: u32::try_from(members).unwrap_or(u32::MAX) + 5,
        round,
    }
}

/// A number below `below` that looks like chance and is always the same.
fn chance(seed: usize, below: usize) -> i64 {
    let mixed = (seed as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D;
    let mixed = mixed.wrapping_mul(0xD134_2543_DE82_EF95) >> 33;
    i64::try_from(mixed % below.max(1) as u64).unwrap_or_default()
}

fn points_of(round: &Round, criterion: &Criterion, index: usize, member: usize) -> i64 {
    let most = round.most(criterion).thousandths();
    let seed = member * 31 + index * 7;
    match criterion.kind {
        CriterionKind::Deduction => -500 * chance(seed, 4),
        CriterionKind::Bonus => 500 * chance(seed, 5),
        CriterionKind::BottomLine | CriterionKind::Group => 0,
        CriterionKind::Base => most - 500 * chance(seed, 3 + index % 6),
    }
}

fn member(index: usize) -> RollUpMember {
    let place = format!("{}{}", FIRST[index % FIRST.len()], SECOND[index / FIRST.len() % SECOND.len()]);
    let more = index / (FIRST.len() * SECOND.len());
    let more = if more == 0 { String::new() } else { more.to_string() };
    let (kind, ending) =
        if index.is_multiple_of(3) { ("农商银行", "农商银行") } else { ("县级联社", "联社") };
    RollUpMember { code: format!("61{index:05}"), name: format!("{place}{more}{ending}"), kind: kind.to_owned() }
}

fn column(field: &WantedField, index: usize, totals: &[i64]) -> FieldColumn {
    let members = totals.len();
    let known = (0..members).map(|member| u8::from(member + 1 < members || members == 1)).collect();
    let values = match field.taking {
        Taking::One if field.unit == "分" => FieldValues::Texts(
            (0..members)
                .map(|member| (Points::from_thousandths(totals[member] + 500 * chance(member, 20))).to_string())
                .collect(),
        ),
        Taking::One => whole((0..members).map(|member| 50_000 + 137 * chance(member, 900)).collect()),
        // Each later sum is a part of the earlier ones.
        Taking::Sum => whole((0..members).map(|member| (40 + chance(member, 60)) >> index.min(6)).collect()),
        Taking::Count => whole((0..members).map(|member| chance(member + index, 12)).collect()),
    };
    FieldColumn { at: field.at.clone(), taking: field.taking, values, known }
}

fn whole(values: Vec<i64>) -> FieldValues {
    FieldValues::Numbers(Numbers { scale: 0, values })
}

fn findings(members: usize) -> Vec<FindingCount> {
    let members = u32::try_from(members).unwrap_or(u32::MAX);
    let counts = (2..).zip(CHECKS).map(|(part, (check, _, severity))| FindingCount {
        check: check.to_owned(),
        severity,
        members: members / part,
        findings: members / part * 2,
    });
    counts.filter(|count| count.members > 0).collect()
}

fn listed(prefix: &str, count: usize, note: &str) -> Vec<ListedUnit> {
    let unit = |index: usize| ListedUnit {
        code: format!("69{index:03}"),
        name: format!("{prefix}{}联社", SECOND[index % SECOND.len()]),
        note: note.to_owned(),
    };
    (0..count).map(unit).collect()
}

/// One member's report with two lines lost, a step, a warning that was explained, and a standing.
pub fn member_report() -> MemberReport {
    let round = round();
    let lines: Vec<Line> = round
        .criteria
        .iter()
        .filter(|criterion| criterion.kind != CriterionKind::Group)
        .map(|criterion| line(criterion, round.most(criterion)))
        .collect();
    let step = Step {
        kind: StepKind::Cap,
        rule: "bonus".to_owned(),
        points: points("-0.5").thousandths(),
        grade: None,
        reason: "加分项最多计4.5分".to_owned(),
        comparisons: Vec::new(),
        sources: Vec::new(),
    };
    let total = lines.iter().map(|line| line.points).sum::<i64>() + step.points;
    MemberReport {
        unit: unit(),
        issued_on: day(2024, 3, 5),
        receipt_number: "R-2023-0001".to_owned(),
        revision: 2,
        answers: vec![0x80],
        findings: vec![finding()],
        scorecard: Scorecard { lines, steps: vec![step], total, measures: Vec::new() },
        standing: Some(Standing {
            total: total + 250,
            grade: 0,
            rank: 7,
            ranked: 120,
            median: points("88.25").thousandths(),
            lines: vec![CriterionPoints { criterion: "d".to_owned(), points: points("19.75").thousandths() }],
        }),
        round,
    }
}

fn line(criterion: &Criterion, most: Points) -> Line {
    let entry = |kind, points: Points, reason: &str, comparisons| Entry {
        kind,
        points: points.thousandths(),
        reason: reason.to_owned(),
        comparisons,
        sources: Vec::new(),
    };
    let mut entries = vec![entry(EntryKind::Base, most, "起评", Vec::new())];
    if criterion.id == "b.1" || criterion.id == "d" {
        let compared = Comparison::new("公示网点", number(37, "个"), Relation::Equal, number(39, "个"));
        entries.push(entry(EntryKind::Deduct, points("-1.5"), "公示不全", vec![compared]));
    }
    let points = entries.iter().map(|entry| entry.points).sum();
    Line { criterion: criterion.id.clone(), points, entries }
}

fn unit() -> Unit {
    Unit {
        code: "6100000".to_owned(),
        name: "清河农商银行".to_owned(),
        aliases: Vec::new(),
        kind: "农商银行".to_owned(),
        attributes: Vec::new(),
    }
}

fn finding() -> WeighedFinding {
    WeighedFinding {
        finding: Finding {
            check: "sum-mismatch".to_owned(),
            message: Text::from("分项合计17项，与所述30项不符"),
            at: vec!["/fees/0/count".to_owned()],
            comparisons: Vec::new(),
        },
        severity: Severity::Warning,
        explanation: Some("按子类计数，已附清单".to_owned()),
    }
}

/// A notice of a kind, with two labelled values and one finding.
pub fn notice(kind: DocumentKind) -> Notice {
    let item = |label: &str, value: &str| NoticeItem { label: Text::from(label), value: value.to_owned() };
    Notice {
        kind,
        round: round(),
        unit: unit(),
        issued_on: day(2024, 1, 16),
        number: "〔2024〕第3号".to_owned(),
        due: Some(day(2024, 1, 25)),
        items: vec![item("版本", "2"), item("内容摘要", "3f5c9a…")],
        findings: vec![finding()],
    }
}
