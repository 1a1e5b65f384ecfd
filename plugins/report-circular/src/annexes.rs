//! The annexes: ranking, points by criterion, findings by check, and the lists of those who did not hand in as wanted.

use huizong_sdk::report::{Document, ListedUnit, RollUp, Table};
use huizong_sdk::results::{Element, mean};
use huizong_sdk::{CriterionKind, Decimal, Points};

use crate::discipline::{by_members, title};
use crate::wording::severity;

/// What the annexes are called.
pub(crate) const TITLES: [&str; 4] =
    ["得分排名表", "各指标得分表", "校验问题统计表", "未报、暂缓、迟报、豁免和合并机构名单"];

/// Columns of points that one table shows side by side: as many as a page across holds.
const COLUMNS_PER_TABLE: usize = 10;

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
    let above = |member: usize| average.map(|average| Decimal::from(total(member)).trimmed().minus(average));
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

/// A column of an annex table.
enum Shown {
    /// The sum of an element, by its index.
    Sum(usize),
    /// A criterion, by the index of its column in the roll-up.
    Criterion(usize),
}

/// As few tables as have room: elements stand side by side, and only one that has too many criteria by itself is broken.
fn points(document: &mut Document, roll_up: &RollUp, order: &[usize]) {
    if order.is_empty() {
        document.paragraph("尚无成员行社的报送被采纳。");
        return;
    }
    let elements = roll_up.elements();
    for columns in packed(&elements) {
        let mut table =
            Table::new("得分明细").texts("机构", order.iter().map(|member| roll_up.members[*member].name.as_str()));
        for shown in columns {
            table = match shown {
                Shown::Sum(at) => sum_of(table, &elements[at], order),
                Shown::Criterion(at) => criterion_of(table, roll_up, order, at),
            };
        }
        document.table(table);
    }
}

fn packed(elements: &[Element<'_>]) -> Vec<Vec<Shown>> {
    let mut tables: Vec<Vec<Shown>> = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let is_group = element.criterion.kind == CriterionKind::Group;
        let sum = (is_group && !element.columns.is_empty()).then_some(Shown::Sum(at));
        let mut columns: Vec<Shown> =
            sum.into_iter().chain(element.columns.iter().copied().map(Shown::Criterion)).collect();
        let has_room = tables.last().is_some_and(|last| last.len() + columns.len() <= COLUMNS_PER_TABLE);
        if let Some(last) = tables.last_mut().filter(|_| has_room) {
            last.append(&mut columns);
        }
        while !columns.is_empty() {
            let rest = columns.split_off(columns.len().min(COLUMNS_PER_TABLE));
            tables.push(std::mem::replace(&mut columns, rest));
        }
    }
    tables
}

fn sum_of(table: Table, element: &Element<'_>, order: &[usize]) -> Table {
    let header = with_full(&format!("{}合计", element.criterion.label.zh), element.full);
    table.points(header, order.iter().map(|member| element.points[*member]))
}

fn criterion_of(table: Table, roll_up: &RollUp, order: &[usize], column: usize) -> Table {
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
