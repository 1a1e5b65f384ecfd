//! A rubric is tried: both judge everything that counts in the round, both settle, and the results are compared.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::evaluation::{Asked, Evaluation};
use domain::federation::OrgUnit;
use domain::finding::WeighedFinding;
use domain::ids::UnitCode;
use domain::points::Points;
use domain::round::Round;
use domain::settled::SettledCohort;
use domain::submission::{Standing, standing_of};
use domain::text::Text;
use domain::trial::cost::Meter;
use domain::trial::difference::UnitScore;
use domain::trial::finding::{FindingChanges, finding_changes};
use domain::trial::member::{NotScored, WhyNotScored};
use domain::trial::rubric::{RubricTrial, Side, TriedUnit, compare};
use domain::trial::{Tried, shortened};
use domain::verdict::{Scored, Verdict};
use futures::future::BoxFuture;
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use store::{Counted, Scope};

use super::{Candidate, Found, Headline};
use crate::cohort_pass::{CohortRuling, cohort_name, cohorts};
use crate::error::{OperationError, Whose};
use crate::judge_counted::{Docket, Ruling, entries_of};
use crate::office::Office;
use crate::pace::Pace;
use crate::review_round::counting;
use crate::round_in_force::Rubric;
use crate::settle::units_by_code;

/// Revisions that are judged at the same time, by two rubrics each: as many calls at once as settling makes, so that members who
/// hand in meanwhile wait no longer for one than for the other.
const TRIED_AT_ONCE: usize = 8;
/// Revisions whose records are kept in one transaction.
const KEPT_AT_ONCE: usize = 64;

/// What one rubric made of the round, as far as it is known.
struct Tally {
    rubric: Rubric,
    /// Its verdicts, of which the cohort pass needs the points.
    verdicts: BTreeMap<UnitCode, Verdict>,
    scores: BTreeMap<UnitCode, UnitScore>,
    not_scored: BTreeMap<UnitCode, NotScored>,
    cohorts: Vec<SettledCohort>,
    meter: Meter,
}

/// What both made of one revision.
struct Pair {
    unit: TriedUnit,
    before: Ruling,
    after: Ruling,
}

impl Office {
    pub(super) async fn try_rubric(
        &self,
        scope: &Scope,
        round: &Round,
        candidate: &Candidate,
        pace: &Pace,
    ) -> Result<Found, OperationError> {
        let mut before = Tally::of(self.rubric(scope, candidate.baseline).await?);
        let mut after = Tally::of(self.rubric(scope, candidate.release.digest).await?);
        let units = units_by_code(scope).await?;
        let counted = scope.counted(&round.code, counting(round)).await?;
        if counted.is_empty() {
            return Err(OperationError::NotPossible { code: "nothing-to-try" });
        }
        let entries = entries_of(scope, round).await?;
        let check_rules = scope.check_rules(&round.code).await?;
        let docket = Docket { scope, round, units: &units, entries: &entries, check_rules: &check_rules };
        let tried = self.judge_by_both(docket, &counted, &mut before, &mut after, pace).await?;
        let drifted = drifted(docket, &before).await?;

        pace.moved(0, 0, "settling");
        let mut evaluations = self.settle_trial(scope, round, &units, &mut before).await?;
        evaluations.extend(self.settle_trial(scope, round, &units, &mut after).await?);
        pace.moved(0, 0, "comparing");
        let found = tokio::task::spawn_blocking(move || compared(tried, before, after, drifted)).await;
        let found = found.map_err(OperationError::host)??;
        Ok(Found { headline: headline(&found), tried: Tried::Rubric(Box::new(found)), evaluations })
    }

    /// Both rubrics judge every revision; the records are kept as they come.
    async fn judge_by_both(
        &self,
        docket: Docket<'_>,
        counted: &[Counted],
        before: &mut Tally,
        after: &mut Tally,
        pace: &Pace,
    ) -> Result<Vec<TriedUnit>, OperationError> {
        let total = u32::try_from(counted.len()).unwrap_or(u32::MAX);
        pace.moved(0, total, "trying");
        let (old, new) = (before.rubric.clone(), after.rubric.clone());
        let judging: Vec<BoxFuture<'_, _>> =
            counted.iter().map(|counted| self.judge_pair(docket, &old, &new, counted).boxed()).collect();
        let mut pairs = futures::stream::iter(judging).buffered(TRIED_AT_ONCE).try_chunks(KEPT_AT_ONCE);
        let mut units = Vec::with_capacity(counted.len());
        while let Some(some) = pairs.next().await {
            let mut evaluations = Vec::new();
            for Pair { mut unit, before: was, after: is } in some.map_err(|stopped| stopped.1)? {
                let was = self.take(before, &unit.unit, was, &mut evaluations)?;
                let is = self.take(after, &unit.unit, is, &mut evaluations)?;
                unit.would_be_blocked = is.as_deref().is_some_and(|is| standing_of(is) == Standing::Blocked);
                unit.findings = was.zip(is).map(|(was, is)| finding_changes(&was, &is)).unwrap_or_default();
                units.push(unit);
            }
            docket.scope.keep_evaluations(&evaluations).await?;
            pace.moved(u32::try_from(units.len()).unwrap_or(u32::MAX), total, "trying");
        }
        Ok(units)
    }

    async fn judge_pair(
        &self,
        docket: Docket<'_>,
        before: &Rubric,
        after: &Rubric,
        counted: &Counted,
    ) -> Result<Pair, OperationError> {
        let submission = docket.submission(counted).await?;
        let (before, after) = tokio::join!(
            self.judge_counted(docket, before, counted, Arc::clone(&submission)),
            self.judge_counted(docket, after, counted, Arc::clone(&submission)),
        );
        let known = docket.unit(counted)?;
        let unit = TriedUnit {
            unit: counted.unit.clone(),
            name: known.name.clone(),
            cohort: cohort_name(docket.round, Some(known)),
            revision: counted.revision,
            findings: FindingChanges::default(),
            would_be_blocked: false,
        };
        Ok(Pair { unit, before: before?, after: after? })
    }

    /// Adds a ruling to a tally, as far as a trial needs it; gives the findings, where there are any to compare.
    fn take(
        &self,
        tally: &mut Tally,
        unit: &UnitCode,
        ruling: Ruling,
        evaluations: &mut Vec<Evaluation>,
    ) -> Result<Option<Vec<WeighedFinding>>, OperationError> {
        let (runs, findings) = match ruling {
            Ruling::Judged(mut verdict, runs) => {
                let findings = std::mem::take(&mut verdict.findings);
                tally.judged(*verdict)?;
                (runs, Some(findings))
            }
            Ruling::Unfit(problems) => {
                let first = problems.into_iter().next();
                let (code, message) =
                    first.map_or_else(Default::default, |first| (first.code.to_owned(), first.message));
                tally.not_scored.insert(unit.clone(), NotScored { why: WhyNotScored::Unfit, code, message });
                (Vec::new(), None)
            }
            Ruling::Failed(error, calls) => {
                tally.not_scored.insert(unit.clone(), not_scored(&error));
                (self.record_failed(calls)?, None)
            }
        };
        runs.iter().for_each(|evaluation| tally.meter.add_of_unit(&evaluation.run));
        evaluations.extend(runs);
        Ok(findings)
    }

    /// A rubric settles what it scored. A cohort that it cannot settle leaves its members without a score.
    async fn settle_trial(
        &self,
        scope: &Scope,
        round: &Round,
        units: &BTreeMap<UnitCode, OrgUnit>,
        tally: &mut Tally,
    ) -> Result<Vec<Evaluation>, OperationError> {
        let mut evaluations = Vec::new();
        for (cohort, revisions) in cohorts(round, tally.rubric.description()?, units, &tally.verdicts) {
            let members = cohort.members.clone();
            match self.settle_cohort(scope, &tally.rubric, cohort, revisions).await? {
                CohortRuling::Settled(cohort, evaluation) => {
                    tally.cohorts.push(*cohort);
                    evaluations.push(evaluation);
                }
                CohortRuling::Failed(error, call) => {
                    let not = not_scored(&error);
                    let units = members.iter().filter_map(|code| code.parse().ok());
                    tally.not_scored.extend(units.map(|unit: UnitCode| (unit, not.clone())));
                    evaluations.extend(self.record_failed(vec![call])?);
                }
            }
        }
        evaluations.iter().for_each(|evaluation| tally.meter.add_of_cohort(&evaluation.run));
        debug_assert!(evaluations.iter().all(|evaluation| matches!(evaluation.asked, Asked::Settle(_))));
        Ok(evaluations)
    }
}

impl Tally {
    fn of(rubric: Rubric) -> Self {
        Self {
            rubric,
            verdicts: BTreeMap::new(),
            scores: BTreeMap::new(),
            not_scored: BTreeMap::new(),
            cohorts: Vec::new(),
            meter: Meter::default(),
        }
    }

    /// Takes a verdict without everything that is only read by people: three thousand of them are held at once.
    fn judged(&mut self, mut verdict: Verdict) -> Result<(), OperationError> {
        match &mut verdict.score {
            Scored::Card(card) => {
                self.scores.insert(verdict.unit.clone(), UnitScore::of(self.rubric.description()?, card));
                card.lines.iter_mut().for_each(|line| line.entries.clear());
                self.verdicts.insert(verdict.unit.clone(), verdict);
            }
            Scored::Refused(refusal) => {
                let not = not_scored(&OperationError::Refused(refusal.clone()));
                self.not_scored.insert(verdict.unit, not);
            }
        }
        Ok(())
    }

    fn side(&self, meter: Meter) -> Result<Side<'_>, OperationError> {
        Ok(Side {
            description: self.rubric.description()?,
            scores: &self.scores,
            cohorts: &self.cohorts,
            not_scored: &self.not_scored,
            cost: meter.cost(),
        })
    }
}

fn not_scored(error: &OperationError) -> NotScored {
    let why = if error.whose() == Whose::Submission { WhyNotScored::Refused } else { WhyNotScored::Faulted };
    let Text { zh, en } = error.message();
    NotScored { why, code: error.code().to_owned(), message: Text { zh: shortened(&zh), en: shortened(&en) } }
}

/// Members to whom the rubric in force gives another total today than when it judged them: something else than the rubric has changed
/// since, and the trial shows today's totals on both sides.
async fn drifted(docket: Docket<'_>, before: &Tally) -> Result<u32, OperationError> {
    let Docket { scope, round, entries, .. } = docket;
    let mut judged = scope.verdicts_of_counted(&round.code, counting(round), before.rubric.release.digest).await?;
    // What it said before reviewers decided anything is another question.
    judged.retain(|verdict| !entries.contains_key(&verdict.unit));
    let total = |verdict: &Verdict| verdict.score.card().map(|card| card.total);
    let has_drifted = |then: &&Verdict| {
        let now = before.verdicts.get(&then.unit).filter(|now| now.revision == then.revision);
        now.is_some_and(|now| total(now) != total(then))
    };
    Ok(u32::try_from(judged.iter().filter(has_drifted).count()).unwrap_or(u32::MAX))
}

fn compared(
    units: Vec<TriedUnit>,
    mut before: Tally,
    mut after: Tally,
    drifted: u32,
) -> Result<RubricTrial, OperationError> {
    let meters = (std::mem::take(&mut before.meter), std::mem::take(&mut after.meter));
    Ok(compare(units, before.side(meters.0)?, after.side(meters.1)?, drifted))
}

fn headline(found: &RubricTrial) -> Headline {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let changed = found.members.iter().filter(|member| member.difference.is_some_and(|by| by != Points::ZERO));
    let lost =
        found.members.iter().filter(|member| member.before.ranked().is_some() && member.after.ranked().is_none());
    Headline {
        members: count(found.members.len()),
        changed: count(changed.count()),
        regraded: found.upgraded + found.downgraded + found.regraded_sideways,
        not_scored: count(lost.count()),
    }
}
