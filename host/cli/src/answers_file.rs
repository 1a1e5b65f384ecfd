//! Reads a file of answers: JSON, or MessagePack by its ending; on failure says where in it.

use std::path::Path;

use anyhow::Context as _;
use domain::answers::{MisplacedValue, parse_value};
use serde_json::Value;

/// Reads the answers of a file.
pub fn read(file: &Path) -> anyhow::Result<Value> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let is_message_pack = file.extension().is_some_and(|ending| ending == "msgpack");
    let parsed = if is_message_pack { from_message_pack(&bytes) } else { from_json(&bytes) };
    parsed.with_context(|| file.display().to_string())
}

fn from_json(bytes: &[u8]) -> Result<Value, MisplacedValue> {
    parse_value(&mut serde_json::Deserializer::from_slice(bytes))
}

fn from_message_pack(bytes: &[u8]) -> Result<Value, MisplacedValue> {
    parse_value(&mut rmp_serde::Deserializer::from_read_ref(bytes))
}
