//! Watching long work.

use std::time::Duration;

use domain::access::{Caller, Operation};
use domain::ids::{FederationCode, JobId};
use domain::job::{Job, JobState};
use domain::text::Text;
use futures::{Stream, StreamExt as _};
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::in_both_languages;

/// How often a watched job is looked at when nothing on this host says that it moved.
const LOOK_EVERY: Duration = Duration::from_millis(500);

impl Office {
    /// One job.
    pub async fn job(&self, caller: &Caller, federation: &FederationCode, id: JobId) -> Result<Job, OperationError> {
        let scope = self.scope(caller, Operation::ReadJob, federation)?;
        scope.job(id).await?.ok_or(OperationError::Missing("job"))
    }

    /// The federation's jobs, the newest first.
    pub async fn jobs(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<Job>, OperationError> {
        let scope = self.scope(caller, Operation::ReadJob, federation)?;
        let mut jobs = scope.jobs().await?;
        jobs.reverse();
        Ok(jobs)
    }

    /// A job as it is now and whenever it has moved; the stream ends after `Done` or `Failed`, or when the store fails.
    pub async fn watch_job(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: JobId,
    ) -> Result<impl Stream<Item = Job> + Send + 'static, OperationError> {
        let scope = self.scope(caller, Operation::ReadJob, federation)?;
        let now = scope.job(id).await?.ok_or(OperationError::Missing("job"))?;
        let watch = Watch { office: self.clone(), scope };
        let first = futures::stream::iter([now.clone()]);
        let later = futures::stream::unfold((watch, now), |(watch, shown)| async move {
            let moved = watch.moved_on(&shown).await?;
            Some((moved.clone(), (watch, moved)))
        });
        Ok(first.chain(later))
    }
}

/// What a job says to a person. A running one says a code of the catalogue, a failed one a sentence in each language on a line of its own.
pub fn job_message(job: &Job) -> Text {
    let key = match (job.state, job.message.as_str()) {
        (JobState::Waiting, _) => "job-waiting".to_owned(),
        (JobState::Done, _) => "job-done".to_owned(),
        (JobState::Running, "") => "job-begun".to_owned(),
        (JobState::Running, message) => format!("job-{message}"),
        (JobState::Failed, message) if message.starts_with("given up") => "job-gave-up".to_owned(),
        (JobState::Failed, message) => {
            let (zh, en) = message.split_once('\n').unwrap_or((message, ""));
            return Text { zh: zh.to_owned(), en: en.to_owned() };
        }
    };
    in_both_languages(&key, &[])
}

struct Watch {
    office: Office,
    scope: Scope,
}

impl Watch {
    /// The job once it is another than it was; none when it is over or cannot be read any more.
    async fn moved_on(&self, before: &Job) -> Option<Job> {
        if matches!(before.state, JobState::Done | JobState::Failed) {
            return None;
        }
        loop {
            let moved = self.office.house.job_moved.notified();
            let now = self.scope.job(before.id).await.ok().flatten()?;
            if now != *before {
                return Some(now);
            }
            // Whether it was woken or has waited long enough: it looks again.
            let _ = tokio::time::timeout(LOOK_EVERY, moved).await;
        }
    }
}
