//! Evaluations: the record of every run of a plugin.

use domain::evaluation::Evaluation;
use domain::ids::{EvaluationId, FederationCode};
use futures::FutureExt as _;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::body::{bodies, body, limit, pack, placeholders};
use crate::error::already_there;
use crate::{Scope, StoreError};

/// Evaluations that one insert takes.
const EVALUATIONS_PER_INSERT: usize = 500;

impl Scope {
    /// Keeps records of runs.
    pub async fn keep_evaluations(&self, evaluations: &[Evaluation]) -> Result<(), StoreError> {
        let packed = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        self.store.write(move |connection| async move { packed.insert(connection, &federation).await }.boxed()).await
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
pub(crate) struct PackedEvaluations(Vec<(String, Vec<u8>)>);

impl PackedEvaluations {
    pub(crate) fn of<'a>(evaluations: impl IntoIterator<Item = &'a Evaluation>) -> Result<Self, StoreError> {
        let pack_one = |evaluation: &Evaluation| Ok((evaluation.id.to_string(), pack(evaluation)?));
        evaluations.into_iter().map(pack_one).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) async fn insert(
        self,
        connection: &mut AnyConnection,
        federation: &FederationCode,
    ) -> Result<(), StoreError> {
        let mut rest = self.0;
        while !rest.is_empty() {
            let some: Vec<_> = rest.drain(..rest.len().min(EVALUATIONS_PER_INSERT)).collect();
            let sql =
                format!("INSERT INTO evaluations (federation, id, body) VALUES {}", placeholders(some.len(), 1, 2));
            let mut insert = sqlx::query(AssertSqlSafe(sql)).bind(federation.as_str());
            for (id, packed) in some {
                insert = insert.bind(id).bind(packed);
            }
            insert.execute(&mut *connection).await.map_err(already_there("evaluation"))?;
        }
        Ok(())
    }
}
