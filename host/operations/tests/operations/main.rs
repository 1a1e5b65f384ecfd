//! The house at work: every claim drives the real store and the real sandbox.

mod house;

mod access;
mod activating;
mod auditing;
mod comparing;
mod enrolling;
mod people;
mod rectifying;
mod releases;
mod replaying;
mod reporting;
mod reviewing;
mod rounds;
mod settling;
mod submitting;
mod transferring;
mod trusting;
mod warming;
