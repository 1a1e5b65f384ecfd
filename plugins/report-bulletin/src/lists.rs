//! Short lists of members, ten at most.

use huizong_sdk::report::{RollUp, Table};
use huizong_sdk::{Decimal, Points};

use crate::SELF_SCORE;

const LISTED_MAX: usize = 10;

/// The best by rank.
pub(crate) fn best(roll_up: &RollUp) -> Table {
    let mut order = roll_up.by_rank();
    order.truncate(LISTED_MAX);
    let total = |member: &usize| Points::from_thousandths(roll_up.totals[*member]);
    Table::new("得分前十")
        .counts("名次", "", order.iter().map(|member| roll_up.ranks[*member]))
        .texts("机构", order.iter().map(|member| roll_up.members[*member].name.as_str()))
        .points("得分", order.iter().map(total))
        .texts("等级", order.iter().map(|member| roll_up.grade_name(*member)))
}

/// Those whose own total lies farthest above the final one; none where nobody's does.
pub(crate) fn too_kind(roll_up: &RollUp) -> Option<Table> {
    let stated = roll_up.field(SELF_SCORE)?;
    let full = Decimal::from(Points::from_thousandths(roll_up.round.full_marks));
    let mut above: Vec<(usize, Decimal, Decimal)> = roll_up
        .total_points()
        .enumerate()
        .filter_map(|(member, total)| {
            let own = stated.number(member).filter(|own| *own <= full)?;
            let above = own.minus(total.into()).trimmed();
            (above > Decimal::ZERO).then_some((member, own, above))
        })
        .collect();
    let code = |member: usize| &roll_up.members[member].code;
    above.sort_by(|left, right| right.2.cmp(&left.2).then_with(|| code(left.0).cmp(code(right.0))));
    above.truncate(LISTED_MAX);
    if above.is_empty() {
        return None;
    }
    let table = Table::new("自评高出核定最多的机构")
        .texts("机构", above.iter().map(|(member, ..)| roll_up.members[*member].name.as_str()))
        .decimals("自评", "分", above.iter().map(|(_, own, _)| Some(own.trimmed())))
        .points("核定", above.iter().map(|(member, ..)| Points::from_thousandths(roll_up.totals[*member])))
        .decimals("高出", "分", above.iter().map(|(.., above)| Some(*above)));
    Some(table)
}
