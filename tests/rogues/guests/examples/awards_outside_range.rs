//! Awards more than its criterion may give, and adds it up correctly.

use rogue_guests::types::{Context, EntryKind, Refusal, Review, Scorecard, Submission};

struct AwardsOutsideRange;

impl rogue_guests::Bent for AwardsOutsideRange {
    fn score(submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        let mut scorecard = rogue_guests::score(&submission)?;
        if let Some(line) = scorecard.lines.last_mut()
            && let Some(entry) = line.entries.iter_mut().find(|entry| entry.kind == EntryKind::Add)
        {
            entry.points += 10_000;
            line.points += 10_000;
            scorecard.total += 10_000;
        }
        Ok(scorecard)
    }
}

rogue_guests::rubric!(AwardsOutsideRange);
