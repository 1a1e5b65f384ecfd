//! Findings as the house holds them.

use domain::finding::Finding;

use super::{each, text, texts};
use crate::lie::Lie;
use crate::wit::v1::types;

impl TryFrom<types::Finding> for Finding {
    type Error = Lie;

    fn try_from(said: types::Finding) -> Result<Self, Lie> {
        Ok(Self {
            check: text(said.check)?,
            message: said.message.try_into()?,
            at: texts(said.at)?,
            comparisons: each(said.comparisons)?,
        })
    }
}
