//! The case that the checks look at: the answers, the envelope they came in, and what the federation knows.

use huizong_sdk::{Calendar, Context, Period, Submission, Unit};

use crate::answers::Answers;
use crate::lexicon::Texts;

/// One submission before the checks: decoded, and its texts read once.
pub struct Case<'a> {
    /// The answers.
    pub answers: &'a Answers<'a>,
    /// The span that the round asks about.
    pub period: Period,
    /// Who submits, from the federation's register.
    pub unit: &'a Unit,
    /// Which days are worked.
    pub calendar: &'a Calendar,
    pub(crate) texts: Texts<'a>,
}

/// A period of at least so many days is a year's.
const YEAR_DAYS_MIN: i32 = 360;

impl<'a> Case<'a> {
    /// Puts a case together; this reads all texts.
    pub fn new(answers: &'a Answers<'a>, submission: &Submission, context: &'a Context) -> Self {
        Self {
            answers,
            period: submission.period,
            unit: &context.unit,
            calendar: &context.calendar,
            texts: Texts::of(answers),
        }
    }

    /// Whether the round asks about a whole year.
    pub const fn is_annual(&self) -> bool {
        self.period.days() >= YEAR_DAYS_MIN
    }

    /// Whether a year lies in the period.
    pub(crate) const fn has_year(&self, year: i64) -> bool {
        self.period.start.year as i64 <= year && year <= self.period.end.year as i64
    }
}
