//! Periods and the calendar of working days: what a rubric may know of time, because a plugin has no clock.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// A span of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "PeriodParts", into = "PeriodParts")]
pub struct Period {
    start: Date,
    end: Date,
}

#[derive(Serialize, Deserialize)]
struct PeriodParts {
    start: Date,
    end: Date,
}

/// A period that would end before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a period must not end before it starts")]
pub struct ReversedPeriod;

impl Period {
    /// The period from `start` to `end`, both included.
    pub fn new(start: Date, end: Date) -> Result<Self, ReversedPeriod> {
        if start <= end { Ok(Self { start, end }) } else { Err(ReversedPeriod) }
    }

    /// The first day.
    pub const fn start(&self) -> Date {
        self.start
    }

    /// The last day.
    pub const fn end(&self) -> Date {
        self.end
    }

    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }
}

impl TryFrom<PeriodParts> for Period {
    type Error = ReversedPeriod;
    fn try_from(parts: PeriodParts) -> Result<Self, ReversedPeriod> {
        Self::new(parts.start, parts.end)
    }
}

impl From<Period> for PeriodParts {
    fn from(period: Period) -> Self {
        Self { start: period.start, end: period.end }
    }
}

/// Which days are worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Nothing is known outside.
    pub covers: Period,
    /// Days off that are not weekends, ascending.
    #[serde(default)]
    pub holidays: Vec<Date>,
    /// Weekend days that are worked, ascending.
    #[serde(default)]
    pub working_days: Vec<Date>,
}

impl Calendar {
    /// Whether a day is worked.
    pub fn is_worked(&self, day: Date) -> bool {
        if self.working_days.binary_search(&day).is_ok() {
            return true;
        }
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        !is_weekend && self.holidays.binary_search(&day).is_err()
    }
}
