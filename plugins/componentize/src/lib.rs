//! Compiles plugin crates to WebAssembly and wraps them as components: for build scripts, and for `cargo run -p componentize`.
//!
//! A build script embeds the components of other crates of its workspace:
//!
//! ```no_run
//! // build.rs
//! fn main() -> anyhow::Result<()> {
//!     let component = componentize::build_component("rubric-2025")?;
//!     std::fs::write(std::path::Path::new(&std::env::var("OUT_DIR")?).join("rubric-2025.wasm"), component)?;
//!     Ok(())
//! }
//! ```
//!
//! The guests are built with the workspace's profile `guest` into `guests` below the caller's own target directory: cargo lets
//! nobody build twice at once in one directory, and the caller's is taken while its build scripts run.

mod compile;
mod place;
mod rerun;
mod wrap;

pub use crate::compile::{build_component, build_components, compile_examples};
pub use crate::wrap::encode;
