//! Long work is asked for: it becomes a job.

use domain::access::{Caller, Operation};
use domain::ids::{FederationCode, JobId, RoundCode};
use domain::job::{Job, JobKind, JobState};
use domain::round::RoundAct;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

impl Office {
    /// Asks for the round to be settled: everything that the rubric in force has not scored is scored, then the cohort pass runs.
    pub async fn ask_settle(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Job, OperationError> {
        let scope = self.scope(caller, Operation::Settle, federation)?;
        let (known, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        if known.state.after(RoundAct::Settle).is_none() {
            return Err(OperationError::NotPossible { code: "round-act-not-possible" });
        }
        self.ask(caller, &scope, "ask-settle", round, JobKind::Settle { round: round.clone() }).await
    }

    /// Asks for the last settlement to be rolled up and for the round's reports to be composed.
    pub async fn ask_roll_up(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Job, OperationError> {
        let scope = self.scope(caller, Operation::Settle, federation)?;
        scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        if scope.settlements(round).await?.is_empty() {
            return Err(OperationError::NotPossible { code: "not-settled" });
        }
        self.ask(caller, &scope, "ask-roll-up", round, JobKind::RollUp { round: round.clone() }).await
    }

    async fn ask(
        &self,
        caller: &Caller,
        scope: &Scope,
        verb: &str,
        round: &RoundCode,
        kind: JobKind,
    ) -> Result<Job, OperationError> {
        let now = self.now();
        let job = Job {
            id: JobId(self.randomness().identifier(now)?),
            federation: scope.code().clone(),
            kind,
            state: JobState::Waiting,
            done: 0,
            total: 0,
            message: String::new(),
            attempt: 0,
            asked_at: now,
            moved_at: now,
            result: None,
        };
        let act = self.act(caller, verb, format!("round/{round}/job/{}", job.id), None, "");
        scope.ask_job(&job, act).await?;
        self.house.job_asked.notify_one();
        Ok(job)
    }
}
