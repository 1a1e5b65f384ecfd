//! Never comes to an end.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct Spins;

impl rogue_guests::Bent for Spins {
    fn score(submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        let mut number = u64::from(submission.revision);
        while number != 0 {
            number = std::hint::black_box(number | 1);
        }
        rogue_guests::score(&submission)
    }
}

rogue_guests::rubric!(Spins);
