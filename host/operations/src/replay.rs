//! A recorded evaluation is run again, and the bytes are compared.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::answers::Answers;
use domain::digest::Digest;
use domain::evaluation::{Asked, Evaluation, Run};
use domain::ids::{EvaluationId, FederationCode};
use domain::limits::PAGE_ITEMS_MAX;
use domain::release::PluginKind;
use domain::submission::{Envelope, Submission};
use domain::unit::Context;
use sandbox::Plugin;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::submission::kept_answers;

/// What running an evaluation again gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Which evaluation.
    pub id: EvaluationId,
    /// The contract's name of the function.
    pub function: &'static str,
    /// The run on record.
    pub recorded: Run,
    /// The run now.
    pub again: Run,
    /// Whether input and outcome are the same bytes.
    pub equal: bool,
    /// Whether the engine and its settings are the same; fuel is comparable only then.
    pub same_engine: bool,
}

impl Office {
    /// The recorded evaluations, in order of their identifiers, those after `after`.
    pub async fn evaluations(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        after: Option<EvaluationId>,
        limit: usize,
    ) -> Result<Vec<Evaluation>, OperationError> {
        let scope = self.scope(caller, Operation::ReplayEvaluations, federation)?;
        Ok(scope.evaluations(after, limit.min(PAGE_ITEMS_MAX)).await?)
    }

    /// Runs a recorded evaluation again.
    pub async fn replay(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: EvaluationId,
    ) -> Result<Replayed, OperationError> {
        let scope = self.scope(caller, Operation::ReplayEvaluations, federation)?;
        let recorded = scope.evaluation(id).await?.ok_or(OperationError::Missing("evaluation"))?;
        let again = self.run_again(&scope, &recorded).await?;
        let Evaluation { asked, run: recorded, .. } = recorded;
        Ok(Replayed {
            id,
            function: asked.function(),
            equal: recorded.input == again.input && recorded.outcome == again.outcome,
            same_engine: recorded.engine == again.engine,
            recorded,
            again,
        })
    }

    async fn run_again(&self, scope: &Scope, recorded: &Evaluation) -> Result<Run, OperationError> {
        let sandbox = &self.house.sandbox;
        let digest = recorded.run.release;
        let release = self.known_release(scope, digest).await?;
        let plugin: Plugin = self.plugin(&release).await?;
        Ok(match &recorded.asked {
            Asked::Describe(kind) => return self.describe_again(digest, *kind).await,
            Asked::Check { envelope, answers, context } => {
                let (submission, context) = case_again(scope, envelope, *answers, *context).await?;
                sandbox.check(&plugin, submission, context).await.run
            }
            Asked::Score { envelope, answers, context, review } => {
                let (submission, context) = case_again(scope, envelope, *answers, *context).await?;
                sandbox.score(&plugin, submission, context, Arc::new(review.clone())).await.run
            }
            Asked::Settle(cohort) => sandbox.settle(&plugin, Arc::new(kept(scope, *cohort).await?)).await.run,
            Asked::Compose(request) => sandbox.compose(&plugin, Arc::new(kept(scope, *request).await?)).await.run,
            Asked::Read(text) => {
                let bytes = scope.blob(*text).await?.ok_or(OperationError::Missing("blob"))?;
                let text = String::from_utf8(bytes).map_err(OperationError::host)?;
                sandbox.read(&plugin, Arc::from(text)).await.run
            }
        })
    }

    /// Descriptions are asked for when a component is admitted, so it is admitted again, and nothing is kept of that.
    async fn describe_again(&self, digest: Digest, kind: PluginKind) -> Result<Run, OperationError> {
        let component = self.house.store.artifact(digest).await?.ok_or(OperationError::Missing("component"))?;
        let (_, runs) = self
            .house
            .sandbox
            .admit(component)
            .await
            .map_err(|refused| OperationError::not_admitted(digest, refused))?;
        let again = runs.into_iter().find(|(asked, _)| *asked == Asked::Describe(kind));
        again.map(|(_, run)| run).ok_or(OperationError::Missing("evaluation"))
    }
}

async fn case_again(
    scope: &Scope,
    envelope: &Envelope,
    answers: Digest,
    context: Digest,
) -> Result<(Arc<Submission>, Arc<Context>), OperationError> {
    let answers: Answers = kept_answers(scope, answers).await?;
    let submission = Submission { envelope: envelope.clone(), answers };
    Ok((Arc::new(submission), Arc::new(kept(scope, context).await?)))
}

async fn kept<T: DeserializeOwned>(scope: &Scope, digest: Digest) -> Result<T, OperationError> {
    let bytes = scope.blob(digest).await?.ok_or(OperationError::Missing("blob"))?;
    rmp_serde::from_slice(&bytes).map_err(OperationError::host)
}
