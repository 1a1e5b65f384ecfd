//! The cohort pass: points that stand in proportion to the best, the shortest, the median, or follow from a rank.

use huizong_sdk::{
    Column, Comparison, Decimal, Exact, Order, Points, Ratio, Relation, Settling, number, points, ratio,
};

/// What the cohort pass is worth, by criterion.
const EVENTS: Points = points("9");
const SPEED: Points = points("6");
const VOLUME: Points = points("6");

/// Points for the best: up to so many per cent of those that were ranked, in ascending order.
const RANKS: [(u32, Points); 3] = [(5, points("3")), (10, points("2")), (20, points("1"))];

/// Gives every criterion of the cohort pass its column.
pub(crate) fn compare(settling: &mut Settling<'_>) {
    events(settling);
    speed(settling);
    volume(settling);
    rank(settling);
}

/// 本机构数值 ÷ 最大值 × 9.
fn events(settling: &mut Settling<'_>) {
    let column = settling.measure("education-events");
    let open = settling.column("education.events", format!("本机构场次÷同组最大场次×{EVENTS}分，未报告的不得分"));
    let open = open.by_measure("education-events").with_statistic(counted(column));
    let open = match column.max() {
        Some(max) => open.with_statistic(statistic("同组最大场次", max, "场")),
        None => open,
    };
    open.points(column.relative_to_max(EVENTS));
}

/// 最小值 ÷ 本机构数值 × 6. Members without a complaint have a mean of 0 and take no part in the minimum.
fn speed(settling: &mut Settling<'_>) {
    let column = settling.measure("mean-days-to-close");
    let shortest = least_above_nothing(column, settling.members());
    let reason = format!("同组最短平均办结天数÷本机构平均办结天数×{SPEED}分，没有投诉的得满分，没有工单明细的不得分");
    let open = settling.column("complaints.speed", reason);
    let open = open.by_measure("mean-days-to-close").with_statistic(counted(column));
    let open = match shortest {
        Some(shortest) => open.with_statistic(statistic("同组最短平均办结天数", shortest, "天")),
        None => open,
    };
    open.points(|member| share(column.value(member), shortest, SPEED));
}

/// 中位数 ÷ 本机构数值 × 6, at most 6.
fn volume(settling: &mut Settling<'_>) {
    let column = settling.measure("complaints-per-10000");
    let median = column.median();
    let reason = format!("同组中位数÷本机构每万个人客户投诉件数×{VOLUME}分，最多{VOLUME}分，无法计算的不得分");
    let open = settling.column("complaints.volume", reason);
    let open = open.by_measure("complaints-per-10000").with_statistic(counted(column));
    let open = match median {
        Some(median) => open.with_statistic(statistic("同组中位数", median, "件/万户")),
        None => open,
    };
    open.points(|member| share(column.value(member), median, VOLUME));
}

/// Points by rank of satisfaction; equals share them.
fn rank(settling: &mut Settling<'_>) {
    let column = settling.measure("survey-satisfaction");
    let ranked = column.count();
    let ranks = column.ranks(Order::HighestFirst);
    let reason = "调查满意率居同组前5%的加3分，前10%的加2分，前20%的加1分，名次数按向上取整，并列同分";
    let open = settling.column("bonus.rank", reason).by_measure("survey-satisfaction").with_statistic(counted(column));
    let open = match column.mean() {
        Some(mean) => open.with_statistic(statistic("同组平均满意率", mean, "%")),
        None => open,
    };
    open.points(|member| ranks[member].map_or(Points::ZERO, |rank| bonus(rank, ranked)));
}

/// What a rank among so many earns.
fn bonus(rank: u32, ranked: usize) -> Points {
    let ranked = u32::try_from(ranked).unwrap_or(u32::MAX);
    let is_within = |percent: u32| rank <= ranked.saturating_mul(percent).div_ceil(100);
    RANKS.iter().find(|(percent, _)| is_within(*percent)).map_or(Points::ZERO, |&(_, points)| points)
}

/// The points when a reference stands to a member's own value: all where its value is not above it, nothing where it is unknown.
fn share(own: Option<Decimal>, reference: Option<Decimal>, full: Points) -> Exact {
    let Some(own) = own else { return Exact::ZERO };
    if own <= reference.unwrap_or(Decimal::ZERO) || own <= Decimal::ZERO {
        return full.into();
    }
    // Both have the measure's scale, so that their digits stand in the same ratio.
    let share: Option<Ratio> = reference.and_then(|reference| ratio(reference.digits(), own.digits()));
    share.map_or(Exact::ZERO, |share| full * share)
}

fn least_above_nothing(column: Column<'_>, members: usize) -> Option<Decimal> {
    (0..members).filter_map(|member| column.value(member)).filter(|value| *value > Decimal::ZERO).min()
}

fn counted(column: Column<'_>) -> Comparison {
    let count = i64::try_from(column.count()).unwrap_or(i64::MAX);
    Comparison::new("参与比较的机构数", number(count, "家"), Relation::AtLeast, number(1, "家"))
}

/// A statistic is no rule; it is put beside itself.
fn statistic(what: &str, value: Decimal, unit: &str) -> Comparison {
    Comparison::new(what, number(value, unit), Relation::Equal, number(value, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_earn_by_their_share_of_the_ranked() {
        assert_eq!(
            [1, 6, 7, 12, 13, 24, 25].map(|rank| bonus(rank, 120)),
            ["3", "3", "2", "2", "1", "1", "0"].map(points)
        );
        assert_eq!([1, 2].map(|rank| bonus(rank, 3)), [points("3"), points("0")]);
    }

    #[test]
    fn whoever_is_not_above_the_reference_has_all() {
        let decimal = |digits| Some(Decimal::new(digits, 2));
        let earned = |own, reference| share(own, reference, points("6")).floor();
        assert_eq!(earned(decimal(300), decimal(400)), points("6"));
        assert_eq!(earned(decimal(800), decimal(400)), points("3"));
        assert_eq!(earned(decimal(0), None), points("6"));
        assert_eq!(earned(None, decimal(400)), points("0"));
    }
}
