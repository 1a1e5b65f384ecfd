//! Worked days: what the federation's calendar says of a day.

use crate::contract::{Calendar, Date};
use crate::date::Weekday;

impl Calendar {
    /// Whether the day is worked; none outside what the calendar covers.
    pub fn is_worked(&self, day: Date) -> Option<bool> {
        if !self.covers.contains(day) {
            return None;
        }
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Some(if is_weekend {
            self.working_days.binary_search(&day).is_ok()
        } else {
            self.holidays.binary_search(&day).is_err()
        })
    }

    /// How many days are worked from the day after `start` to `end`, which is counted: a limit of three working days that
    /// starts on a Friday ends on the Wednesday. None outside what the calendar covers; 0 where `end` is not after `start`.
    pub fn worked_days_after(&self, start: Date, end: Date) -> Option<u32> {
        if !self.covers.contains(start) || !self.covers.contains(end) {
            return None;
        }
        let first = start.number().saturating_add(1);
        let days = (first..=end.number()).map(Date::of_number);
        days.map(|day| self.is_worked(day).map(u32::from)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Period;
    use crate::day;

    fn autumn() -> Calendar {
        Calendar {
            covers: Period { start: day(2023, 9, 1), end: day(2023, 10, 31) },
            holidays: vec![
                day(2023, 9, 29),
                day(2023, 10, 2),
                day(2023, 10, 3),
                day(2023, 10, 4),
                day(2023, 10, 5),
                day(2023, 10, 6),
            ],
            working_days: vec![day(2023, 10, 7), day(2023, 10, 8)],
        }
    }

    #[test]
    fn holidays_are_off_and_shifted_weekends_are_worked() {
        assert_eq!(autumn().is_worked(day(2023, 9, 28)), Some(true));
        assert_eq!(autumn().is_worked(day(2023, 9, 29)), Some(false));
        assert_eq!(autumn().is_worked(day(2023, 10, 1)), Some(false));
        assert_eq!(autumn().is_worked(day(2023, 10, 7)), Some(true));
        assert_eq!(autumn().is_worked(day(2023, 11, 1)), None);
    }

    #[test]
    fn a_limit_in_working_days_skips_the_holidays() {
        assert_eq!(autumn().worked_days_after(day(2023, 9, 28), day(2023, 10, 9)), Some(3));
        assert_eq!(autumn().worked_days_after(day(2023, 10, 9), day(2023, 10, 9)), Some(0));
        assert_eq!(autumn().worked_days_after(day(2023, 10, 9), day(2023, 9, 28)), Some(0));
        assert_eq!(autumn().worked_days_after(day(2023, 8, 31), day(2023, 9, 1)), None);
    }
}
