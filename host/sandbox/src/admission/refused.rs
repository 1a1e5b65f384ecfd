//! Refusals to admit a component, each with a stable code and the way out.

use domain::release::PluginKind;

use super::{NotAComponent, Part, WayOut};
use crate::fault::{Fault, Whose};
use crate::wit::SPOKEN;

/// Why a component is not admitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The bytes are something else.
    #[error("not a component: {0}")]
    NotAComponent(NotAComponent),
    /// The component is larger than it may be.
    #[error("the component has {bytes} bytes; it may have {max}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The largest size.
        max: usize,
    },
    /// It has more of something than can be looked at and compiled in bounded time.
    #[error("it has {found} {part}; it may have {max}")]
    TooMuch {
        /// What there is too much of.
        part: Part,
        /// How much.
        found: usize,
        /// The most.
        max: usize,
    },
    /// It imports something that the host does not give.
    #[error("it imports `{name}`, which the host does not give; {way_out}")]
    ForbiddenImport {
        /// The import.
        name: String,
        /// How to build without it.
        way_out: WayOut,
    },
    /// It was built against a version of the contract that this host does not speak.
    #[error(
        "it is built against version {} of the contract `huizong:plugin`; this host speaks {}: build it against one of these",
        found.join(", "), SPOKEN.join(", ")
    )]
    OtherContract {
        /// The versions that it was built against; `none` for an interface without a version.
        found: Vec<String>,
    },
    /// It exports no interface of a contract that this host knows.
    #[error(
        "it exports no plugin of a contract that this host knows (`huizong:plugin/rubric@1.0.0`, `…/report@1.0.0`, \
         `…/reader@1.0.0`); it exports {}",
        listed(found)
    )]
    UnknownContract {
        /// What it exports instead.
        found: Vec<String>,
    },
    /// It breaks a rule of WebAssembly, uses a proposal that is switched off, or its functions differ from the contract.
    #[error("it does not fit: {what}")]
    Unfit {
        /// In the words of the compiler.
        what: String,
    },
    /// Compiling it took more than it may.
    #[error("compiling it was stopped: {stop}")]
    CompileLimit {
        /// By which limit.
        stop: CompileStop,
    },
    /// What it says of itself is incomplete or contradicts itself.
    #[error("what it says of itself does not hold: {what}")]
    BadDescription {
        /// What is wrong.
        what: String,
    },
    /// It described itself differently when it was asked twice.
    #[error("asked twice, it described itself as a {kind:?} in two ways; `describe` is constant")]
    NotConstant {
        /// As what.
        kind: PluginKind,
    },
    /// Describing itself failed, or something in the host did.
    #[error("{0}")]
    Fault(#[from] Fault),
}

/// What stopped a compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileStop {
    /// The time on the clock.
    #[error("it took too long")]
    Time,
    /// The processor's time.
    #[error("it took too much of the processor's time")]
    Processor,
    /// The memory.
    #[error("it took too much memory")]
    Memory,
    /// The compiler itself failed.
    #[error("the compiler failed on it")]
    Failure,
}

impl Refused {
    /// Stable, kebab-case.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAComponent(what) => what.code(),
            Self::TooLarge { .. } => "component-too-large",
            Self::TooMuch { .. } => "too-much-code",
            Self::ForbiddenImport { .. } => "forbidden-import",
            Self::OtherContract { .. } => "contract-version",
            Self::UnknownContract { .. } => "unknown-contract",
            Self::Unfit { .. } => "unfit-component",
            Self::CompileLimit { .. } => "compile-limit",
            Self::BadDescription { .. } => "bad-description",
            Self::NotConstant { .. } => "description-not-constant",
            Self::Fault(fault) => fault.code(),
        }
    }

    /// Whose fault it is.
    pub const fn whose(&self) -> Whose {
        match self {
            Self::Fault(fault) => fault.whose(),
            _ => Whose::Plugin,
        }
    }
}

/// Names in a row, the first few of them, each as short as it can be shown.
pub fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    if names.is_empty() {
        return "nothing".to_owned();
    }
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{}`", crate::lie::shown(name))).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
