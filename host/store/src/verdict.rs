//! Verdicts: what one rubric release says of one revision, once and for all.

use domain::counting::Counting;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::verdict::Verdict;
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use crate::audit::Chain;
use crate::body::{bodies, body, counted, pack, time};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::script::{Script, Value};
use crate::{Scope, StoreError, acceptance, pin};

/// Verdicts that one insert takes.
const VERDICTS_PER_INSERT: usize = 500;

impl Scope {
    /// Keeps verdicts on revisions of a round with the records of their runs. Where a release has judged a revision
    /// already, the first verdict stands: the same release says the same again. All are of one release; [`StoreError::RoundMoved`]
    /// where the round has gone on with another for longer than a moment.
    pub async fn keep_verdicts(
        &self,
        round: &RoundCode,
        verdicts: Vec<(Verdict, Vec<Evaluation>)>,
    ) -> Result<(), StoreError> {
        let packed = PackedVerdicts::of(verdicts.iter().map(|(verdict, _)| verdict))?;
        let evaluations = PackedEvaluations::of(verdicts.iter().flat_map(|(_, evaluations)| evaluations))?;
        let (federation, round) = (self.code.clone(), round.clone());
        let rubric = verdicts.first().map(|(verdict, _)| verdict.rubric.to_string());
        let write = self.write(move |connection| {
            async move {
                let Some(rubric) = rubric else { return Ok(()) };
                Chain::take(connection, &federation).await?;
                pin::still_counts(connection, &federation, &round, &rubric).await?;
                let mut script = Script::default();
                packed.add_to(&mut script, &federation, &round);
                evaluations.add_to(&mut script, &federation);
                script.run(connection).await.map_err(already_there("evaluation"))
            }
            .boxed()
        });
        write.await
    }

    /// What a release says of a revision.
    pub async fn verdict(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
        revision: u32,
        rubric: Digest,
    ) -> Result<Option<Verdict>, StoreError> {
        let row = sqlx::query(
            "SELECT body FROM verdicts
             WHERE federation = $1 AND round = $2 AND unit = $3 AND revision = $4 AND rubric = $5",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .bind(i64::from(revision))
        .bind(rubric.to_string())
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| body(&row, "verdict")).transpose()
    }

    /// What every release says of every revision of a unit, with when that was received, in order of the revisions.
    pub async fn verdicts_of_submission(
        &self,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<(Verdict, Timestamp)>, StoreError> {
        let rows = sqlx::query(
            "SELECT verdicts.body, revisions.received_at FROM verdicts
             JOIN revisions ON revisions.federation = $1 AND revisions.round = $2 AND revisions.unit = $3
               AND revisions.revision = verdicts.revision
             WHERE verdicts.federation = $1 AND verdicts.round = $2 AND verdicts.unit = $3
             ORDER BY verdicts.revision, verdicts.rubric",
        )
        .bind(self.code.as_str())
        .bind(round.as_str())
        .bind(unit.as_str())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((body(row, "verdict")?, time(row, "received_at", "revision")?))).collect()
    }

    /// How many revisions of the federation a release has judged, in all rounds.
    pub async fn judged_by(&self, release: Digest) -> Result<u64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS judged FROM verdicts WHERE federation = $1 AND rubric = $2")
            .bind(self.code.as_str())
            .bind(release.to_string())
            .fetch_one(self.readers())
            .await?;
        counted(&row, "judged", "verdict")
    }

    /// What a release says of the newest revision that counts of every unit, in order of the units' codes. Units whose
    /// revision it has not judged yet are not among them.
    pub async fn verdicts_of_counted(
        &self,
        round: &RoundCode,
        counting: Counting,
        rubric: Digest,
    ) -> Result<Vec<Verdict>, StoreError> {
        // A look-up for each unit, not a join: before the database has counted its rows it may take a join for a small one,
        // and compare everything with everything.
        let condition = acceptance::condition(counting);
        let sql = format!(
            "SELECT body FROM
               (SELECT unit,
                  (SELECT body FROM verdicts WHERE federation = $1 AND round = $2 AND unit = accepted.unit
                     AND revision = accepted.revision AND rubric = $3) AS body
                FROM
                  (SELECT unit, revision, ROW_NUMBER() OVER (PARTITION BY unit ORDER BY revision DESC) AS place
                   FROM revisions WHERE federation = $1 AND round = $2 AND {condition}) AS accepted
                WHERE place = 1) AS judged
             WHERE body IS NOT NULL ORDER BY unit"
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(self.code.as_str())
            .bind(round.as_str())
            .bind(rubric.to_string())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, "verdict")
    }
}

/// Verdicts ready to be inserted: packed on the caller's time, not on the writer's.
pub(crate) struct PackedVerdicts(Vec<[Value; 4]>);

impl PackedVerdicts {
    pub(crate) fn of<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> Result<Self, StoreError> {
        let pack_one = |verdict: &Verdict| {
            let Verdict { unit, revision, rubric, .. } = verdict;
            Ok([unit.as_str().into(), (*revision).into(), rubric.to_string().into(), pack(verdict)?.into()])
        };
        verdicts.into_iter().map(pack_one).collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn add_to(self, script: &mut Script, federation: &FederationCode, round: &RoundCode) {
        let sql = |rows| {
            format!(
                "INSERT INTO verdicts (federation, round, unit, revision, rubric, body) VALUES {rows}
                 ON CONFLICT (federation, round, unit, revision, rubric) DO NOTHING"
            )
        };
        script.add_rows(sql, VERDICTS_PER_INSERT, [federation.as_str(), round.as_str()], self.0);
    }
}
