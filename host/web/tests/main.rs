//! The border, driven as its callers drive it: requests in, answers out, over a real office on a real store.
#![expect(clippy::unwrap_used, reason = "a test whose surroundings fail has failed")]

mod house;
mod issuer;

mod addresses;
mod amending;
mod asking_again;
mod attaching;
mod bodies;
mod conditions;
mod document;
mod drafting;
mod encodings;
mod logs;
mod overseeing;
mod random_bytes;
mod rectifying;
mod reviewing;
mod ruling;
mod serving;
mod signing;
mod signing_in;
mod signing_on;
#[path = "../../../tests/harness/sinks.rs"]
#[allow(unreachable_pub, reason = "the scenarios use it, too")]
mod sinks;
mod styling;
mod telling;
mod tokens;
mod trusting;
mod units;
mod whole_way;
mod workbooks;
