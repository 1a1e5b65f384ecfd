//! What a reader says of itself and what it reads, as the house holds it.

use domain::answers::{canonical_bytes, parse_value};
use domain::reading::{Certainty, ReaderDescription, Reading};
use serde_json::Value;

use super::text;
use crate::lie::{Lie, hold, shown};
use crate::wit::v1::reader;

impl TryFrom<reader::ReaderDescription> for ReaderDescription {
    type Error = Lie;

    fn try_from(said: reader::ReaderDescription) -> Result<Self, Lie> {
        Ok(Self {
            id: text(said.id)?,
            version: text(said.version)?,
            title: said.title.try_into()?,
            summary: said.summary.try_into()?,
        })
    }
}

impl From<reader::Certainty> for Certainty {
    fn from(said: reader::Certainty) -> Self {
        match said {
            reader::Certainty::Stated => Self::Stated,
            reader::Certainty::Inferred => Self::Inferred,
            reader::Certainty::Guessed => Self::Guessed,
        }
    }
}

impl TryFrom<reader::Reading> for Reading {
    type Error = Lie;

    fn try_from(said: reader::Reading) -> Result<Self, Lie> {
        let value =
            canonical_value(&said.value).map_err(|lie| lie.of(format_args!("the value for `{}`", shown(&said.at))))?;
        Ok(Self {
            at: text(said.at)?,
            value,
            start: said.start,
            end: said.end,
            certainty: said.certainty.into(),
            note: said.note.map(TryInto::try_into).transpose()?,
        })
    }
}

/// The one value that the bytes are the canonical encoding of.
fn canonical_value(bytes: &[u8]) -> Result<Value, Lie> {
    let mut decoder = rmp_serde::Deserializer::from_read_ref(bytes);
    let value = parse_value(&mut decoder).map_err(|misplaced| Lie::new(misplaced.reason.to_string()))?;
    let canonical = canonical_bytes(&value).map_err(|reason| Lie::new(reason.to_string()))?;
    hold(canonical == bytes, || "the bytes are not the canonical encoding of one value")?;
    Ok(value)
}
