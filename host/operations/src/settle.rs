//! A round is settled: what the rubric in force has not judged is judged, then the cohort pass ranks everybody.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::cohort::{ScoredMember, cohort_of};
use domain::digest::Digest;
use domain::evaluation::{Asked, Evaluation};
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, RoundCode, SettlementId, UnitCode};
use domain::job::Job;
use domain::review::Review;
use domain::round::Round;
use domain::rubric::Description;
use domain::settled::{Settled, SettledCohort, SettlementSummary};
use domain::settlement::Cohort;
use domain::submission::Submission;
use domain::verdict::Verdict;
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use sandbox::Answer;
use store::{Counted, Scope, StoreError};

use crate::error::OperationError;
use crate::judge::{Case, judge};
use crate::office::Office;
use crate::pace::Pace;
use crate::round_in_force::Rubric;
use crate::submission::kept_answers;

/// Revisions that are judged at the same time: enough to keep every thread of the sandbox busy while others are read and kept.
const JUDGED_AT_ONCE: usize = 16;
/// Verdicts that are kept in one transaction.
const VERDICTS_AT_ONCE: usize = 64;
/// What the cohort of those is called that lack the attribute by which the round makes cohorts.
const COHORT_OF_THE_REST: &str = "—";

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
        let rubric = self.rubric(scope, round.rubric).await?;
        let units = units_by_code(scope).await?;
        let counted = scope.counted(&round.code).await?;

        let verdicts = self.judge_the_rest(scope, &round, &rubric, &units, &counted, pace).await?;
        pace.moved(0, 0, "settling");
        let cohorts = cohorts(&round, rubric.description()?, &units, &verdicts);
        if cohorts.is_empty() {
            return Err(OperationError::NotPossible { code: "nothing-to-settle" });
        }
        let (mut settled, mut evaluations) = (Vec::new(), Vec::new());
        for (cohort, revisions) in cohorts {
            let (cohort, evaluation) = self.settle_cohort(scope, &rubric, cohort, revisions).await?;
            settled.push(cohort);
            evaluations.push(evaluation);
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
        scope: &Scope,
        round: &Round,
        rubric: &Rubric,
        units: &BTreeMap<UnitCode, OrgUnit>,
        counted: &[Counted],
        pace: &Pace,
    ) -> Result<BTreeMap<UnitCode, Verdict>, OperationError> {
        let judged = scope.verdicts_of_counted(&round.code, round.rubric).await?;
        let mut all: BTreeMap<UnitCode, Verdict> =
            judged.into_iter().map(|verdict| (verdict.unit.clone(), verdict)).collect();
        // Whoever has handed in again since `counted` was read is judged already, and by a newer number.
        let is_open = |counted: &&Counted| all.get(&counted.unit).is_none_or(|known| known.revision < counted.revision);
        let open: Vec<&Counted> = counted.iter().filter(is_open).collect();
        let total = u32::try_from(open.len()).unwrap_or(u32::MAX);
        pace.moved(0, total, "scoring");
        let judging: Vec<BoxFuture<'_, _>> = open
            .into_iter()
            .map(|revision| self.judge_counted(scope, round, rubric, units, revision).boxed())
            .collect();
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

    async fn judge_counted(
        &self,
        scope: &Scope,
        round: &Round,
        rubric: &Rubric,
        units: &BTreeMap<UnitCode, OrgUnit>,
        counted: &Counted,
    ) -> Result<Option<(Verdict, Vec<Evaluation>)>, OperationError> {
        let unit = units.get(&counted.unit).ok_or(OperationError::Missing("unit"))?;
        let answers = kept_answers(scope, counted.answers).await?;
        match rubric.form.examine(&answers).await {
            Ok(()) => {}
            Err(OperationError::Invalid(_)) => return Ok(None),
            Err(other) => return Err(other),
        }
        let known = self.context(scope, round, rubric.description()?, unit).await?;
        if known.digest != counted.context {
            scope.keep_blob(&known.bytes).await?;
        }
        let review =
            Review { hours_late: counted.hours_late, explanations: counted.explanations.clone(), ..Review::default() };
        let case = Case {
            submission: Arc::new(Submission { envelope: counted.envelope.clone(), answers }),
            answers: counted.answers,
            context: known.context,
            context_digest: known.digest,
            review: Arc::new(review),
        };
        let at = self.now();
        match judge(&self.house.sandbox, &rubric.plugin, &case).await {
            Ok(judged) => self.verdict_of(at, &counted.unit, rubric, &case, judged).map(Some),
            Err(unjudged) => {
                let runs = unjudged.runs.into_iter();
                let evaluations: Vec<Evaluation> =
                    runs.map(|(asked, run)| self.record(at, asked, run)).collect::<Result<_, _>>()?;
                scope.keep_evaluations(&evaluations).await?;
                Err(unjudged.error)
            }
        }
    }

    async fn settle_cohort(
        &self,
        scope: &Scope,
        rubric: &Rubric,
        cohort: Cohort,
        revisions: Vec<u32>,
    ) -> Result<(SettledCohort, Evaluation), OperationError> {
        let bytes = rmp_serde::to_vec_named(&cohort).map_err(OperationError::host)?;
        let asked = Asked::Settle(scope.keep_blob(&bytes).await?);
        let cohort = Arc::new(cohort);
        let at = self.now();
        let evaluated = self.house.sandbox.settle(&rubric.plugin, Arc::clone(&cohort)).await;
        let evaluation = self.record(at, asked, evaluated.run)?;
        let answer = match evaluated.answer {
            Ok(answer) => answer,
            Err(fault) => {
                scope.keep_evaluations(std::slice::from_ref(&evaluation)).await?;
                return Err(OperationError::fault(rubric.release.digest, "settle", fault));
            }
        };
        match answer {
            Answer::Given(settlement) => {
                let cohort = Arc::unwrap_or_clone(cohort);
                let name = cohort.name.clone();
                Ok((SettledCohort { name, cohort, revisions, settlement }, evaluation))
            }
            Answer::Refused(refusal) => {
                scope.keep_evaluations(std::slice::from_ref(&evaluation)).await?;
                Err(OperationError::Refused(refusal))
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
        left: Some(left),
        reason: String::new(),
    }
}

/// The units by their codes.
pub(crate) async fn units_by_code(scope: &Scope) -> Result<BTreeMap<UnitCode, OrgUnit>, OperationError> {
    Ok(scope.units().await?.into_iter().map(|unit| (unit.code.clone(), unit)).collect())
}

/// The cohorts in order of their names, each with the revisions of its members, who stand in order of their codes.
fn cohorts(
    round: &Round,
    description: &Description,
    units: &BTreeMap<UnitCode, OrgUnit>,
    verdicts: &BTreeMap<UnitCode, Verdict>,
) -> Vec<(Cohort, Vec<u32>)> {
    let mut by_name: BTreeMap<String, Vec<&Verdict>> = BTreeMap::new();
    for verdict in verdicts.values().filter(|verdict| verdict.score.card().is_some()) {
        by_name.entry(cohort_name(round, units.get(&verdict.unit))).or_default().push(verdict);
    }
    let cohort = |(name, verdicts): (String, Vec<&Verdict>)| {
        let members: Vec<ScoredMember<'_>> = verdicts
            .iter()
            .filter_map(|verdict| Some(ScoredMember { unit: &verdict.unit, scorecard: verdict.score.card()? }))
            .collect();
        let revisions = verdicts.iter().map(|verdict| verdict.revision).collect();
        (cohort_of(description, round.period, &name, &members), revisions)
    };
    by_name.into_iter().map(cohort).collect()
}

fn cohort_name(round: &Round, unit: Option<&OrgUnit>) -> String {
    let Some(wanted) = &round.cohort_by else { return String::new() };
    let attribute = unit.and_then(|unit| unit.attributes.iter().find(|attribute| attribute.name == *wanted));
    attribute.map_or_else(|| COHORT_OF_THE_REST.to_owned(), |attribute| attribute.value.to_string())
}
