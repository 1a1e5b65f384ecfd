//! Lies: answers that contradict the contract or what the plugin says of itself.

use std::fmt;

/// What is wrong with an answer: where in it, then why. It names identifiers of the plugin, never a value of the answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lie(String);

impl Lie {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// The same, said of a part of something.
    pub(crate) fn of(self, place: impl fmt::Display) -> Self {
        Self(format!("{place}: {}", self.0))
    }
}

impl fmt::Display for Lie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Holds a condition; what is wrong otherwise is written only then.
pub(crate) fn hold<What: Into<String>>(is_so: bool, what: impl FnOnce() -> What) -> Result<(), Lie> {
    if is_so { Ok(()) } else { Err(Lie::new(what())) }
}

/// An identifier that a plugin made up, fit for a message: short, and without control characters.
pub(crate) fn shown(identifier: &str) -> String {
    const CHARS_MAX: usize = 64;
    let mut shown: String = identifier.chars().filter(|character| !character.is_control()).take(CHARS_MAX).collect();
    if identifier.chars().count() > CHARS_MAX {
        shown.push('…');
    }
    shown
}
