//! What the crate promises, tried on the three seeds and on hundreds of invented members.

#![allow(clippy::unwrap_used, reason = "tests and what they share")]

mod form;
mod generated;
mod measures;
mod members;
mod seeds;
mod single_checks;
