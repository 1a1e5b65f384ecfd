//! Claims a total that its lines do not add up to.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

struct LiesAboutTotal;

impl rogue_guests::Bent for LiesAboutTotal {
    fn score(submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        let mut scorecard = rogue_guests::score(&submission)?;
        scorecard.total += 500;
        Ok(scorecard)
    }
}

rogue_guests::rubric!(LiesAboutTotal);
