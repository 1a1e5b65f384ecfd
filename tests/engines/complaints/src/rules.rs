//! The rules: what the counts are worth.

use crate::explanation::{Explanation, Line};
use crate::record::Record;
use crate::tally::{Tally, pointers_beyond};

/// Complaints that cost nothing.
const FREE: i64 = 20;

/// Scores the records and says why.
pub fn explain(records: &[Record]) -> Explanation {
    let tally = Tally::of(records);
    let lines = vec![
        volume(&tally, records.len()),
        timeliness(&tally),
        open(&tally),
        repetition(&tally),
        escalation(&tally),
        liability(&tally),
        satisfaction(&tally),
        levels(&tally),
    ];
    let total = lines.iter().map(|line| line.points).sum();
    Explanation { lines, total }
}

fn volume(tally: &Tally, records: usize) -> Line {
    let beyond = (tally.all - FREE).max(0);
    line(
        "volume",
        left(10_000, 50 * beyond),
        format!("共{}件投诉，超过{FREE}件的{beyond}件每件扣0.05分", tally.all),
        pointers_beyond(20, records),
    )
}

fn timeliness(tally: &Tally) -> Line {
    let in_time = tally.closed - tally.late.count;
    line(
        "timeliness",
        share(20_000, in_time, tally.closed),
        format!("办结{}件，其中限期内办结{in_time}件，逾期{}件", tally.closed, tally.late.count),
        tally.late.pointers(),
    )
}

fn open(tally: &Tally) -> Line {
    let open = &tally.open;
    line("open", left(5_000, 500 * open.count), format!("未办结{}件，每件扣0.5分", open.count), open.pointers())
}

fn repetition(tally: &Tally) -> Line {
    let repeated = &tally.repeated;
    line(
        "repetition",
        left(10_000, rate(100_000, repeated.count, tally.all)),
        format!("{}件投诉中重复{}件，每个百分点扣1分", tally.all, repeated.count),
        repeated.pointers(),
    )
}

fn escalation(tally: &Tally) -> Line {
    let escalated = &tally.escalated;
    line(
        "escalation",
        left(10_000, rate(200_000, escalated.count, tally.all)),
        format!("{}件投诉中升级{}件，每个百分点扣2分", tally.all, escalated.count),
        escalated.pointers(),
    )
}

fn liability(tally: &Tally) -> Line {
    let liable = &tally.liable;
    line(
        "liability",
        left(15_000, rate(30_000, liable.count, tally.closed)),
        format!("办结{}件中有责{}件，每个百分点扣0.3分", tally.closed, liable.count),
        liable.pointers(),
    )
}

fn satisfaction(tally: &Tally) -> Line {
    let asked = tally.satisfied + tally.unsatisfied.count;
    line(
        "satisfaction",
        share(20_000, tally.satisfied, asked),
        format!("有效回访{asked}件，满意{}件", tally.satisfied),
        tally.unsatisfied.pointers(),
    )
}

fn levels(tally: &Tally) -> Line {
    let complex = tally.grave.count - tally.major;
    let ordinary = tally.all - tally.grave.count;
    line(
        "levels",
        left(10_000, 10 * ordinary + 100 * complex + 1_000 * tally.major),
        format!("普通{ordinary}件每件扣0.01分，复杂{complex}件每件扣0.1分，重大{}件每件扣1分", tally.major),
        tally.grave.pointers(),
    )
}

const fn line(criterion: &'static str, points: i64, reason: String, sources: Vec<String>) -> Line {
    Line { criterion: std::borrow::Cow::Borrowed(criterion), points, reason, sources }
}

/// What is left of the most after a deduction.
fn left(most: i64, deduction: i64) -> i64 {
    (most - deduction).max(0)
}

/// The part of the most that is earned; all of it where there is nothing to rate.
const fn share(most: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 { most } else { most * part / whole }
}

/// What a rate costs; nothing where there is nothing to rate.
const fn rate(cost: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { cost * part / whole }
}
