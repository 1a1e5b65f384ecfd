//! Roll-ups and their documents: each is kept, the latest of a round is in force.

use domain::audit::Act;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::RoundCode;
use domain::settled::KeptRollUp;
use futures::FutureExt as _;

use crate::body::{body, pack};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::{Scope, StoreError, round};

impl Scope {
    /// Keeps a roll-up with the records of its runs; from then on it is its round's latest. [`StoreError::RoundMoved`] where a report
    /// that composed it is no longer one of the round's.
    pub async fn keep_roll_up(
        &self,
        kept: &KeptRollUp,
        evaluations: &[Evaluation],
        act: Act,
    ) -> Result<(), StoreError> {
        let (round, settlement, packed) = (kept.round.clone(), kept.settlement, pack(kept)?);
        let reports: Vec<Digest> = kept.documents.iter().map(|document| document.report).collect();
        let evaluations = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                let now = round::body_of(connection, &federation, &round).await?;
                let (now, _) = now.ok_or(StoreError::Missing("federation, round or revision"))?;
                if !reports.iter().all(|report| now.reports.contains(report)) {
                    return Err(StoreError::RoundMoved);
                }
                sqlx::query(
                    "INSERT INTO roll_ups (federation, round, entry, settlement, body) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(federation.as_str())
                .bind(round.as_str())
                .bind(entry)
                .bind(settlement.to_string())
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there("roll-up"))?;
                evaluations.insert(connection, &federation).await
            }
            .boxed()
        })
        .await
    }

    /// The roll-up of a round that was kept last.
    pub async fn latest_roll_up(&self, round: &RoundCode) -> Result<Option<KeptRollUp>, StoreError> {
        let row =
            sqlx::query("SELECT body FROM roll_ups WHERE federation = $1 AND round = $2 ORDER BY entry DESC LIMIT 1")
                .bind(self.code.as_str())
                .bind(round.as_str())
                .fetch_optional(self.readers())
                .await?;
        row.map(|row| body(&row, "roll-up")).transpose()
    }
}
