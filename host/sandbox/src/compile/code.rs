//! Compiled code that is known to be this host's own.

use wasmtime::Engine;
use wasmtime::component::Component;

/// Machine code that this host compiled itself. Bytes from outside never become it.
pub(crate) struct OwnCode(Vec<u8>);

impl OwnCode {
    /// What the compiler of this host gave, or the cache after its tag was verified.
    pub(super) const fn compiled(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    #[expect(unsafe_code, reason = "code that is not the compiler's own would be run; `OwnCode` holds no other")]
    pub(super) fn load(&self, engine: &Engine) -> wasmtime::Result<Component> {
        // SAFETY: the bytes came from `Engine::precompile_component` in this process or in a child that runs this very program,
        // or from the cache with a tag that only the holder of the host's key can make.
        unsafe { Component::deserialize(engine, &self.0) }
    }
}
