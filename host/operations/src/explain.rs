//! A score is explained: the scorecard as a tree, with what the cohort pass made of it.

use domain::access::{Caller, Operation};
use domain::explanation::{ExplainedScorecard, MemberSettled, explain};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::settled::Settled;
use domain::verdict::Scored;

use crate::error::OperationError;
use crate::office::Office;
use crate::shown::{Shown, Sight};
use crate::submission::revision_of;

impl Office {
    /// The explained score of a revision; without a number of the newest. Where the revision is settled under the rubric in force, the
    /// cohort pass stands in it, too. In a reviewed round a member sees what reviewers decided and what the cohort pass gave once it is
    /// published, and of the others nothing but the median.
    pub async fn scorecard(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        revision: Option<u32>,
    ) -> Result<ExplainedScorecard, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let revision = revision_of(&scope, round, unit, revision).await?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let sight = self.sight(caller, federation, &round, unit);
        let Shown { verdict, settled } = self.shown(&scope, &round, unit, &revision, sight).await?;
        let release = self.known_release(&scope, verdict.rubric).await?;
        let description = release.descriptions.rubric.as_ref();
        let description = description.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let scorecard = match &verdict.score {
            Scored::Card(card) => card,
            Scored::Refused(refusal) => return Err(OperationError::Refused(refusal.clone())),
        };
        let member = settled.as_deref().and_then(|settled| place_of(settled, unit, verdict.revision));
        let explained = explain(description, revision.envelope.period, scorecard, member);
        Ok(if sight == Sight::Published { explained.without_statistics() } else { explained })
    }
}

/// Where a unit stands in a settlement, where that settled this very revision.
pub(crate) fn place_of<'s>(settled: &'s Settled, unit: &UnitCode, revision: u32) -> Option<MemberSettled<'s>> {
    settled.cohorts.iter().find_map(|cohort| {
        let member = cohort.index_of(unit)?;
        let is_this = cohort.revisions.get(member) == Some(&revision);
        is_this.then_some(MemberSettled { cohort: &cohort.cohort, settlement: &cohort.settlement, member })
    })
}
