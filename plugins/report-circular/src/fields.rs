//! What the circular takes out of the members' answers; nothing that names a person.

use huizong_sdk::report::{Taking, WantedField};
use huizong_sdk::{Label, label};

/// Complaints accepted in the period.
pub(crate) const ACCEPTED: &str = "/complaint_stat/*/accepted";
/// Of these, closed.
pub(crate) const CLOSED: &str = "/complaint_stat/*/closed";
/// Of these, closed within their limit.
pub(crate) const CLOSED_IN_LIMIT: &str = "/complaint_stat/*/closed_in_limit";
/// Past their limit.
pub(crate) const OVERDUE: &str = "/complaint_stat/*/overdue";
/// Repeated.
pub(crate) const REPEATED: &str = "/complaint_stat/*/repeated";
/// In which the institution was at fault.
pub(crate) const LIABLE: &str = "/complaint_stat/*/liable";
/// Followed up with an answer.
pub(crate) const FOLLOWED_UP: &str = "/complaint_stat/*/followed_up";
/// Of these, satisfied.
pub(crate) const SATISFIED: &str = "/complaint_stat/*/satisfied";
/// Personal customers, the denominator of complaints by customers.
pub(crate) const CUSTOMERS: &str = "/org_unit/personal_customer_count";
/// The member's own total.
pub(crate) const SELF_SCORE: &str = "/submission/self_score/value";
/// Training sessions, one by one.
pub(crate) const TRAINING: &str = "/training_event/*";
/// Campaign events, one by one.
pub(crate) const EVENTS: &str = "/campaign_event/*";

const FIELDS: [(&str, Taking, Label, &str); 12] = [
    (ACCEPTED, Taking::Sum, label("受理投诉", "Complaints accepted"), "件"),
    (CLOSED, Taking::Sum, label("办结投诉", "Complaints closed"), "件"),
    (CLOSED_IN_LIMIT, Taking::Sum, label("限期内办结", "Closed in time"), "件"),
    (OVERDUE, Taking::Sum, label("超期", "Overdue"), "件"),
    (REPEATED, Taking::Sum, label("重复投诉", "Repeated"), "件"),
    (LIABLE, Taking::Sum, label("有责投诉", "At fault"), "件"),
    (FOLLOWED_UP, Taking::Sum, label("有效回访", "Followed up"), "件"),
    (SATISFIED, Taking::Sum, label("回访满意", "Satisfied"), "件"),
    (CUSTOMERS, Taking::One, label("个人客户数", "Personal customers"), "户"),
    (SELF_SCORE, Taking::One, label("自评得分", "Self-assessed total"), "分"),
    (TRAINING, Taking::Count, label("培训场次", "Training sessions"), "场"),
    (EVENTS, Taking::Count, label("宣传活动场次", "Campaign events"), "场"),
];

/// The fields as the contract wants them.
pub(crate) fn wanted() -> Vec<WantedField> {
    let field = |(at, taking, label, unit): (&str, Taking, Label, &str)| WantedField {
        at: at.to_owned(),
        taking,
        label: label.into(),
        unit: unit.to_owned(),
    };
    FIELDS.map(field).into()
}
