//! Extism: `MessagePack` in, `MessagePack` out, in a plugin of its own for every evaluation or in one that is used again.

use std::hint::black_box;

use anyhow::Result;
use complaints::Explanation;
use extism::{CompiledPlugin, Manifest, Plugin, PluginBuilder, Wasm};
use extism_wasmtime::{Config, Enabled, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::contender::{Contender, Timed};
use crate::input::Input;

const FUNCTION: &str = "score";

/// Slots of the pool; two instances of each plugin are in use at one time.
const SLOTS: u32 = 32;

/// As our own sandbox has it.
const MEMORY_BYTES: usize = 128 * 1024 * 1024;
const RESIDENT_BYTES: usize = 8 * 1024 * 1024;

/// Where a plugin's memory comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Allocation {
    /// From the operating system: what Extism does by itself.
    AsItComes,
    /// From a pool like our sandbox's: what a host could make Extism do.
    Pooled,
}

/// A compiled guest, and a new plugin for every evaluation.
pub(crate) struct ExtismFresh {
    compiled: CompiledPlugin,
    allocation: Allocation,
}

/// One plugin for all evaluations.
pub(crate) struct ExtismReused {
    plugin: Plugin,
}

impl ExtismFresh {
    pub(crate) fn compile(guest: &[u8], allocation: Allocation) -> Result<Self> {
        Ok(Self { compiled: compiled(guest, allocation)?, allocation })
    }
}

impl ExtismReused {
    pub(crate) fn start(guest: &[u8]) -> Result<Self> {
        Ok(Self { plugin: Plugin::new_from_compiled(&compiled(guest, Allocation::AsItComes)?)? })
    }
}

impl Timed for ExtismFresh {
    fn name(&self) -> &'static str {
        match self.allocation {
            Allocation::AsItComes => "extism_fresh",
            Allocation::Pooled => "extism_fresh_pooled",
        }
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        black_box(self.explain(input)?);
        Ok(())
    }
}

impl Contender for ExtismFresh {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        score(&mut Plugin::new_from_compiled(&self.compiled)?, input)
    }
}

impl Timed for ExtismReused {
    fn name(&self) -> &'static str {
        "extism_reused"
    }

    fn evaluate(&mut self, input: &Input) -> Result<()> {
        black_box(self.explain(input)?);
        Ok(())
    }
}

impl Contender for ExtismReused {
    fn explain(&mut self, input: &Input) -> Result<Explanation> {
        score(&mut self.plugin, input)
    }
}

fn score(plugin: &mut Plugin, input: &Input) -> Result<Explanation> {
    let explanation: &[u8] = plugin.call(FUNCTION, input.answers().bytes())?;
    Ok(rmp_serde::from_slice(explanation)?)
}

fn compiled(guest: &[u8], allocation: Allocation) -> Result<CompiledPlugin> {
    let manifest = Manifest::new([Wasm::data(guest)]);
    let builder = PluginBuilder::new(manifest).with_wasi(false).with_cache_disabled();
    match allocation {
        Allocation::AsItComes => CompiledPlugin::new(builder),
        Allocation::Pooled => CompiledPlugin::new(builder.with_wasmtime_config(pooled())),
    }
}

fn pooled() -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(SLOTS).total_memories(SLOTS).total_tables(SLOTS * 4).total_gc_heaps(SLOTS);
    pool.max_memory_size(MEMORY_BYTES).max_unused_warm_slots(SLOTS).linear_memory_keep_resident(RESIDENT_BYTES);
    pool.table_keep_resident(RESIDENT_BYTES);
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Yes);
    }
    let mut config = Config::new();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}
