//! The operator's log: the one thing that a plugin may call. Natively it is a list that a test can read.

use crate::bindings::shared::huizong::plugin::log::Level;

/// Notes something that only matters while looking for a fault.
pub fn debug(message: &str) {
    write(Level::Debug, message);
}

/// Notes something that an operator may want to know.
pub fn info(message: &str) {
    write(Level::Info, message);
}

/// Notes something that an operator should look at.
pub fn warn(message: &str) {
    write(Level::Warn, message);
}

/// Notes something that went wrong.
pub fn error(message: &str) {
    write(Level::Error, message);
}

#[cfg(target_arch = "wasm32")]
fn write(level: Level, message: &str) {
    crate::bindings::shared::huizong::plugin::log::log(level, message);
}

#[cfg(not(target_arch = "wasm32"))]
fn write(level: Level, message: &str) {
    native::NOTED.with_borrow_mut(|noted| noted.push((level, message.to_owned())));
}

#[cfg(not(target_arch = "wasm32"))]
pub use native::noted;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::cell::RefCell;

    use crate::bindings::shared::huizong::plugin::log::Level;

    thread_local! {
        pub(super) static NOTED: RefCell<Vec<(Level, String)>> = const { RefCell::new(Vec::new()) };
    }

    /// Takes what was noted on this thread so far, each with its level's name. Only where the plugin runs natively.
    pub fn noted() -> Vec<(&'static str, String)> {
        let taken = NOTED.with_borrow_mut(std::mem::take);
        taken.into_iter().map(|(level, message)| (name(level), message)).collect()
    }

    const fn name(level: Level) -> &'static str {
        match level {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }
}
