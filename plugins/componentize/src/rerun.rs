//! Tells cargo when a build script that embeds guests has to run again.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Prints the `rerun-if-changed` lines of some core modules: every file that rustc read for them, the manifests above those files,
/// and the lock file. Outside a build script nothing is printed.
pub(crate) fn tell_cargo(core_modules: &[PathBuf], workspace: &Path) -> Result<()> {
    if env::var_os("OUT_DIR").is_none() {
        return Ok(());
    }
    let mut inputs = BTreeSet::from([workspace.join("Cargo.toml"), workspace.join("Cargo.lock")]);
    for module in core_modules {
        for source in sources_of(module)? {
            inputs.extend(manifest_above(&source));
            inputs.insert(source);
        }
    }
    for input in inputs {
        announce(&format!("cargo::rerun-if-changed={}", input.display()));
    }
    Ok(())
}

/// The files that cargo notes beside a module: `module: file file …`, spaces within a name behind a backslash.
fn sources_of(module: &Path) -> Result<Vec<PathBuf>> {
    let note = module.with_extension("d");
    let text = fs::read_to_string(&note).with_context(|| format!("cannot read {}", note.display()))?;
    let listed = text.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, files)| files);
    let joined = listed.replace("\\ ", "\0");
    Ok(joined.split_ascii_whitespace().map(|file| PathBuf::from(file.replace('\0', " "))).collect())
}

fn manifest_above(source: &Path) -> Option<PathBuf> {
    source.ancestors().skip(1).map(|directory| directory.join("Cargo.toml")).find(|manifest| manifest.is_file())
}

#[expect(clippy::print_stdout, reason = "standard output is how a build script speaks to cargo")]
fn announce(line: &str) {
    println!("{line}");
}
