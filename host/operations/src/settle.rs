//! A round is settled: what the rubric in force has not judged is judged, then the cohort pass ranks everybody.

use std::collections::BTreeMap;

use domain::access::{Caller, Operation};
use domain::assessment::Assessment;
use domain::digest::Digest;
use domain::evaluation::Evaluation;
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, RoundCode, SettlementId, UnitCode};
use domain::job::Job;
use domain::settled::{Settled, SettledCohort, SettlementSummary};
use domain::verdict::Verdict;
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use store::{Counted, Scope, StoreError};

use crate::cohort_pass::{CohortRuling, cohorts};
use crate::error::OperationError;
use crate::judge_counted::{Docket, Ruling, entries_of};
use crate::office::Office;
use crate::pace::Pace;
use crate::review_round::counting;
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
        let counted = scope.counted(&round.code, counting(&round)).await?;

        let entries = entries_of(scope, &round).await?;
        let check_rules = scope.check_rules(&round.code).await?;
        let docket = Docket { scope, round: &round, units: &units, entries: &entries, check_rules: &check_rules };
        let Rulings { verdicts, reviews } = self.judge_the_rest(docket, &rubric, &counted, pace).await?;
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
                    settled.push(with_reviews(*cohort, &reviews));
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

    /// Judges what counts and was not judged by this rubric, or not with what reviewers decided since; gives all verdicts by their units.
    /// What does not fit its form is passed over: it cannot be ranked until the member hands in again, and a roll-up lists it among those
    /// held back.
    async fn judge_the_rest(
        &self,
        docket: Docket<'_>,
        rubric: &Rubric,
        counted: &[Counted],
        pace: &Pace,
    ) -> Result<Rulings, OperationError> {
        let Docket { scope, round, entries, .. } = docket;
        let mut judged = scope.verdicts_of_counted(&round.code, counting(round), round.rubric).await?;
        judged.retain(|verdict| !entries.contains_key(&verdict.unit));
        let mut all = Rulings {
            verdicts: judged.into_iter().map(|verdict| (verdict.unit.clone(), verdict)).collect(),
            reviews: BTreeMap::new(),
        };
        // Whoever has handed in again since `counted` was read is judged already, and by a newer number.
        let is_open =
            |counted: &&Counted| all.verdicts.get(&counted.unit).is_none_or(|known| known.revision < counted.revision);
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
            let mut new = Vec::new();
            for one in some.into_iter().flatten() {
                let unit = one.verdict.unit.clone();
                all.reviews.extend(one.review.map(|review| (unit.clone(), review)));
                all.verdicts.insert(unit, one.verdict.clone());
                new.extend(one.evaluations.map(|evaluations| (one.verdict, evaluations)));
            }
            scope.keep_verdicts(&round.code, new).await?;
            pace.moved(done, total, "scoring");
        }
        Ok(all)
    }

    async fn judge_one(
        &self,
        docket: Docket<'_>,
        rubric: &Rubric,
        counted: &Counted,
    ) -> Result<Option<One>, OperationError> {
        let Docket { scope, round, .. } = docket;
        let submission = docket.submission(counted).await?;
        let facts = docket.facts(counted, &submission, rubric.description()?);
        let review = facts.digest();
        if let Some(verdict) = self.ruled_before(docket, counted, review).await? {
            return Ok(Some(One { verdict, review, evaluations: None }));
        }
        let (verdict, evaluations) = match self.judge_counted(docket, rubric, counted, submission).await? {
            Ruling::Judged(verdict, evaluations) => (*verdict, evaluations),
            Ruling::Unfit(_) => return Ok(None),
            Ruling::Failed(error, calls) => {
                self.keep_failed(scope, Some(&counted.unit), self.now(), calls).await?;
                return Err(error);
            }
        };
        let Some(review) = review else { return Ok(Some(One { verdict, review, evaluations: Some(evaluations) })) };
        let assessment = Assessment { review, entries: facts.entries, verdict, at: self.now() };
        scope.keep_assessment(&round.code, &assessment, &evaluations).await?;
        Ok(Some(One { verdict: assessment.verdict, review: Some(review), evaluations: None }))
    }

    /// What the rubric said of a submission that reviewers were at before, given what counts of that now.
    async fn ruled_before(
        &self,
        docket: Docket<'_>,
        counted: &Counted,
        review: Option<Digest>,
    ) -> Result<Option<Verdict>, OperationError> {
        let Docket { scope, round, entries, .. } = docket;
        let (unit, revision) = (&counted.unit, counted.revision);
        if !entries.contains_key(unit) {
            return Ok(None);
        }
        Ok(match review {
            None => scope.verdict(&round.code, unit, revision, round.rubric).await?,
            Some(review) => {
                let known = scope.assessment(&round.code, unit, revision, round.rubric, review).await?;
                known.map(|assessment| assessment.verdict)
            }
        })
    }
}

/// What the rubric says of everybody, and with which decisions of reviewers.
struct Rulings {
    verdicts: BTreeMap<UnitCode, Verdict>,
    /// The identity of what reviewers decided, of those about whom they decided anything.
    reviews: BTreeMap<UnitCode, Digest>,
}

/// What the rubric says of one revision.
struct One {
    verdict: Verdict,
    review: Option<Digest>,
    /// The records of its runs, where the verdict is still to be kept.
    evaluations: Option<Vec<Evaluation>>,
}

/// A cohort with the identity of what reviewers decided about each member.
fn with_reviews(mut cohort: SettledCohort, reviews: &BTreeMap<UnitCode, Digest>) -> SettledCohort {
    let by_code: BTreeMap<&str, Digest> = reviews.iter().map(|(unit, review)| (unit.as_str(), *review)).collect();
    let of_members = cohort.cohort.members.iter().map(|member| by_code.get(member.as_str()).copied());
    let of_members: Vec<Option<Digest>> = of_members.collect();
    if of_members.iter().any(Option::is_some) {
        cohort.reviews = of_members;
    }
    cohort
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
