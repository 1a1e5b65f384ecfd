//! Calls that failed: their records and the plugin's faults are kept together, so that somebody can see what to mend, and repeat it.

use std::collections::BTreeSet;

use domain::digest::Digest;
use domain::evaluation::{Asked, Evaluation, Run};
use domain::ids::{EvaluationId, FaultId, UnitCode};
use domain::release_fault::ReleaseFault;
use jiff::Timestamp;
use sandbox::{Fault, FaultKind, Whose};
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// A call of a plugin that is part of something that came to nothing.
pub(crate) struct FailedCall {
    pub(crate) asked: Asked,
    pub(crate) run: Run,
    /// None where it was answered, and something else failed.
    pub(crate) fault: Option<Fault>,
}

impl FailedCall {
    /// Whether it says something of the plugin. What the house had no time for, or failed at, is no record.
    pub(crate) fn has_run(&self) -> bool {
        !matches!(&self.fault, Some(Fault { kind: FaultKind::Busy | FaultKind::Host, .. }))
    }

    /// Whether the plugin is to blame for it.
    pub(crate) fn has_faulted(&self) -> bool {
        self.fault.is_some() && self.has_run()
    }
}

impl Office {
    /// Keeps the records of calls together with the plugin's faults among them, and tells the log of each fault.
    pub(crate) async fn keep_failed(
        &self,
        scope: &Scope,
        unit: Option<&UnitCode>,
        at: Timestamp,
        calls: Vec<FailedCall>,
    ) -> Result<(), OperationError> {
        let (mut evaluations, mut faults) = (Vec::new(), Vec::new());
        for FailedCall { asked, run, fault } in calls.into_iter().filter(FailedCall::has_run) {
            let evaluation = self.record(at, asked, run)?;
            if let Some(fault) = fault {
                faults.extend(self.fault_of(scope, unit, &evaluation, Some(evaluation.id), fault)?);
            }
            evaluations.push(evaluation);
        }
        self.keep_faults(scope, &faults, &evaluations).await
    }

    /// Keeps the plugin's faults among calls of which nothing else is kept, and tells the log of each.
    pub(crate) async fn keep_only_faults(
        &self,
        scope: &Scope,
        unit: &UnitCode,
        calls: Vec<FailedCall>,
    ) -> Result<(), OperationError> {
        let at = self.now();
        let mut faults = Vec::new();
        for FailedCall { asked, run, fault } in calls.into_iter().filter(FailedCall::has_run) {
            if let Some(fault) = fault {
                let unkept = self.record(at, asked, run)?;
                faults.extend(self.fault_of(scope, Some(unit), &unkept, None, fault)?);
            }
        }
        self.keep_faults(scope, &faults, &[]).await
    }

    async fn keep_faults(
        &self,
        scope: &Scope,
        faults: &[ReleaseFault],
        evaluations: &[Evaluation],
    ) -> Result<(), OperationError> {
        if !(faults.is_empty() && evaluations.is_empty()) {
            scope.keep_faults(faults, evaluations).await?;
        }
        let releases: BTreeSet<Digest> = faults.iter().map(|fault| fault.release).collect();
        for release in releases {
            self.quarantine_where_due(scope, release).await?;
        }
        Ok(())
    }

    /// The fault of a release, told to the log; none where the clock stopped the call, which says that the host was slow.
    fn fault_of(
        &self,
        scope: &Scope,
        unit: Option<&UnitCode>,
        evaluation: &Evaluation,
        kept_as: Option<EvaluationId>,
        fault: Fault,
    ) -> Result<Option<ReleaseFault>, OperationError> {
        let function = evaluation.asked.function();
        tracing::warn!(
            federation = %scope.code(),
            release = evaluation.run.release.short(),
            function,
            kind = fault.code(),
            evaluation = %kept_as.map_or_else(|| "-".to_owned(), |id| id.to_string()),
            "a release failed"
        );
        if fault.whose() == Whose::Host {
            return Ok(None);
        }
        Ok(Some(ReleaseFault {
            id: FaultId(self.randomness().identifier(evaluation.at)?),
            at: evaluation.at,
            release: evaluation.run.release,
            function: function.to_owned(),
            kind: fault.code().to_owned(),
            detail: fault.detail,
            trace: fault.trace,
            input: evaluation.run.input,
            evaluation: kept_as,
            unit: unit.cloned(),
        }))
    }
}
