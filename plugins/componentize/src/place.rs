//! Where guests are built: in one directory that all callers of one build share.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The triple that guests are compiled for: it has no WASI that could be imported by accident.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The profile of the workspace that guests are compiled with.
pub(crate) const PROFILE: &str = "guest";

/// `guests` below the target directory of whoever calls.
pub(crate) fn guests_directory() -> Result<PathBuf> {
    if let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) {
        return Ok(target_directory_of(&out)?.join("guests"));
    }
    let target = match env::var_os("CARGO_TARGET_DIR") {
        Some(directory) => PathBuf::from(directory),
        None => workspace_directory()?.join("target"),
    };
    Ok(std::path::absolute(target)?.join("guests"))
}

/// Cargo marks a target directory with `CACHEDIR.TAG`; how deep a build script's directory lies in it differs with its layout.
fn target_directory_of(out: &Path) -> Result<PathBuf> {
    let marked = out.ancestors().find(|directory| directory.join("CACHEDIR.TAG").is_file());
    let target = marked.or_else(|| out.ancestors().nth(4)).context("OUT_DIR lies in no target directory")?;
    Ok(target.to_path_buf())
}

/// The directory of the workspace that the caller's package belongs to.
pub(crate) fn workspace_directory() -> Result<PathBuf> {
    let start = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) => PathBuf::from(package),
        None => env::current_dir()?,
    };
    let is_root = |directory: &&Path| directory.join("Cargo.lock").is_file();
    let root = start.ancestors().find(is_root).context("no Cargo.lock at or above the caller's package")?;
    Ok(root.to_path_buf())
}

/// The core module that cargo makes of a package's library.
pub(crate) fn library_in(guests: &Path, package: &str) -> PathBuf {
    profile_in(guests).join(format!("{}.wasm", package.replace('-', "_")))
}

/// The core module that cargo makes of an example.
pub(crate) fn example_in(guests: &Path, example: &str) -> PathBuf {
    profile_in(guests).join("examples").join(format!("{example}.wasm"))
}

fn profile_in(guests: &Path) -> PathBuf {
    guests.join(TARGET).join(PROFILE)
}
