//! The memory ledger: every memory and table of one instance in one sum, because a limit on each would be no limit on all.

use domain::limits::{COMPONENT_MEMORIES_MAX, COMPONENT_TABLES_MAX, CORE_INSTANCES_MAX, TABLE_ELEMENTS_MAX};
use wasmtime::ResourceLimiter;

/// What one element of a table takes, in bytes.
const ELEMENT_BYTES: usize = size_of::<usize>();

/// What an instance holds.
#[derive(Debug)]
pub(crate) struct Ledger {
    limit: usize,
    held: usize,
    peak: usize,
}

/// The instance wants more than it may hold.
#[derive(Debug, thiserror::Error)]
#[error("its memories and tables together would grow over {limit} bytes")]
pub(crate) struct MemoryExhausted {
    limit: usize,
}

impl Ledger {
    /// An empty ledger with a limit in bytes.
    pub(crate) const fn new(limit: usize) -> Self {
        Self { limit, held: 0, peak: 0 }
    }

    /// The most that was held at one time, in bytes.
    pub(crate) const fn peak(&self) -> u64 {
        self.peak as u64
    }

    fn grow(&mut self, bytes: usize) -> wasmtime::Result<bool> {
        let held = self.held.saturating_add(bytes);
        if held > self.limit {
            // An error ends the call at once, and the same way every time; a plain refusal is for the plugin to misunderstand.
            return Err(MemoryExhausted { limit: self.limit }.into());
        }
        self.held = held;
        self.peak = self.peak.max(held);
        Ok(true)
    }
}

impl ResourceLimiter for Ledger {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.grow(desired.saturating_sub(current))
    }

    fn table_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        if desired > TABLE_ELEMENTS_MAX {
            return Err(MemoryExhausted { limit: TABLE_ELEMENTS_MAX * ELEMENT_BYTES }.into());
        }
        self.grow(desired.saturating_sub(current).saturating_mul(ELEMENT_BYTES))
    }

    fn instances(&self) -> usize {
        CORE_INSTANCES_MAX as usize
    }

    fn memories(&self) -> usize {
        COMPONENT_MEMORIES_MAX as usize
    }

    fn tables(&self) -> usize {
        COMPONENT_TABLES_MAX as usize
    }
}
