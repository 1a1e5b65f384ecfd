//! A round is settled: what the rubric in force has not judged is judged, then the cohort pass ranks everybody.

use std::collections::BTreeMap;

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, RoundCode, SettlementId, UnitCode};
use domain::job::Job;
use domain::settled::{Settled, SettlementSummary};
use domain::verdict::Verdict;
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use store::{Counted, Scope, StoreError};

use crate::cohort_pass::{CohortRuling, cohorts};
use crate::error::OperationError;
use crate::judge_counted::{Docket, Ruling};
use crate::office::Office;
use crate::pace::Pace;
use crate::round_in_force::Rubric;

/// Revisions that are judged at the same time: enough to keep every thread of the sandbox busy while others are read and kept.
const JUDGED_AT_ONCE: usize = 16;
/// Verdicts that are kept in one transaction.
const VERDICTS_AT_ONCE: usize = 64;

impl Office {
    /// The round's settlements, the oldest first.
    pub async fn settlements(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<SettlementSummary>, OperationError> {
        let scope = self.scope(caller, Operation::ReadRollUp, federation)?;
        Ok(scope.settlements(round).await?)
    }

    /// The job: settles a round. Asked again after it was kept it changes nothing, because its settlement bears the job's identity.
    pub(crate) async fn settle(
        &self,
        scope: &Scope,
        job: &Job,
        round: &RoundCode,
        pace: &Pace,
    ) -> Result<Option<Digest>, OperationError> {
        let id = SettlementId(job.id.0);
        if scope.settlement(id).await?.is_some() {
            return Ok(None);
        }
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        self.out_of_quarantine(scope, round.rubric).await?;
        let rubric = self.rubric(scope, round.rubric).await?;
        let units = units_by_code(scope).await?;
        let counted = scope.counted(&round.code).await?;

        let docket = Docket { scope, round: &round, units: &units };
        let verdicts = self.judge_the_rest(docket, &rubric, &counted, pace).await?;
        pace.moved(0, 0, "settling");
        let cohorts = cohorts(&round, rubric.description()?, &units, &verdicts);
        // A federation may have nothing of its own to settle and roll up what others have settled.
        if cohorts.is_empty() && scope.imports(&round.code).await?.is_empty() {
            return Err(OperationError::NotPossible { code: "nothing-to-settle" });
        }
        let (mut settled, mut evaluations) = (Vec::new(), Vec::new());
        for (cohort, revisions) in cohorts {
            match self.settle_cohort(scope, &rubric, cohort, revisions).await? {
                CohortRuling::Settled(cohort, evaluation) => {
                    settled.push(*cohort);
                    evaluations.push(evaluation);
                }
                CohortRuling::Failed(error, call) => {
                    self.keep_failed(scope, None, self.now(), vec![call]).await?;
                    return Err(error);
                }
            }
        }
        let settled = Settled { id, round: round.code.clone(), rubric: round.rubric, at: self.now(), cohorts: settled };
        let digest = Digest::of(&rmp_serde::to_vec_named(&settled).map_err(OperationError::host)?);
        let act = job_act(self, job, "settle", format!("round/{}/settlement/{id}", round.code), digest);
        match scope.keep_settlement(&settled, &evaluations, act).await {
            Ok(()) | Err(StoreError::AlreadyThere(_)) => {}
            Err(other) => return Err(other.into()),
        }
        self.house.settlements.forget(&(scope.code().clone(), round.code));
        Ok(Some(digest))
    }

    /// Judges what counts and was not judged by this rubric yet; gives all verdicts by their units. What does not fit its form is passed over: it cannot be
    /// ranked until the member hands in again, and a roll-up lists it among those held back.
    async fn judge_the_rest(
        &self,
        docket: Docket<'_>,
        rubric: &Rubric,
        counted: &[Counted],
        pace: &Pace,
    ) -> Result<BTreeMap<UnitCode, Verdict>, OperationError> {
        let Docket { scope, round, .. } = docket;
        let judged = scope.verdicts_of_counted(&round.code, round.rubric).await?;
        let mut all: BTreeMap<UnitCode, Verdict> =
            judged.into_iter().map(|verdict| (verdict.unit.clone(), verdict)).collect();
        // Whoever has handed in again since `counted` was read is judged already, and by a newer number.
        let is_open = |counted: &&Counted| all.get(&counted.unit).is_none_or(|known| known.revision < counted.revision);
        let open: Vec<&Counted> = counted.iter().filter(is_open).collect();
        let total = u32::try_from(open.len()).unwrap_or(u32::MAX);
        pace.moved(0, total, "scoring");
        let judging: Vec<BoxFuture<'_, _>> =
            open.into_iter().map(|revision| self.judge_one(docket, rubric, revision).boxed()).collect();
        let mut verdicts = futures::stream::iter(judging).buffered(JUDGED_AT_ONCE).try_chunks(VERDICTS_AT_ONCE);
        let mut done = 0;
        while let Some(some) = verdicts.next().await {
            let some = some.map_err(|stopped| stopped.1)?;
            done += u32::try_from(some.len()).unwrap_or(u32::MAX);
            let some: Vec<_> = some.into_iter().flatten().collect();
            all.extend(some.iter().map(|(verdict, _)| (verdict.unit.clone(), verdict.clone())));
            scope.keep_verdicts(&round.code, some).await?;
            pace.moved(done, total, "scoring");
        }
        Ok(all)
    }

    async fn judge_one(
        &self,
        docket: Docket<'_>,
        rubric: &Rubric,
        counted: &Counted,
    ) -> Result<Option<(Verdict, Vec<Evaluation>)>, OperationError> {
        let submission = docket.submission(counted).await?;
        match self.judge_counted(docket, rubric, counted, submission).await? {
            Ruling::Judged(verdict, evaluations) => Ok(Some((*verdict, evaluations))),
            Ruling::Unfit(_) => Ok(None),
            Ruling::Failed(error, calls) => {
                self.keep_failed(docket.scope, Some(&counted.unit), self.now(), calls).await?;
                Err(error)
            }
        }
    }
}

/// The act of a job: its actor is the job, behind which the audit log has who asked for it.
pub(crate) fn job_act(office: &Office, job: &Job, verb: &str, subject: String, left: Digest) -> domain::audit::Act {
    domain::audit::Act {
        at: office.now(),
        actor: format!("job/{}", job.id),
        verb: verb.to_owned(),
        subject,
        found: None,
        left: Some(left),
        reason: String::new(),
    }
}

/// The units by their codes.
pub(crate) async fn units_by_code(scope: &Scope) -> Result<BTreeMap<UnitCode, OrgUnit>, OperationError> {
    Ok(scope.units().await?.into_iter().map(|unit| (unit.code.clone(), unit)).collect())
}
