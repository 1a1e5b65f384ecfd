//! Complaints one by one: the work orders (投诉工单), of which an institution may send a thousand.
//!
//! Flat and borrowed: nothing is allocated for a record beyond its place in the list.

use huizong_sdk::Date;
use serde::Deserialize;

use crate::day;

/// One work order.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplaintRecord<'a> {
    /// Its number.
    pub number: Option<&'a str>,
    /// The day on which it was taken in.
    #[serde(deserialize_with = "day::optional")]
    pub received_on: Option<Date>,
    /// The day on which it was closed; none while it is open.
    #[serde(deserialize_with = "day::optional")]
    pub closed_on: Option<Date>,
    /// The intake channel (受理渠道), by code.
    pub channel: Option<&'a str>,
    /// The channel of the business (业务办理渠道), by code.
    pub business_channel: Option<&'a str>,
    /// The category of business, by code.
    pub category: Option<&'a str>,
    /// The reason, by code.
    pub reason: Option<&'a str>,
    /// How serious it is; ordinary where it says nothing.
    pub level: Option<ComplaintLevel>,
    /// Who forwarded it, by code.
    pub source: Option<&'a str>,
    /// The outlet that it is about.
    pub outlet: Option<&'a str>,
    /// Whether it repeats an earlier one.
    pub repeat: Option<bool>,
    /// Whether it was taken higher.
    pub escalated: Option<bool>,
    /// Whether the institution was at fault.
    pub liable: Option<bool>,
    /// What the follow-up said; none without a valid one.
    pub satisfied: Option<bool>,
    /// Whether more time was granted.
    pub extended: Option<bool>,
    /// Whether it was withdrawn.
    pub withdrawn: Option<bool>,
    /// Why it took longer.
    pub overdue_reason: Option<&'a str>,
    /// The amount at stake, in yuan.
    pub amount: Option<&'a str>,
}

impl ComplaintRecord<'_> {
    /// Its level.
    pub fn level_or_ordinary(&self) -> ComplaintLevel {
        self.level.unwrap_or(ComplaintLevel::Ordinary)
    }
}

/// How serious a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintLevel {
    /// 普通
    Ordinary,
    /// 复杂
    Complex,
    /// 重大
    Major,
}
