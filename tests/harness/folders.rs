//! Where things stand in the repository.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of examples.
pub fn examples() -> PathBuf {
    repository().join("examples")
}
