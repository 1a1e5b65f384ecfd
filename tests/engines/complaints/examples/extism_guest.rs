//! The rubric as an Extism guest: `MessagePack` in, `MessagePack` out.
#![allow(unsafe_code, missing_docs, reason = "the kit's macro exports a C function")]

use complaints::{Answers, explain};
use extism_pdk::{FnResult, plugin_fn};

#[plugin_fn]
pub fn score(answers: Vec<u8>) -> FnResult<Vec<u8>> {
    let answers: Answers = rmp_serde::from_slice(&answers)?;
    Ok(rmp_serde::to_vec(&explain(&answers.complaint_record))?)
}
