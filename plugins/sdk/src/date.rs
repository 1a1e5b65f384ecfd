//! Days: what the contract's date can tell, by counting days.

use std::cmp::Ordering;
use std::fmt;

use crate::contract::{Date, Period};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekday {
    /// 星期一
    Monday,
    /// 星期二
    Tuesday,
    /// 星期三
    Wednesday,
    /// 星期四
    Thursday,
    /// 星期五
    Friday,
    /// 星期六
    Saturday,
    /// 星期日
    Sunday,
}

/// The day of a year, month and day: `day(2025, 9, 12)`.
///
/// # Panics
/// When the calendar has no such day: in a constant that is an error of compilation. For a day that somebody else wrote use [`Date::of`].
pub const fn day(year: i16, month: u8, day: u8) -> Date {
    match Date::of(year, month, day) {
        Some(date) => date,
        None => panic!("the calendar has no such day"),
    }
}

impl Date {
    /// The day, where the calendar has it.
    pub const fn of(year: i16, month: u8, day: u8) -> Option<Self> {
        if month >= 1 && month <= 12 && day >= 1 && day <= last_day_of(year, month) {
            Some(Self { year, month, day })
        } else {
            None
        }
    }

    /// Days since 1970-01-01, negative before it.
    pub const fn number(self) -> i32 {
        // Years are counted from March, so that the leap day is the last of its year; 400 years have 146,097 days.
        let year = self.year as i32 - if self.month <= 2 { 1 } else { 0 };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = (self.month as i32 + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + self.day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day of a number of days since 1970-01-01; days beyond the years that the contract can write become the nearest ones.
    pub fn of_number(number: i32) -> Self {
        let shifted = i64::from(number) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        match (i16::try_from(year), u8::try_from(month), u8::try_from(day)) {
            (Ok(year), Ok(month), Ok(day)) => Self { year, month, day },
            _ if number < 0 => Self { year: i16::MIN, month: 1, day: 1 },
            _ => Self { year: i16::MAX, month: 12, day: 31 },
        }
    }

    /// The day so many days later, or earlier where the number is negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self::of_number(self.number().saturating_add(days))
    }

    /// How many days `later` lies after this one; negative where it lies before.
    pub const fn days_until(self, later: Self) -> i32 {
        later.number() - self.number()
    }

    /// The day of the week.
    pub const fn weekday(self) -> Weekday {
        match (self.number() + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// How many days it has, both ends counted.
    pub const fn days(&self) -> i32 {
        self.start.days_until(self.end) + 1
    }
}

/// The last day of a month; the month is 1 to 12.
pub(crate) const fn last_day_of(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Eq for Date {}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.year, self.month, self.day).cmp(&(other.year, other.month, other.day))
    }
}

/// As ISO 8601 writes it: `2025-09-12`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_without_a_gap() {
        assert_eq!(day(1970, 1, 1).number(), 0);
        assert_eq!(day(2000, 3, 1).number(), 11_017);
        let first = day(1899, 12, 31).number();
        for number in first..first + 80_000 {
            let date = Date::of_number(number);
            assert_eq!(date.number(), number);
            assert_eq!(Date::of(date.year, date.month, date.day), Some(date));
            assert!(date < Date::of_number(number + 1));
        }
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        assert_eq!(day(2023, 11, 11).weekday(), Weekday::Saturday);
        assert_eq!(day(2019, 11, 11).weekday(), Weekday::Monday);
        assert_eq!(day(2024, 2, 29).weekday(), Weekday::Thursday);
        assert_eq!(day(1969, 12, 31).weekday(), Weekday::Wednesday);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(Date::of(2023, 2, 29), None);
        assert_eq!(Date::of(1900, 2, 29), None);
        assert!(Date::of(2000, 2, 29).is_some());
        assert_eq!(Date::of(2023, 13, 1), None);
        assert_eq!(Date::of(2023, 6, 0), None);
    }

    #[test]
    fn days_far_out_become_the_last_that_can_be_written() {
        assert_eq!(Date::of_number(i32::MAX), day(i16::MAX, 12, 31));
        assert_eq!(day(2023, 12, 31).plus_days(1), day(2024, 1, 1));
        assert_eq!(day(2023, 3, 1).days_until(day(2023, 2, 1)), -28);
    }
}
