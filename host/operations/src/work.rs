//! The job loop: claims, does, keeps alive and ends long work, one job at a time.

use std::time::Duration;

use domain::digest::Digest;
use domain::job::{Job, JobKind};
use domain::limits::{JOB_ATTEMPTS_MAX, JOB_LEASE};
use store::StoreError;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::error::OperationError;
use crate::office::Office;
use crate::pace::{Moved, Pace};
use crate::try_release::Wanted;

/// How often the store is asked for work that another host was asked to do.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often the store is told how far a job is.
const TELL_EVERY: Duration = Duration::from_millis(200);
/// How long the loop rests after the store failed.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(2);

/// How a claimed job came to rest.
enum Rest {
    /// It is done or has failed for good: what to write down.
    Ended(Result<Option<Digest>, String>),
    /// Something passing stood in its way, or the loop stops: another attempt may do it.
    GivenBack,
    /// Another attempt has taken it.
    Lost,
}

impl Office {
    /// Works jobs off until `stop`. A job that is under way then is given back and begun again by whoever comes next; every
    /// job may be begun again at any point, because what it has kept stays and what it keeps anew is the same.
    pub async fn work(&self, stop: CancellationToken) {
        let worker = self.randomness().identifier(self.now()).map_or_else(|_| "worker".to_owned(), |id| id.to_string());
        while !stop.is_cancelled() {
            match self.house.store.claim_job(&worker, self.now(), JOB_LEASE).await {
                Ok(Some(job)) => self.work_off(&job, &stop).await,
                Ok(None) => {
                    let wait = tokio::time::timeout(LOOK_EVERY, self.house.job_asked.notified());
                    tokio::select! { _ = wait => {}, () = stop.cancelled() => {} }
                }
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "no job could be claimed");
                    tokio::select! { () = tokio::time::sleep(REST_AFTER_FAILURE) => {}, () = stop.cancelled() => {} }
                }
            }
        }
    }

    async fn work_off(&self, job: &Job, stop: &CancellationToken) {
        let (pace, heard) = Pace::heard();
        self.house.job_moved.notify_waiters();
        let last = heard.clone();
        let rest = tokio::select! {
            outcome = self.do_job(job, &pace) => rest_of(job, outcome),
            () = self.keep_alive(job, heard) => Rest::Lost,
            () = stop.cancelled() => Rest::GivenBack,
        };
        let written = match rest {
            Rest::Ended(outcome) => self.end(job, &last, outcome).await,
            Rest::GivenBack => self.house.store.move_job(job, 0, 0, "", self.now(), Duration::ZERO).await,
            Rest::Lost => Ok(false),
        };
        match written {
            Ok(true) => {}
            Ok(false) => tracing::warn!(job = %job.id, attempt = job.attempt, "the job was lost to another attempt"),
            Err(error) => {
                tracing::error!(job = %job.id, error = &error as &dyn std::error::Error, "the job's end was not kept");
            }
        }
        self.house.job_moved.notify_waiters();
    }

    async fn end(
        &self,
        job: &Job,
        last: &watch::Receiver<Moved>,
        outcome: Result<Option<Digest>, String>,
    ) -> Result<bool, StoreError> {
        let Moved { done, total, message } = last.borrow().clone();
        self.house.store.move_job(job, done, total, message, self.now(), JOB_LEASE).await?;
        self.house.store.end_job(job, outcome, self.now()).await
    }

    async fn do_job(&self, job: &Job, pace: &Pace) -> Result<Option<Digest>, OperationError> {
        let scope = self.house.store.federation(&job.federation);
        match &job.kind {
            JobKind::Settle { round } => self.settle(&scope, job, round, pace).await,
            JobKind::RollUp { round } => self.roll_up_round(&scope, job, round, pace).await,
            JobKind::TryRelease { round, release, replaces, asked_by } => {
                let wanted = Wanted { round, release: *release, replaces: *replaces, asked_by };
                self.try_release(&scope, job, &wanted, pace).await
            }
        }
    }

    /// Renews the lease and tells how far the job is, until the job is lost.
    async fn keep_alive(&self, job: &Job, mut heard: watch::Receiver<Moved>) {
        loop {
            let Moved { done, total, message } = heard.borrow_and_update().clone();
            match self.house.store.move_job(job, done, total, message, self.now(), JOB_LEASE).await {
                Ok(true) => self.house.job_moved.notify_waiters(),
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(job = %job.id, error = &error as &dyn std::error::Error, "the lease was not renewed");
                }
            }
            tokio::time::sleep(TELL_EVERY).await;
            // A third of the lease passes at most: two renewals may fail before the job is lost.
            let _ = tokio::time::timeout(JOB_LEASE / 3, heard.changed()).await;
        }
    }
}

/// How a job comes to rest that ended so.
fn rest_of(job: &Job, outcome: Result<Option<Digest>, OperationError>) -> Rest {
    match outcome {
        Ok(result) => Rest::Ended(Ok(result)),
        Err(error) => {
            tracing::warn!(job = %job.id, attempt = job.attempt, error = &error as &dyn std::error::Error, "a job failed");
            let may_pass =
                matches!(error, OperationError::Busy | OperationError::Host(_) | OperationError::Damaged { .. });
            if may_pass && job.attempt < JOB_ATTEMPTS_MAX {
                return Rest::GivenBack;
            }
            let said = error.message();
            Rest::Ended(Err(format!("{}\n{}", said.zh, said.en)))
        }
    }
}
