//! What a federation decides about a round beside its rubric: signing, reviewing, lateness, appeals, reminders, the receipt's number.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::ids::{FederationCode, RoundCode, UnitCode};
use crate::limits::{
    APPEAL_DAYS_MAX, EXPLANATION_CHARS_MAX, EXPLANATION_CHARS_MIN, GRACE_HOURS_MAX, RECEIPT_PATTERN_CHARS_MAX,
    REMINDER_DAYS_MAX, REMINDERS_MAX,
};

/// What a receipt's number may be made of.
pub const RECEIPT_PLACEHOLDERS: [&str; 6] = ["federation", "round", "unit", "revision", "year", "sequence"];

/// What a federation decides about a round. Whatever is left out is as it always was: nobody signs, nobody reviews, no grace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoundPolicy {
    /// Whether a signatory of the member has to sign before a submission is handed in.
    pub signatory: bool,
    /// Whether whoever presented a submission for signature may sign it, too.
    pub presenter_may_sign: bool,
    /// Whether only what a reviewer accepted counts.
    pub review: bool,
    /// Whether a second person has to agree to a judgement or an adjustment.
    pub two_person_review: bool,
    /// The least that counts as an explanation, in characters.
    pub explanation_min_chars: u16,
    /// For how long after the due time a submission still counts as in time.
    pub grace_hours: u32,
    /// For how many days after the publication members may appeal; 0 for not at all.
    pub appeal_days: u16,
    /// When members who have not handed in are reminded: in days before (negative) and after the day on which it is due.
    pub reminders: Vec<i16>,
    /// How a receipt's number is made, with `{federation}`, `{round}`, `{unit}`, `{revision}`, `{year}` and `{sequence}` in it.
    pub receipt_pattern: String,
}

impl Default for RoundPolicy {
    fn default() -> Self {
        Self {
            signatory: false,
            presenter_may_sign: false,
            review: false,
            two_person_review: false,
            explanation_min_chars: u16::try_from(EXPLANATION_CHARS_MIN).unwrap_or(u16::MAX),
            grace_hours: 0,
            appeal_days: 10,
            reminders: vec![-7, -3, -1, 1],
            receipt_pattern: "{federation}/{round}/{unit}/{revision}".to_owned(),
        }
    }
}

/// What a receipt's number is made of.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'a> {
    /// The federation.
    pub federation: &'a FederationCode,
    /// The round.
    pub round: &'a RoundCode,
    /// The unit.
    pub unit: &'a UnitCode,
    /// The revision.
    pub revision: u32,
    /// The year in which it was received.
    pub year: i16,
}

/// What is wrong with a policy; the field is the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// A number lies outside its bounds.
    #[error("a number lies outside its bounds")]
    OutOfBounds {
        /// The field.
        field: &'static str,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// There are too many reminders.
    #[error("there are too many reminders")]
    TooManyReminders,
    /// Two reminders fall on one day.
    #[error("two reminders fall on one day")]
    ReminderRepeated,
    /// The pattern names what nobody knows, has a brace too many, or is too long.
    #[error("the pattern of receipt numbers cannot be read")]
    PatternUnreadable,
    /// Two receipts could get the same number.
    #[error("the pattern of receipt numbers tells receipts not apart")]
    PatternNotUnique,
}

impl RoundPolicy {
    /// The number of a receipt, as the federation writes it; `sequence` counts the receipts of the round.
    pub fn receipt_number(&self, of: &Numbered<'_>, sequence: u64) -> String {
        let mut number = String::new();
        let mut rest = self.receipt_pattern.as_str();
        while let Some((before, (name, behind))) =
            rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
        {
            number.push_str(before);
            match name {
                "federation" => number.push_str(of.federation.as_str()),
                "round" => number.push_str(of.round.as_str()),
                "unit" => number.push_str(of.unit.as_str()),
                "revision" => number.push_str(&format!("{:03}", of.revision)),
                "year" => number.push_str(&of.year.to_string()),
                "sequence" => number.push_str(&sequence.to_string()),
                _ => {}
            }
            rest = behind;
        }
        number.push_str(rest);
        number
    }

    /// Whether a receipt's number counts the receipts of the round.
    pub fn counts_receipts(&self) -> bool {
        self.receipt_pattern.contains("{sequence}")
    }

    /// The grace as a span of time.
    pub fn grace(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.grace_hours))
    }

    /// Everything that is wrong with it.
    pub fn faults(&self) -> Vec<PolicyFault> {
        let mut faults = Vec::new();
        let mut bounded = |field, value: i64, least: i64, most: i64| {
            if value < least || value > most {
                faults.push(PolicyFault::OutOfBounds { field, least, most });
            }
        };
        let chars = |chars: usize| i64::try_from(chars).unwrap_or(i64::MAX);
        bounded("explanation_min_chars", i64::from(self.explanation_min_chars), 1, chars(EXPLANATION_CHARS_MAX));
        bounded("grace_hours", i64::from(self.grace_hours), 0, i64::from(GRACE_HOURS_MAX));
        bounded("appeal_days", i64::from(self.appeal_days), 0, i64::from(APPEAL_DAYS_MAX));
        let days_max = i64::from(REMINDER_DAYS_MAX);
        for days in &self.reminders {
            bounded("reminders", i64::from(*days), -days_max, days_max);
        }
        if self.reminders.len() > REMINDERS_MAX {
            faults.push(PolicyFault::TooManyReminders);
        }
        let mut days = self.reminders.clone();
        days.sort_unstable();
        days.dedup();
        if days.len() < self.reminders.len() {
            faults.push(PolicyFault::ReminderRepeated);
        }
        match placeholders(&self.receipt_pattern) {
            None => faults.push(PolicyFault::PatternUnreadable),
            Some(names) => {
                let has = |name: &str| names.contains(&name);
                if !(has("sequence") || (has("unit") && has("revision"))) {
                    faults.push(PolicyFault::PatternNotUnique);
                }
            }
        }
        faults
    }
}

/// The placeholders of a pattern of receipt numbers; none where it cannot be read.
fn placeholders(pattern: &str) -> Option<Vec<&str>> {
    if pattern.chars().count() > RECEIPT_PATTERN_CHARS_MAX || pattern.chars().any(char::is_control) {
        return None;
    }
    let mut names = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        if before.contains('}') || !RECEIPT_PLACEHOLDERS.contains(&name) {
            return None;
        }
        names.push(name);
        rest = behind;
    }
    (!rest.contains('}')).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_as_it_always_was() {
        let policy: RoundPolicy = serde_json::from_str("{}").unwrap();
        assert_eq!(policy, RoundPolicy::default());
        assert_eq!(policy.faults(), []);
    }

    #[test]
    fn a_receipt_number_is_made_of_known_things_and_tells_receipts_apart() {
        let faults =
            |pattern: &str| RoundPolicy { receipt_pattern: pattern.to_owned(), ..RoundPolicy::default() }.faults();
        for good in
            ["联发〔{year}〕{sequence}号", "{unit}-{revision}", "{federation}{round}{unit}{revision}{year}{sequence}"]
        {
            assert_eq!(faults(good), [], "{good}");
        }
        for unreadable in
            ["{unit", "unit}{unit}{revision}", "{clerk}{unit}{revision}", "{{unit}}{revision}", "a\n{sequence}"]
        {
            assert_eq!(faults(unreadable), [PolicyFault::PatternUnreadable], "{unreadable}");
        }
        for same in ["", "{unit}", "{round}/{revision}"] {
            assert_eq!(faults(same), [PolicyFault::PatternNotUnique], "{same}");
        }
    }

    #[test]
    fn a_receipt_is_numbered_as_the_federation_writes_it() {
        let (federation, round, unit) =
            ("qinling".parse().unwrap(), "2023".parse().unwrap(), "610001".parse().unwrap());
        let of = Numbered { federation: &federation, round: &round, unit: &unit, revision: 2, year: 2024 };
        let number = |pattern: &str| {
            let policy = RoundPolicy { receipt_pattern: pattern.to_owned(), ..RoundPolicy::default() };
            (policy.receipt_number(&of, 17), policy.counts_receipts())
        };
        assert_eq!(number("{federation}/{round}/{unit}/{revision}"), ("qinling/2023/610001/002".to_owned(), false));
        assert_eq!(number("秦联评〔{year}〕{sequence}号"), ("秦联评〔2024〕17号".to_owned(), true));
    }

    #[test]
    fn reminders_fall_on_different_days_near_the_due_date() {
        let faults = |reminders: Vec<i16>| RoundPolicy { reminders, ..RoundPolicy::default() }.faults();
        assert_eq!(faults(vec![]), []);
        assert_eq!(faults(vec![-3, 1, -3]), [PolicyFault::ReminderRepeated]);
        let most = i64::from(REMINDER_DAYS_MAX);
        assert_eq!(faults(vec![500]), [PolicyFault::OutOfBounds { field: "reminders", least: -most, most }]);
        let many = (0..=i16::try_from(REMINDERS_MAX).unwrap()).collect();
        assert_eq!(faults(many), [PolicyFault::TooManyReminders]);
    }
}
