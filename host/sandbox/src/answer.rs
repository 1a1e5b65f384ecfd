//! Answers of a plugin, and the record of how each came about.

use domain::digest::Digest;
use domain::evaluation::{Outcome, Run};
use domain::finding::Refusal;
use serde::Serialize;

use crate::fault::Fault;
use crate::meter::{Ended, Meter};
use crate::visit::Cost;

/// What a plugin answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer<T> {
    /// What it was asked for.
    Given(T),
    /// It declines, and says why: the submission's fault.
    Refused(Refusal),
}

/// A call of a plugin: its record, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated<T> {
    /// What was run, what it cost, and the digest of what it gave.
    pub run: Run,
    /// The answer, verified, or whose fault it is that there is none.
    pub answer: Result<Answer<T>, Fault>,
}

/// What stands in a record before anything ran.
pub(crate) struct Record<'r> {
    pub(crate) release: Digest,
    pub(crate) input: Digest,
    pub(crate) engine: &'r str,
}

/// Which function was called, and what counts that.
#[derive(Clone, Copy)]
pub(crate) struct Call<'c> {
    pub(crate) function: &'static str,
    pub(crate) meter: Option<&'c Meter>,
}

impl Record<'_> {
    /// Closes the record with what a call cost and gave. Every call of an admitted plugin passes here, and is counted.
    pub(crate) fn close<T: Serialize>(
        self,
        call: Call<'_>,
        cost: Cost,
        answer: Result<Answer<T>, Fault>,
    ) -> Evaluated<T> {
        let answer = answer.and_then(|answer| Ok((digest_of(&answer)?, answer)));
        let (outcome, ended) = match &answer {
            Ok((digest, Answer::Given(_))) => (Outcome::Answered(*digest), Ended::Given),
            Ok((digest, Answer::Refused(_))) => (Outcome::Answered(*digest), Ended::Refused),
            Err(fault) => (Outcome::Faulted(fault.code().to_owned()), Ended::Faulted(fault)),
        };
        let run = self.run(cost, outcome);
        if let Some(meter) = call.meter {
            meter.count(call.function, &run, ended);
        }
        Evaluated { run, answer: answer.map(|(_, answer)| answer) }
    }

    /// The record of a call that ended so.
    pub(crate) fn run(self, cost: Cost, outcome: Outcome) -> Run {
        Run {
            release: self.release,
            input: self.input,
            engine: self.engine.to_owned(),
            fuel: cost.fuel,
            peak_memory_bytes: cost.peak_memory_bytes,
            wall_micros: u64::try_from(cost.wall.as_micros()).unwrap_or(u64::MAX),
            outcome,
        }
    }
}

/// The digest of a value's `MessagePack` bytes, with the names of its fields.
pub(crate) fn digest_of<T: Serialize>(value: &T) -> Result<Digest, Fault> {
    rmp_serde::to_vec_named(value).map(|bytes| Digest::of(&bytes)).map_err(|error| Fault::host(&error))
}
