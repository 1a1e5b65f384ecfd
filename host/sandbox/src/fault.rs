//! Faults: why a call of a plugin gave no answer, and whose fault it is.

use std::fmt;

use domain::limits::FAULT_DETAIL_CHARS_MAX;

use crate::lie::Lie;

/// What went wrong in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It used more fuel than it may: the deterministic verdict on endless or wasteful work.
    OutOfFuel,
    /// The backstop on the clock stopped it before its fuel ran out: the host was slow. To be tried again.
    OutOfTime,
    /// Its memories and tables together grew over the limit.
    OutOfMemory,
    /// It called itself too deep.
    StackOverflow,
    /// It gave up by itself, or did what WebAssembly forbids.
    Trapped,
    /// Its answer, or a message to the log, is larger than it may be.
    OutputTooLarge,
    /// Its answer contradicts what it says of itself, or the contract.
    Lied,
    /// The host has too much to do. To be tried again.
    Busy,
    /// Something in the host failed.
    Host,
}

/// Who has to mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The plugin's author.
    Plugin,
    /// The operator of the host, or nobody: to be tried again.
    Host,
}

impl FaultKind {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OutOfFuel => "out-of-fuel",
            Self::OutOfTime => "out-of-time",
            Self::OutOfMemory => "out-of-memory",
            Self::StackOverflow => "stack-overflow",
            Self::Trapped => "trapped",
            Self::OutputTooLarge => "output-too-large",
            Self::Lied => "lied",
            Self::Busy => "busy",
            Self::Host => "host",
        }
    }

    /// Whose fault it is.
    pub const fn whose(self) -> Whose {
        match self {
            Self::OutOfTime | Self::Busy | Self::Host => Whose::Host,
            Self::OutOfFuel
            | Self::OutOfMemory
            | Self::StackOverflow
            | Self::Trapped
            | Self::OutputTooLarge
            | Self::Lied => Whose::Plugin,
        }
    }
}

/// Why a call gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong.
    pub kind: FaultKind,
    /// In words, for whoever has to mend it; never a value of the answers.
    pub detail: String,
    /// The plugin's functions that were running, the innermost first; empty where none was.
    pub trace: Vec<String>,
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, detail: impl Into<String>) -> Self {
        let mut detail = detail.into();
        if let Some((end, _)) = detail.char_indices().nth(FAULT_DETAIL_CHARS_MAX) {
            detail.truncate(end);
            detail.push('…');
        }
        Self { kind, detail, trace: Vec::new() }
    }

    /// The same, in these functions.
    pub(crate) fn with_trace(self, trace: Vec<String>) -> Self {
        Self { trace, ..self }
    }

    pub(crate) fn busy() -> Self {
        Self::new(FaultKind::Busy, "every thread is taken and as many calls wait as may wait")
    }

    pub(crate) fn host(error: &dyn fmt::Display) -> Self {
        // The operator's to read, and whole: no plugin has a say in it.
        Self { kind: FaultKind::Host, detail: error.to_string(), trace: Vec::new() }
    }

    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// Whose fault it is.
    pub const fn whose(&self) -> Whose {
        self.kind.whose()
    }
}

impl From<Lie> for Fault {
    fn from(lie: Lie) -> Self {
        Self::new(FaultKind::Lied, lie.to_string())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.detail)
    }
}

impl std::error::Error for Fault {}
