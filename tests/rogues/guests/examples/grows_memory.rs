//! Takes all the memory that there is.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct GrowsMemory;

impl rogue_guests::Bent for GrowsMemory {
    fn score(submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        let mut hoard: Vec<Vec<u8>> = Vec::new();
        loop {
            hoard.push(std::hint::black_box(vec![1; 1 << 20]));
            if hoard.len() > 1 << 20 {
                return rogue_guests::score(&submission);
            }
        }
    }
}

rogue_guests::rubric!(GrowsMemory);
