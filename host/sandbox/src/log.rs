//! The log: the one thing that a plugin may call. It goes to the operator, is bounded, and is paid for in fuel.

use domain::digest::Digest;
use wasmtime::StoreContextMut;
use wasmtime::Trap;
use wasmtime::component::Linker;

use crate::visit::Inside;
use crate::wit::v1;
use crate::wit::v1::log::Level;

/// Fuel for one call, beside the fuel for its bytes.
const FUEL_PER_CALL: u64 = 1_000;

/// Fuel for one byte: a plugin that only logs is out of fuel before it has cost the host much.
const FUEL_PER_BYTE: u64 = 4;

/// Who logs, and how much of it is still written.
#[derive(Debug)]
pub(crate) struct LogBook {
    release: Digest,
    bytes_left: usize,
    dropped: u64,
}

impl LogBook {
    /// A fresh book for one call of a release.
    pub(crate) const fn new(release: Digest, bytes: usize) -> Self {
        Self { release, bytes_left: bytes, dropped: 0 }
    }

    fn note(&mut self, level: Level, message: &str) {
        if message.len() > self.bytes_left {
            self.dropped += 1;
            return;
        }
        self.bytes_left -= message.len();
        let release = self.release.short();
        match level {
            Level::Debug => tracing::debug!(target: "plugin", release, "{}", Printable(message)),
            Level::Info => tracing::info!(target: "plugin", release, "{}", Printable(message)),
            Level::Warn => tracing::warn!(target: "plugin", release, "{}", Printable(message)),
            Level::Error => tracing::error!(target: "plugin", release, "{}", Printable(message)),
        }
    }

    /// Says how many messages were not written.
    pub(crate) fn close(&self) {
        if self.dropped > 0 {
            tracing::warn!(target: "plugin", release = self.release.short(), dropped = self.dropped, "logs too much");
        }
    }
}

/// Gives the log to all instances of a linker.
pub(crate) fn link(linker: &mut Linker<Inside>) -> wasmtime::Result<()> {
    let mut interface = linker.instance(&format!("huizong:plugin/log@{}", v1::VERSION))?;
    interface.func_wrap("log", |mut store: StoreContextMut<'_, Inside>, (level, message): (Level, String)| {
        let price = FUEL_PER_CALL + FUEL_PER_BYTE * message.len() as u64;
        let left = store.get_fuel()?.checked_sub(price).ok_or(Trap::OutOfFuel)?;
        store.set_fuel(left)?;
        store.data_mut().log.note(level, &message);
        Ok(())
    })
}

/// A plugin's words without control characters, which could forge lines of a log or move a terminal's cursor.
struct Printable<'m>(&'m str);

impl std::fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use std::fmt::Write as _;
        self.0.chars().try_for_each(|character| f.write_char(if character.is_control() { ' ' } else { character }))
    }
}
