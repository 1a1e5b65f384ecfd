//! The sandbox: admits components, keeps them compiled, and hands out threads to call them on.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use domain::digest::Digest;
use domain::evaluation::{Asked, Run};
use domain::release::{Descriptions, PluginKind};
use tokio::sync::oneshot;
use wasmtime::Engine;
use wasmtime::component::{InstancePre, Linker};

use crate::admission::{Refused, inspect};
use crate::compile::{self, CodeCache, Compiler, OwnCode};
use crate::engine;
use crate::fault::Fault;
use crate::limits::{Budget, Limits};
use crate::log;
use crate::plugin::{Parts, Plugin};
use crate::threads::Threads;
use crate::verify::Index;
use crate::visit::{Inside, Visit};
use crate::wit::v1::Exports;

/// Components that may wait to be compiled.
const COMPILATIONS_WAITING_MAX: usize = 16;

/// Instances beyond those of the sandbox's own threads: for callers that bring a thread of their own.
const VISITORS_MAX: usize = 16;

/// How a sandbox is set up.
#[derive(Clone, Debug)]
pub struct SandboxSettings {
    /// Threads for calls that see one submission; calls that see everybody have half as many of their own.
    pub threads: usize,
    /// What calls and compilations may use.
    pub limits: Limits,
    /// Where components are compiled.
    pub compiler: Compiler,
    /// Where compiled code is kept; without, every start compiles again.
    pub cache: Option<CodeCache>,
}

/// Why a sandbox cannot start: the operator's to mend.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The engine cannot be set up; mostly because address space is limited (`ulimit -v`).
    #[error("the engine cannot be set up")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A thread cannot be started.
    #[error("a thread cannot be started")]
    Threads(#[source] io::Error),
    /// The cache's folder cannot be used.
    #[error("the folder for compiled code cannot be used")]
    Cache(#[source] io::Error),
}

/// What the sandbox holds at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupancy {
    /// Components that are being called.
    pub instances: u64,
    /// Linear memories in use.
    pub memories: usize,
    /// Tables in use.
    pub tables: usize,
}

/// What waits for one of the sandbox's threads at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Calls that see one submission.
    pub unit: usize,
    /// Calls that see everybody.
    pub cohort: usize,
    /// Components to be compiled.
    pub compile: usize,
}

/// Runs plugins. Cheap to clone; all clones are one sandbox.
#[derive(Clone)]
pub struct Sandbox(Arc<House>);

pub(crate) struct House {
    engine: Engine,
    linker: Linker<Inside>,
    pub(crate) limits: Limits,
    pub(crate) fingerprint: String,
    compiler: Compiler,
    cache: Option<CodeCache>,
    plugins: RwLock<BTreeMap<Digest, Plugin>>,
    units: Threads,
    cohorts: Threads,
    workshop: Threads,
    known: Threads,
}

/// Which threads a piece of work belongs on.
#[derive(Clone, Copy)]
pub(crate) enum Lane {
    /// Calls that see one submission.
    Unit,
    /// Calls that see everybody, so that long ones never keep short ones waiting.
    Cohort,
    /// Compiling what comes in, one at a time.
    Workshop,
    /// Compiling what was admitted before and is needed now: it never waits for what comes in.
    Known,
}

impl Sandbox {
    /// Sets up the engine, its pool and the threads.
    pub fn start(settings: SandboxSettings) -> Result<Self, SandboxError> {
        let SandboxSettings { threads, limits, compiler, cache } = settings;
        let refuse = |error: wasmtime::Error| SandboxError::Engine(error.into());
        let units = threads.max(1);
        let cohorts = units.div_ceil(2);
        let at_once = u32::try_from(units + cohorts + 1 + VISITORS_MAX).unwrap_or(u32::MAX / 256);
        let engine = engine::running_engine(&limits, at_once).map_err(refuse)?;
        let mut linker = Linker::new(&engine);
        log::link(&mut linker).map_err(refuse)?;
        cache.as_ref().map_or(Ok(()), CodeCache::prepare).map_err(SandboxError::Cache)?;
        engine::start_ticker(&engine).map_err(SandboxError::Threads)?;
        let start = |name, count, waiting| Threads::start(name, count, waiting).map_err(SandboxError::Threads);
        Ok(Self(Arc::new(House {
            fingerprint: engine::fingerprint(&engine, &limits),
            units: start("sandbox-unit", units, limits.waiting)?,
            cohorts: start("sandbox-cohort", cohorts, limits.waiting)?,
            workshop: start("sandbox-workshop", 1, COMPILATIONS_WAITING_MAX)?,
            known: start("sandbox-known", 1, limits.waiting)?,
            engine,
            linker,
            limits,
            compiler,
            cache,
            plugins: RwLock::default(),
        })))
    }

    /// The engine's version with its settings and limits: records of runs are comparable within one.
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// What is in use at the moment; nothing when no call is under way.
    pub fn occupancy(&self) -> Occupancy {
        let metrics = self.0.engine.pooling_allocator_metrics();
        Occupancy {
            instances: metrics.as_ref().map_or(0, wasmtime::PoolingAllocatorMetrics::component_instances),
            memories: metrics.as_ref().map_or(0, wasmtime::PoolingAllocatorMetrics::memories),
            tables: metrics.as_ref().map_or(0, wasmtime::PoolingAllocatorMetrics::tables),
        }
    }

    /// What waits for a thread at the moment.
    pub fn waiting(&self) -> Waiting {
        let House { units, cohorts, workshop, .. } = &*self.0;
        Waiting { unit: units.waiting(), cohort: cohorts.waiting(), compile: workshop.waiting() }
    }

    /// A plugin that is compiled and in memory.
    pub fn plugin(&self, digest: Digest) -> Option<Plugin> {
        self.0.plugins.read().unwrap_or_else(PoisonError::into_inner).get(&digest).cloned()
    }

    /// Looks a component over, compiles it and has it describe itself; with the records of that.
    pub async fn admit(&self, component: Bytes) -> Result<(Plugin, Vec<(Asked, Run)>), Refused> {
        let here = self.clone();
        self.on(Lane::Workshop, move || here.admit_here(&component)).await.map_err(Refused::Fault)?
    }

    /// The same on the caller's thread.
    pub fn admit_here(&self, component: &[u8]) -> Result<(Plugin, Vec<(Asked, Run)>), Refused> {
        let inspected = inspect(component)?;
        let digest = Digest::of(component);
        let code = self.cached(digest).map_or_else(|| self.compile(digest, component), Ok)?;
        let (component, exports) = self.link(&code, &inspected.kinds)?;
        let visit = self.visit(digest, &component, self.0.limits.unit);
        hold_types(visit, &exports).map_err(|what| Refused::Unfit { what })?;
        let (descriptions, runs) = crate::describe::describe(visit, &exports, &self.0.fingerprint, &inspected.kinds)?;
        let index = descriptions.rubric.as_ref().map(Index::of);
        let build = Some(inspected.build);
        let plugin = Plugin::new(Parts { digest, component, exports, descriptions, index, build });
        self.remember(&plugin);
        Ok((plugin, runs))
    }

    /// A release that was admitted before, from memory or from the cache; none where it has to be compiled again. Nobody needs to
    /// have its component at hand for that.
    pub async fn load_cached(&self, digest: Digest, descriptions: Descriptions) -> Result<Option<Plugin>, Fault> {
        if let Some(plugin) = self.plugin(digest) {
            return Ok(Some(plugin));
        }
        let here = self.clone();
        self.on(Lane::Unit, move || here.load_cached_here(digest, descriptions)).await?.transpose()
    }

    /// The same on the caller's thread.
    pub fn load_cached_here(&self, digest: Digest, descriptions: Descriptions) -> Option<Result<Plugin, Fault>> {
        if let Some(plugin) = self.plugin(digest) {
            return Some(Ok(plugin));
        }
        self.cached(digest).map(|code| self.take_in(digest, &code, descriptions))
    }

    /// A release that was admitted before: from memory, from the cache, or compiled again.
    pub async fn load(&self, digest: Digest, component: Bytes, descriptions: Descriptions) -> Result<Plugin, Fault> {
        if let Some(plugin) = self.load_cached(digest, descriptions.clone()).await? {
            return Ok(plugin);
        }
        let here = self.clone();
        self.on(Lane::Known, move || here.load_here(digest, &component, descriptions)).await?
    }

    /// The same on the caller's thread.
    pub fn load_here(&self, digest: Digest, component: &[u8], descriptions: Descriptions) -> Result<Plugin, Fault> {
        if let Some(loaded) = self.load_cached_here(digest, descriptions.clone()) {
            return loaded;
        }
        if Digest::of(component) != digest {
            return Err(Fault::host(&"the component's bytes are not those of the release"));
        }
        let host = |refused: Refused| Fault::host(&refused);
        inspect(component).map_err(host)?;
        let code = self.compile(digest, component).map_err(host)?;
        self.take_in(digest, &code, descriptions)
    }

    /// Does a piece of work on one of the sandbox's threads.
    pub(crate) async fn on<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let (sender, receiver) = oneshot::channel();
        let threads = match lane {
            Lane::Unit => &self.0.units,
            Lane::Cohort => &self.0.cohorts,
            Lane::Workshop => &self.0.workshop,
            Lane::Known => &self.0.known,
        };
        let handed = threads.hand(move || {
            // Who gave up waiting needs no answer any more.
            if !sender.is_closed() {
                let _ = sender.send(work());
            }
        });
        handed.map_err(|_| Fault::busy())?;
        receiver.await.map_err(|_| Fault::host(&"the call ended without an answer"))
    }

    pub(crate) fn house(&self) -> &House {
        &self.0
    }

    pub(crate) fn visit<'v>(
        &'v self,
        release: Digest,
        component: &'v InstancePre<Inside>,
        budget: Budget,
    ) -> Visit<'v> {
        Visit { release, component, limits: &self.0.limits, budget }
    }

    fn cached(&self, digest: Digest) -> Option<OwnCode> {
        self.0.cache.as_ref()?.find(digest, &self.0.engine)
    }

    fn compile(&self, digest: Digest, component: &[u8]) -> Result<OwnCode, Refused> {
        let code = self.0.compiler.compile(&self.0.engine, component, self.0.limits.compile)?;
        if let Some(cache) = &self.0.cache {
            cache.keep(&code, digest, &self.0.engine);
        }
        Ok(code)
    }

    fn link(&self, code: &OwnCode, kinds: &[PluginKind]) -> Result<(InstancePre<Inside>, Exports), Refused> {
        let unfit = |error: wasmtime::Error| Refused::Unfit { what: format!("{error:#}") };
        let component = compile::load(&self.0.engine, code).map_err(unfit)?;
        let exports = Exports::find(&component, kinds).map_err(unfit)?;
        let linked = self.0.linker.instantiate_pre(&component).map_err(unfit)?;
        Ok((linked, exports))
    }

    fn take_in(&self, digest: Digest, code: &OwnCode, descriptions: Descriptions) -> Result<Plugin, Fault> {
        let linked = self.link(code, &descriptions.kinds());
        let (component, exports) = linked.map_err(|refused| Fault::host(&refused))?;
        let index = descriptions.rubric.as_ref().map(Index::of);
        let plugin = Plugin::new(Parts { digest, component, exports, descriptions, index, build: None });
        self.remember(&plugin);
        Ok(plugin)
    }

    fn remember(&self, plugin: &Plugin) {
        self.0.plugins.write().unwrap_or_else(PoisonError::into_inner).insert(plugin.digest(), plugin.clone());
    }
}

/// Every function has the type that the contract gives it; one instance is made to find that out.
fn hold_types(visit: Visit<'_>, exports: &Exports) -> Result<(), String> {
    let mut store = visit.store().map_err(|error| error.to_string())?;
    let outcome = visit.component.instantiate(&mut store);
    let instance = outcome.map_err(|error| crate::visit::fault_of(&error).to_string())?;
    exports.hold_types(&mut store, &instance).map_err(|error| format!("{error:#}"))
}
