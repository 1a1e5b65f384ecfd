//! A plugin that can be called: compiled, linked, its functions found, and what it says of itself verified.

use std::sync::Arc;

use domain::digest::Digest;
use domain::release::{BuildInformation, Descriptions, PluginKind};
use wasmtime::component::InstancePre;

use crate::meter::Meter;
use crate::verify::Index;
use crate::visit::Inside;
use crate::wit::v1::Exports;

/// An admitted plugin. It holds code and no state: every call runs in an instance of its own.
#[derive(Clone)]
pub struct Plugin {
    parts: Arc<Parts>,
    meter: Option<Arc<Meter>>,
}

pub(crate) struct Parts {
    pub(crate) digest: Digest,
    pub(crate) component: InstancePre<Inside>,
    pub(crate) exports: Exports,
    pub(crate) descriptions: Descriptions,
    /// Set where it is a rubric: what verification looks up in the description.
    pub(crate) index: Option<Index>,
    /// Set where it was just admitted: what it carries about how it was built.
    pub(crate) build: Option<BuildInformation>,
}

impl Plugin {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), meter: None }
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The same plugin, every call of which is counted by a meter.
    #[must_use]
    pub fn metered(&self, meter: Arc<Meter>) -> Self {
        Self { parts: Arc::clone(&self.parts), meter: Some(meter) }
    }

    pub(crate) fn meter(&self) -> Option<&Meter> {
        self.meter.as_deref()
    }

    /// The component's digest.
    pub fn digest(&self) -> Digest {
        self.parts.digest
    }

    /// What it says of itself.
    pub fn descriptions(&self) -> &Descriptions {
        &self.parts.descriptions
    }

    /// The kinds that it is.
    pub fn kinds(&self) -> Vec<PluginKind> {
        self.parts.descriptions.kinds()
    }

    /// What it carries about how it was built, where it was just admitted and carries anything.
    pub fn build(&self) -> Option<&BuildInformation> {
        self.parts.build.as_ref().filter(|build| !build.is_empty())
    }

    /// The contract version that it was built against.
    pub fn contract(&self) -> &'static str {
        crate::wit::v1::VERSION
    }
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Plugin").field(&self.parts.digest).finish()
    }
}
