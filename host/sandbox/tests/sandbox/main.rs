//! What the sandbox promises, with real components: honest ones and rogues.
#![expect(clippy::unwrap_used, reason = "what a test builds is right, or the test fails")]

mod admission;
mod cache;
mod compiling;
mod evaluation;
mod javascript;
#[path = "../../../../tests/harness/javascript.rs"]
#[allow(unreachable_pub, reason = "the scenarios use it as a module of a library")]
mod javascript_build;
mod metering;
mod rogue_calls;
mod setup;
