//! Compiles the rogues of `guests/examples`, so that tests can embed them.

use std::env;
use std::fs;
use std::path::PathBuf;

const GUESTS: [&str; 1] = ["honest"];

fn main() -> anyhow::Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (name, component) in GUESTS.iter().zip(componentize::build_examples("rogue-guests", &GUESTS)?) {
        fs::write(out.join(format!("{name}.wasm")), component)?;
    }
    Ok(())
}
