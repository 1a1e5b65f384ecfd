//! Findings: what a check found, where, and the numbers that it put side by side.

use crate::contract::{Comparison, Finding, Text};
use crate::rule::Check;

impl Finding {
    /// A finding of a check that the definition documents, at its most telling place.
    pub fn new(check: &Check, message: impl Into<Text>, at: impl Into<String>) -> Self {
        Self { check: check.code.to_owned(), message: message.into(), at: vec![at.into()], comparisons: Vec::new() }
    }

    /// Another place that it concerns.
    #[must_use]
    pub fn and_at(mut self, place: impl Into<String>) -> Self {
        self.at.push(place.into());
        self
    }

    /// Numbers that were put side by side.
    #[must_use]
    pub fn comparing(mut self, comparison: Comparison) -> Self {
        self.comparisons.push(comparison);
        self
    }
}
