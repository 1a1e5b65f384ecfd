//! Takes all the elements of its table that there are.
//!
//! Rust cannot say `table.grow`. The build puts it in place of the growth of memory by this number of pages,
//! which takes as many bytes.

use rogue_guests::types::{Context, Refusal, Review, Scorecard, Submission};

const STANDS_FOR_TABLE_GROW: u32 = 0x7ABC_DEF1;

struct GrowsTables;

impl rogue_guests::Bent for GrowsTables {
    fn score(submission: Submission, _: Context, _: Review) -> Result<Scorecard, Refusal> {
        while grow() >= 0 {}
        rogue_guests::score(&submission)
    }
}

#[cfg(target_arch = "wasm32")]
fn grow() -> i32 {
    core::arch::wasm32::memory_grow::<0>(STANDS_FOR_TABLE_GROW as usize).cast_signed() as i32
}

#[cfg(not(target_arch = "wasm32"))]
fn grow() -> i32 {
    -1 - i32::from(STANDS_FOR_TABLE_GROW == 0)
}

rogue_guests::rubric!(GrowsTables);
