//! What the crate promises, tried on the three seeds and on hundreds of invented members.

mod form;
mod generated;
mod measures;
mod members;
mod seeds;
mod single_checks;
