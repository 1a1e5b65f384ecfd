//! Reading the newest roll-up.

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::{EvaluationId, FederationCode, RoundCode, SettlementId};
use domain::report::RollUp;
use domain::settled::{KeptDocument, KeptRollUp};
use jiff::Timestamp;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;

/// A report that was composed of a roll-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComposedReport {
    /// The report plugin's release.
    pub report: Digest,
    /// The document's title.
    pub title: String,
    /// The record of the run that composed it.
    pub evaluation: EvaluationId,
}

/// The newest roll-up of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RollUpView {
    /// The settlement that it rolls up.
    pub settlement: SettlementId,
    /// When.
    pub at: Timestamp,
    /// The reports.
    pub reports: Vec<ComposedReport>,
    /// Everybody's results.
    pub roll_up: RollUp,
}

impl Office {
    /// The newest roll-up of a round.
    pub async fn roll_up(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<RollUpView, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        let kept = scope.latest_roll_up(round).await?;
        let KeptRollUp { settlement, at, roll_up, documents, .. } =
            kept.ok_or(OperationError::NotPossible { code: "not-rolled-up" })?;
        let composed = |kept: KeptDocument| ComposedReport {
            report: kept.report,
            title: kept.document.title,
            evaluation: kept.evaluation,
        };
        Ok(RollUpView { settlement, at, reports: documents.into_iter().map(composed).collect(), roll_up })
    }
}
