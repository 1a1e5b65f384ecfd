//! Compiling: in a child process that can be killed, or from the cache that only this host can have written.

mod cache;
mod child;
mod code;
mod parent;

use std::ffi::OsString;
use std::path::PathBuf;

use wasmtime::Engine;
use wasmtime::component::Component;

pub use cache::CodeCache;
pub use child::compile_child;
pub(crate) use code::OwnCode;

use crate::admission::Refused;
use crate::limits::CompileLimits;

/// Where components are compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// In a child process under limits: `program arguments…` has to call [`compile_child`].
    Child {
        /// The executable.
        program: PathBuf,
        /// What makes it compile.
        arguments: Vec<OsString>,
    },
    /// In this process, where nothing bounds it: for components that the operator trusts, and for tests.
    InProcess,
}

impl Compiler {
    /// Compiles one component.
    pub(crate) fn compile(&self, engine: &Engine, component: &[u8], limits: CompileLimits) -> Result<OwnCode, Refused> {
        match self {
            Self::Child { program, arguments } => parent::compile(program, arguments, engine, component, limits),
            Self::InProcess => {
                let unfit = |error: wasmtime::Error| Refused::Unfit { what: format!("{error:#}") };
                engine.precompile_component(component).map(OwnCode::compiled).map_err(unfit)
            }
        }
    }
}

/// Makes compiled code ready to run.
pub(crate) fn load(engine: &Engine, code: &OwnCode) -> wasmtime::Result<Component> {
    code.load(engine)
}
