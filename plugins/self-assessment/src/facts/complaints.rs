//! Questions about complaints: the mechanism, the numbers and the rates.
//!
//! Work orders are believed before statistics. In these, rows that are part of another row, and rows that count suggestions, enquiries or
//! petitions, are left out of every sum.

use huizong_sdk::{Decimal, Ratio, Rounding, place, ratio};

use super::{Facts, Found, Question, Value};
use crate::complaints::{ComplaintMechanism, ComplaintStat};
use crate::measures::Tally;

/// A time limit of any kind.
pub const TIME_LIMIT: Question = Question::new("投诉办理时限", |facts| {
    of_mechanism(facts, |mechanism| {
        if mechanism.sla_days.is_some() {
            Some("sla_days")
        } else if mechanism.sla.as_ref().is_some_and(|limit| limit.value.is_some()) {
            Some("sla")
        } else {
            mechanism.owner_by_route.iter().any(|route| route.sla_days.is_some()).then_some("owner_by_route")
        }
    })
});

/// What the days of the time limit are.
pub const TIME_LIMIT_BASIS: Question = Question::new("办理时限的计日方式", |facts| {
    of_mechanism(facts, |mechanism| mechanism.sla_basis.map(|_| "sla_basis"))
});

/// A ledger.
pub const LEDGER: Question = Question::new("投诉台账", |facts| {
    of_mechanism(facts, |mechanism| match (mechanism.ledger, mechanism.ledger_raw) {
        (Some(true), _) => Some("ledger"),
        (None, Some(_)) => Some("ledger_raw"),
        (Some(false) | None, _) => None,
    })
});

/// Routes with a department of their own.
pub const OWNED_ROUTES: Question = Question::new("明确责任部门的受理路径", |facts| {
    let routes = &facts.answers.complaint_mechanism.owner_by_route;
    let owned = routes.iter().filter(|route| route.department.is_some()).count();
    match i64::try_from(owned) {
        Ok(count @ 1..) => Found::at(Value::Count(count, "条"), place("complaint_mechanism").field("owner_by_route")),
        _ => Found::untold(),
    }
});

/// Complaints taken in.
pub const COMPLAINTS: Question = Question::new("受理投诉", |facts| match facts.of_records {
    Some(tally) => Found::at(Value::Count(tally.accepted, "件"), place("complaint_record")),
    None => facts.sum("complaint_stat", &facts.answers.complaint_stat, "件", |row| {
        Some((cases_field(row), complaints(row)?.cases()?))
    }),
});

/// Complaints that were closed.
pub const CLOSED_SHARE: Question = Question::new("投诉办结率", |facts| {
    rate(facts, Ratio::ONE, Tally::completion, |facts| share_of_all(facts, "closed", |row| row.closed))
});

/// Complaints closed in time, of those whose limit fell in the period; where only statistics tell, of all.
pub const CLOSED_IN_TIME: Question = Question::new("及时办结率", |facts| {
    rate(facts, Ratio::ONE, Tally::timeliness, |facts| {
        share_of_all(facts, "closed_in_limit", |row| row.closed_in_limit)
    })
});

/// Complaints that repeat earlier ones.
pub const REPEATED_SHARE: Question = Question::new("重复投诉率", |facts| {
    rate(facts, Ratio::ZERO, Tally::repetition, |facts| share_of_all(facts, "repeated", |row| row.repeated))
});

/// Complaints that were taken higher.
pub const ESCALATED_SHARE: Question = Question::new("升级投诉率", |facts| {
    rate(facts, Ratio::ZERO, Tally::escalation, |facts| share_of_all(facts, "escalated", |row| row.escalated))
});

/// Complaints in which the institution was at fault, of those that were closed.
pub const LIABLE_SHARE: Question = Question::new("有责投诉率", |facts| {
    let of_closed =
        |facts: &Facts<'_>| sum(facts, "liable", |row| row.liable).share_of(sum(facts, "closed", |row| row.closed));
    rate(facts, Ratio::ZERO, Tally::liability, of_closed)
});

/// Satisfied complainants among valid follow-ups.
pub const FOLLOW_UP_SATISFACTION: Question = Question::new("投诉回访满意率", |facts| {
    let of_followed_up = |facts: &Facts<'_>| {
        sum(facts, "satisfied", |row| row.satisfied).share_of(sum(facts, "followed_up", |row| row.followed_up))
    };
    match facts.of_records {
        Some(tally) => tally
            .satisfaction()
            .map_or_else(Found::untold, |share| Found::at(Value::Share(share), place("complaint_record"))),
        None => rate(facts, Ratio::ONE, Tally::satisfaction, of_followed_up),
    }
});

/// Complaints per ten thousand personal customers, to four places.
pub const PER_TEN_THOUSAND_CUSTOMERS: Question = Question::new("每万个人客户投诉件数", |facts| {
    per(COMPLAINTS.asked_of(facts), 10_000, &facts.personal_customers(), "件/万户")
});

/// Complaints per outlet, to four places.
pub const PER_OUTLET: Question =
    Question::new("每网点投诉件数", |facts| per(COMPLAINTS.asked_of(facts), 1, &facts.outlets(), "件/个"));

/// How many days a complaint took from its receipt to its end, on average over the closed work orders; 0 where there was no complaint.
pub const MEAN_DAYS_TO_CLOSE: Question = Question::new("平均办结天数", |facts| {
    let closed = facts.answers.complaint_record.iter().filter_map(|record| record.received_on.zip(record.closed_on));
    let (count, days) = closed.fold((0_i64, 0_i64), |(count, days), (received, closed)| {
        (count + 1, days.saturating_add(i64::from(received.days_until(closed)).max(0)))
    });
    match ratio(days, count) {
        Some(mean) => Found::at(Value::Rate(mean.decimal(2, Rounding::HalfEven), "天"), place("complaint_record")),
        None if COMPLAINTS.asked_of(facts).value.count() == Some(0) => Found::of(Value::Rate(Decimal::ZERO, "天")),
        None => Found::untold(),
    }
});

/// Dimensions by which complaints are broken down.
pub const BREAKDOWN_DIMENSIONS: Question = Question::new("投诉分类统计维度", |facts| {
    let rows = &facts.answers.complaint_breakdown;
    let is_first = |index: usize| {
        let dimension = rows[index].dimension;
        dimension.is_some() && rows[..index].iter().rev().all(|row| row.dimension != dimension)
    };
    let dimensions = (0..rows.len()).filter(|&index| is_first(index)).count();
    match i64::try_from(dimensions) {
        Ok(count @ 1..) => Found::at(Value::Count(count, "个"), place("complaint_breakdown")),
        _ => Found::untold(),
    }
});

/// So many times a number for each of another.
fn per(counted: Found, times: i64, of: &Found, unit: &'static str) -> Found {
    let numbers = counted.value.count().zip(of.value.count().filter(|&count| count > 0));
    let rate = numbers.and_then(|(count, of)| ratio(count.checked_mul(times)?, of));
    let value = rate.map_or(Value::Untold, |rate| Value::Rate(rate.decimal(4, Rounding::HalfEven), unit));
    Found { value, ..counted }
}

/// The row, where it counts complaints of its own.
fn complaints<'r, 'a>(row: &'r ComplaintStat<'a>) -> Option<&'r ComplaintStat<'a>> {
    (row.subset_of.is_none() && row.counts_complaints()).then_some(row)
}

fn cases_field(row: &ComplaintStat<'_>) -> &'static str {
    match (row.accepted, row.received) {
        (Some(_), _) => "accepted",
        (None, Some(_)) => "received",
        (None, None) => "count",
    }
}

fn sum(facts: &Facts<'_>, field: &'static str, told: fn(&ComplaintStat<'_>) -> Option<i64>) -> Found {
    facts.sum("complaint_stat", &facts.answers.complaint_stat, "件", |row| Some((field, told(complaints(row)?)?)))
}

fn share_of_all(facts: &Facts<'_>, field: &'static str, told: fn(&ComplaintStat<'_>) -> Option<i64>) -> Found {
    sum(facts, field, told).share_of(COMPLAINTS.asked_of(facts))
}

/// A rate: from the work orders, else from the statistics. Where there was no complaint, nothing was late and nothing went wrong.
fn rate(
    facts: &Facts<'_>,
    of_none: Ratio,
    of_records: fn(&Tally) -> Option<Ratio>,
    of_statistics: impl Fn(&Facts<'_>) -> Found,
) -> Found {
    if let Some(tally) = facts.of_records {
        let share = of_records(&tally).unwrap_or(of_none);
        return Found::at(Value::Share(share), place("complaint_record"));
    }
    let all = COMPLAINTS.asked_of(facts);
    if all.value.count() == Some(0) {
        return Found { value: Value::Share(of_none), ..all };
    }
    of_statistics(facts)
}

/// Whether the mechanism has something, by the field that shows it; else where to look for it.
fn of_mechanism(facts: &Facts<'_>, shown_by: impl Fn(&ComplaintMechanism<'_>) -> Option<&'static str>) -> Found {
    let mechanism = &facts.answers.complaint_mechanism;
    match shown_by(mechanism) {
        Some(field) => Found::at(Value::Flag(true), place("complaint_mechanism").field(field)),
        None if mechanism.is_told() => Found::at(Value::Flag(false), place("complaint_mechanism")),
        None => Found::of(Value::Flag(false)),
    }
}
