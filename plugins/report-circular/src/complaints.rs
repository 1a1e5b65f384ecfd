//! 投诉处理情况: sums and rates of what the members stated in the same terms; a rate only counts those who stated both numbers.

use huizong_sdk::Decimal;
use huizong_sdk::report::{RollUp, Table};
use huizong_sdk::results::percent;

use crate::fields::{
    ACCEPTED, CLOSED, CLOSED_IN_LIMIT, CUSTOMERS, EVENTS, FOLLOWED_UP, LIABLE, OVERDUE, REPEATED, SATISFIED, TRAINING,
};
use crate::paper::Paper;
use crate::wording::rate;

const LISTED_MAX: usize = 10;

pub(crate) fn write(paper: &mut Paper, roll_up: &RollUp) {
    paper.section("投诉处理情况");
    let (accepted, stated) = sum(roll_up, ACCEPTED);
    if stated == 0 {
        paper.paragraph("各成员行社未按统一口径填报投诉统计，本轮不作投诉分析。");
    } else {
        paper.paragraph(told(roll_up, accepted, stated));
        paper.table(sums_table(roll_up));
        paper.table(members_table(roll_up));
    }
    let ((training, _), (events, _)) = (sum(roll_up, TRAINING), sum(roll_up, EVENTS));
    paper.paragraph(format!("宣传教育方面，各成员行社共登记培训{training}场、宣传活动{events}场。"));
}

fn told(roll_up: &RollUp, accepted: Decimal, stated: u32) -> String {
    let (closed, _) = sum(roll_up, CLOSED);
    let (overdue, _) = sum(roll_up, OVERDUE);
    let not_stated = roll_up.members.len() - usize::try_from(stated).unwrap_or_default().min(roll_up.members.len());
    let not_stated =
        if not_stated == 0 { String::new() } else { format!("；另有{not_stated}家只作文字说明，未计入") };
    format!(
        "{stated}家按统一口径填报，共受理投诉{accepted}件，办结{closed}件，办结率{}，其中限期内办结率{}；超期{overdue}件{not_stated}。重复投诉率{}，有责率{}，回访满意率{}。{}",
        rate(rate_of(roll_up, CLOSED, ACCEPTED)),
        rate(rate_of(roll_up, CLOSED_IN_LIMIT, ACCEPTED)),
        rate(rate_of(roll_up, REPEATED, ACCEPTED)),
        rate(rate_of(roll_up, LIABLE, CLOSED)),
        rate(rate_of(roll_up, SATISFIED, FOLLOWED_UP)),
        by_customers(roll_up),
    )
}

fn by_customers(roll_up: &RollUp) -> String {
    let (accepted, customers) = both(roll_up, ACCEPTED, CUSTOMERS);
    let per_ten_thousand = percent(accepted.saturating_mul(100), customers);
    per_ten_thousand.map_or_else(String::new, |number| format!("每万名个人客户投诉{number}件。"))
}

/// The sum of a field, and of how many members it is.
pub(crate) fn sum(roll_up: &RollUp, at: &str) -> (Decimal, u32) {
    roll_up.field(at).map_or((Decimal::ZERO, 0), |field| {
        let (sum, members) = field.sum();
        (sum.trimmed(), members)
    })
}

/// Two sums over the members that stated both, as whole numbers.
fn both(roll_up: &RollUp, part: &str, whole: &str) -> (i64, i64) {
    let (Some(part), Some(whole)) = (roll_up.field(part), roll_up.field(whole)) else { return (0, 0) };
    let whole_number = |number: Option<Decimal>| number.and_then(Decimal::as_whole);
    (0..roll_up.members.len())
        .filter_map(|member| Some((whole_number(part.number(member))?, whole_number(whole.number(member))?)))
        .fold((0, 0), |(parts, wholes): (i64, i64), (part, whole)| {
            (parts.saturating_add(part), wholes.saturating_add(whole))
        })
}

/// The rate of two fields in per cent.
pub(crate) fn rate_of(roll_up: &RollUp, part: &str, whole: &str) -> Option<Decimal> {
    let (part, whole) = both(roll_up, part, whole);
    percent(part, whole)
}

fn sums_table(roll_up: &RollUp) -> Table {
    let rows = [
        ("受理", ACCEPTED, None),
        ("办结", CLOSED, Some(ACCEPTED)),
        ("限期内办结", CLOSED_IN_LIMIT, Some(ACCEPTED)),
        ("超期", OVERDUE, Some(ACCEPTED)),
        ("重复投诉", REPEATED, Some(ACCEPTED)),
        ("有责投诉", LIABLE, Some(CLOSED)),
        ("有效回访", FOLLOWED_UP, Some(CLOSED)),
        ("回访满意", SATISFIED, Some(FOLLOWED_UP)),
    ];
    let of = |whole: Option<&str>| match whole {
        Some(ACCEPTED) => "受理",
        Some(CLOSED) => "办结",
        Some(_) => "有效回访",
        None => "",
    };
    Table::new("表5　投诉处理")
        .texts("项目", rows.map(|(label, _, _)| label))
        .decimals("件数", "件", rows.map(|(_, at, _)| Some(sum(roll_up, at).0)))
        .counts("填报", "家", rows.map(|(_, at, _)| sum(roll_up, at).1))
        .decimals("比率", "%", rows.map(|(_, at, whole)| rate_of(roll_up, at, whole?)))
        .texts("比率的分母", rows.map(|(_, _, whole)| of(whole)))
        .noted("比率只统计分子、分母均已填报的成员行社；核减申请不从受理件数中扣除。")
}

/// Those with the most complaints, by number; equals by code.
fn members_table(roll_up: &RollUp) -> Table {
    let number = |at: &str, member: usize| roll_up.field(at).and_then(|field| field.number(member));
    let mut order: Vec<(usize, Decimal)> =
        (0..roll_up.members.len()).filter_map(|member| Some((member, number(ACCEPTED, member)?))).collect();
    order.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| code(roll_up, left.0).cmp(code(roll_up, right.0))));
    order.truncate(LISTED_MAX);
    let per_ten_thousand = |member: usize, accepted: Decimal| {
        percent(accepted.as_whole()?.saturating_mul(100), number(CUSTOMERS, member)?.as_whole()?)
    };
    Table::new(format!("表6　受理投诉最多的{}家", order.len()))
        .texts("机构", order.iter().map(|(member, _)| roll_up.members[*member].name.as_str()))
        .decimals("受理", "件", order.iter().map(|(_, accepted)| Some(*accepted)))
        .decimals("限期内办结", "件", order.iter().map(|(member, _)| number(CLOSED_IN_LIMIT, *member)))
        .decimals("超期", "件", order.iter().map(|(member, _)| number(OVERDUE, *member)))
        .decimals("重复", "件", order.iter().map(|(member, _)| number(REPEATED, *member)))
        .decimals("每万客户", "件", order.iter().map(|(member, accepted)| per_ten_thousand(*member, *accepted)))
}

fn code(roll_up: &RollUp, member: usize) -> &str {
    &roll_up.members[member].code
}
