//! Bottom lines: what limits the total or lowers the grade, whatever the points.

use huizong_sdk::{Card, Comparison, Decimal, Effect, Relation, Review, Veto, label, number, points};
use self_assessment::facts::{Facts, control};
use self_assessment::scoring::veto_where_any;

/// The vetoes of the rubric.
pub(crate) const VETOES: &[Veto] = &[
    Veto::new(
        "mass-incident",
        label("群体性事件，总分最高59分", "A mass incident: at most 59"),
        Effect::AtMost(points("59")),
    ),
    Veto::new(
        "criminal-case",
        label("发生案件，直接评为最低等级", "A criminal case: the lowest grade"),
        Effect::Grade("e"),
    ),
    Veto::new("data-leak", label("信息泄露，降一级", "A leak of data: one grade lower"), Effect::Downgrade(1)),
    Veto::new("concealment", label("瞒报，降两级", "Concealment: two grades lower"), Effect::Downgrade(2)),
];

/// Names every breach that the answers or the review show.
pub(crate) fn judge(card: &mut Card<'_>, facts: &Facts<'_>) {
    veto_where_any(card, "mass-incident", control::MASS_INCIDENTS, facts);
    veto_where_any(card, "criminal-case", control::CASES, facts);
    veto_where_any(card, "data-leak", control::DATA_LEAKS, facts);
    concealment(card, facts.review);
}

/// The first complaint or key event of which a reviewer counts more than was stated; one is enough.
fn concealment(card: &mut Card<'_>, review: &Review) {
    let is_concealed = |at: &str| at.starts_with("/complaint_stat/") || at.starts_with("/key_event/");
    let more = review.value_adjustments.iter().find(|adjustment| {
        is_concealed(&adjustment.at) && Decimal::from(adjustment.counted) > Decimal::from(adjustment.stated)
    });
    let Some(adjustment) = more else { return };
    let (stated, counted) = (Decimal::from(adjustment.stated), Decimal::from(adjustment.counted));
    let reason = format!("填报{stated}，核定{counted}：{}", adjustment.reason);
    let comparison = Comparison::new("核定数不多于填报数", number(counted, ""), Relation::AtMost, number(stated, ""));
    card.veto("concealment", reason).comparing(comparison).from(adjustment.at.as_str());
}
