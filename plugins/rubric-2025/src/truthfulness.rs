//! Truthfulness: what a reviewer's counting says of the numbers that a member stated.

use huizong_sdk::{Card, Comparison, Decimal, Relation, Review, number};

/// Names the breach where a reviewer counts a fifth more or less than was stated.
pub(crate) fn judge(card: &mut Card<'_>, review: &Review) {
    for adjustment in &review.value_adjustments {
        let (stated, counted) = (Decimal::from(adjustment.stated), Decimal::from(adjustment.counted));
        if !is_a_fifth_apart(stated, counted) {
            continue;
        }
        let reason = format!("填报{stated}，复核计为{counted}，相差两成及以上：{}", adjustment.reason);
        let comparison = Comparison::new("填报数与复核数", number(stated, ""), Relation::Equal, number(counted, ""));
        card.veto("untrue-data", reason).comparing(comparison).from(adjustment.at.as_str());
        // One level lower is the whole consequence, however many values are untrue.
        return;
    }
}

/// Whether two numbers differ by at least a fifth of the stated one; anything differs from nothing.
fn is_a_fifth_apart(stated: Decimal, counted: Decimal) -> bool {
    let apart = stated.distance(counted);
    let scale = apart.scale().max(stated.scale());
    let five_times = apart.digits_at(scale).saturating_mul(5);
    apart > Decimal::ZERO && five_times >= stated.digits_at(scale).saturating_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_told_exactly() {
        let apart = |stated: &str, counted: &str| is_a_fifth_apart(stated.parse().unwrap(), counted.parse().unwrap());
        assert!(apart("10", "8") && apart("10", "12.0") && apart("0", "1"));
        assert!(!apart("10", "8.01") && !apart("10", "11.99") && !apart("0", "0"));
    }
}
