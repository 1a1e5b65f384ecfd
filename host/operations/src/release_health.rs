//! How a release fares: what every host ever kept of its faults, and what this host has counted of its calls.

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::release_fault::{FaultTally, ReleaseFault};
use jiff::Timestamp;
use sandbox::Metered;
use serde::Serialize;

use crate::error::OperationError;
use crate::meters::Attached;
use crate::office::Office;

/// How a release fares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseHealth {
    /// The release.
    pub release: Digest,
    /// Revisions that it has judged: kept, and so of all hosts and all times.
    pub judged: u64,
    /// How often it failed in which way: kept, and so of all hosts and all times.
    pub faults: Vec<FaultTally>,
    /// The newest of these faults, with the functions that were running and the digest of what it was asked.
    pub last_fault: Option<ReleaseFault>,
    /// Calls that this host has counted; none where it has not called the release since it was started.
    pub here: Option<CountedHere>,
}

/// What one host has counted of a release's calls. It forgets them when it stops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedHere {
    /// When it began to count.
    pub since: Timestamp,
    /// The engine on which they ran; fuel is comparable only within one.
    pub engine: String,
    /// The functions that were called, in order of their names.
    pub functions: Vec<FunctionFigures>,
}

/// What the calls of one function came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionFigures {
    /// The contract's name of the function.
    pub function: &'static str,
    /// How the calls ended and what they cost.
    #[serde(flatten)]
    pub calls: Metered,
}

impl Office {
    /// How a release of the federation fares.
    pub async fn release_health(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        release: Digest,
    ) -> Result<ReleaseHealth, OperationError> {
        let scope = self.scope(caller, Operation::WatchRelease, federation)?;
        let release = self.known_release(&scope, release).await?.digest;
        let (judged, faults, newest) = tokio::join!(
            scope.judged_by(release),
            scope.fault_tallies(release),
            scope.faults_since(release, Timestamp::MIN, 1),
        );
        let counted = self.house.meters.find(federation, release);
        let here = counted.map(|attached| CountedHere {
            since: attached.since,
            engine: self.engine().to_owned(),
            functions: functions_of(&attached),
        });
        Ok(ReleaseHealth { release, judged: judged?, faults: faults?, last_fault: newest?.into_iter().next(), here })
    }
}

/// What a meter has counted, by function.
pub(crate) fn functions_of(attached: &Attached) -> Vec<FunctionFigures> {
    let counted = attached.meter.read().into_iter();
    counted.map(|(function, calls)| FunctionFigures { function, calls }).collect()
}
