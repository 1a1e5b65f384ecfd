//! Gives back more than a gigabyte, all of it the same few bytes.
#![allow(unsafe_code, reason = "what it returns owns the same bytes many times over, which no safe program can")]

use rogue_guests::text;
use rogue_guests::types::{Context, Finding, Refusal, Submission};

const BYTES: usize = 64 * 1024;
const FINDINGS: usize = 16 * 1024;

struct Returns1Gb;

impl rogue_guests::Bent for Returns1Gb {
    fn check(_: Submission, _: Context) -> Result<Vec<Finding>, Refusal> {
        let words = "火".repeat(BYTES / 3).leak();
        let same = || {
            // SAFETY: none. Every one of these owns the same allocation; the host never gets as far as letting them be freed.
            unsafe { String::from_raw_parts(words.as_ptr().cast_mut(), words.len(), words.len()) }
        };
        let finding = || {
            let mut message = text("");
            message.zh = same();
            Finding { check: "no-drill".to_owned(), message, at: vec!["/drills".to_owned()], comparisons: Vec::new() }
        };
        Ok((0..FINDINGS).map(|_| finding()).collect())
    }
}

rogue_guests::rubric!(Returns1Gb);
