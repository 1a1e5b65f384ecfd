//! A recorded evaluation is run again, and the bytes are compared.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::answers::Answers;
use domain::digest::Digest;
use domain::evaluation::{Asked, Evaluation, Outcome, Run};
use domain::ids::{EvaluationId, FederationCode};
use domain::limits::PAGE_ITEMS_MAX;
use domain::release::PluginKind;
use domain::submission::{Envelope, Submission};
use domain::unit::Context;
use sandbox::{Evaluated, FaultKind};
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
    /// Whether it was asked the same: what was kept of the question still gives its digest.
    pub input_equal: bool,
    /// Whether it gave the same: the digest of its answer, or the code of its fault.
    pub outcome_equal: bool,
    /// Whether the engine and its settings are the same; fuel is comparable only then.
    pub same_engine: bool,
    /// Whether it used the same fuel.
    pub fuel: FuelCompared,
}

/// What comes of comparing the fuel of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FuelCompared {
    /// The same engine used the same fuel.
    Equal,
    /// The same engine used another amount, which it should not.
    Differs,
    /// Another engine counts otherwise, and a call that the clock stopped is stopped anywhere.
    NotComparable,
}

impl Replayed {
    fn of(recorded: Evaluation, again: Run) -> Self {
        let Evaluation { id, asked, run: recorded, .. } = recorded;
        let (input_equal, outcome_equal) = (recorded.input == again.input, recorded.outcome == again.outcome);
        let same_engine = recorded.engine == again.engine;
        let by_the_clock = [&recorded, &again].into_iter().any(|run| is_stopped_by_the_clock(&run.outcome));
        let fuel = match same_engine && !by_the_clock {
            true if recorded.fuel == again.fuel => FuelCompared::Equal,
            true => FuelCompared::Differs,
            false => FuelCompared::NotComparable,
        };
        let equal = input_equal && outcome_equal;
        Self { id, function: asked.function(), recorded, again, equal, input_equal, outcome_equal, same_engine, fuel }
    }
}

fn is_stopped_by_the_clock(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Faulted(code) if *code == FaultKind::OutOfTime.code())
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
        Ok(Replayed::of(recorded, again))
    }

    async fn run_again(&self, scope: &Scope, recorded: &Evaluation) -> Result<Run, OperationError> {
        let sandbox = &self.house.sandbox;
        let digest = recorded.run.release;
        let release = self.known_release(scope, digest).await?;
        // A replay is no call of its own: the release's figures count what it repeats.
        let plugin = self.unwatched_plugin(&release).await?;
        match &recorded.asked {
            Asked::Describe(kind) => self.describe_again(digest, *kind).await,
            Asked::Check { envelope, answers, context } => {
                let (submission, context) = case_again(scope, envelope, *answers, *context).await?;
                run_of(sandbox.check(&plugin, submission, context).await)
            }
            Asked::Score { envelope, answers, context, review } => {
                let (submission, context) = case_again(scope, envelope, *answers, *context).await?;
                run_of(sandbox.score(&plugin, submission, context, Arc::new(review.clone())).await)
            }
            Asked::Settle(cohort) => {
                let cohort = Arc::new(kept(scope, *cohort).await?);
                run_of(sandbox.settle(&plugin, cohort).await)
            }
            Asked::Compose(request) => {
                let request = Arc::new(kept(scope, *request).await?);
                run_of(sandbox.compose(&plugin, request).await)
            }
            Asked::Read(text) => {
                let bytes = scope.blob(*text).await?.ok_or(OperationError::Missing("blob"))?;
                let text = String::from_utf8(bytes).map_err(OperationError::host)?;
                run_of(sandbox.read(&plugin, Arc::from(text)).await)
            }
        }
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

/// The run, where it says something of the plugin: a house without a place for it has not run it again.
fn run_of<T>(evaluated: Evaluated<T>) -> Result<Run, OperationError> {
    match evaluated.answer {
        Err(fault) if fault.kind == FaultKind::Busy => Err(OperationError::Busy),
        Err(fault) if fault.kind == FaultKind::Host => Err(OperationError::host(fault)),
        _ => Ok(evaluated.run),
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
