//! Compiles the rubric's two guests, a component for us and a core module for Extism, so that the bench can embed them.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;

const EXTISM_GUEST: &str = "extism_guest";

fn main() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("component.wasm"), componentize::build_component("complaints-component")?)?;
    for module in componentize::compile_examples("complaints", &[EXTISM_GUEST])? {
        fs::write(out.join("extism.wasm"), module)?;
    }
    Ok(())
}
