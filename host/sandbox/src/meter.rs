//! Meters: what the calls of one plugin came to. Whoever lends out a plugin attaches one, and every call of it is counted there.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::evaluation::Run;
use domain::histogram::Histogram;
use serde::Serialize;

use crate::fault::{Fault, FaultKind};

/// Bounds for fuel: from a check of nothing to the cohort pass's limit.
const FUEL: [u64; 12] = [
    10_000,
    30_000,
    100_000,
    300_000,
    1_000_000,
    3_000_000,
    10_000_000,
    30_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    40_000_000_000,
];

/// Bounds for time on the clock, in microseconds.
const WALL_MICROS: [u64; 13] =
    [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000, 5_000_000, 60_000_000];

/// Bounds for memory, in bytes.
const MEMORY_BYTES: [u64; 8] = [1 << 20, 2 << 20, 4 << 20, 8 << 20, 16 << 20, 32 << 20, 64 << 20, 128 << 20];

/// Counts the calls of a plugin, by function.
#[derive(Debug, Default)]
pub struct Meter(Mutex<BTreeMap<&'static str, Metered>>);

/// What the calls of one function came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Metered {
    /// How often it ended how: `given`, `refused`, or the code of a fault.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Fuel of each call.
    pub fuel: Histogram,
    /// Time of each call on the clock, in microseconds.
    pub wall_micros: Histogram,
    /// The most memory that each call held, in bytes.
    pub memory_bytes: Histogram,
}

/// How a call ended.
#[derive(Clone, Copy)]
pub(crate) enum Ended<'f> {
    /// With what was asked for.
    Given,
    /// With a refusal.
    Refused,
    /// With a fault.
    Faulted(&'f Fault),
}

impl Meter {
    /// What was counted so far, by the contract's names of the functions.
    pub fn read(&self) -> BTreeMap<&'static str, Metered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Counts a call that has ended.
    pub(crate) fn count(&self, function: &'static str, run: &Run, ended: Ended<'_>) {
        let mut functions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let metered = functions.entry(function).or_default();
        *metered.outcomes.entry(ended.code()).or_default() += 1;
        if ended.has_run() {
            metered.fuel.count(run.fuel);
            metered.wall_micros.count(run.wall_micros);
            metered.memory_bytes.count(run.peak_memory_bytes);
        }
    }
}

impl Default for Metered {
    fn default() -> Self {
        Self {
            outcomes: BTreeMap::new(),
            fuel: Histogram::with_bounds(&FUEL),
            wall_micros: Histogram::with_bounds(&WALL_MICROS),
            memory_bytes: Histogram::with_bounds(&MEMORY_BYTES),
        }
    }
}

impl Ended<'_> {
    const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Faulted(fault) => fault.code(),
        }
    }

    /// Whether an instance ran at all: what was turned away cost nothing, and would pull every figure down.
    const fn has_run(self) -> bool {
        !matches!(self, Self::Faulted(Fault { kind: FaultKind::Busy | FaultKind::Host, .. }))
    }
}
