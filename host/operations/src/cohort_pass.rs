//! Everybody's verdicts become cohorts, and a rubric settles each: the one way that settling and trying share.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::cohort::{ScoredMember, cohort_of};
use domain::evaluation::{Asked, Evaluation};
use domain::federation::OrgUnit;
use domain::ids::UnitCode;
use domain::round::Round;
use domain::rubric::Description;
use domain::settled::SettledCohort;
use domain::settlement::Cohort;
use domain::verdict::Verdict;
use sandbox::Answer;
use store::Scope;

use crate::error::OperationError;
use crate::failed_calls::FailedCall;
use crate::office::Office;
use crate::round_in_force::Rubric;

/// What the cohort of those is called that lack the attribute by which the round makes cohorts.
const COHORT_OF_THE_REST: &str = "—";

/// What a rubric made of a cohort.
pub(crate) enum CohortRuling {
    /// It settled it; the record is not kept yet.
    Settled(Box<SettledCohort>, Evaluation),
    /// It failed, or declined; nothing of the call is kept yet.
    Failed(OperationError, FailedCall),
}

impl Office {
    /// Hands a cohort to the rubric. An error is the house's own and says nothing of the rubric.
    pub(crate) async fn settle_cohort(
        &self,
        scope: &Scope,
        rubric: &Rubric,
        cohort: Cohort,
        revisions: Vec<u32>,
    ) -> Result<CohortRuling, OperationError> {
        let bytes = rmp_serde::to_vec_named(&cohort).map_err(OperationError::host)?;
        let asked = Asked::Settle(scope.keep_blob(&bytes).await?);
        let cohort = Arc::new(cohort);
        let at = self.now();
        let evaluated = self.house.sandbox.settle(&rubric.plugin, Arc::clone(&cohort)).await;
        let (run, fault) = (evaluated.run, evaluated.answer.as_ref().err().cloned());
        let failed = match evaluated.answer {
            Ok(Answer::Given(settlement)) => {
                let cohort = Arc::unwrap_or_clone(cohort);
                let settled =
                    SettledCohort { name: cohort.name.clone(), cohort, revisions, reviews: Vec::new(), settlement };
                return Ok(CohortRuling::Settled(Box::new(settled), self.record(at, asked, run)?));
            }
            Ok(Answer::Refused(refusal)) => OperationError::Refused(refusal),
            Err(fault) => OperationError::fault(rubric.release.digest, "settle", fault),
        };
        match failed {
            OperationError::Busy | OperationError::Host(_) | OperationError::Damaged { .. } => Err(failed),
            failed => Ok(CohortRuling::Failed(failed, FailedCall { asked, run, fault })),
        }
    }
}

/// The cohorts in order of their names, each with the revisions of its members, who stand in order of their codes.
pub(crate) fn cohorts(
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

/// The cohort that a unit belongs to in a round.
pub(crate) fn cohort_name(round: &Round, unit: Option<&OrgUnit>) -> String {
    let Some(wanted) = &round.cohort_by else { return String::new() };
    let attribute = unit.and_then(|unit| unit.attributes.iter().find(|attribute| attribute.name == *wanted));
    attribute.map_or_else(|| COHORT_OF_THE_REST.to_owned(), |attribute| attribute.value.to_string())
}
