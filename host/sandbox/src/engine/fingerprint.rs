//! The engine's fingerprint: two hosts with the same one use the same fuel for the same work.

use std::hash::{Hash as _, Hasher};

use domain::digest::Digest;
use sha2::{Digest as _, Sha256};
use wasmtime::{Engine, ModuleVersionStrategy};

use crate::limits::Limits;

/// The digest of all that decides whether code of one engine runs in another: version, target, processor and settings.
pub(crate) fn compatibility(engine: &Engine) -> [u8; 32] {
    let mut hasher = StableHasher(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.0.finalize().into()
}

/// A short text for records: the version that a person knows, then digits of the settings and the limits.
pub(crate) fn fingerprint(engine: &Engine, limits: &Limits) -> String {
    let bounds = format!(
        "{:?} {:?} {} {} {}",
        limits.unit, limits.cohort, limits.memory_bytes, limits.output_bytes, limits.log_bytes
    );
    let digest = Digest::of_parts(&[&compatibility(engine), bounds.as_bytes()]);
    format!("wasmtime-{}-{}", ModuleVersionStrategy::WasmtimeVersion.as_str(), digest.short())
}

/// The standard library's hasher may give another number in another version of Rust; a cache and a record outlive one.
struct StableHasher(Sha256);

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        let digest: [u8; 32] = self.0.clone().finalize().into();
        let (first, _) = digest.split_first_chunk().unwrap_or((&[0; 8], &[]));
        u64::from_le_bytes(*first)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}
