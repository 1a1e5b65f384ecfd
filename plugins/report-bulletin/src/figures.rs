//! The bulletin in words: three sentences, a list of key figures, and the small print.

use huizong_sdk::report::{FieldColumn, RollUp, Run};
use huizong_sdk::results::{percent, spread};
use huizong_sdk::{Date, Decimal, Points};

use crate::charts::rated;
use crate::{ACCEPTED, CLOSED_IN_LIMIT};

/// How it went, where it is good and bad, and what is missing; the numbers stand out.
pub(crate) fn three_sentences(roll_up: &RollUp) -> Vec<Run> {
    [how_it_went(roll_up), where_it_is_good_and_bad(roll_up), what_is_missing(roll_up)].concat()
}

fn how_it_went(roll_up: &RollUp) -> Vec<Run> {
    let Some(spread) = spread(roll_up.total_points()) else {
        return vec![Run::plain("截至目前还没有一家的报送被采纳，得分无从谈起。")];
    };
    let best = roll_up.round.grades.first().zip(roll_up.grade_counts().first().copied());
    let best = best.map_or_else(String::new, |(grade, count)| format!("，其中{}{count}家", grade.label.zh));
    vec![
        Run::plain("今年"),
        Run::strong(format!("{}家", spread.count)),
        Run::plain("参评，平均"),
        Run::strong(format!("{}分", spread.mean)),
        Run::plain(format!("，中位数{}分{best}。", spread.median)),
    ]
}

fn where_it_is_good_and_bad(roll_up: &RollUp) -> Vec<Run> {
    let rated = rated(roll_up);
    let (Some(best), Some(worst)) =
        (rated.iter().rev().max_by_key(|one| one.rate), rated.iter().min_by_key(|one| one.rate))
    else {
        return Vec::new();
    };
    let losses = roll_up.losses();
    let loss = losses.first().map_or_else(String::new, |loss| {
        format!("，丢分最多的一项是“{}”，{}家中招", loss.criterion.label.zh, loss.members)
    });
    vec![
        Run::plain(format!("“{}”做得最好（得分率{}%），", best.label, best.rate.trimmed())),
        Run::strong(format!("“{}”最弱（{}%）", worst.label, worst.rate.trimmed())),
        Run::plain(format!("{loss}。")),
    ]
}

fn what_is_missing(roll_up: &RollUp) -> Vec<Run> {
    let lists = [("未报", &roll_up.missing), ("未过校验", &roll_up.blocked), ("迟报", &roll_up.late)];
    let told: Vec<String> = lists
        .iter()
        .filter(|(_, units)| !units.is_empty())
        .map(|(what, units)| format!("{what}{}家", units.len()))
        .collect();
    if told.is_empty() {
        return vec![Run::plain("应报的都按时报了。")];
    }
    vec![Run::plain("还有"), Run::strong(told.join("、")), Run::plain("，需要盯紧。")]
}

/// One figure a line, the label first.
pub(crate) fn key_figures(roll_up: &RollUp) -> Vec<String> {
    let accepted = i64::try_from(roll_up.members.len()).unwrap_or(i64::MAX);
    let mut figures = vec![format!(
        "采纳：{accepted} / {} 家{}",
        roll_up.expected,
        in_brackets(percent(accepted, roll_up.expected.into()))
    )];
    if let Some(spread) = spread(roll_up.total_points()) {
        let full = Points::from_thousandths(roll_up.round.full_marks);
        figures.push(format!("得分区间：{} 至 {} 分，满分 {full} 分", spread.lowest, spread.highest));
    }
    if let Some((sum, members)) = known(roll_up, ACCEPTED) {
        let in_time = in_time(roll_up).map_or_else(String::new, |rate| format!("，限期内办结 {}%", rate.trimmed()));
        figures.push(format!("受理投诉：{sum} 件（{members} 家填报）{in_time}"));
    }
    let findings: u64 = roll_up.findings.iter().map(|count| u64::from(count.findings)).sum();
    figures.push(format!("校验提示：{findings} 条，分属 {} 类问题", roll_up.findings.len()));
    figures
}

fn in_brackets(share: Option<Decimal>) -> String {
    share.map_or_else(String::new, |share| format!("（{}%）", share.trimmed()))
}

/// The sum of a field, and of how many members it is; none where nobody stated it.
fn known(roll_up: &RollUp, at: &str) -> Option<(Decimal, u32)> {
    let (sum, members) = roll_up.field(at)?.sum();
    (members > 0).then(|| (sum.trimmed(), members))
}

/// Over those who stated both numbers.
fn in_time(roll_up: &RollUp) -> Option<Decimal> {
    let (part, whole) = (roll_up.field(CLOSED_IN_LIMIT)?, roll_up.field(ACCEPTED)?);
    let whole_number = |field: &FieldColumn, member| field.number(member).and_then(Decimal::as_whole);
    let both = (0..roll_up.members.len())
        .filter_map(|member| Some((whole_number(part, member)?, whole_number(whole, member)?)))
        .fold((0_i64, 0_i64), |sums, (part, whole)| (sums.0.saturating_add(part), sums.1.saturating_add(whole)));
    percent(both.0, both.1)
}

/// By which rubric, and who is not in the numbers.
pub(crate) fn small_print(roll_up: &RollUp) -> String {
    let round = &roll_up.round;
    let outside = match (roll_up.exempt.len(), roll_up.merged.len()) {
        (0, 0) => String::new(),
        (exempt, merged) => format!("豁免{exempt}家、已合并{merged}家不在应报之列。"),
    };
    format!(
        "依据《{}》{}版，报告期{}至{}。{outside}得分率按各要素满分计算，不含加分和扣分。结果不得用于广告宣传。",
        round.rubric_title.zh,
        round.rubric_version,
        day(round.period.start),
        day(round.period.end),
    )
}

/// `2024年1月15日`
pub(crate) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year, date.month, date.day)
}
