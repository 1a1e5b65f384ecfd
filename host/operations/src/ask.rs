//! Long work is asked for: it becomes a job.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::fields::FieldPath;
use domain::ids::{FederationCode, JobId, RoundCode};
use domain::job::{Job, JobKind, JobState};
use domain::limits::TRIALS_MAX;
use domain::release::Release;
use domain::round::{Round, RoundAct};
use domain::trial::TrialKind;
use serde::Deserialize;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::review_round::counting;

/// What is to be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTrial {
    /// A release of the federation.
    pub release: Digest,
    /// The release in force whose place it would take: the round's rubric or one of its reports. Where it is left out, a rubric stands
    /// beside the round's rubric and a report beside the round's version of the same report.
    #[serde(default)]
    pub replaces: Option<Digest>,
}

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
        known.allows(RoundAct::Settle)?;
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

    /// Asks for a release to be tried on what was handed in to a round, beside the release whose place it would take. Any round will do,
    /// open or closed.
    pub async fn ask_try(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        new: NewTrial,
    ) -> Result<Job, OperationError> {
        let scope = self.scope(caller, Operation::TryRelease, federation)?;
        let (known, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let mut problems = Problems::default();
        let Some(release) = scope.release(new.release).await? else {
            problems.add("/release", "unknown-release", &[]);
            return problems.none_left().and(Err(OperationError::Missing("release")));
        };
        let candidate = self.candidate(&scope, &known, Arc::new(release), new.replaces).await?;
        match candidate.kind {
            TrialKind::Rubric if scope.counted(round, counting(&known)).await?.is_empty() => {
                return Err(OperationError::NotPossible { code: "nothing-to-try" });
            }
            TrialKind::Report if scope.latest_roll_up(round).await?.is_none() => {
                return Err(OperationError::NotPossible { code: "not-rolled-up" });
            }
            TrialKind::Report => self.examine_personal(&scope, &known, &candidate.release, &mut problems).await?,
            TrialKind::Rubric => {}
        }
        problems.none_left()?;
        if scope.trials_count(round).await? >= TRIALS_MAX {
            return Err(OperationError::NotPossible { code: "too-many-trials" });
        }
        let kind = JobKind::TryRelease {
            round: round.clone(),
            release: new.release,
            replaces: new.replaces,
            asked_by: caller.label.clone(),
        };
        self.ask(caller, &scope, "ask-trial", round, kind).await
    }

    /// A report may want nothing that the form of the rubric in force marks as personal: it could not be put in force.
    async fn examine_personal(
        &self,
        scope: &Scope,
        round: &Round,
        report: &Release,
        problems: &mut Problems,
    ) -> Result<(), OperationError> {
        let form = self.form(&*self.known_release(scope, round.rubric).await?)?;
        let fields = report.descriptions.report.iter().flat_map(|report| &report.fields);
        let mut paths = fields.map(|field| field.at.parse::<FieldPath>().unwrap_or_default());
        if paths.any(|path| form.is_personal(&path)) {
            problems.add("/release", "personal-field", &[]);
        }
        Ok(())
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
