//! Answers: from the bytes that the host hands over to the rubric's own types.

use serde::Deserialize;

use crate::contract::{Refusal, Text};

/// Decodes the answers into a type; texts are borrowed from the bytes. Members that the type does not name are skipped.
///
/// The refusal's code is `answers-unreadable`. The host has validated the answers against the form, so that a refusal means that form and
/// type differ.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Refusal> {
    rmp_serde::from_slice(bytes).map_err(|error| {
        let message = Text::new(format!("答案无法读取：{error}"), format!("The answers cannot be read: {error}"));
        Refusal::new("answers-unreadable", message)
    })
}
