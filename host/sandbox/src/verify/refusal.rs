//! Refusals: a plugin that declines says why, and where.

use domain::answers::Answers;
use domain::finding::Refusal;

use super::{pointer, words};
use crate::lie::Lie;

/// A refusal to judge a submission points into its answers.
pub(crate) fn refusal_about(answers: &Answers, refusal: &Refusal) -> Result<(), Lie> {
    words::code(&refusal.code)?;
    pointer::resolve(&refusal.pointer, answers)
}

/// A refusal of anything else: its pointer, if it has one, cannot be resolved here.
pub(crate) fn refusal(refusal: &Refusal) -> Result<(), Lie> {
    words::code(&refusal.code)?;
    refusal.pointer.as_deref().map_or(Ok(()), pointer::well_formed)
}
