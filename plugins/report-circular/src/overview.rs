//! 总体情况: how many handed in, how they scored, how the grades fell.

use huizong_sdk::report::{RollUp, Table};
use huizong_sdk::results::{Spread, percent, spread};
use huizong_sdk::{Decimal, Points};
use std::collections::BTreeMap;

use crate::paper::Paper;
use crate::wording::{names, share};

/// Names of the best that are written into a sentence.
const BEST_NAMES_MAX: usize = 3;

pub(crate) fn write(paper: &mut Paper, roll_up: &RollUp) {
    paper.section("总体情况");
    paper.part("报送情况");
    paper.paragraph(handed_in(roll_up));
    let Some(spread) = spread(roll_up.total_points()) else {
        paper.paragraph("截至发文之日，尚无成员行社的报送被采纳，本轮不作得分统计。");
        return;
    };
    paper.part("得分情况");
    paper.paragraph(scores(roll_up, &spread));
    paper.part("等级分布");
    paper.paragraph(grades(roll_up));
    paper.table(grade_table(roll_up));
    if let Some(table) = kind_table(roll_up) {
        paper.part("分类情况");
        paper.table(table);
    }
}

fn handed_in(roll_up: &RollUp) -> String {
    let accepted = roll_up.members.len();
    let rate = percent(i64::try_from(accepted).unwrap_or(i64::MAX), roll_up.expected.into());
    let rate = rate.map_or_else(String::new, |rate| format!("，采纳率{}%", rate.trimmed()));
    let lists = [
        ("未报送", roll_up.missing.len()),
        ("报送后因校验未通过而暂缓采纳", roll_up.blocked.len()),
        ("迟报", roll_up.late.len()),
        ("豁免报送", roll_up.exempt.len()),
        ("已并入其他机构", roll_up.merged.len()),
    ];
    let told: Vec<String> =
        lists.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what}{count}家")).collect();
    let listed =
        if told.is_empty() { String::new() } else { format!("另有{}，名单见附件4。", told.join("，")) };
    format!("本轮应报送{}家，已采纳{accepted}家{rate}。{listed}", roll_up.expected)
}

fn scores(roll_up: &RollUp, spread: &Spread) -> String {
    let best: Vec<&str> = roll_up
        .by_rank()
        .into_iter()
        .filter(|member| roll_up.totals[*member] == spread.highest.thousandths())
        .map(|member| roll_up.members[member].name.as_str())
        .collect();
    let at_mean = at_or_above_mean(roll_up);
    format!(
        "{}家成员行社平均得分{}分（满分{}分），中位数{}分；最高{}分（{}），最低{}分，相差{}分。达到或超过平均分的{at_mean}家{}。",
        spread.count,
        spread.mean,
        Points::from_thousandths(roll_up.round.full_marks),
        spread.median,
        spread.highest,
        names(best.into_iter(), BEST_NAMES_MAX),
        spread.lowest,
        spread.highest - spread.lowest,
        share(at_mean, spread.count),
    )
}

/// How many have at least the mean, told from the exact sum and not from the rounded mean.
fn at_or_above_mean(roll_up: &RollUp) -> u32 {
    let sum: i128 = roll_up.totals.iter().map(|total| i128::from(*total)).sum();
    let count = i128::try_from(roll_up.totals.len()).unwrap_or(0);
    let above = roll_up.totals.iter().filter(|total| i128::from(**total) * count >= sum);
    u32::try_from(above.count()).unwrap_or(u32::MAX)
}

fn grades(roll_up: &RollUp) -> String {
    let counts = roll_up.grade_counts();
    let told: Vec<String> = roll_up
        .round
        .grades
        .iter()
        .zip(&counts)
        .filter(|(_, count)| **count > 0)
        .map(|(grade, count)| format!("{}{count}家{}", grade.label.zh, share(*count, roll_up.members.len())))
        .collect();
    format!("各等级分布为：{}。", told.join("，"))
}

fn grade_table(roll_up: &RollUp) -> Table {
    let (round, counts) = (&roll_up.round, roll_up.grade_counts());
    let whole = i64::try_from(roll_up.members.len()).unwrap_or(i64::MAX);
    let last = u32::try_from(round.grades.len()).unwrap_or(u32::MAX);
    let total: u32 = counts.iter().sum();
    let lower = |index: usize| {
        // The last grade takes everything that is left.
        let bound = round.grades.get(index).filter(|_| index + 1 < round.grades.len())?;
        Some(Decimal::from(Points::from_thousandths(bound.at_least)).trimmed())
    };
    let labels = round.grades.iter().map(|grade| grade.label.zh.as_str());
    Table::new("表1　等级分布")
        .texts("等级", labels.chain(["合计"]))
        .decimals("最低得分", "分", (0..=round.grades.len()).map(lower))
        .counts("家数", "家", counts.iter().copied().chain([total]))
        .decimals("占比", "%", counts.iter().chain([&total]).map(|count| percent((*count).into(), whole)))
        .strong(vec![last])
}

/// One row per kind of org unit; none where all are of one kind.
fn kind_table(roll_up: &RollUp) -> Option<Table> {
    let mut kinds: BTreeMap<&str, Vec<Points>> = BTreeMap::new();
    for (member, total) in roll_up.members.iter().zip(roll_up.total_points()) {
        kinds.entry(&member.kind).or_default().push(total);
    }
    if kinds.len() < 2 {
        return None;
    }
    let spreads: Vec<(&str, Spread)> =
        kinds.into_iter().filter_map(|(kind, totals)| Some((kind, spread(totals)?))).collect();
    let table = Table::new("表2　按机构类型")
        .texts("机构类型", spreads.iter().map(|(kind, _)| *kind))
        .counts("家数", "家", spreads.iter().map(|(_, spread)| i64::try_from(spread.count).unwrap_or(i64::MAX)))
        .decimals("平均得分", "分", spreads.iter().map(|(_, spread)| Some(spread.mean)))
        .decimals("中位数", "分", spreads.iter().map(|(_, spread)| Some(spread.median)))
        .points("最高", spreads.iter().map(|(_, spread)| spread.highest))
        .points("最低", spreads.iter().map(|(_, spread)| spread.lowest));
    Some(table)
}
