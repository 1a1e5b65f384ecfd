//! The words of an entry: what was found, what the rule wants, and what that changes, in the federation's language.

use huizong_sdk::{Comparison, Points, Relation, number};

use super::{Each, Short, Tariff};
use crate::facts::{Question, Recount, Value};

/// `扣2分`, `加本项分值的30%`, `不加不减`.
pub(super) fn change(points: Points, tariff: Tariff) -> String {
    if points == Points::ZERO {
        return "不加不减".to_owned();
    }
    let verb = if points < Points::ZERO { "扣" } else { "加" };
    format!("{verb}{}", amount(points, tariff))
}

/// A threshold that was reached or not.
pub(super) fn threshold(
    question: Question,
    value: Value,
    relation: &str,
    threshold: i64,
    points: Points,
    tariff: Tariff,
) -> String {
    let change = change(points, tariff);
    match value {
        Value::Untold => format!("未报告{}或无法计算，{change}", question.what),
        _ => format!("{}{}，{relation}{threshold}{}，{change}", question.what, told(value), value.unit()),
    }
}

/// Points for each of several.
pub(super) fn each(terms: &Each, value: Value, points: Points, tariff: Tariff) -> String {
    if value == Value::Untold {
        return format!("未报告{}，不加分", terms.of.what);
    }
    let (unit, step) = (value.unit(), if terms.per > 1 { terms.per.to_string() } else { String::new() });
    let beyond = if terms.beyond > 0 { format!("超过{}{unit}的部分", terms.beyond) } else { String::new() };
    let verb = if terms.points < Points::ZERO { "扣" } else { "加" };
    let (one, most) = (amount(abs(terms.points), tariff), amount(abs(terms.up_to), tariff));
    format!(
        "{}{}，{beyond}每{step}{unit}{verb}{one}，最多{most}，{}",
        terms.of.what,
        told(value),
        change(points, tariff)
    )
}

/// Points for each step that is missing.
pub(super) fn short(terms: &Short, value: Value, points: Points, tariff: Tariff) -> String {
    let change = change(points, tariff);
    if value == Value::Untold {
        return format!("未报告{}或无法计算，{change}", terms.of.what);
    }
    let (wanted, step) = match value {
        Value::Share(_) => (format!("{}%", terms.wanted), format!("{}个百分点", terms.step)),
        _ => (format!("{}{}", terms.wanted, value.unit()), format!("{}{}", terms.step, value.unit())),
    };
    let (one, most) = (amount(abs(terms.points), tariff), amount(abs(terms.up_to), tariff));
    format!(
        "{}{}，低于{wanted}，每低{step}扣{one}（不足的按{step}计），最多{most}，{change}",
        terms.of.what,
        told(value)
    )
}

/// A share of points.
pub(super) fn proportion(question: Question, value: Value, points: Points, tariff: Tariff) -> String {
    match value {
        Value::Share(_) => format!("{}{}，按比例计{}", question.what, told(value), amount(points, tariff)),
        _ => format!("未报告{}或无法计算，不得分", question.what),
    }
}

/// A value beside the threshold that the rule wants of it.
pub(super) fn against(question: Question, value: Value, relation: Relation, threshold: i64) -> Comparison {
    let unit = match value {
        Value::Untold | Value::Flag(_) => "",
        Value::Count(..) | Value::Share(_) | Value::Rate(..) => value.unit(),
    };
    Comparison::new(question.what, value.amount(), relation, number(threshold, unit))
}

/// What a reviewer counts beside what the member stated.
pub(super) fn recount(recount: &Recount) -> Comparison {
    Comparison::new("复核计数与填报数", number(recount.counted, ""), Relation::Equal, number(recount.stated, ""))
}

fn amount(points: Points, tariff: Tariff) -> String {
    let points = abs(points);
    match tariff {
        Tariff::Points => format!("{points}分"),
        Tariff::Hundredths => format!("本项分值的{points}%"),
    }
}

fn told(value: Value) -> String {
    match value {
        Value::Untold => "未报告".to_owned(),
        Value::Flag(flag) => if flag { "有" } else { "无" }.to_owned(),
        Value::Count(count, unit) => format!("{count}{unit}"),
        Value::Share(share) => {
            let (part, whole) = (share.numerator(), share.denominator());
            format!("{}%（{part}/{whole}）", share.percent(2).trimmed())
        }
        Value::Rate(rate, unit) => format!("{}{unit}", rate.trimmed()),
    }
}

fn abs(points: Points) -> Points {
    if points < Points::ZERO { -points } else { points }
}
