//! Results are published to the members: each sees its own score and rank and the group's median. A later publication is a new version.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::ids::{FederationCode, PublicationId, RoundCode, SettlementId, UnitCode};
use domain::publication::{KnownPublication, Publication, PublicationDecision, PublicationState, appeals_until};
use domain::review_entry::Confirmation;
use domain::round::{Round, RoundAct};
use domain::settled::Settled;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{NewMemberNotice, Scope, StoreError};

use crate::error::OperationError;
use crate::office::Office;
use crate::once::{Answered, answered, attempt, doing, done};
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

/// A publication as it was answered: nobody had decided about it yet.
fn view_of(published: Answered<Publication>) -> Answered<PublicationView> {
    let Answered { answer: publication, replayed } = published;
    Answered { answer: KnownPublication { publication, decision: None }.into(), replayed }
}

impl Office {
    /// Publishes a settlement to the members, or proposes it where the round wants a second person.
    pub async fn publish(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        new: NewPublication,
        key: Option<String>,
    ) -> Result<Answered<PublicationView>, OperationError> {
        let scope = self.scope(caller, Operation::Publish, federation)?;
        let attempt = attempt(caller, key, &["publish", round.as_str()], &new)?;
        if let Some(known) = answered::<Publication>(&scope, attempt.as_ref()).await? {
            return Ok(view_of(known));
        }
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
        let told = if goes_on.is_some() { self.tell_of_results(&scope, &round, &settled, now).await? } else { vec![] };
        let once = doing(&scope, attempt.as_ref(), &publication)?;
        let kept = once.keep_publication(&publication, goes_on, &told, act).await;
        self.house.post_given.notify_one();
        self.forget_round(federation, &round.code);
        Ok(view_of(done(&scope, attempt.as_ref(), publication, kept).await?))
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
        let settled = self.settlement_of(&scope, &round.code, known.publication.settlement).await?;
        let told = match settled.filter(|_| goes_on.is_some()) {
            Some(settled) => self.tell_of_results(&scope, &round, &settled, now).await?,
            None => vec![],
        };
        let kept = scope.decide_publication(id, &decision, goes_on, &told, act).await;
        kept.map_err(|error| match error {
            StoreError::AlreadyThere("decision") => OperationError::NotPossible { code: "publication-decided" },
            other => other.into(),
        })?;
        self.house.post_given.notify_one();
        self.forget_round(federation, &round.code);
        Ok(KnownPublication { publication: known.publication.clone(), decision: Some(decision) }.into())
    }

    /// Tells everybody who was settled that the results can be seen. What they are stands on the member's own page only.
    async fn tell_of_results(
        &self,
        scope: &Scope,
        round: &Round,
        settled: &Settled,
        now: Timestamp,
    ) -> Result<Vec<NewMemberNotice>, OperationError> {
        let members = settled.cohorts.iter().flat_map(|cohort| cohort.cohort.members.iter());
        let members: Vec<UnitCode> = members.filter_map(|code| code.parse().ok()).collect();
        let until = self.told_time(appeals_until(now, round.policy.appeal_days));
        self.tell(scope, round, &members, "results-published", &[("until", &until)]).await
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
