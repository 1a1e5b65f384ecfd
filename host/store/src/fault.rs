//! Faults of releases: appended, and counted by whoever watches a release.

use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::FederationCode;
use domain::release_fault::{FaultTally, ReleaseFault};
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::body::{bodies, counted, limit, nanoseconds, pack, time};
use crate::error::already_there;
use crate::evaluation::PackedEvaluations;
use crate::script::{Script, Value};
use crate::{Scope, StoreError};

const WHAT: &str = "fault";

/// Faults that one insert takes.
const FAULTS_PER_INSERT: usize = 500;

impl Scope {
    /// Keeps faults with the records of the runs in which they happened, both or neither.
    pub async fn keep_faults(&self, faults: &[ReleaseFault], evaluations: &[Evaluation]) -> Result<(), StoreError> {
        let faults = PackedFaults::of(faults)?;
        let evaluations = PackedEvaluations::of(evaluations)?;
        let federation = self.code.clone();
        let write = self.write(move |connection| {
            async move {
                let mut script = Script::default();
                evaluations.add_to(&mut script, &federation);
                faults.add_to(&mut script, &federation);
                script.run(connection).await.map_err(already_there("fault or evaluation"))
            }
            .boxed()
        });
        write.await
    }

    /// A release's faults at a time or later, the newest first, at most so many.
    pub async fn faults_since(
        &self,
        release: Digest,
        since: Timestamp,
        items: usize,
    ) -> Result<Vec<ReleaseFault>, StoreError> {
        let rows = sqlx::query(
            "SELECT body FROM faults WHERE federation = $1 AND release = $2 AND at >= $3
             ORDER BY at DESC, id DESC LIMIT $4",
        )
        .bind(self.code.as_str())
        .bind(release.to_string())
        .bind(nanoseconds(since))
        .bind(limit(items))
        .fetch_all(self.readers())
        .await?;
        bodies(&rows, WHAT)
    }

    /// How often a release failed in which way, ever; in order of functions and kinds.
    pub async fn fault_tallies(&self, release: Digest) -> Result<Vec<FaultTally>, StoreError> {
        let rows = sqlx::query(
            "SELECT function, kind, COUNT(*) AS faults, MIN(at) AS first_at, MAX(at) AS last_at FROM faults
             WHERE federation = $1 AND release = $2 GROUP BY function, kind ORDER BY function, kind",
        )
        .bind(self.code.as_str())
        .bind(release.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(tally).collect()
    }
}

fn tally(row: &AnyRow) -> Result<FaultTally, StoreError> {
    Ok(FaultTally {
        function: row.try_get("function")?,
        kind: row.try_get("kind")?,
        faults: counted(row, "faults", WHAT)?,
        first_at: time(row, "first_at", WHAT)?,
        last_at: time(row, "last_at", WHAT)?,
    })
}

/// Faults ready to be inserted: packed on the caller's time, not on the writer's.
struct PackedFaults(Vec<[Value; 6]>);

impl PackedFaults {
    fn of(faults: &[ReleaseFault]) -> Result<Self, StoreError> {
        let pack_one = |fault: &ReleaseFault| {
            Ok([
                fault.release.to_string().into(),
                nanoseconds(fault.at).into(),
                fault.id.to_string().into(),
                fault.function.as_str().into(),
                fault.kind.as_str().into(),
                pack(fault)?.into(),
            ])
        };
        faults.iter().map(pack_one).collect::<Result<_, _>>().map(Self)
    }

    fn add_to(self, script: &mut Script, federation: &FederationCode) {
        let sql =
            |rows| format!("INSERT INTO faults (federation, release, at, id, function, kind, body) VALUES {rows}");
        script.add_rows(sql, FAULTS_PER_INSERT, [federation.as_str()], self.0);
    }
}
