//! A release is tried: what it would change for whom, found out beside the release in force, without touching anything.
//!
//! No verdict, settlement or roll-up comes from a trial, and a failure of what is tried is told in the trial, not held against
//! it. Every run is recorded, so that each difference can be looked into.

mod report;
mod rubric;

use std::sync::Arc;

use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::ids::TrialId;
use domain::job::Job;
use domain::release::Release;
use domain::report::DocumentKind;
use domain::round::Round;
use domain::trial::{Trial, TrialKind, Tried};
use store::{Scope, StoreError};

use crate::error::OperationError;
use crate::failed_calls::FailedCall;
use crate::office::Office;
use crate::pace::Pace;
use crate::settle::job_act;

/// What is tried: a release, as one that would take another's place.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) release: Arc<Release>,
    pub(crate) kind: TrialKind,
    pub(crate) baseline: Digest,
}

/// How much would change, in few words.
struct Headline {
    members: u32,
    changed: u32,
    regraded: u32,
    not_scored: u32,
}

/// What a trial found, with the records that are not kept yet.
struct Found {
    tried: Tried,
    headline: Headline,
    evaluations: Vec<Evaluation>,
}

impl Office {
    /// The job: tries a release on a round. Begun again after it was kept it changes nothing, because the trial bears the job's identity.
    pub(crate) async fn try_release(
        &self,
        scope: &Scope,
        job: &Job,
        wanted: &Wanted<'_>,
        pace: &Pace,
    ) -> Result<Option<Digest>, OperationError> {
        let id = TrialId(job.id.0);
        if let Some(known) = scope.trial(id).await? {
            return Ok(Some(known.found));
        }
        let (round, _) = scope.round(wanted.round).await?.ok_or(OperationError::Missing("round"))?;
        let release = self.known_release(scope, wanted.release).await?;
        let candidate = self.candidate(scope, &round, release, wanted.replaces).await?;
        let Found { tried, headline, evaluations } = match candidate.kind {
            TrialKind::Rubric => self.try_rubric(scope, &round, &candidate, pace).await?,
            TrialKind::Report => self.try_report(scope, &round, &candidate, pace).await?,
        };
        let found = Digest::of(&rmp_serde::to_vec_named(&tried).map_err(OperationError::host)?);
        let trial = Trial {
            id,
            round: round.code,
            kind: candidate.kind,
            baseline: candidate.baseline,
            candidate: candidate.release.digest,
            at: self.now(),
            asked_by: wanted.asked_by.to_owned(),
            members: headline.members,
            changed: headline.changed,
            regraded: headline.regraded,
            not_scored: headline.not_scored,
            found,
        };
        let act = job_act(self, job, "try-release", format!("round/{}/trial/{id}", trial.round), found);
        match scope.keep_trial(&trial, &tried, &evaluations, act).await {
            Ok(()) => Ok(Some(found)),
            // Another attempt was faster; what it kept is the trial.
            Err(StoreError::AlreadyThere(_)) => Ok(scope.trial(id).await?.map(|known| known.found)),
            Err(other) => Err(other.into()),
        }
    }

    /// As what a release can be tried on a round: as the rubric, or as one of the reports. A component that is both is taken for a rubric,
    /// unless it is to take a report's place.
    pub(crate) async fn candidate(
        &self,
        scope: &Scope,
        round: &Round,
        release: Arc<Release>,
        replaces: Option<Digest>,
    ) -> Result<Candidate, OperationError> {
        let is_rubric = release.descriptions.rubric.is_some();
        let as_rubric = match replaces {
            Some(replaced) if replaced == round.rubric => true,
            Some(replaced) if round.reports.contains(&replaced) => false,
            Some(_) => return Err(OperationError::NotPossible { code: "trial-replaces-nothing" }),
            None => is_rubric,
        };
        if as_rubric {
            let not = OperationError::NotPossible { code: "not-a-rubric" };
            return is_rubric
                .then(|| Candidate { kind: TrialKind::Rubric, baseline: round.rubric, release })
                .ok_or(not);
        }
        let Some(report) = &release.descriptions.report else {
            return Err(OperationError::NotPossible { code: "not-a-report" });
        };
        if !report.composes.contains(&DocumentKind::RollUp) {
            return Err(OperationError::NotPossible { code: "no-such-document" });
        }
        let baseline = match replaces {
            Some(replaced) => replaced,
            None => self.report_like(scope, round, &report.id).await?,
        };
        Ok(Candidate { release, kind: TrialKind::Report, baseline })
    }

    /// The report of the round that another version of a report stands beside: the same report, or else the only one there is.
    async fn report_like(&self, scope: &Scope, round: &Round, id: &str) -> Result<Digest, OperationError> {
        for digest in &round.reports {
            let release = self.known_release(scope, *digest).await?;
            if release.descriptions.report.as_ref().is_some_and(|report| report.id == id) {
                return Ok(*digest);
            }
        }
        match &round.reports[..] {
            [only] => Ok(*only),
            _ => Err(OperationError::NotPossible { code: "trial-replaces-unclear" }),
        }
    }

    /// The records of calls that came to nothing. In a trial nobody is blamed for them.
    fn record_failed(&self, calls: Vec<FailedCall>) -> Result<Vec<Evaluation>, OperationError> {
        let at = self.now();
        let run = calls.into_iter().filter(FailedCall::has_run);
        run.map(|FailedCall { asked, run, .. }| self.record(at, asked, run)).collect()
    }
}

/// What a job of a trial is to do.
pub(crate) struct Wanted<'j> {
    pub(crate) round: &'j domain::ids::RoundCode,
    pub(crate) release: Digest,
    pub(crate) replaces: Option<Digest>,
    pub(crate) asked_by: &'j str,
}
