//! Deductions that no single fact of the year decides: late submission, two bad years in a row, numbers that a reviewer corrected.

use huizong_sdk::answers::decode;
use huizong_sdk::{
    Card, Comparison, Context, Decimal, EarlierPeriod, Period, Place, Points, Ratio, Relation, Review, number, points,
};
use self_assessment::Answers;
use self_assessment::facts::{Facts, complaints::CLOSED_IN_TIME};
use self_assessment::measures::TimeLimits;

/// What late submission costs: up to so many hours, so many points; in ascending order.
const LATENESS: [(u32, Points); 3] = [(24, points("1")), (72, points("2")), (168, points("3"))];

/// What it costs beyond the last of them.
const VERY_LATE: Points = points("5");

/// The rate of complaints closed in time, in per cent, under which a year is a bad one.
const TIMELY_PERCENT_MIN: i64 = 95;

/// What two bad years in a row cost.
const TWO_BAD_YEARS: Points = points("3");

/// What each corrected value costs.
const CORRECTION: Points = points("0.5");

/// Writes the line on late submission.
pub(crate) fn lateness(card: &mut Card<'_>, review: &Review) {
    let line = card.line("discipline.late");
    let hours = review.hours_late;
    let in_time = Comparison::new("迟报小时数", number(hours, "小时"), Relation::AtMost, number(0_u32, "小时"));
    if hours == 0 {
        line.base(Points::ZERO, "按时报送").comparing(in_time);
        return;
    }
    let lost = LATENESS.iter().find(|(up_to, _)| hours <= *up_to).map_or(VERY_LATE, |&(_, lost)| lost);
    line.deduct(lost, format!("迟报{hours}小时，扣{lost}分")).comparing(in_time).from(Place::whole());
}

/// Writes the line on two bad years in a row.
pub(crate) fn two_years(card: &mut Card<'_>, facts: &Facts<'_>, period: Period, context: &Context) {
    let this_year = CLOSED_IN_TIME.asked_of(facts);
    let last_year = context
        .earlier
        .iter()
        .find(|earlier| is_the_year_before(earlier, period))
        .and_then(|earlier| timely(earlier, context));
    let line = card.line("discipline.two-years");
    let (Some(this), Some(last)) = (this_year.value.share(), last_year) else {
        let which = if last_year.is_none() { "上一年" } else { "本年" };
        line.base(Points::ZERO, format!("{which}没有可比的及时办结率，不扣分"));
        return;
    };
    let told =
        |what: &str, share: Ratio| Comparison::new(what, share, Relation::AtLeast, number(TIMELY_PERCENT_MIN, "%"));
    let is_bad = |share: Ratio| share.percent(2) < Decimal::whole(TIMELY_PERCENT_MIN);
    let shown = format!("本年{}%、上一年{}%", this.percent(2).trimmed(), last.percent(2).trimmed());
    let entry = if is_bad(this) && is_bad(last) {
        line.deduct(TWO_BAD_YEARS, format!("连续两年及时办结率低于{TIMELY_PERCENT_MIN}%：{shown}，扣{TWO_BAD_YEARS}分"))
    } else {
        line.base(Points::ZERO, format!("及时办结率没有连续两年低于{TIMELY_PERCENT_MIN}%：{shown}"))
    };
    let entry = entry.comparing(told("本年及时办结率", this)).comparing(told("上一年及时办结率", last));
    this_year.places.into_iter().fold(entry, huizong_sdk::OpenEntry::from);
}

/// Writes the line on values that a reviewer corrected.
pub(crate) fn accuracy(card: &mut Card<'_>, review: &Review) {
    let mut entry = card.line("discipline.accuracy").base(Points::ZERO, "评审核定数与填报数一致的不扣分");
    for adjustment in &review.value_adjustments {
        let (stated, counted) = (Decimal::from(adjustment.stated), Decimal::from(adjustment.counted));
        if stated != counted {
            let reason = format!("填报{stated}，核定{counted}，扣{CORRECTION}分：{}", adjustment.reason);
            let comparison =
                Comparison::new("填报数与核定数", number(stated, ""), Relation::Equal, number(counted, ""));
            entry = entry.deduct(CORRECTION, reason).comparing(comparison).from(adjustment.at.as_str());
        }
    }
}

/// Whether an earlier period ended on the day before this one began.
fn is_the_year_before(earlier: &EarlierPeriod, period: Period) -> bool {
    earlier.period.end.plus_days(1) == period.start
}

/// The rate of an earlier period; none where its answers do not tell it, or are of a form that is no longer read.
fn timely(earlier: &EarlierPeriod, context: &Context) -> Option<Ratio> {
    let answers: Answers<'_> = decode(&earlier.answers).ok()?;
    let nobody = Review::none();
    let facts = Facts::new(&answers, earlier.period, TimeLimits::OF_2020, &context.unit, &nobody);
    CLOSED_IN_TIME.asked_of(&facts).value.share()
}
