//! The bulletin's charts, each with the sentence that says what one should see in it.

use huizong_sdk::report::{Chart, ChartKind, RollUp};
use huizong_sdk::results::{mean, percent};
use huizong_sdk::{Decimal, Points};

const LOSSES_MAX: usize = 10;
/// Elements that a chart shows; a rubric without groups may have more topmost criteria than a page can hold.
const ELEMENTS_MAX: usize = 12;

/// An element that counts toward the full marks.
pub(crate) struct Rated {
    pub(crate) label: String,
    pub(crate) full: Points,
    pub(crate) mean: Decimal,
    /// In per cent of the full marks.
    pub(crate) rate: Decimal,
}

/// The elements that count toward the full marks, in the rubric's order.
pub(crate) fn rated(roll_up: &RollUp) -> Vec<Rated> {
    let rated = roll_up.elements().into_iter().filter(|element| element.is_base).filter_map(|element| {
        let sum: Points = element.points.iter().copied().sum();
        let members = i64::try_from(element.points.len()).ok()?;
        Some(Rated {
            label: element.criterion.label.zh.clone(),
            full: element.full,
            mean: mean(sum, element.points.len())?,
            rate: percent(sum.thousandths(), element.full.times(members).thousandths())?,
        })
    });
    rated.collect()
}

/// How many members took each grade.
pub(crate) fn grades(roll_up: &RollUp) -> Chart {
    let counts = roll_up.grade_counts();
    let labels = || roll_up.round.grades.iter().map(|grade| grade.label.zh.as_str());
    let most = labels().zip(&counts).rev().max_by_key(|(_, count)| **count);
    let sentence = most.map_or_else(String::new, |(label, count)| {
        let share = percent((*count).into(), i64::try_from(roll_up.members.len()).unwrap_or(i64::MAX));
        let share = share.map_or_else(String::new, |share| format!("，占{}%", share.trimmed()));
        format!("{label}最多，{count}家{share}。")
    });
    Chart::new(ChartKind::Column, "等级分布", "家", sentence, labels())
        .series("家数", counts.iter().map(|count| Decimal::from(*count)))
}

/// What the members have on average of each element, against the full marks; the weakest first where not all have room.
pub(crate) fn elements(roll_up: &RollUp) -> Chart {
    let mut rated = rated(roll_up);
    if rated.len() > ELEMENTS_MAX {
        rated.sort_by_key(|element| element.rate);
        rated.truncate(ELEMENTS_MAX);
    }
    let gap = rated.iter().rev().max_by_key(|element| Decimal::from(element.full).minus(element.mean));
    let sentence = gap.map_or_else(
        || "本细则没有计入满分的要素。".to_owned(),
        |element| {
            let gap = Decimal::from(element.full).minus(element.mean).rescaled(2);
            format!("离满分最远的是“{}”，平均还差{gap}分。", element.label)
        },
    );
    Chart::new(
        ChartKind::Bar,
        "各要素平均得分与满分",
        "分",
        sentence,
        rated.iter().map(|element| element.label.as_str()),
    )
    .series("平均得分", rated.iter().map(|element| element.mean))
    .series("满分", rated.iter().map(|element| Decimal::from(element.full).trimmed()))
}

/// Where most points were lost; none where nobody lost any.
pub(crate) fn losses(roll_up: &RollUp) -> Option<Chart> {
    let mut losses = roll_up.losses();
    losses.truncate(LOSSES_MAX);
    let first = losses.first()?;
    let each = |lost: Points| mean(lost, roll_up.members.len()).unwrap_or_default();
    let sentence = format!(
        "“{}”丢分最多，{}家失分，全体平均每家丢{}分。",
        first.criterion.label.zh,
        first.members,
        each(first.lost),
    );
    let labels = losses.iter().map(|loss| loss.criterion.label.zh.as_str());
    let caption = if losses.len() == LOSSES_MAX {
        "丢分最多的十项（每家平均）"
    } else {
        "丢分的各项（每家平均）"
    };
    let chart = Chart::new(ChartKind::Bar, caption, "分", sentence, labels)
        .series("每家平均丢分", losses.iter().map(|loss| each(loss.lost)));
    Some(chart)
}
