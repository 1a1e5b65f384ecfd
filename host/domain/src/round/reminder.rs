//! When members are reminded: some days before and after a round is due, in the morning of a day that is worked.

use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::Round;
use crate::limits::REMINDER_KEEPS;

/// The hour of a day at which offices are reminded.
const MORNING: i8 = 9;
/// Days off in a row after which a calendar is not believed any more.
const DAYS_OFF_MAX: usize = 31;

impl Round {
    /// When the reminder of so many days after the due date (before it where negative) is given: where that day is off, on the last day before
    /// it that is worked; behind the due date on the first one after it. None outside the calendar of mankind.
    pub fn reminder_at(&self, days: i16, zone: &TimeZone) -> Option<Timestamp> {
        let due_on = self.due_at.to_zoned(zone.clone()).date();
        let day = due_on.checked_add(Span::new().days(i64::from(days))).ok()?;
        let next: fn(Date) -> Result<Date, jiff::Error> = if days > 0 { Date::tomorrow } else { Date::yesterday };
        let mut worked = day;
        for _ in 0..DAYS_OFF_MAX {
            if self.calendar.is_worked(worked) {
                break;
            }
            worked = next(worked).ok()?;
        }
        let morning = worked.to_datetime(time(MORNING, 0, 0, 0)).to_zoned(zone.clone()).ok()?;
        Some(morning.timestamp())
    }

    /// The reminder whose time has come: of those whose time is past the latest, as long as it is worth giving. After a standstill members get one
    /// reminder and not all that were missed.
    pub fn reminder_by(&self, now: Timestamp, zone: &TimeZone) -> Option<i16> {
        let timed = self.policy.reminders.iter().filter_map(|days| Some((self.reminder_at(*days, zone)?, *days)));
        let (at, days) = timed.filter(|(at, _)| *at <= now).max()?;
        let age = now.duration_since(at);
        (age.as_secs() <= i64::try_from(REMINDER_KEEPS.as_secs()).unwrap_or(i64::MAX)).then_some(days)
    }
}
