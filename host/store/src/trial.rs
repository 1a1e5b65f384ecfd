//! Trials: each is kept, and found again by its identifier or as one of its round's.

use domain::audit::Act;
use domain::evaluation::Evaluation;
use domain::ids::{RoundCode, TrialId};
use domain::trial::{Trial, Tried};
use futures::FutureExt as _;

use crate::body::{body, counted, pack, packed};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::{Scope, StoreError};

const WHAT: &str = "trial";

impl Scope {
    /// Keeps a trial with everything that it found, and the records of the runs that are not kept yet.
    pub async fn keep_trial(
        &self,
        trial: &Trial,
        found: &Tried,
        evaluations: &[Evaluation],
        act: Act,
    ) -> Result<(), StoreError> {
        let (id, round) = (trial.id, trial.round.clone());
        let (summary, packed) = (pack(trial)?, pack(found)?);
        let evaluations = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        self.record(act, move |connection, entry| {
            async move {
                sqlx::query(
                    "INSERT INTO trials (federation, id, round, entry, summary, body) VALUES ($1, $2, $3, $4, $5, $6)",
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

    /// A trial in few words.
    pub async fn trial(&self, id: TrialId) -> Result<Option<Trial>, StoreError> {
        let row = sqlx::query("SELECT summary FROM trials WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| packed(&row, "summary", WHAT)).transpose()
    }

    /// A trial with everything that it found.
    pub async fn trial_in_full(&self, id: TrialId) -> Result<Option<(Trial, Tried)>, StoreError> {
        let row = sqlx::query("SELECT summary, body FROM trials WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| Ok((packed(&row, "summary", WHAT)?, body(&row, WHAT)?))).transpose()
    }

    /// All trials of a round in few words, oldest first.
    pub async fn trials(&self, round: &RoundCode) -> Result<Vec<Trial>, StoreError> {
        let rows = sqlx::query("SELECT summary FROM trials WHERE federation = $1 AND round = $2 ORDER BY entry")
            .bind(self.code.as_str())
            .bind(round.as_str())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| packed(row, "summary", WHAT)).collect()
    }

    /// How many trials a round has.
    pub async fn trials_count(&self, round: &RoundCode) -> Result<usize, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS trials FROM trials WHERE federation = $1 AND round = $2")
            .bind(self.code.as_str())
            .bind(round.as_str())
            .fetch_one(self.readers())
            .await?;
        let trials: u32 = counted(&row, "trials", WHAT)?;
        Ok(usize::try_from(trials).unwrap_or(usize::MAX))
    }
}
