//! How releases fare.

use utoipa::ToSchema;

use super::{Code, Digest, Identifier, Instant};

/// How often a release failed in one way.
#[derive(ToSchema)]
struct FaultTally {
    /// The contract's name of the function.
    function: String,
    /// The fault's stable code.
    kind: String,
    faults: u64,
    first_at: Instant,
    last_at: Instant,
}

/// A call in which a release broke the contract or a limit.
#[derive(ToSchema)]
struct ReleaseFault {
    id: Identifier,
    at: Instant,
    release: Digest,
    /// The contract's name of the function.
    function: String,
    /// The fault's stable code.
    kind: String,
    /// The same in words.
    detail: String,
    /// The release's functions that were running, the innermost first; by their numbers where it has no names.
    trace: Vec<String>,
    /// The digest of what it was asked.
    input: Digest,
    /// The record by which the call can be replayed; none of a pre-check, of which nothing is kept.
    #[schema(required = true)]
    evaluation: Option<Identifier>,
    /// Whose submission it was called on; none where on everybody's.
    #[schema(required = true)]
    unit: Option<Code>,
}

/// How often a figure fell between which bounds.
#[derive(ToSchema)]
struct Histogram {
    /// The upper bound of each count but the last.
    at_most: Vec<u64>,
    /// One more than there are bounds: the last is for what is above them all.
    counts: Vec<u64>,
    /// All figures together.
    sum: u64,
}

/// What the calls of one function came to.
#[derive(ToSchema)]
struct FunctionFigures {
    /// The contract's name of the function.
    function: String,
    /// How often it ended how: `given`, `refused`, or the code of a fault.
    #[schema(value_type = Object)]
    outcomes: (),
    fuel: Histogram,
    wall_micros: Histogram,
    memory_bytes: Histogram,
}

/// What the host that answers has counted of a release's calls since it was started.
#[derive(ToSchema)]
struct CountedHere {
    since: Instant,
    /// Fuel is comparable only within one.
    engine: String,
    functions: Vec<FunctionFigures>,
}

/// How a release fares.
#[derive(ToSchema)]
pub(crate) struct ReleaseHealth {
    release: Digest,
    /// Revisions that it has judged; of all hosts and all times.
    judged: u64,
    /// How often it failed in which way; of all hosts and all times.
    faults: Vec<FaultTally>,
    /// The newest of them.
    #[schema(required = true)]
    last_fault: Option<ReleaseFault>,
    /// None where the host that answers has not called it since it was started.
    #[schema(required = true)]
    here: Option<CountedHere>,
}
