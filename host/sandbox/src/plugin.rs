//! A plugin that can be called: compiled, linked, its functions found, and what it says of itself verified.

use std::sync::Arc;

use domain::digest::Digest;
use domain::release::{Descriptions, PluginKind};
use wasmtime::component::InstancePre;

use crate::verify::Index;
use crate::visit::Inside;
use crate::wit::v1::Exports;

/// An admitted plugin. It holds code and no state: every call runs in an instance of its own.
#[derive(Clone)]
pub struct Plugin(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) digest: Digest,
    pub(crate) component: InstancePre<Inside>,
    pub(crate) exports: Exports,
    pub(crate) descriptions: Descriptions,
    /// Set where it is a rubric: what verification looks up in the description.
    pub(crate) index: Option<Index>,
}

impl Plugin {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    /// The component's digest.
    pub fn digest(&self) -> Digest {
        self.0.digest
    }

    /// What it says of itself.
    pub fn descriptions(&self) -> &Descriptions {
        &self.0.descriptions
    }

    /// The kinds that it is.
    pub fn kinds(&self) -> Vec<PluginKind> {
        self.0.descriptions.kinds()
    }

    /// The contract version that it was built against.
    pub fn contract(&self) -> &'static str {
        crate::wit::v1::VERSION
    }
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Plugin").field(&self.0.digest).finish()
    }
}
