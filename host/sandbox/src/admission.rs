//! Admission: what a component has to be before it is compiled, and why it is not let in.

mod build;
mod inspect;
mod refused;
mod what;

pub(crate) use inspect::inspect;
pub use inspect::{Part, WayOut};
pub use refused::{CompileStop, Refused, listed};
pub use what::{NotAComponent, Source};
