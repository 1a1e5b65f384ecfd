//! The annexes: ranking, points by criterion, findings by check, and the lists of those who did not hand in as wanted.

use huizong_sdk::Points;
use huizong_sdk::report::{Document, ListedUnit, RollUp, Table};
use huizong_sdk::results::{Element, mean};

use crate::discipline::{by_members, title};
use crate::wording::severity;

/// What the annexes are called.
pub(crate) const TITLES: [&str; 4] =
    ["得分排名表", "各指标得分表", "校验问题统计表", "未报、暂缓、迟报、豁免和合并机构名单"];

/// Criteria that one table shows side by side: as many as a page across holds.
const CRITERIA_PER_TABLE: usize = 8;

pub(crate) fn write(document: &mut Document, roll_up: &RollUp) {
    let order = roll_up.by_rank();
    for (number, annex) in (1..).zip(TITLES) {
        document.annex(format!("附件{number}　{annex}"));
        match number {
            1 => document.table(ranking(roll_up, &order)),
            2 => points(document, roll_up, &order),
            3 => document.table(findings(roll_up)),
            _ => document.table(listed(roll_up)),
        }
    }
}

fn ranking(roll_up: &RollUp, order: &[usize]) -> Table {
    let total = |member: usize| Points::from_thousandths(roll_up.totals[member]);
    let average = mean(roll_up.total_points().sum(), roll_up.members.len());
    let above =
        |member: usize| average.map(|average| huizong_sdk::Decimal::from(total(member)).trimmed().minus(average));
    Table::new(format!("{}得分排名", roll_up.round.title))
        .counts("名次", "", order.iter().map(|member| roll_up.ranks[*member]))
        .texts("机构", order.iter().map(|member| roll_up.members[*member].name.as_str()))
        .texts("机构编码", order.iter().map(|member| roll_up.members[*member].code.as_str()))
        .texts("机构类型", order.iter().map(|member| roll_up.members[*member].kind.as_str()))
        .points("得分", order.iter().map(|member| total(*member)))
        .decimals("与平均分之差", "分", order.iter().map(|member| above(*member)))
        .texts("等级", order.iter().map(|member| roll_up.grade_name(*member)))
        .noted("同分者名次并列，其后名次顺延。")
}

/// One table per element, or several where an element has many criteria; the first one carries the element's sum.
fn points(document: &mut Document, roll_up: &RollUp, order: &[usize]) {
    if order.is_empty() {
        document.paragraph("尚无成员行社的报送被采纳。");
        return;
    }
    let single: Vec<Element<'_>> = roll_up.elements();
    let (alone, grouped): (Vec<_>, Vec<_>) =
        single.into_iter().filter(|element| !element.columns.is_empty()).partition(is_its_own_criterion);
    for element in &grouped {
        for (part, columns) in (1..).zip(element.columns.chunks(CRITERIA_PER_TABLE)) {
            let more = if element.columns.len() > CRITERIA_PER_TABLE { format!("（{part}）") } else { String::new() };
            let mut table = named(format!("{}{more}", element.criterion.label.zh), roll_up, order);
            if part == 1 {
                table =
                    table.points(with_full("小计", element.full), order.iter().map(|member| element.points[*member]));
            }
            for column in columns {
                table = column_of(table, roll_up, order, *column);
            }
            document.table(table);
        }
    }
    for (part, elements) in (1..).zip(alone.chunks(CRITERIA_PER_TABLE)) {
        let more = if alone.len() > CRITERIA_PER_TABLE { format!("（{part}）") } else { String::new() };
        let mut table = named(format!("不分组的指标{more}"), roll_up, order);
        for element in elements {
            for column in &element.columns {
                table = column_of(table, roll_up, order, *column);
            }
        }
        document.table(table);
    }
}

fn is_its_own_criterion(element: &Element<'_>) -> bool {
    element.criterion.kind != huizong_sdk::CriterionKind::Group
}

fn named(caption: String, roll_up: &RollUp, order: &[usize]) -> Table {
    Table::new(caption).texts("机构", order.iter().map(|member| roll_up.members[*member].name.as_str()))
}

fn column_of(table: Table, roll_up: &RollUp, order: &[usize], column: usize) -> Table {
    let column = &roll_up.criteria[column];
    let criterion = roll_up.round.criterion(&column.criterion);
    let header = criterion
        .map_or(column.criterion.clone(), |criterion| with_full(&criterion.label.zh, roll_up.round.most(criterion)));
    table.points(header, order.iter().map(|member| Points::from_thousandths(column.points[*member])))
}

fn with_full(label: &str, full: Points) -> String {
    if full > Points::ZERO { format!("{label}［满分{full}］") } else { label.to_owned() }
}

fn findings(roll_up: &RollUp) -> Table {
    let counts = by_members(roll_up);
    Table::new("已采纳报送的校验问题")
        .texts("校验项", counts.iter().map(|count| title(roll_up, &count.check)))
        .texts("编码", counts.iter().map(|count| count.check.as_str()))
        .texts("级别", counts.iter().map(|count| severity(count.severity)))
        .counts("涉及机构", "家", counts.iter().map(|count| count.members))
        .counts("条数", "条", counts.iter().map(|count| count.findings))
}

fn listed(roll_up: &RollUp) -> Table {
    let lists = [
        ("未报", &roll_up.missing),
        ("暂缓采纳", &roll_up.blocked),
        ("迟报", &roll_up.late),
        ("豁免", &roll_up.exempt),
        ("合并", &roll_up.merged),
    ];
    let rows: Vec<(&str, &ListedUnit)> =
        lists.iter().flat_map(|(what, units)| units.iter().map(move |unit| (*what, unit))).collect();
    Table::new("名单")
        .texts("类别", rows.iter().map(|(what, _)| *what))
        .texts("机构", rows.iter().map(|(_, unit)| unit.name.as_str()))
        .texts("机构编码", rows.iter().map(|(_, unit)| unit.code.as_str()))
        .texts("说明", rows.iter().map(|(_, unit)| unit.note.as_str()))
}
