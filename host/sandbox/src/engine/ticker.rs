//! The clock's tick: one thread for one engine, which ends with it.

use std::io;
use std::thread;
use std::time::Duration;

use wasmtime::Engine;

/// How often running plugins look at the clock.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Starts the thread. It holds the engine only while it ticks, so that the engine can end.
pub(crate) fn start(engine: &Engine) -> io::Result<()> {
    let engine = engine.weak();
    thread::Builder::new().name("sandbox-clock".to_owned()).spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    })?;
    Ok(())
}
