//! The contract as Rust types, generated from `wit/v1`; the rest of the SDK gives them names and builders.
#![allow(missing_docs, unsafe_code, clippy::pedantic, clippy::all, unreachable_pub)]

/// Values and the log, which every kind of plugin shares.
pub mod shared {
    wit_bindgen::generate!({ path: "../../wit/v1", world: "shared", generate_all, additional_derives: [PartialEq] });
}

/// What a rubric exports.
pub mod rubric {
    wit_bindgen::generate!({
        path: "../../wit/v1",
        world: "rubric-plugin",
        with: {
            "huizong:plugin/types@1.0.0": crate::bindings::shared::huizong::plugin::types,
            "huizong:plugin/log@1.0.0": crate::bindings::shared::huizong::plugin::log,
        },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        default_bindings_module: "huizong_sdk::bindings::rubric",
    });
}

/// What a report exports.
pub mod report {
    wit_bindgen::generate!({
        path: "../../wit/v1",
        world: "report-plugin",
        with: {
            "huizong:plugin/types@1.0.0": crate::bindings::shared::huizong::plugin::types,
            "huizong:plugin/log@1.0.0": crate::bindings::shared::huizong::plugin::log,
        },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        default_bindings_module: "huizong_sdk::bindings::report",
    });
}

/// What a reader exports.
pub mod reader {
    wit_bindgen::generate!({
        path: "../../wit/v1",
        world: "reader-plugin",
        with: {
            "huizong:plugin/types@1.0.0": crate::bindings::shared::huizong::plugin::types,
            "huizong:plugin/log@1.0.0": crate::bindings::shared::huizong::plugin::log,
        },
        additional_derives: [PartialEq],
        pub_export_macro: true,
        default_bindings_module: "huizong_sdk::bindings::reader",
    });
}
