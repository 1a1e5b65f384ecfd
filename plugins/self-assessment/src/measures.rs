//! Indicators that rubrics share: counts and rates of complaints, exactly, with their definitions in one place.
//!
//! Work orders are believed before statistics: where a member sent its records, everything is counted from them. 核减 is never subtracted.

use huizong_sdk::{Date, Period, Ratio, Unit, ratio};

use crate::answers::Answers;
use crate::complaint_record::{ComplaintLevel, ComplaintRecord};
use crate::complaints::ComplaintStat;
use crate::control::KeyEventType;

/// Time limits in calendar days; a rubric keeps them as data, because they change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimits {
    /// For ordinary complaints.
    pub ordinary: i32,
    /// For complex and major ones.
    pub complex: i32,
    /// What an approved extension adds.
    pub extension: i32,
}

impl TimeLimits {
    /// 15 days, 30 if complex, 30 more with approval, as the notice of 2020 has it.
    pub const OF_2020: Self = Self { ordinary: 15, complex: 30, extension: 30 };

    /// The last day on which a complaint is closed in time; none while it has no day of receipt.
    pub fn due(self, record: &ComplaintRecord<'_>) -> Option<Date> {
        self.due_number(record).map(Date::of_number)
    }

    fn due_number(self, record: &ComplaintRecord<'_>) -> Option<i32> {
        let days = match record.level_or_ordinary() {
            ComplaintLevel::Ordinary => self.ordinary,
            ComplaintLevel::Complex | ComplaintLevel::Major => self.complex,
        };
        let extension = if record.extended == Some(true) { self.extension } else { 0 };
        Some(record.received_on?.number().saturating_add(days).saturating_add(extension))
    }
}

/// Complaints of a period, counted. Rates are none where their denominator is 0: then there is nothing to rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Accepted; withdrawn ones included.
    pub accepted: i64,
    /// Closed.
    pub closed: i64,
    /// Complaints whose time limit fell in the period.
    pub due: i64,
    /// Of these, closed in time.
    pub closed_in_time: i64,
    /// Repeated.
    pub repeated: i64,
    /// Escalated.
    pub escalated: i64,
    /// In which the institution was at fault.
    pub liable: i64,
    /// Valid follow-ups.
    pub followed_up: i64,
    /// Of these, satisfied.
    pub satisfied: i64,
}

impl Tally {
    /// 及时办结率: closed in time, of those whose limit fell in the period.
    pub const fn timeliness(&self) -> Option<Ratio> {
        ratio(self.closed_in_time, self.due)
    }

    /// 办结率: closed, of those accepted.
    pub const fn completion(&self) -> Option<Ratio> {
        ratio(self.closed, self.accepted)
    }

    /// 重复投诉率: repeated, of those accepted.
    pub const fn repetition(&self) -> Option<Ratio> {
        ratio(self.repeated, self.accepted)
    }

    /// 升级投诉率: escalated, of those accepted.
    pub const fn escalation(&self) -> Option<Ratio> {
        ratio(self.escalated, self.accepted)
    }

    /// 满意率: satisfied, of the valid follow-ups.
    pub const fn satisfaction(&self) -> Option<Ratio> {
        ratio(self.satisfied, self.followed_up)
    }

    /// 有责率: at fault, of those closed.
    pub const fn liability(&self) -> Option<Ratio> {
        ratio(self.liable, self.closed)
    }
}

/// Counts the complaints: from the records where there are any, else from the statistics. None where neither tells how many there were.
///
/// The statistics do not say whose limit fell in the period; there, all that were accepted count as due.
pub fn tally(answers: &Answers<'_>, limits: TimeLimits, period: Period) -> Option<Tally> {
    if answers.complaint_record.is_empty() {
        tally_of_statistics(answers)
    } else {
        Some(tally_of_records(&answers.complaint_record, limits, period))
    }
}

fn tally_of_records(records: &[ComplaintRecord<'_>], limits: TimeLimits, period: Period) -> Tally {
    let (start, end) = (period.start.number(), period.end.number());
    let mut tally = Tally::default();
    for record in records {
        tally.accepted += 1;
        tally.closed += i64::from(record.closed_on.is_some());
        tally.repeated += i64::from(record.repeat == Some(true));
        tally.escalated += i64::from(record.escalated == Some(true));
        tally.liable += i64::from(record.liable == Some(true) && record.closed_on.is_some());
        tally.followed_up += i64::from(record.satisfied.is_some());
        tally.satisfied += i64::from(record.satisfied == Some(true));
        if let Some(due) = limits.due_number(record).filter(|due| (start..=end).contains(due)) {
            tally.due += 1;
            tally.closed_in_time += i64::from(record.closed_on.is_some_and(|closed| closed.number() <= due));
        }
    }
    tally
}

fn tally_of_statistics(answers: &Answers<'_>) -> Option<Tally> {
    let accepted = stated_complaints(answers)?;
    let sum = |field: fn(&ComplaintStat<'_>) -> Option<i64>| {
        counted(answers).filter_map(field).fold(0_i64, i64::saturating_add)
    };
    Some(Tally {
        accepted,
        closed: sum(|stat| stat.closed),
        due: accepted,
        closed_in_time: sum(|stat| stat.closed_in_limit),
        repeated: sum(|stat| stat.repeated),
        escalated: sum(|stat| stat.escalated),
        liable: sum(|stat| stat.liable),
        followed_up: sum(|stat| stat.followed_up),
        satisfied: sum(|stat| stat.satisfied),
    })
}

/// The rows of the statistics that make up the total: those that count complaints and are no part of another.
fn counted<'a>(answers: &'a Answers<'_>) -> impl Iterator<Item = &'a ComplaintStat<'a>> {
    answers.complaint_stat.iter().filter(|stat| stat.subset_of.is_none() && stat.counts_complaints())
}

/// The total that the statistics state; none where there is no row, or one without a number.
pub fn stated_complaints(answers: &Answers<'_>) -> Option<i64> {
    counted(answers).map(ComplaintStat::cases).reduce(|sum, cases| sum?.checked_add(cases?))?
}

/// How many complaints: as many as there are records, else as the statistics state.
pub fn complaints(answers: &Answers<'_>) -> Option<i64> {
    match i64::try_from(answers.complaint_record.len()) {
        Ok(0) | Err(_) => stated_complaints(answers),
        Ok(records) => Some(records),
    }
}

/// Complaints that a source forwarded, by its code; 0 where the statistics do not name it.
pub fn complaints_from(answers: &Answers<'_>, source: &str) -> i64 {
    let of_source = counted(answers).filter(|stat| stat.source_code == Some(source));
    of_source.filter_map(ComplaintStat::cases).fold(0_i64, i64::saturating_add)
}

/// The denominators of rates: the federation's own numbers (attributes `outlet_count` and `personal_customer_count` of the org unit), else what
/// the member states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Denominators {
    /// Outlets.
    pub outlets: Option<i64>,
    /// Personal customers.
    pub personal_customers: Option<i64>,
}

impl Denominators {
    /// Of a member.
    pub fn of(answers: &Answers<'_>, unit: &Unit) -> Self {
        let number = |name: &str| unit.number(name).and_then(huizong_sdk::Decimal::as_whole);
        Self {
            outlets: number("outlet_count").or(answers.org_unit.outlet_count),
            personal_customers: number("personal_customer_count").or(answers.org_unit.personal_customer_count),
        }
    }

    /// Complaints per outlet.
    pub fn per_outlet(self, complaints: i64) -> Option<Ratio> {
        ratio(complaints, self.outlets?)
    }

    /// Complaints per 10,000 personal customers.
    pub fn per_ten_thousand_customers(self, complaints: i64) -> Option<Ratio> {
        ratio(complaints.saturating_mul(10_000), self.personal_customers?)
    }
}

/// How often a kind of key event happened; none where the member did not say, not even zero.
pub fn key_events(answers: &Answers<'_>, kind: KeyEventType) -> Option<i64> {
    let of_kind = answers.key_event.iter().filter(|event| event.r#type == kind).map(|event| event.count);
    of_kind.reduce(i64::saturating_add)
}
