//! Results are published to the members: each sees its own score and rank and the group's median. A later publication is a new version.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::ids::{FederationCode, PublicationId, RoundCode, SettlementId};
use domain::publication::{KnownPublication, Publication, PublicationDecision, PublicationState};
use domain::review_entry::Confirmation;
use domain::round::RoundAct;
use serde::{Deserialize, Serialize};
use store::{Scope, StoreError};

use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::review_entry::NewConfirmation;

/// What is to be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPublication {
    /// The settlement; the newest where it is left out.
    #[serde(default)]
    pub settlement: Option<SettlementId>,
    /// Why now, and for a later version what changed.
    pub reason: String,
}

/// A publication with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicationView {
    /// Where it stands.
    pub state: PublicationState,
    /// What is shown.
    pub publication: Publication,
    /// What was decided; none while it waits, or where nothing is to be decided.
    pub decision: Option<PublicationDecision>,
}

impl From<KnownPublication> for PublicationView {
    fn from(known: KnownPublication) -> Self {
        Self { state: known.state(), publication: known.publication, decision: known.decision }
    }
}

impl Office {
    /// Publishes a settlement to the members, or proposes it where the round wants a second person.
    pub async fn publish(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        new: NewPublication,
    ) -> Result<PublicationView, OperationError> {
        let scope = self.scope(caller, Operation::Publish, federation)?;
        let (round, version) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let mut problems = Problems::default();
        problems.review_text("/reason", &new.reason);
        problems.none_left()?;
        let now = self.now();
        let goes_on = round.after(RoundAct::Publish, now)?;
        let settled = match new.settlement {
            None => self.newest_settlement(&scope, &round.code).await?,
            Some(id) => {
                let settled = self.settlement_of(&scope, &round.code, id).await?;
                Some(settled.ok_or(OperationError::Missing("settlement"))?)
            }
        };
        let settled = settled.ok_or(OperationError::NotPossible { code: "not-settled" })?;
        let publication = Publication {
            id: PublicationId(self.randomness().identifier(now)?),
            round: round.code.clone(),
            settlement: settled.id,
            reason: new.reason,
            needs_second: round.policy.two_person_review,
            by: Signatory::of(caller),
            at: now,
        };
        let subject = format!("round/{}/publication/{}", round.code, publication.id);
        let verb = if publication.needs_second { "propose-publication" } else { "publish" };
        let act = self.act(caller, verb, subject, Some(settled.rubric), &publication.reason);
        let goes_on = (!publication.needs_second).then_some((&goes_on, version));
        scope.keep_publication(&publication, goes_on, act).await?;
        self.forget_round(federation, &round.code);
        Ok(KnownPublication { publication, decision: None }.into())
    }

    /// A second person approves a publication, and the members see it from then on; or rejects it. Whoever proposed it cannot approve it.
    pub async fn decide_publication(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        id: PublicationId,
        new: NewConfirmation,
    ) -> Result<PublicationView, OperationError> {
        let scope = self.scope(caller, Operation::DecidePublication, federation)?;
        let (round, version) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let mut problems = Problems::default();
        problems.review_text("/reason", &new.reason);
        problems.none_left()?;
        let all = scope.publications(&round.code).await?;
        let place = all.iter().position(|known| known.publication.id == id);
        let place = place.ok_or(OperationError::Missing("publication"))?;
        let known = &all[place];
        if known.state() != PublicationState::Waiting {
            return Err(OperationError::NotPossible { code: "publication-decided" });
        }
        let now = self.now();
        let goes_on = match new.decision {
            Confirmation::Reject => None,
            Confirmation::Confirm => {
                self.second_person(caller, &[&known.publication.by]).await?;
                if all[place + 1..].iter().any(|later| later.state() == PublicationState::Published) {
                    return Err(OperationError::NotPossible { code: "publication-overtaken" });
                }
                Some(round.after(RoundAct::Publish, now)?)
            }
        };
        let by = Signatory::of(caller);
        let decision = PublicationDecision { confirmation: new.decision, by, at: now, reason: new.reason };
        let verb = match new.decision {
            Confirmation::Confirm => "approve-publication",
            Confirmation::Reject => "reject-publication",
        };
        let subject = format!("round/{}/publication/{id}", round.code);
        let act = self.act(caller, verb, subject, None, &decision.reason);
        let goes_on = goes_on.as_ref().map(|goes_on| (goes_on, version));
        let kept = scope.decide_publication(id, &decision, goes_on, act).await;
        kept.map_err(|error| match error {
            StoreError::AlreadyThere("decision") => OperationError::NotPossible { code: "publication-decided" },
            other => other.into(),
        })?;
        self.forget_round(federation, &round.code);
        Ok(KnownPublication { publication: known.publication.clone(), decision: Some(decision) }.into())
    }

    /// The publications of a round, the oldest first.
    pub async fn publications(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<PublicationView>, OperationError> {
        let scope: Scope = self.scope(caller, Operation::ReadRound, federation)?;
        Ok(scope.publications(round).await?.into_iter().map(PublicationView::from).collect())
    }
}
