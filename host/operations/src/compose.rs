//! A report plugin composes a document, and the run is recorded.

use std::sync::Arc;

use domain::document::Document;
use domain::evaluation::{Asked, Evaluation};
use domain::ids::UnitCode;
use domain::release::Release;
use domain::report::Request;
use sandbox::Answer;
use store::Scope;

use crate::error::OperationError;
use crate::failed_calls::FailedCall;
use crate::office::Office;

/// What a report made of a request.
pub(crate) enum Composed {
    /// A document; the record is not kept yet.
    Document(Document, Evaluation),
    /// It failed, or declined; nothing of the call is kept yet.
    Failed(OperationError, FailedCall),
}

impl Office {
    /// Composes a document. The request is kept so that the run can be repeated; the record of a run that gave a document is the caller's to keep.
    pub(crate) async fn compose(
        &self,
        scope: &Scope,
        report: &Release,
        request: Request,
    ) -> Result<(Document, Evaluation), OperationError> {
        let unit = unit_of(&request);
        match self.try_compose(scope, report, request).await? {
            Composed::Document(document, evaluation) => Ok((document, evaluation)),
            Composed::Failed(error, call) => {
                self.keep_failed(scope, unit.as_ref(), self.now(), vec![call]).await?;
                Err(error)
            }
        }
    }

    /// Hands a request to a report. An error is the house's own and says nothing of the report.
    pub(crate) async fn try_compose(
        &self,
        scope: &Scope,
        report: &Release,
        request: Request,
    ) -> Result<Composed, OperationError> {
        let bytes = rmp_serde::to_vec_named(&request).map_err(OperationError::host)?;
        let asked = Asked::Compose(scope.keep_blob(&bytes).await?);
        self.out_of_quarantine(scope, report.digest).await?;
        let plugin = self.plugin(scope, report).await?;
        let at = self.now();
        let evaluated = self.house.sandbox.compose(&plugin, Arc::new(request)).await;
        let (run, fault) = (evaluated.run, evaluated.answer.as_ref().err().cloned());
        let failed = match evaluated.answer {
            Ok(Answer::Given(document)) => return Ok(Composed::Document(document, self.record(at, asked, run)?)),
            Ok(Answer::Refused(refusal)) => OperationError::Refused(refusal),
            Err(fault) => OperationError::fault(report.digest, "compose", fault),
        };
        match failed {
            OperationError::Busy | OperationError::Host(_) | OperationError::Damaged { .. } => Err(failed),
            failed => Ok(Composed::Failed(failed, FailedCall { asked, run, fault })),
        }
    }
}

/// Whose document it is, where it is one member's.
fn unit_of(request: &Request) -> Option<UnitCode> {
    match request {
        Request::MemberReport(report) => report.unit.code.parse().ok(),
        Request::Notice(notice) => notice.unit.code.parse().ok(),
        Request::RollUp(_) => None,
    }
}
