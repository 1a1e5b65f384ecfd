//! Settlements: each is kept, the latest of a round is in force.

use domain::audit::Act;
use domain::evaluation::Evaluation;
use domain::ids::{RoundCode, SettlementId};
use domain::settled::{Settled, SettlementSummary};
use futures::FutureExt as _;

use crate::body::{body, pack, packed};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::{Scope, StoreError, round};

const WHAT: &str = "settlement";

impl Scope {
    /// Keeps a settlement with the records of its runs; from then on it is its round's latest. [`StoreError::RoundMoved`] where the
    /// round has gone on with another rubric.
    pub async fn keep_settlement(
        &self,
        settled: &Settled,
        evaluations: &[Evaluation],
        act: Act,
    ) -> Result<(), StoreError> {
        let members = settled.cohorts.iter().map(|cohort| cohort.cohort.members.len()).sum::<usize>();
        let members = u32::try_from(members).unwrap_or(u32::MAX);
        let summary = SettlementSummary { id: settled.id, rubric: settled.rubric, at: settled.at, members };
        let (id, round, rubric) = (settled.id, settled.round.clone(), settled.rubric);
        let (summary, packed) = (pack(&summary)?, pack(settled)?);
        let evaluations = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let now = round::body_of(connection, &federation, &round).await?;
                let (now, _) = now.ok_or(StoreError::Missing("federation, round or revision"))?;
                if now.rubric != rubric {
                    return Err(StoreError::RoundMoved);
                }
                sqlx::query(
                    "INSERT INTO settlements (federation, id, round, entry, summary, body)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(federation.as_str())
                .bind(id.to_string())
                .bind(round.as_str())
                .bind(entry)
                .bind(summary)
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                evaluations.insert(connection, &federation).await
            }
            .boxed()
        })
        .await
    }

    /// The settlement of a round that was kept last.
    pub async fn latest_settlement(&self, round: &RoundCode) -> Result<Option<Settled>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM settlements WHERE federation = $1 AND round = $2 ORDER BY entry DESC LIMIT 1",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// A settlement.
    pub async fn settlement(&self, id: SettlementId) -> Result<Option<Settled>, StoreError> {
        let row = sqlx::query("SELECT body FROM settlements WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// All settlements of a round, oldest first.
    pub async fn settlements(&self, round: &RoundCode) -> Result<Vec<SettlementSummary>, StoreError> {
        let rows = sqlx::query("SELECT summary FROM settlements WHERE federation = $1 AND round = $2 ORDER BY entry")
            .bind(self.code.as_str())
            .bind(round.as_str())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| packed(row, "summary", WHAT)).collect()
    }
}
