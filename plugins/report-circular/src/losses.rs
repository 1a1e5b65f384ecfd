//! 主要失分指标: where most points were lost, and what the rubric wants there.

use huizong_sdk::Points;
use huizong_sdk::report::{RollUp, Table};
use huizong_sdk::results::{Loss, mean, percent};

use crate::paper::Paper;
use crate::wording::share;

const LISTED_MAX: usize = 10;
const TOLD_MAX: usize = 3;

pub(crate) fn write(paper: &mut Paper, roll_up: &RollUp) {
    paper.section("主要失分指标");
    let losses = roll_up.losses();
    if losses.is_empty() {
        paper.paragraph("各成员行社在各项指标上均未失分。");
        return;
    }
    let listed = &losses[..losses.len().min(LISTED_MAX)];
    let sum = |losses: &[Loss<'_>]| losses.iter().map(|loss| loss.lost).sum::<Points>();
    let of_all = percent(sum(listed).thousandths(), sum(&losses).thousandths()).filter(|_| listed.len() < losses.len());
    let of_all = of_all.map_or_else(String::new, |share| format!("，合计占全部失分的{}%", share.trimmed()));
    paper.paragraph(format!("共有{}项指标出现失分，失分最多的{}项见表4{of_all}。", losses.len(), listed.len()));
    paper.table(table(roll_up, listed));
    for loss in listed.iter().take(TOLD_MAX) {
        paper.point(&told(roll_up, loss));
    }
}

fn told(roll_up: &RollUp, loss: &Loss<'_>) -> String {
    let each = mean(loss.lost, usize::try_from(loss.members).unwrap_or(usize::MAX));
    let each = each.map_or_else(String::new, |each| format!("，失分行社平均失{each}分"));
    let guidance = &loss.criterion.guidance.zh;
    let wanted = if guidance.is_empty() { String::new() } else { format!("评分要求：{guidance}") };
    format!(
        "{}。{}家失分{}{each}。{wanted}",
        loss.criterion.label.zh,
        loss.members,
        share(loss.members, roll_up.members.len()),
    )
}

fn table(roll_up: &RollUp, losses: &[Loss<'_>]) -> Table {
    let members = roll_up.members.len();
    let whole = i64::try_from(members).unwrap_or(i64::MAX);
    Table::new("表4　失分最多的指标")
        .counts("序号", "", (1_i64..).take(losses.len()))
        .texts("指标", losses.iter().map(|loss| loss.criterion.label.zh.as_str()))
        .points("满分", losses.iter().map(|loss| loss.full))
        .counts("失分家数", "家", losses.iter().map(|loss| loss.members))
        .decimals("失分面", "%", losses.iter().map(|loss| percent(loss.members.into(), whole)))
        .points("失分合计", losses.iter().map(|loss| loss.lost))
        .decimals("家均失分", "分", losses.iter().map(|loss| mean(loss.lost, members)))
}
