//! Version 1 of the contract: bindings generated from `wit/v1`, and the conversions to and from the house's values.
//!
//! One world of the host's own has all kinds in it, so that the shared types exist once; a component exports at least one kind.

mod exports;
mod lift;
mod lower;

pub(crate) use bindings::exports::huizong::plugin::{reader, report, rubric};
pub(crate) use bindings::huizong::plugin::{log, types};
pub(crate) use exports::{Exports, interface_of};

/// The version that the interfaces' names end with.
pub(crate) const VERSION: &str = "1.0.0";

#[allow(dead_code, clippy::all, clippy::pedantic, reason = "generated; the WIT files document it")]
mod bindings {
    wasmtime::component::bindgen!({
        inline: "
            package huizong:host;
            world plugin {
                import huizong:plugin/log@1.0.0;
                export huizong:plugin/rubric@1.0.0;
                export huizong:plugin/report@1.0.0;
                export huizong:plugin/reader@1.0.0;
            }
        ",
        path: "../../wit/v1",
    });
}
