//! The engine by itself: a store and an instance, set up as our sandbox sets them up, and nothing called.

use std::hint::black_box;

use anyhow::Result;
use wasmtime::component::{Component, InstancePre, Linker};
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};

use crate::contender::Timed;
use crate::input::Input;

/// The header of a component, and nothing in it.
const EMPTY: [u8; 8] = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

const SLOTS: u32 = 32;
const MEMORY_BYTES: usize = 128 * 1024 * 1024;
const RESIDENT_BYTES: usize = 8 * 1024 * 1024;

/// A component that is instantiated and let go.
pub(crate) struct Bare {
    name: &'static str,
    component: InstancePre<()>,
}

impl Bare {
    /// The component without anything.
    pub(crate) fn empty_component() -> Result<Self> {
        Self::component("empty_component", &EMPTY)
    }

    /// Any component; whatever it imports is there and would trap.
    pub(crate) fn component(name: &'static str, bytes: &[u8]) -> Result<Self> {
        let engine = Engine::new(&settings()).map_err(told)?;
        let component = Component::from_binary(&engine, bytes).map_err(told)?;
        let mut linker = Linker::new(&engine);
        linker.define_unknown_imports_as_traps(&component).map_err(told)?;
        let component = linker.instantiate_pre(&component).map_err(told)?;
        Ok(Self { name, component })
    }
}

impl Timed for Bare {
    fn name(&self) -> &'static str {
        self.name
    }

    fn evaluate(&mut self, _: &Input) -> Result<()> {
        let mut store = Store::new(self.component.engine(), ());
        store.set_fuel(u64::MAX).map_err(told)?;
        store.set_epoch_deadline(1);
        let instance = self.component.instantiate(&mut store);
        black_box(instance.map_err(told)?);
        Ok(())
    }
}

fn told(error: wasmtime::Error) -> anyhow::Error {
    anyhow::Error::from_boxed(error.into())
}

/// As in `host/sandbox/src/engine.rs`: fuel, epochs, no concurrency, and a pool whose slots stay warm.
fn settings() -> Config {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(SLOTS).total_core_instances(SLOTS).total_memories(SLOTS).total_tables(SLOTS * 4);
    pool.max_memory_size(MEMORY_BYTES).max_unused_warm_slots(SLOTS);
    pool.linear_memory_keep_resident(RESIDENT_BYTES).table_keep_resident(RESIDENT_BYTES);
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Yes);
    }
    let mut config = Config::new();
    config.consume_fuel(true).epoch_interruption(true).cranelift_nan_canonicalization(true);
    config.shared_memory(false).concurrency_support(false).native_unwind_info(false);
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    config
}
