//! What the sandbox promises, with real components: honest ones and rogues.
#![expect(clippy::unwrap_used, reason = "what a test builds is right, or the test fails")]

mod admission;
mod cache;
mod compiling;
mod evaluation;
mod rogue_calls;
mod setup;
