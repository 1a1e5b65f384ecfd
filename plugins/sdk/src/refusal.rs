//! Refusals: declining to judge a submission, with a reason that its author can act on.

use crate::contract::{Refusal, Text};

impl Refusal {
    /// A refusal by its stable code, such as `period-missing`.
    pub fn new(code: impl Into<String>, message: impl Into<Text>) -> Self {
        Self { code: code.into(), message: message.into(), pointer: None }
    }

    /// Where in the answers the reason lies.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.pointer = Some(place.into());
        self
    }
}
