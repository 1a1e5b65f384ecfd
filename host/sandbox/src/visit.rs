//! One visit to a plugin: a fresh store, a fresh instance, one call, and what it cost.

use std::time::{Duration, Instant};

use domain::digest::Digest;
use wasmtime::component::{ComponentExportIndex, ComponentNamedList, InstancePre, Lift, Lower};
use wasmtime::{PoolConcurrencyLimitError, Store, Trap, WasmBacktrace};

use crate::engine::TICK;
use crate::fault::{Fault, FaultKind};
use crate::ledger::{Ledger, MemoryExhausted};
use crate::limits::{Budget, Limits};
use crate::log::LogBook;
use crate::trace::functions_in;

/// What the host keeps for an instance while it runs.
pub(crate) struct Inside {
    pub(crate) ledger: Ledger,
    pub(crate) log: LogBook,
}

/// Whom to visit, and what the visit may cost.
#[derive(Clone, Copy)]
pub(crate) struct Visit<'v> {
    pub(crate) release: Digest,
    pub(crate) component: &'v InstancePre<Inside>,
    pub(crate) limits: &'v Limits,
    pub(crate) budget: Budget,
}

/// What a visit cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub(crate) fuel: u64,
    pub(crate) peak_memory_bytes: u64,
    pub(crate) wall: Duration,
}

impl Visit<'_> {
    /// Calls one function in an instance that nothing else has seen or will see.
    pub(crate) fn call<Parameters, Answer>(
        self,
        function: ComponentExportIndex,
        parameters: Parameters,
    ) -> (Cost, Result<Answer, Fault>)
    where
        Parameters: ComponentNamedList + Lower,
        (Answer,): ComponentNamedList + Lift + 'static,
    {
        let started = Instant::now();
        let mut store = match self.store() {
            Ok(store) => store,
            Err(error) => return (Cost::default(), Err(Fault::host(&error))),
        };
        let outcome = self.component.instantiate(&mut store).and_then(|instance| {
            let function = instance.get_typed_func::<Parameters, (Answer,)>(&mut store, function)?;
            function.call(&mut store, parameters)
        });
        let left = store.get_fuel().unwrap_or_default();
        let inside = store.data();
        inside.log.close();
        let peak_memory_bytes = inside.ledger.peak();
        // The instance's memory is cleaned here, and the visit pays for it.
        drop(store);
        let cost = Cost { fuel: self.budget.fuel - left, peak_memory_bytes, wall: started.elapsed() };
        (cost, outcome.map(|(answer,)| answer).map_err(|error| fault_of(&error)))
    }

    /// A store whose every limit is set.
    pub(crate) fn store(self) -> wasmtime::Result<Store<Inside>> {
        let inside = Inside {
            ledger: Ledger::new(self.limits.memory_bytes),
            log: LogBook::new(self.release, self.limits.log_bytes),
        };
        let mut store = Store::new(self.component.engine(), inside);
        store.limiter(|inside| &mut inside.ledger);
        store.set_fuel(self.budget.fuel)?;
        // The tick that is under way when the visit begins counts for nothing.
        let ticks = self.budget.wall.as_millis() / TICK.as_millis() + 1;
        store.set_epoch_deadline(u64::try_from(ticks).unwrap_or(u64::MAX));
        store.set_hostcall_fuel(self.limits.output_bytes);
        Ok(store)
    }
}

/// Whose fault an error of a call is, and what it was.
pub(crate) fn fault_of(error: &wasmtime::Error) -> Fault {
    if error.downcast_ref::<PoolConcurrencyLimitError>().is_some() {
        return Fault::busy();
    }
    let trace = error.downcast_ref::<WasmBacktrace>().map(functions_in).unwrap_or_default();
    let exhausted = error.downcast_ref::<MemoryExhausted>();
    let reason = exhausted.map_or_else(|| error.root_cause().to_string(), MemoryExhausted::to_string);
    let kind = match error.downcast_ref::<Trap>() {
        _ if exhausted.is_some() => FaultKind::OutOfMemory,
        Some(Trap::OutOfFuel) => FaultKind::OutOfFuel,
        Some(Trap::Interrupt) => FaultKind::OutOfTime,
        Some(Trap::StackOverflow) => FaultKind::StackOverflow,
        // The engine has no type of its own for this one.
        None if reason.contains("fuel allocated for hostcalls") => FaultKind::OutputTooLarge,
        // Whatever else goes wrong while a plugin runs, it did: a trap, or bytes that are no value of the contract.
        Some(_) | None => FaultKind::Trapped,
    };
    let fault = match trace.first() {
        Some(place) if kind != FaultKind::OutputTooLarge => Fault::new(kind, format!("{reason}, in `{place}`")),
        _ => Fault::new(kind, reason),
    };
    fault.with_trace(trace)
}
