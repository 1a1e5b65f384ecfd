//! Builds the reference plugins as components, to be embedded in the pack.

use std::path::Path;

const PLUGINS: [&str; 6] =
    ["rubric-2016", "rubric-2021", "rubric-2025", "rubric-provincial", "report-circular", "report-bulletin"];

fn main() -> anyhow::Result<()> {
    let out = std::env::var("OUT_DIR")?;
    for (name, component) in PLUGINS.iter().zip(componentize::build_components(&PLUGINS)?) {
        std::fs::write(Path::new(&out).join(name).with_extension("wasm"), component)?;
    }
    Ok(())
}
