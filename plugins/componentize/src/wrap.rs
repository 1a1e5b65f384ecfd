//! Wraps a core module as a component, and holds that it imports nothing but what the host gives.

use anyhow::{Context as _, Result, ensure};
use wit_component::{ComponentEncoder, DecodedWasm};

/// The interfaces that a plugin may import, without their versions: the log, and the types, which have no functions.
const ADMITTED: [&str; 2] = ["huizong:plugin/log", "huizong:plugin/types"];

/// Wraps a core module that was compiled with the contract's bindings. The result is validated.
///
/// # Errors
/// The module has no bindings in it, is malformed, or imports something that the host does not give.
pub fn encode(core_module: &[u8]) -> Result<Vec<u8>> {
    let component = ComponentEncoder::default()
        .validate(true)
        .module(core_module)
        .context("the core module cannot become a component")?
        .encode()
        .context("the core module cannot become a component")?;
    for import in imports(&component)? {
        let interface = import.split('@').next().unwrap_or_default();
        ensure!(
            ADMITTED.contains(&interface),
            "the component imports `{import}`, which the host does not give: a plugin is handed all it may know; build it for \
             wasm32-unknown-unknown, without any crate that asks for a clock, randomness, files or the network"
        );
    }
    Ok(component)
}

fn imports(component: &[u8]) -> Result<Vec<String>> {
    let decoded = wit_component::decode(component).context("the component cannot be read back")?;
    let DecodedWasm::Component(resolve, world) = decoded else {
        anyhow::bail!("the encoder made no component");
    };
    Ok(resolve.worlds[world].imports.keys().map(|key| resolve.name_world_key(key)).collect())
}
