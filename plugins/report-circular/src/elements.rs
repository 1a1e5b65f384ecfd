//! 各要素得分情况: the topmost criteria against their full marks.

use huizong_sdk::report::{RollUp, Table};
use huizong_sdk::results::{Element, mean, percent};
use huizong_sdk::{Decimal, Points};

use crate::paper::Paper;

pub(crate) fn write(paper: &mut Paper, roll_up: &RollUp) {
    let elements = roll_up.elements();
    paper.section("各要素得分情况");
    if let Some(text) = extremes(&elements) {
        paper.paragraph(text);
    }
    paper.table(table(&elements));
}

/// What share of the full marks everybody together has; none where the element does not count toward them.
pub(crate) fn rate(element: &Element<'_>) -> Option<Decimal> {
    let members = i64::try_from(element.points.len()).ok().filter(|_| element.is_base)?;
    let sum: Points = element.points.iter().copied().sum();
    percent(sum.thousandths(), element.full.max(Points::ZERO).times(members).thousandths())
}

/// The element with the lowest rate.
pub(crate) fn weakest<'e, 'r>(elements: &'e [Element<'r>]) -> Option<(&'e Element<'r>, Decimal)> {
    rated(elements).into_iter().min_by_key(|(_, rate)| *rate)
}

fn rated<'e, 'r>(elements: &'e [Element<'r>]) -> Vec<(&'e Element<'r>, Decimal)> {
    elements.iter().filter_map(|element| Some((element, rate(element)?))).collect()
}

fn extremes(elements: &[Element<'_>]) -> Option<String> {
    let rated = rated(elements);
    // Of equals the first one counts, as in the rubric.
    let (best, best_rate) = rated.iter().rev().max_by_key(|(_, rate)| *rate)?;
    let (worst, worst_rate) = weakest(elements)?;
    let text = format!(
        "从得分率看，“{}”最高，为{}%；“{}”最低，为{}%。各要素得分为逐项得分之和，总分另按封顶、否决等规则计算。",
        best.criterion.label.zh,
        best_rate.trimmed(),
        worst.criterion.label.zh,
        worst_rate.trimmed(),
    );
    Some(text)
}

fn table(elements: &[Element<'_>]) -> Table {
    let shown: Vec<&Element<'_>> = elements
        .iter()
        .filter(|element| element.is_base || element.points.iter().any(|points| *points != Points::ZERO))
        .collect();
    let of = || shown.iter().copied();
    let full = |element: &Element<'_>| element.is_base.then(|| Decimal::from(element.full).trimmed());
    let at_full = |element: &Element<'_>| {
        let count = element.points.iter().filter(|points| **points >= element.full).count();
        i64::try_from(count).ok().filter(|_| element.is_base).map(Decimal::whole)
    };
    Table::new("表3　各要素得分")
        .texts("要素", of().map(|element| element.criterion.label.zh.as_str()))
        .decimals("满分", "分", of().map(full))
        .decimals(
            "平均得分",
            "分",
            of().map(|element| mean(element.points.iter().copied().sum(), element.points.len())),
        )
        .decimals("得分率", "%", of().map(rate))
        .points("最高", of().map(|element| element.points.iter().copied().max().unwrap_or_default()))
        .points("最低", of().map(|element| element.points.iter().copied().min().unwrap_or_default()))
        .decimals("满分家数", "家", of().map(at_full))
        .noted("固定给分、加分和扣分的要素不计满分和得分率。")
}
