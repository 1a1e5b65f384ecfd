//! Logs a gigabyte.

use huizong_sdk::bindings::shared::huizong::plugin::log::{Level, log};
use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct Logs1Gb;

impl rogue_guests::Bent for Logs1Gb {
    fn score(submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        let message = "a".repeat(64 * 1024);
        for _ in 0..16 * 1024 {
            log(Level::Info, &message);
        }
        rogue_guests::score(&submission)
    }
}

rogue_guests::rubric!(Logs1Gb);
