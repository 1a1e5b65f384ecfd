//! The figures of this host, for whoever runs it: what its releases cost, what its store and its sandbox do, what waits.

use domain::access::{Caller, Operation, Target};
use domain::digest::Digest;
use domain::ids::FederationCode;
use sandbox::{Occupancy, Waiting};
use store::{JobsToDo, StoreMetrics};

use crate::error::OperationError;
use crate::office::Office;
use crate::release_health::{FunctionFigures, functions_of};

/// The figures of this host since it was started. They name federations and releases, and nobody's answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostFigures {
    /// The engine and its settings.
    pub engine: String,
    /// What the store has done.
    pub store: StoreMetrics,
    /// Jobs to do on all hosts; none where the store does not answer, because that is when the other figures are wanted most.
    pub jobs: Option<JobsToDo>,
    /// What the sandbox holds.
    pub occupancy: Occupancy,
    /// What waits for one of its threads.
    pub waiting: Waiting,
    /// Releases that were called, by federation.
    pub federations: Vec<FederationFigures>,
}

/// The called releases of a federation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FederationFigures {
    /// Which.
    pub federation: FederationCode,
    /// Its releases that were called, in order of their digests.
    pub releases: Vec<ReleaseFigures>,
}

/// What the calls of a release came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseFigures {
    /// Which.
    pub release: Digest,
    /// Its functions that were called.
    pub functions: Vec<FunctionFigures>,
}

impl Office {
    /// The figures of this host; the operator's to read.
    pub async fn host_figures(&self, caller: &Caller) -> Result<HostFigures, OperationError> {
        caller.may(Operation::ReadMetrics, Target::Host)?;
        let house = &self.house;
        let jobs = house.store.jobs_to_do().await;
        if let Err(error) = &jobs {
            tracing::warn!(error = error as &dyn std::error::Error, "the jobs to do cannot be counted");
        }
        let mut federations: Vec<FederationFigures> = Vec::new();
        for (federation, release, attached) in house.meters.all() {
            let figures = ReleaseFigures { release, functions: functions_of(&attached) };
            match federations.last_mut() {
                Some(last) if last.federation == federation => last.releases.push(figures),
                _ => federations.push(FederationFigures { federation, releases: vec![figures] }),
            }
        }
        Ok(HostFigures {
            engine: self.engine().to_owned(),
            store: house.store.metrics(),
            jobs: jobs.ok(),
            occupancy: house.sandbox.occupancy(),
            waiting: house.sandbox.waiting(),
            federations,
        })
    }
}
