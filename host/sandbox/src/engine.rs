//! The engine: one for all plugins, with everything switched off that a plugin does not need.

mod fingerprint;
mod ticker;

use std::num::NonZeroUsize;

use domain::limits::{COMPONENT_MEMORIES_MAX, COMPONENT_TABLES_MAX, CORE_INSTANCES_MAX, TABLE_ELEMENTS_MAX};
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, OptLevel, PoolingAllocationConfig, WasmBacktraceDetails,
};

pub(crate) use fingerprint::{compatibility, fingerprint};
pub(crate) use ticker::{TICK, start as start_ticker};

use crate::limits::Limits;
use crate::trace::COLLECTED_FRAMES_MAX;

/// Bytes of a plugin's call stack.
const STACK_BYTES: usize = 512 * 1024;

/// Bytes of a slot's memory that are cleaned in place for the next instance instead of being given back: most plugins' whole memory.
const RESIDENT_BYTES: usize = 8 * 1024 * 1024;

/// The same where the kernel cannot tell which pages were written, so that all of these are cleaned every time.
const RESIDENT_BYTES_BLIND: usize = 256 * 1024;

/// Slots beyond those in use at one time: a release finds its memory image still mapped in one of them.
const WARM_SLOTS: u32 = 96;

/// The engine that compiles: the same code comes of it, but it reserves no memory, so that it fits below a limit of address space.
pub(crate) fn compiling_engine() -> wasmtime::Result<Engine> {
    let mut config = settings();
    config.allocation_strategy(InstanceAllocationStrategy::OnDemand);
    Engine::new(&config)
}

/// The engine that runs: at most `at_once` instances at one time, in slots that are reserved now.
pub(crate) fn running_engine(limits: &Limits, at_once: u32) -> wasmtime::Result<Engine> {
    let with_warm_slots = |warm| {
        let mut config = settings();
        config.allocation_strategy(pool(limits, at_once, warm));
        Engine::new(&config)
    };
    with_warm_slots(WARM_SLOTS).or_else(|error| {
        tracing::warn!(%error, "the address space for warm slots cannot be reserved; releases will start slower");
        with_warm_slots(0)
    })
}

/// Everything that decides what comes of a component's code and how much fuel it takes.
fn settings() -> Config {
    let mut config = Config::new();
    config.consume_fuel(true).epoch_interruption(true).cranelift_nan_canonicalization(true);
    config.max_wasm_stack(STACK_BYTES).cranelift_opt_level(OptLevel::Speed);
    // What no plugin needs is no way in: threads, 64-bit memories, garbage collection and the rest.
    config.wasm_relaxed_simd(false).wasm_memory64(false).wasm_tail_call(false);
    // Components within a component hand each other values by adapters that see both their memories: QuickJS is made so.
    config.wasm_multi_memory(true);
    config.wasm_component_model_memory64(false).wasm_component_model_fixed_length_lists(false);
    config.wasm_component_model_map(false).wasm_component_model_implements(false);
    config.shared_memory(false).concurrency_support(false);
    // By default these follow the environment, and they change what is compiled.
    config.wasm_backtrace_details(WasmBacktraceDetails::Disable);
    config.wasm_backtrace_max_frames(NonZeroUsize::new(COLLECTED_FRAMES_MAX));
    // Registering unwind tables grows quadratically on some platforms when many components come and go.
    config.native_unwind_info(false);
    config
}

fn pool(limits: &Limits, at_once: u32, warm: u32) -> InstanceAllocationStrategy {
    let mut pool = PoolingAllocationConfig::new();
    // Enough for the largest component on every thread: no plugin can take the slots from under another's call.
    let slots = at_once * COMPONENT_MEMORIES_MAX + warm;
    let tables = at_once * COMPONENT_TABLES_MAX + warm;
    pool.total_component_instances(at_once);
    pool.total_core_instances(at_once * CORE_INSTANCES_MAX).max_core_instances_per_component(CORE_INSTANCES_MAX);
    pool.total_memories(slots).max_memories_per_component(COMPONENT_MEMORIES_MAX).max_memory_size(limits.memory_bytes);
    pool.total_tables(tables).max_tables_per_component(COMPONENT_TABLES_MAX);
    pool.max_tables_per_module(COMPONENT_TABLES_MAX);
    pool.table_elements(TABLE_ELEMENTS_MAX);
    pool.max_unused_warm_slots(slots);
    let (scan, resident) = if PoolingAllocationConfig::is_pagemap_scan_available() {
        (Enabled::Yes, RESIDENT_BYTES)
    } else {
        (Enabled::No, RESIDENT_BYTES_BLIND)
    };
    pool.pagemap_scan(scan).linear_memory_keep_resident(resident).table_keep_resident(resident);
    InstanceAllocationStrategy::Pooling(pool)
}
