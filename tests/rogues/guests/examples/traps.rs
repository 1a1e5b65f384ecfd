//! Gives up.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct Traps;

impl rogue_guests::Bent for Traps {
    fn score(_: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        gives_up()
    }
}

/// A place of its own, so that a trace can name it.
#[inline(never)]
fn gives_up() -> ! {
    panic!("gives up")
}

rogue_guests::rubric!(Traps);
