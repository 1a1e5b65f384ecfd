//! A small rubric for fire safety on the bare bindings, of which every rogue bends one function.

mod describe;
mod judge;
mod settle;

pub use describe::description;
pub use judge::{check, score, score_adjusted};
pub use settle::settle;

pub use huizong_sdk::bindings::rubric::exports::huizong::plugin::rubric::{Cohort, Settlement};
pub use huizong_sdk::bindings::shared::huizong::plugin::types;

use serde::Deserialize;
use types::{Context, Finding, Refusal, Review, Scorecard, Submission, Text};

/// What a station hands in.
#[derive(Deserialize)]
pub struct Answers {
    /// Rooms of the building.
    pub rooms: i64,
    /// Extinguishers that work.
    pub extinguishers: i64,
    /// Whether an exit was found locked.
    pub locked_exit: bool,
    /// Drills in the year.
    pub drills: i64,
    /// Minutes to clear the building, in tenths; none where there was no drill.
    pub minutes: Option<i64>,
    /// Trained volunteers.
    pub volunteers: i64,
}

impl Answers {
    /// Reads the canonical bytes.
    ///
    /// # Panics
    /// The host hands over only what satisfies the form.
    pub fn read(bytes: &[u8]) -> Self {
        rmp_serde::from_slice(bytes).expect("answers satisfy the form")
    }
}

/// A text in one language.
pub fn text(words: &str) -> Text {
    Text { zh: words.to_owned(), en: String::new() }
}

/// A rubric that is honest but for the functions that it bends.
pub trait Bent {
    /// What is wrong in a submission.
    ///
    /// # Errors
    /// The submission is not judged.
    fn check(submission: Submission, context: Context) -> Result<Vec<Finding>, Refusal> {
        let _ = context;
        check(&submission)
    }

    /// What a submission earns.
    ///
    /// # Errors
    /// The submission is not judged.
    fn score(submission: Submission, context: Context, review: Review) -> Result<Scorecard, Refusal> {
        let _ = context;
        score_adjusted(&submission, &review.point_adjustments)
    }

    /// What the cohort makes of it.
    ///
    /// # Errors
    /// The cohort is not judged.
    fn settle(cohort: Cohort) -> Result<Settlement, Refusal> {
        settle(&cohort)
    }
}

/// Exports a bent rubric.
#[macro_export]
macro_rules! rubric {
    ($rogue:ident) => {
        impl huizong_sdk::bindings::rubric::exports::huizong::plugin::rubric::Guest for $rogue {
            fn describe() -> $crate::types::Description {
                $crate::description()
            }
            fn check(
                submission: $crate::types::Submission,
                context: $crate::types::Context,
            ) -> Result<Vec<$crate::types::Finding>, $crate::types::Refusal> {
                <Self as $crate::Bent>::check(submission, context)
            }
            fn score(
                submission: $crate::types::Submission,
                context: $crate::types::Context,
                review: $crate::types::Review,
            ) -> Result<$crate::types::Scorecard, $crate::types::Refusal> {
                <Self as $crate::Bent>::score(submission, context, review)
            }
            fn settle(cohort: $crate::Cohort) -> Result<$crate::Settlement, $crate::types::Refusal> {
                <Self as $crate::Bent>::settle(cohort)
            }
        }
        huizong_sdk::bindings::rubric::export!($rogue with_types_in huizong_sdk::bindings::rubric);
    };
}
