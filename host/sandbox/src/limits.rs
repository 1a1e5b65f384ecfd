//! What an evaluation and a compilation may use; by default what the house allows.

use std::time::Duration;

use domain::limits;

/// What calls may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For `describe`, `check`, `score` and `read`, which see one submission or less.
    pub unit: Budget,
    /// For `settle` and `compose`, which see everybody.
    pub cohort: Budget,
    /// All linear memories and tables of one instance together, in bytes.
    pub memory_bytes: usize,
    /// What one call may give back, in bytes.
    pub output_bytes: usize,
    /// What one call may log, in bytes; what exceeds it is dropped.
    pub log_bytes: usize,
    /// Calls that may wait for a thread.
    pub waiting: usize,
    /// What compiling one component may use.
    pub compile: CompileLimits,
}

/// Fuel, the deterministic verdict, and the backstop on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// In units of fuel.
    pub fuel: u64,
    /// On the clock.
    pub wall: Duration,
}

/// What compiling one component may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompileLimits {
    /// On the clock.
    pub wall: Duration,
    /// Processor time of the child, in seconds.
    pub cpu_seconds: u64,
    /// Address space of the child, in bytes.
    pub memory_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unit: Budget { fuel: limits::FUEL_PER_UNIT_EVALUATION, wall: limits::WALL_PER_UNIT_EVALUATION },
            cohort: Budget { fuel: limits::FUEL_PER_COHORT_EVALUATION, wall: limits::WALL_PER_COHORT_EVALUATION },
            memory_bytes: limits::MEMORY_BYTES_MAX,
            output_bytes: limits::OUTPUT_BYTES_MAX,
            log_bytes: limits::LOG_BYTES_MAX,
            waiting: limits::EVALUATIONS_WAITING_MAX,
            compile: CompileLimits::default(),
        }
    }
}

impl Default for CompileLimits {
    fn default() -> Self {
        Self {
            wall: limits::COMPILE_WALL_MAX,
            cpu_seconds: limits::COMPILE_CPU_SECONDS_MAX,
            memory_bytes: limits::COMPILE_MEMORY_BYTES_MAX,
        }
    }
}
