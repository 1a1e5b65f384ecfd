//! Evaluations: the record of every run of a plugin.

use domain::evaluation::Evaluation;
use domain::ids::{EvaluationId, FederationCode};
use futures::FutureExt as _;
use sqlx::AnyConnection;

use crate::body::{bodies, body, limit, pack};
use crate::error::already_there;
use crate::script::{Script, Value};
use crate::{Scope, StoreError};

/// Evaluations that one insert takes.
const EVALUATIONS_PER_INSERT: usize = 500;

impl Scope {
    /// Keeps records of runs.
    pub async fn keep_evaluations(&self, evaluations: &[Evaluation]) -> Result<(), StoreError> {
        let packed = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        self.write(move |connection| async move { packed.insert(connection, &federation).await }.boxed()).await
    }

    /// The record of a run.
    pub async fn evaluation(&self, id: EvaluationId) -> Result<Option<Evaluation>, StoreError> {
        let row = sqlx::query("SELECT body FROM evaluations WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, "evaluation")).transpose()
    }

    /// The records after one, in order of their identifiers; from the first without one.
    pub async fn evaluations(&self, after: Option<EvaluationId>, items: usize) -> Result<Vec<Evaluation>, StoreError> {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let rows = sqlx::query("SELECT body FROM evaluations WHERE federation = $1 AND id > $2 ORDER BY id LIMIT $3")
            .bind(self.code.as_str())
            .bind(after)
            .bind(limit(items))
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, "evaluation")
    }
}

/// Evaluations ready to be inserted: packed on the caller's time, not on the writer's.
pub(crate) struct PackedEvaluations(Vec<[Value; 2]>);

impl PackedEvaluations {
    pub(crate) fn of<'a>(evaluations: impl IntoIterator<Item = &'a Evaluation>) -> Result<Self, StoreError> {
        let pack_one = |evaluation: &Evaluation| Ok([evaluation.id.to_string().into(), pack(evaluation)?.into()]);
        evaluations.into_iter().map(pack_one).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn add_to(self, script: &mut Script, federation: &FederationCode) {
        let sql = |rows| format!("INSERT INTO evaluations (federation, id, body) VALUES {rows}");
        script.add_rows(sql, EVALUATIONS_PER_INSERT, [federation.as_str()], self.0);
    }

    pub(crate) async fn insert(
        self,
        connection: &mut AnyConnection,
        federation: &FederationCode,
    ) -> Result<(), StoreError> {
        let mut script = Script::default();
        self.add_to(&mut script, federation);
        script.run(connection).await.map_err(already_there("evaluation"))
    }
}
