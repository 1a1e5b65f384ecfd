//! Gives up.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct Traps;

impl rogue_guests::Bent for Traps {
    fn score(_: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        panic!("gives up")
    }
}

rogue_guests::rubric!(Traps);
