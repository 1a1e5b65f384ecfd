//! The answers, as far as this rubric reads them; whatever else they hold is skipped.

use serde::Deserialize;

use crate::day::Day;

/// The answers of a member.
#[derive(Debug, Default, Deserialize)]
pub struct Answers {
    /// The work orders, in the order in which they were handed in.
    #[serde(default)]
    pub complaint_record: Vec<Record>,
}

/// One work order.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Record {
    /// The day on which it was taken in.
    pub received_on: Day,
    /// The day on which it was closed; none while it is open.
    #[serde(default)]
    pub closed_on: Option<Day>,
    /// How serious it is.
    pub level: Level,
    /// Whether more time was granted.
    #[serde(default)]
    pub extended: bool,
    /// Whether it repeats an earlier one.
    #[serde(default)]
    pub repeat: bool,
    /// Whether it was taken higher.
    #[serde(default)]
    pub escalated: bool,
    /// Whether the institution was at fault.
    #[serde(default)]
    pub liable: bool,
    /// What the follow-up said; none without a valid one.
    #[serde(default)]
    pub satisfied: Option<bool>,
}

/// How serious a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 普通
    Ordinary,
    /// 复杂
    Complex,
    /// 重大
    Major,
}

impl Record {
    /// The last day on which it is closed in time: after 15 days, 30 unless it is ordinary, 30 more where more time was granted.
    pub const fn due(&self) -> Day {
        let days = match self.level {
            Level::Ordinary => 15,
            Level::Complex | Level::Major => 30,
        };
        self.received_on.plus(if self.extended { days + 30 } else { days })
    }
}
