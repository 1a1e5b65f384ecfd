//! Calls itself without end.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct Recurses;

impl rogue_guests::Bent for Recurses {
    fn score(mut submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        submission.revision = deeper(submission.revision);
        rogue_guests::score(&submission)
    }
}

/// No loop can be made of it: what is done behind each call depends on the number before it.
#[inline(never)]
fn deeper(number: u32) -> u32 {
    if number == u32::MAX { number } else { deeper(number + 1).wrapping_mul(3) ^ number.rotate_left(5) }
}

rogue_guests::rubric!(Recurses);
