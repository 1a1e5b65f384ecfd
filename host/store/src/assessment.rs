//! Assessments: what a rubric says of a revision with what reviewers decided, one beside the other.

use domain::assessment::Assessment;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::{RoundCode, UnitCode};
use futures::FutureExt as _;

use crate::audit::Chain;
use crate::body::{bodies, body, nanoseconds, pack};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::{Scope, StoreError, pin};

const WHAT: &str = "assessment";

impl Scope {
    /// Keeps an assessment with the records of its runs. Where the same was assessed already, the first stands: the same release says the
    /// same again. [`StoreError::RoundMoved`] where the round has gone on with another rubric for longer than a moment.
    pub async fn keep_assessment(
        &self,
        round: &RoundCode,
        assessment: &Assessment,
        evaluations: &[Evaluation],
    ) -> Result<(), StoreError> {
        let packed = pack(assessment)?;
        let evaluations = PackedEvaluations::of(evaluations)?;
        let (federation, round, assessment) = (self.code.clone(), round.clone(), assessment.clone());
        let write = self.write(move |connection| {
            async move {
                Chain::take(connection, &federation).await?;
                let rubric = assessment.verdict.rubric.to_string();
                pin::still_counts(connection, &federation, &round, &rubric).await?;
                sqlx::query(
                    "INSERT INTO assessments (federation, round, unit, revision, rubric, review, at, body)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                     ON CONFLICT (federation, round, unit, revision, rubric, review) DO NOTHING",
                )
                .bind(federation.as_str())
                .bind(round.as_str())
                .bind(assessment.verdict.unit.as_str())
                .bind(i64::from(assessment.verdict.revision))
                .bind(rubric)
                .bind(assessment.review.to_string())
                .bind(nanoseconds(assessment.at))
                .bind(packed)
                .execute(&mut *connection)
                .await
                .map_err(already_there(WHAT))?;
                evaluations.insert(connection, &federation).await
            }
            .boxed()
        });
        write.await
    }

    /// What a rubric says of a revision with what reviewers had decided.
    pub async fn assessment(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        revision: u32,
        rubric: Digest,
        review: Digest,
    ) -> Result<Option<Assessment>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM assessments WHERE federation = $1 AND round = $2 AND unit = $3 AND revision = $4
               AND rubric = $5 AND review = $6",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(i64::from(revision))
        .bind(rubric.to_string())
        .bind(review.to_string())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| body(&row, WHAT)).transpose()
    }

    /// Every assessment of a submission, the oldest first.
    pub async fn assessments(&self, round: &RoundCode, unit: &UnitCode) -> Result<Vec<Assessment>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM assessments WHERE federation = $1 AND round = $2 AND unit = $3
             ORDER BY at, revision, rubric, review",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }
}
