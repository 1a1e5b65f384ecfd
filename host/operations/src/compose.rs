//! A report plugin composes a document, and the run is recorded.

use std::sync::Arc;

use domain::document::Document;
use domain::evaluation::{Asked, Evaluation};
use domain::release::Release;
use domain::report::Request;
use sandbox::Answer;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// Composes a document. The request is kept so that the run can be repeated; the record of a run that gave a document is the caller's to keep.
    pub(crate) async fn compose(
        &self,
        scope: &Scope,
        report: &Release,
        request: Request,
    ) -> Result<(Document, Evaluation), OperationError> {
        let bytes = rmp_serde::to_vec_named(&request).map_err(OperationError::host)?;
        let asked = Asked::Compose(scope.keep_blob(&bytes).await?);
        let plugin = self.plugin(report).await?;
        let at = self.now();
        let evaluated = self.house.sandbox.compose(&plugin, Arc::new(request)).await;
        let evaluation = self.record(at, asked, evaluated.run)?;
        let failed = match evaluated.answer {
            Ok(Answer::Given(document)) => return Ok((document, evaluation)),
            Ok(Answer::Refused(refusal)) => OperationError::Refused(refusal),
            Err(fault) => OperationError::fault(report.digest, "compose", fault),
        };
        scope.keep_evaluations(std::slice::from_ref(&evaluation)).await?;
        Err(failed)
    }
}
