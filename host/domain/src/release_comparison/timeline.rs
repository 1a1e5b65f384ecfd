//! What holds from day to day, side by side: the stretches of time on which two histories differ.

use jiff::civil::Date;
use serde::Serialize;

/// A stretch of time on which two histories differ in the same way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stretch<T> {
    /// Its first day.
    pub since: Date,
    /// Its last day; none where it has no end.
    pub until: Option<Date>,
    /// What held; none before anything did.
    pub before: Option<T>,
    /// What holds instead.
    pub after: Option<T>,
}

/// Where two histories differ. Each is in ascending order of days.
pub(super) fn differences<T: Clone + PartialEq>(before: &[(Date, T)], after: &[(Date, T)]) -> Vec<Stretch<T>> {
    let mut days: Vec<Date> = before.iter().chain(after).map(|(day, _)| *day).collect();
    days.sort_unstable();
    days.dedup();
    let on = |history: &[(Date, T)], day: Date| {
        let begun = history.partition_point(|(since, _)| *since <= day);
        begun.checked_sub(1).and_then(|last| history.get(last)).map(|(_, value)| value.clone())
    };
    let mut stretches: Vec<Stretch<T>> = Vec::new();
    for (index, since) in days.iter().copied().enumerate() {
        let (before, after) = (on(before, since), on(after, since));
        let until = days.get(index + 1).and_then(|next| next.yesterday().ok());
        if before == after {
            continue;
        }
        let goes_on = |last: &Stretch<T>| {
            last.until.and_then(|until| until.tomorrow().ok()) == Some(since)
                && last.before == before
                && last.after == after
        };
        match stretches.last_mut() {
            Some(last) if goes_on(last) => last.until = until,
            _ => stretches.push(Stretch { since, until, before, after }),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn told(before: &[(Date, char)], after: &[(Date, char)]) -> Vec<String> {
        let word = |value: Option<char>| value.unwrap_or('-');
        let told = |stretch: Stretch<char>| {
            let until = stretch.until.map(|until| until.to_string()).unwrap_or_default();
            format!("{}..{until} {}{}", stretch.since, word(stretch.before), word(stretch.after))
        };
        differences(before, after).into_iter().map(told).collect()
    }

    #[test]
    fn only_days_that_differ_are_told() {
        let (a, b, c) = (date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1));
        assert_eq!(told(&[(a, 'x')], &[(a, 'x')]), Vec::<String>::new());
        assert_eq!(told(&[(a, 'x'), (b, 'x')], &[(a, 'x')]), Vec::<String>::new(), "written differently, but the same");
        assert_eq!(told(&[(a, 'x')], &[(b, 'y')]), ["2021-01-01..2021-12-31 x-", "2022-01-01.. xy"]);
        assert_eq!(told(&[(a, 'x'), (c, 'y')], &[(a, 'x'), (b, 'y')]), ["2022-01-01..2022-12-31 xy"]);
    }

    #[test]
    fn a_difference_that_goes_on_is_one_stretch() {
        let (a, b) = (date(2021, 1, 1), date(2022, 1, 1));
        assert_eq!(told(&[(a, 'x'), (b, 'x')], &[(a, 'y'), (b, 'y')]), ["2021-01-01.. xy"]);
    }
}
