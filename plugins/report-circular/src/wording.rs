//! How an official paper writes numbers, days and lists of names.

use huizong_sdk::report::ListedUnit;
use huizong_sdk::results::percent;
use huizong_sdk::{Date, Decimal, Period, Severity};

/// `2024年1月15日`, without leading zeros.
pub(crate) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year, date.month, date.day)
}

/// `2023年度` for a whole year, else both days.
pub(crate) fn period(period: Period) -> String {
    let (start, end) = (period.start, period.end);
    let is_year = start.year == end.year && (start.month, start.day, end.month, end.day) == (1, 1, 12, 31);
    if is_year { format!("{}年度", start.year) } else { format!("{}至{}", day(start), day(end)) }
}

/// `（占12.5%）`, or nothing where there is no whole.
pub(crate) fn share(part: u32, whole: usize) -> String {
    let whole = i64::try_from(whole).unwrap_or(i64::MAX);
    percent(part.into(), whole).map_or_else(String::new, |share| format!("（占{}%）", share.trimmed()))
}

/// `98.5%`, or a dash where there is no whole.
pub(crate) fn rate(rate: Option<Decimal>) -> String {
    rate.map_or_else(|| "—".to_owned(), |rate| format!("{}%", rate.trimmed()))
}

/// The first names, and how many there are where not all are written: `甲联社、乙联社等5家`.
pub(crate) fn names<'n>(names: impl ExactSizeIterator<Item = &'n str>, most: usize) -> String {
    let count = names.len();
    let written: Vec<&str> = names.take(most).collect();
    let rest = if count > most { format!("等{count}家") } else { String::new() };
    written.join("、") + &rest
}

/// The names of listed units.
pub(crate) fn unit_names(units: &[ListedUnit], most: usize) -> String {
    names(units.iter().map(|unit| unit.name.as_str()), most)
}

/// `一` to `九十九`; beyond that in figures.
pub(crate) fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        1..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", DIGITS[number - 10]),
        20..=99 => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
        _ => number.to_string(),
    }
}

/// What a severity is called.
pub(crate) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "预警",
        Severity::Info => "提示",
        Severity::Off => "停用",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_those_of_headings() {
        assert_eq!(
            [1, 9, 10, 11, 20, 21, 99, 100].map(numeral),
            ["一", "九", "十", "十一", "二十", "二十一", "九十九", "100"]
        );
    }

    #[test]
    fn days_have_no_leading_zeros() {
        let (start, end) = (huizong_sdk::day(2023, 1, 1), huizong_sdk::day(2023, 9, 30));
        assert_eq!(day(end), "2023年9月30日");
        assert_eq!(period(Period { start, end }), "2023年1月1日至2023年9月30日");
        assert_eq!(period(Period { start, end: huizong_sdk::day(2023, 12, 31) }), "2023年度");
    }

    #[test]
    fn long_lists_of_names_are_cut_and_counted() {
        assert_eq!(names(["甲", "乙"].into_iter(), 2), "甲、乙");
        assert_eq!(names(["甲", "乙", "丙"].into_iter(), 2), "甲、乙等3家");
    }

    #[test]
    fn a_share_of_nobody_is_not_written() {
        assert_eq!(share(1, 8), "（占12.5%）");
        assert_eq!(share(0, 0), "");
    }
}
