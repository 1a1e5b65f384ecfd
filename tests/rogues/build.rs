//! Compiles the guests of `guests/examples`, so that tests can embed them.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use wit_component::ComponentEncoder;

const GUESTS: [&str; 15] = [
    "honest",
    "honest_report",
    "honest_circular",
    "honest_reader",
    "spins",
    "recurses",
    "grows_memory",
    "grows_tables",
    "returns_1gb",
    "logs_1gb",
    "lies_about_total",
    "awards_outside_range",
    "points_nowhere",
    "traps",
    "imports_wasi",
];

fn main() -> Result<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (name, module) in GUESTS.into_iter().zip(componentize::compile_examples("rogue-guests", &GUESTS)?) {
        fs::write(out.join(format!("{name}.core.wasm")), &module)?;
        let component = match name {
            // What componentize would refuse is what the host has to refuse as well.
            "imports_wasi" => ComponentEncoder::default().module(&module)?.encode()?,
            "grows_tables" => componentize::encode(&with_table_grow(module)?)?,
            _ => componentize::encode(&module).context(name)?,
        };
        fs::write(out.join(format!("{name}.wasm")), component)?;
    }
    Ok(())
}

/// Puts `table.grow` where the guest grows memory by a certain number of pages (both take eight bytes), and takes the bound from the
/// table that the linker gave it.
fn with_table_grow(mut module: Vec<u8>) -> Result<Vec<u8>> {
    // i32.const 0x7ABCDEF1; memory.grow 0
    const STANDS_FOR: [u8; 8] = [0x41, 0xF1, 0xBD, 0xF3, 0xD5, 0x07, 0x40, 0x00];
    // ref.null func; i32.const 100; table.grow 0
    const TABLE_GROW: [u8; 8] = [0xD0, 0x70, 0x41, 0xE4, 0x00, 0xFC, 0x0F, 0x00];
    let calls = places_of(&STANDS_FOR, &module);
    let [call] = calls[..] else { bail!("the guest grows memory in {} places instead of one", calls.len()) };
    module[call..call + TABLE_GROW.len()].copy_from_slice(&TABLE_GROW);
    unbound_table(&module)
}

/// The table's section is one table of functions with two small bounds; without the second one it may grow.
fn unbound_table(module: &[u8]) -> Result<Vec<u8>> {
    const TABLES: u8 = 4;
    let tables: Vec<usize> = places_of(&[TABLES, 5, 1, 0x70, 1], module);
    let [at] = tables[..] else { bail!("the guest has {} sections of one small bounded table", tables.len()) };
    let least = module[at + 5];
    let unbound = [TABLES, 4, 1, 0x70, 0, least];
    Ok([&module[..at], &unbound, &module[at + 7..]].concat())
}

fn places_of(wanted: &[u8], bytes: &[u8]) -> Vec<usize> {
    bytes.windows(wanted.len()).enumerate().filter(|(_, found)| *found == wanted).map(|(at, _)| at).collect()
}
