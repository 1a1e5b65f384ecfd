//! Jobs: one table that every host's workers take from, with a lease for the living and a number for the late.
//!
//! A worker holds a job for the length of a lease and renews it by moving the job. When the lease runs out another worker
//! takes the job as its next attempt; from then on the first worker's number is not the job's any more, and nothing that it
//! still says changes the job.

use std::time::Duration;

use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::JobId;
use domain::job::{Job, JobState};
use domain::limits::{JOB_ATTEMPTS_MAX, JOBS_WAITING_MAX};
use futures::FutureExt as _;
use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use crate::body::{counted, limit, nanoseconds, pack, packed, parsed, time};
use crate::database::Dialect;
use crate::error::already_there;
use crate::{Scope, Store, StoreError, postgres, sqlite};

const WHAT: &str = "job";

/// How many jobs there are to do on all hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobsToDo {
    /// Those that no worker has.
    pub waiting: u64,
    /// Those that a worker has, or had when it died.
    pub running: u64,
}

impl Store {
    /// How many jobs of all federations wait, and how many run.
    pub async fn jobs_to_do(&self) -> Result<JobsToDo, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*) FILTER (WHERE state = 'waiting') AS waiting,
               COUNT(*) FILTER (WHERE state = 'running') AS running
             FROM jobs WHERE state IN ('waiting', 'running')",
        )
        .fetch_one(self.readers())
        .await?;
        Ok(JobsToDo { waiting: counted(&row, "waiting", WHAT)?, running: counted(&row, "running", WHAT)? })
    }
}

impl Scope {
    /// Asks for a job; it waits for a worker. [`StoreError::Busy`] when too many of the federation's wait or run.
    pub async fn ask_job(&self, job: &Job, act: Act) -> Result<(), StoreError> {
        let (job, kind) = (job.clone(), pack(&job.kind)?);
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                let to_do: i64 = sqlx::query(
                    "SELECT COUNT(*) AS to_do FROM jobs WHERE federation = $1 AND state IN ('waiting', 'running')",
                )
                .bind(federation.as_str())
                .fetch_one(&mut *connection)
                .await?
                .try_get("to_do")?;
                if to_do >= limit(JOBS_WAITING_MAX) {
                    return Err(StoreError::Busy);
                }
                sqlx::query(
                    "INSERT INTO jobs (federation, id, kind, state, done, total, message, attempt, asked_at, moved_at,
                       result, worker, begun_at, lease_until)
                     VALUES ($1, $2, $3, 'waiting', 0, 0, '', 0, $4, $4, NULL, '', 0, 0)",
                )
                .bind(federation.as_str())
                .bind(job.id.to_string())
                .bind(kind)
                .bind(nanoseconds(job.asked_at))
                .execute(connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// A job.
    pub async fn job(&self, id: JobId) -> Result<Option<Job>, StoreError> {
        let row = sqlx::query("SELECT * FROM jobs WHERE federation = $1 AND id = $2")
            .bind(self.code.as_str())
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| job(&row)).transpose()
    }

    /// All jobs of the federation, oldest first.
    pub async fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        let rows = sqlx::query("SELECT * FROM jobs WHERE federation = $1 ORDER BY asked_at, id")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(job).collect()
    }
}

impl Store {
    /// Takes a job for a worker, for the length of the lease: one that waits, or one whose worker has fallen silent. The
    /// federation that was served longest ago comes first, so that a hundred jobs of one do not hold up another's. A job
    /// that was begun too often is given up instead.
    pub async fn claim_job(&self, worker: &str, now: Timestamp, lease: Duration) -> Result<Option<Job>, StoreError> {
        // Workers ask all the time; mostly there is nothing, and looking is cheaper than writing.
        let to_do =
            sqlx::query("SELECT 1 FROM jobs WHERE state IN ('waiting', 'running') AND lease_until < $1 LIMIT 1")
                .bind(nanoseconds(now))
                .fetch_optional(self.readers())
                .await?;
        if to_do.is_none() {
            return Ok(None);
        }
        let worker = worker.to_owned();
        self.write(move |connection| {
            async move {
                give_up_exhausted(connection, now).await?;
                claim_next(connection, worker, now, lease).await
            }
            .boxed()
        })
        .await
    }

    /// Says how far a job is and renews its lease; `false` when it was lost to another attempt or has ended.
    pub async fn move_job(
        &self,
        job: &Job,
        done: u32,
        total: u32,
        message: &str,
        now: Timestamp,
        lease: Duration,
    ) -> Result<bool, StoreError> {
        let (job, message) = (job.clone(), message.to_owned());
        self.write(move |connection| {
            async move {
                let moved = sqlx::query(
                    "UPDATE jobs SET done = $4, total = $5, message = $6, moved_at = $7, lease_until = $8
                     WHERE federation = $1 AND id = $2 AND attempt = $3 AND state = 'running'",
                )
                .bind(job.federation.as_str())
                .bind(job.id.to_string())
                .bind(i64::from(job.attempt))
                .bind(i64::from(done))
                .bind(i64::from(total))
                .bind(message)
                .bind(nanoseconds(now))
                .bind(end_of(now, lease))
                .execute(connection)
                .await?;
                Ok(moved.rows_affected() == 1)
            }
            .boxed()
        })
        .await
    }

    /// Ends a job: done with a result, or failed with a message; `false` when it was lost to another attempt or has ended.
    pub async fn end_job(
        &self,
        job: &Job,
        outcome: Result<Option<Digest>, String>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let job = job.clone();
        let (state, result, message) = match outcome {
            Ok(result) => (JobState::Done, result, None),
            Err(message) => (JobState::Failed, None, Some(message)),
        };
        self.write(move |connection| {
            async move {
                let ended = sqlx::query(
                    "UPDATE jobs SET state = $4, result = $5, message = COALESCE($6, message), moved_at = $7
                     WHERE federation = $1 AND id = $2 AND attempt = $3 AND state = 'running'",
                )
                .bind(job.federation.as_str())
                .bind(job.id.to_string())
                .bind(i64::from(job.attempt))
                .bind(state_name(state))
                .bind(result.map(|digest| digest.to_string()))
                .bind(message)
                .bind(nanoseconds(now))
                .execute(connection)
                .await?;
                Ok(ended.rows_affected() == 1)
            }
            .boxed()
        })
        .await
    }
}

/// A job that no attempt has brought to an end would be begun for ever.
async fn give_up_exhausted(connection: &mut AnyConnection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE jobs SET state = 'failed', message = 'given up: every attempt fell silent', moved_at = $1
         WHERE state = 'running' AND lease_until < $1 AND attempt >= $2",
    )
    .bind(nanoseconds(now))
    .bind(i64::from(JOB_ATTEMPTS_MAX))
    .execute(connection)
    .await?;
    Ok(())
}

async fn claim_next(
    connection: &mut AnyConnection,
    worker: String,
    now: Timestamp,
    lease: Duration,
) -> Result<Option<Job>, StoreError> {
    let lock = match Dialect::of(connection) {
        Dialect::Sqlite => sqlite::NEXT_JOB_LOCK,
        Dialect::Postgres => postgres::NEXT_JOB_LOCK,
    };
    let sql = format!(
        "UPDATE jobs SET state = 'running', attempt = attempt + 1, done = 0, total = 0, message = '', worker = $1,
           moved_at = $2, begun_at = $2, lease_until = $3
         WHERE (federation, id) =
           (SELECT job.federation, job.id FROM jobs AS job
            WHERE job.state IN ('waiting', 'running') AND job.lease_until < $2
            ORDER BY (SELECT MAX(served.begun_at) FROM jobs AS served WHERE served.federation = job.federation),
              job.asked_at, job.id
            LIMIT 1 {lock})
         RETURNING *"
    );
    let claimed = sqlx::query(AssertSqlSafe(sql))
        .bind(worker)
        .bind(nanoseconds(now))
        .bind(end_of(now, lease))
        .fetch_optional(connection)
        .await?;
    claimed.map(|row| job(&row)).transpose()
}

fn end_of(now: Timestamp, lease: Duration) -> i64 {
    nanoseconds(now).saturating_add(i64::try_from(lease.as_nanos()).unwrap_or(i64::MAX))
}

const fn state_name(state: JobState) -> &'static str {
    match state {
        JobState::Waiting => "waiting",
        JobState::Running => "running",
        JobState::Done => "done",
        JobState::Failed => "failed",
    }
}

fn job(row: &AnyRow) -> Result<Job, StoreError> {
    let state = match row.try_get("state")? {
        "waiting" => JobState::Waiting,
        "running" => JobState::Running,
        "done" => JobState::Done,
        "failed" => JobState::Failed,
        _ => return Err(StoreError::Corrupt { what: WHAT, why: "`state` has not its form".to_owned() }),
    };
    let result: Option<&str> = row.try_get("result")?;
    Ok(Job {
        id: parsed(row, "id", WHAT)?,
        federation: parsed(row, "federation", WHAT)?,
        kind: packed(row, "kind", WHAT)?,
        state,
        done: counted(row, "done", WHAT)?,
        total: counted(row, "total", WHAT)?,
        message: row.try_get("message")?,
        attempt: counted(row, "attempt", WHAT)?,
        asked_at: time(row, "asked_at", WHAT)?,
        moved_at: time(row, "moved_at", WHAT)?,
        result: result.map(|_| parsed(row, "result", WHAT)).transpose()?,
    })
}
