//! What somebody is shown of a submission's score: those who review see everything as it stands, a member of a reviewed round what was
//! published.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::ids::{FederationCode, RoundCode, SettlementId, UnitCode};
use domain::publication::{KnownPublication, PublicationState};
use domain::round::Round;
use domain::settled::Settled;
use domain::verdict::Verdict;
use store::{Revision, Scope};

use crate::error::OperationError;
use crate::office::Office;
use crate::submission::verdict_on;

/// What somebody may see of a round's results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Everything, as it stands now.
    Everything,
    /// What was published.
    Published,
}

/// What is shown of a revision.
pub(crate) struct Shown {
    /// What a rubric says of it.
    pub(crate) verdict: Verdict,
    /// The settlement that it was settled in so.
    pub(crate) settled: Option<Arc<Settled>>,
}

impl Office {
    /// What a caller may see of a unit's results in a round.
    pub(crate) fn sight(&self, caller: &Caller, federation: &FederationCode, round: &Round, unit: &UnitCode) -> Sight {
        if !round.policy.review || self.scope_of_unit(caller, Operation::ReadReview, federation, unit).is_ok() {
            Sight::Everything
        } else {
            Sight::Published
        }
    }

    /// The settlement that is shown: the newest, or the one that was published last.
    pub(crate) async fn settlement_in_sight(
        &self,
        scope: &Scope,
        round: &RoundCode,
        sight: Sight,
    ) -> Result<Option<Arc<Settled>>, OperationError> {
        match sight {
            Sight::Everything => self.newest_settlement(scope, round).await,
            Sight::Published => {
                let Some(shown) = published(scope, round).await? else { return Ok(None) };
                self.settlement_of(scope, round, shown.publication.settlement).await
            }
        }
    }

    /// A settlement of a round; the newest is remembered.
    pub(crate) async fn settlement_of(
        &self,
        scope: &Scope,
        round: &RoundCode,
        id: SettlementId,
    ) -> Result<Option<Arc<Settled>>, OperationError> {
        let newest = self.newest_settlement(scope, round).await?.filter(|newest| newest.id == id);
        Ok(match newest {
            Some(newest) => Some(newest),
            None => scope.settlement(id).await?.filter(|settled| settled.round == *round).map(Arc::new),
        })
    }

    /// What is shown of a revision.
    pub(crate) async fn shown(
        &self,
        scope: &Scope,
        round: &Round,
        unit: &UnitCode,
        revision: &Revision,
        sight: Sight,
    ) -> Result<Shown, OperationError> {
        let own = verdict_on(scope, &round.code, unit, revision).await?;
        let settled = self.settlement_in_sight(scope, &round.code, sight).await?;
        let settled = settled.filter(|settled| settled.rubric == own.rubric);
        if !round.policy.review {
            return Ok(Shown { verdict: own, settled });
        }
        let review_settled = settled.as_ref().and_then(|settled| settled_review(settled, unit, own.revision));
        let reviewed = match (sight, review_settled) {
            (Sight::Published, settled) => settled.flatten(),
            (Sight::Everything, settled) => {
                let now = self.assess(scope, round, unit).await.unwrap_or_else(|error| {
                    tracing::warn!(unit = %unit, error = &error as &dyn std::error::Error, "not scored again yet");
                    None
                });
                let now = now.filter(|assessment| assessment.verdict.revision == own.revision);
                now.map_or(settled.flatten(), |assessment| Some(assessment.review))
            }
        };
        let verdict = match reviewed {
            None => own,
            Some(review) => {
                let known = scope.assessment(&round.code, unit, own.revision, own.rubric, review).await?;
                known.ok_or(OperationError::Missing("verdict"))?.verdict
            }
        };
        // What was decided since it was settled is not in the settlement.
        let is_so = review_settled == Some(reviewed);
        Ok(Shown { verdict, settled: settled.filter(|_| is_so) })
    }
}

/// The publication that members see now: of those that are in effect the one that came last.
pub(crate) async fn published(scope: &Scope, round: &RoundCode) -> Result<Option<KnownPublication>, OperationError> {
    let publications = scope.publications(round).await?;
    Ok(publications.into_iter().rev().find(|known| known.state() == PublicationState::Published))
}

/// The identity of what reviewers had decided about a revision when it was settled; none where the settlement has another revision or none.
fn settled_review(settled: &Settled, unit: &UnitCode, revision: u32) -> Option<Option<Digest>> {
    settled.cohorts.iter().find_map(|cohort| {
        let member = cohort.index_of(unit)?;
        (cohort.revisions.get(member) == Some(&revision)).then(|| cohort.review_of(member))
    })
}

/// What the settlement's rubric says of the revision of a unit that was settled, with what reviewers had decided then.
pub(crate) async fn settled_verdict(
    scope: &Scope,
    settled: &Settled,
    unit: &UnitCode,
) -> Result<Option<Verdict>, OperationError> {
    let place = settled.cohorts.iter().find_map(|cohort| Some((cohort, cohort.index_of(unit)?)));
    let Some((cohort, member)) = place else { return Ok(None) };
    let Some(revision) = cohort.revisions.get(member).copied() else { return Ok(None) };
    Ok(match cohort.review_of(member) {
        None => scope.verdict(&settled.round, unit, revision, settled.rubric).await?,
        Some(review) => {
            let known = scope.assessment(&settled.round, unit, revision, settled.rubric, review).await?;
            known.map(|assessment| assessment.verdict)
        }
    })
}
