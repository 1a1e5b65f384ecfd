//! Running plugins: admits components, calls them in fresh sandboxes, verifies and records every answer.
//!
//! The only crate of the house that knows the engine. Others see a [`Sandbox`], [`Plugin`]s, and for every call an [`Evaluated`].

mod admission;
mod answer;
mod compile;
mod describe;
mod engine;
mod evaluate;
mod fault;
mod input;
mod ledger;
mod lie;
mod limits;
mod log;
mod meter;
mod plugin;
mod sandbox;
mod threads;
mod trace;
mod verify;
mod visit;
mod wit;

pub use admission::{CompileStop, NotAComponent, Part, Refused, Source, WayOut, listed};
pub use answer::{Answer, Evaluated};
pub use compile::{CodeCache, Compiler, compile_child};
pub use fault::{Fault, FaultKind, Whose};
pub use limits::{Budget, CompileLimits, Limits};
pub use meter::{Meter, Metered};
pub use plugin::Plugin;
pub use sandbox::{Occupancy, Sandbox, SandboxError, SandboxSettings, Waiting};
pub use wit::SPOKEN as CONTRACT_VERSIONS;
