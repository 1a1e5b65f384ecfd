//! Complaints in sum: the mechanism, the statistics by source, the breakdowns and the reductions asked for.

use huizong_sdk::{Date, Edtf, Quantity};
use serde::Deserialize;

use crate::day;

/// How complaints are handled (投诉机制).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplaintMechanism<'a> {
    /// The department that owns it.
    pub owner_department: Option<&'a str>,
    /// The hotline.
    pub hotline: Option<&'a str>,
    /// The time limit as the text states it, with its unit.
    #[serde(borrow)]
    pub sla: Option<Quantity<'a>>,
    /// The time limit in days.
    pub sla_days: Option<i64>,
    /// What those days are.
    pub sla_basis: Option<SlaBasis>,
    /// Whether a ledger is kept.
    pub ledger: Option<bool>,
    /// What the text says of the ledger.
    pub ledger_raw: Option<&'a str>,
    /// What the text says of accountability.
    pub accountability_raw: Option<&'a str>,
    /// Department and time limit by route.
    #[serde(borrow)]
    pub owner_by_route: Vec<ComplaintRoute<'a>>,
}

impl ComplaintMechanism<'_> {
    /// Whether any of it is told; where nothing is, it may not stand in the answers at all, and no pointer may lead to it.
    pub fn is_told(&self) -> bool {
        let words = [self.owner_department, self.hotline, self.ledger_raw, self.accountability_raw];
        let has_numbers = self.sla.is_some() || self.sla_days.is_some() || self.sla_basis.is_some();
        words.iter().any(Option::is_some) || has_numbers || self.ledger.is_some() || !self.owner_by_route.is_empty()
    }
}

/// One route by which complaints come in.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplaintRoute<'a> {
    /// The route.
    pub route: Option<&'a str>,
    /// The department.
    pub department: Option<&'a str>,
    /// The time limit in days.
    pub sla_days: Option<i64>,
    /// What those days are.
    pub sla_basis: Option<SlaBasis>,
}

/// What the days of a time limit are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlaBasis {
    /// 自然日
    CalendarDays,
    /// 工作日
    WorkingDays,
}

/// The statistics of one source (投诉统计).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplaintStat<'a> {
    /// The source, by code.
    pub source_code: Option<&'a str>,
    /// The source, in the text's words.
    pub source_raw: Option<&'a str>,
    /// The period that the figures cover, as EDTF.
    pub period: Option<Edtf>,
    /// The day up to which they run.
    #[serde(deserialize_with = "day::optional")]
    pub as_of: Option<Date>,
    /// What is counted.
    pub counts_what: Option<CountsWhat>,
    /// The source that this row is part of; such a row is not added to totals.
    pub subset_of: Option<&'a str>,
    /// The number as the text states it.
    #[serde(borrow)]
    pub count: Option<Quantity<'a>>,
    /// Received.
    pub received: Option<i64>,
    /// Accepted.
    pub accepted: Option<i64>,
    /// Withdrawn.
    pub withdrawn: Option<i64>,
    /// Closed.
    pub closed: Option<i64>,
    /// Of these, in time.
    pub closed_in_limit: Option<i64>,
    /// Extended with approval.
    pub extended: Option<i64>,
    /// Past their limit.
    pub overdue: Option<i64>,
    /// Repeated.
    pub repeated: Option<i64>,
    /// Escalated.
    pub escalated: Option<i64>,
    /// In which the institution was at fault.
    pub liable: Option<i64>,
    /// Valid follow-ups.
    pub followed_up: Option<i64>,
    /// Of these, satisfied.
    pub satisfied: Option<i64>,
    /// Of these, unsatisfied.
    pub unsatisfied: Option<i64>,
    /// Reductions that were asked for; shown beside, never subtracted.
    pub reduced: Option<i64>,
}

impl ComplaintStat<'_> {
    /// How many cases: accepted, else received, else as the text states it (its lower bound).
    pub fn cases(&self) -> Option<i64> {
        self.accepted.or(self.received).or_else(|| self.count.as_ref()?.whole())
    }

    /// Whether it counts complaints, by its own word or, where it says nothing, by the text's.
    pub fn counts_complaints(&self) -> bool {
        match self.counts_what {
            Some(counted) => matches!(counted, CountsWhat::Complaints | CountsWhat::ComplaintsAndSuggestions),
            None => self.source_code != Some("petition_visit"),
        }
    }
}

/// What a row of the statistics counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountsWhat {
    /// 投诉
    Complaints,
    /// 建议
    Suggestions,
    /// 投诉及建议: what no rate can be made of.
    ComplaintsAndSuggestions,
    /// 咨询
    Enquiries,
    /// 信访
    Petitions,
}

/// Complaints of one kind (投诉分类).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplaintBreakdown<'a> {
    /// The dimension, by code: `reason`, `category`, `business_channel`, `region`, `intake_channel`.
    pub dimension: Option<&'a str>,
    /// The kind, by the dimension's code.
    pub code: Option<&'a str>,
    /// How many.
    pub count: Option<i64>,
    /// Which share.
    #[serde(borrow)]
    pub share: Option<Quantity<'a>>,
}

/// A reduction that is asked for (核减).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplaintReduction<'a> {
    /// The record's number.
    pub number: Option<&'a str>,
    /// How many cases.
    pub count: Option<i64>,
    /// The type, by code.
    pub r#type: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
    /// What proves it.
    #[serde(borrow)]
    pub evidence: Vec<&'a str>,
}
