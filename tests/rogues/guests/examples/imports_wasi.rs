//! Looks at the clock.
#![allow(unsafe_code, missing_docs, clippy::pedantic, reason = "generated bindings")]

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

wit_bindgen::generate!({
    inline: "
        package rogue:clock;

        world looks-at-the-clock {
            import wasi:clocks/monotonic-clock@0.2.0;
        }

        package wasi:clocks@0.2.0 {
            interface monotonic-clock {
                now: func() -> u64;
            }
        }
    ",
    generate_all,
});

struct ImportsWasi;

impl rogue_guests::Bent for ImportsWasi {
    fn score(mut submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        submission.revision = wasi::clocks::monotonic_clock::now() as u32;
        rogue_guests::score(&submission)
    }
}

rogue_guests::rubric!(ImportsWasi);
