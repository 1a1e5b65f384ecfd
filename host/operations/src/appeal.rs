//! A member appeals against the points of one criterion; somebody decides with a reason, and what changes is entered, scored again and
//! published as a new version.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::appeal::{Appeal, AppealDecision, AppealOutcome, KnownAppeal};
use domain::digest::Digest;
use domain::ids::{AppealId, FederationCode, RoundCode, UnitCode};
use domain::limits::REVIEW_ENTRIES_MAX;
use domain::publication::{PublicationState, appeals_until};
use domain::review_entry::{EntryState, KnownEntry, ReviewAct, states_of};
use domain::round::{Round, RoundAct};
use domain::rubric::Description;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Scope, StoreError};

use crate::attachment::rests_on;
use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::review::final_points;
use crate::review_entry::{Desk, NewReviewAct, NewReviewEntry, Purpose};
use crate::review_notice::outcome_code;
use crate::review_round::Reviewing;

/// What a member contests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAppeal {
    /// The criterion.
    pub criterion: String,
    /// On what grounds.
    pub grounds: String,
    /// What it rests on: digests of attachments.
    #[serde(default)]
    pub evidence: Vec<Digest>,
}

/// What is decided about an appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAppealDecision {
    /// How it ends.
    pub outcome: AppealOutcome,
    /// Why.
    pub reason: String,
    /// What carries it out, where the score changes.
    #[serde(default)]
    pub acts: Vec<NewReviewAct>,
}

/// Since when a unit sees what it may appeal against.
struct Seen {
    publication: domain::ids::PublicationId,
    revision: u32,
    since: Timestamp,
}

impl Office {
    /// Appeals against the points of a criterion, within the round's days after they were published.
    pub async fn appeal(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewAppeal,
    ) -> Result<Appeal, OperationError> {
        let asked = (Operation::Appeal, RoundAct::Appeal);
        let Reviewing { scope, round } = self.reviewing(caller, asked.0, asked.1, federation, round, unit).await?;
        let release = self.known_release(&scope, round.rubric).await?;
        let rubric = release.descriptions.rubric.as_ref();
        let rubric = rubric.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let mut problems = Problems::default();
        problems.review_text("/grounds", &new.grounds);
        problems.evidence("/evidence", new.evidence.len());
        if !rubric.criterion(&new.criterion).is_some_and(domain::rubric::Criterion::is_scored) {
            problems.add("/criterion", "unknown-criterion", &[]);
        }
        problems.none_left()?;
        rests_on(&scope, &round.code, unit, "/evidence", &new.evidence).await?;
        let seen = self.seen(&scope, &round, unit, rubric).await?;
        let seen = seen.ok_or(OperationError::NotPossible { code: "not-published" })?;
        let now = self.now();
        if now > appeals_until(seen.since, round.policy.appeal_days) {
            return Err(OperationError::NotPossible { code: "appeal-too-late" });
        }
        let appeal = Appeal {
            id: AppealId(self.randomness().identifier(now)?),
            round: round.code.clone(),
            unit: unit.clone(),
            publication: seen.publication,
            criterion: new.criterion,
            grounds: new.grounds,
            evidence: new.evidence,
            by: Signatory::of(caller),
            at: now,
        };
        let digest = Digest::of(&rmp_serde::to_vec_named(&appeal).map_err(OperationError::host)?);
        let subject = format!("submission/{}/{unit}/appeal/{}", round.code, appeal.id);
        let act = self.act(caller, "appeal", subject, Some(digest), &appeal.criterion);
        scope.keep_appeal(&appeal, act).await.map_err(|error| match error {
            StoreError::AlreadyThere(_) => OperationError::NotPossible { code: "appeal-waits" },
            other => other.into(),
        })?;
        Ok(appeal)
    }

    /// Decides an appeal. What changes the score is entered with it; in a round that wants two persons, nobody decides about an entry of
    /// their own, and a second person confirms what is entered.
    pub async fn decide_appeal(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        id: AppealId,
        new: NewAppealDecision,
    ) -> Result<KnownAppeal, OperationError> {
        let asked = (Operation::DecideAppeal, RoundAct::DecideAppeal);
        let Reviewing { scope, round } = self.reviewing(caller, asked.0, asked.1, federation, round, unit).await?;
        let known = scope.appeals(&round.code, unit).await?.into_iter().find(|known| known.appeal.id == id);
        let KnownAppeal { appeal, decision } = known.ok_or(OperationError::Missing("appeal"))?;
        if decision.is_some() {
            return Err(OperationError::NotPossible { code: "appeal-decided" });
        }
        let mut problems = Problems::default();
        problems.review_text("/reason", &new.reason);
        if new.outcome.changes_the_score() && new.acts.is_empty() {
            problems.add("/acts", "empty", &[]);
        }
        if !new.outcome.changes_the_score() && !new.acts.is_empty() {
            problems.add("/acts", "nothing-changes", &[]);
        }
        if new.acts.len() > REVIEW_ENTRIES_MAX {
            problems.add("/acts", "too-many", &[("limit", &REVIEW_ENTRIES_MAX.to_string())]);
        }
        problems.none_left()?;
        let earlier = scope.review_entries(&round.code, unit).await?;
        if round.policy.two_person_review {
            let own = entries_about(&earlier, &appeal.criterion);
            let makers: Vec<&Signatory> = own.iter().map(|known| &known.entry.by).collect();
            self.second_person(caller, &makers).await?;
        }
        let release = self.known_release(&scope, round.rubric).await?;
        let rubric = release.descriptions.rubric.as_ref();
        let rubric = rubric.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let seen = self.seen(&scope, &round, unit, rubric).await?;
        let revision = seen.ok_or(OperationError::NotPossible { code: "not-published" })?.revision;
        let desk = Desk { scope: &scope, round: &round, unit, revision, rubric, earlier: &earlier };
        let mut entries = Vec::with_capacity(new.acts.len());
        for (index, act) in new.acts.into_iter().enumerate() {
            let entry = NewReviewEntry { revision, act, reason: new.reason.clone(), evidence: appeal.evidence.clone() };
            let below = format!("/acts/{index}");
            let purpose = Purpose { id: None, appeal: Some(id) };
            entries.push(self.review_entry(caller, &desk, &below, entry, purpose).await?);
        }
        let decision = AppealDecision {
            outcome: new.outcome,
            reason: new.reason,
            entries: entries.iter().map(|(entry, _)| entry.id).collect(),
            by: Signatory::of(caller),
            at: self.now(),
        };
        let digest = Digest::of(&rmp_serde::to_vec_named(&decision).map_err(OperationError::host)?);
        let subject = format!("submission/{}/{unit}/appeal/{id}", round.code);
        let act = self.act(caller, "decide-appeal", subject, Some(digest), &decision.reason);
        let arguments = [("outcome", outcome_code(decision.outcome))];
        let told = self.tell(&scope, &round, std::slice::from_ref(unit), "appeal-decided", &arguments).await?;
        scope.decide_appeal(id, &decision, entries, &told, act).await.map_err(|error| match error {
            StoreError::AlreadyThere("decision") => OperationError::NotPossible { code: "appeal-decided" },
            other => other.into(),
        })?;
        self.house.post_given.notify_one();
        self.assess_after(&scope, &round, unit).await;
        Ok(KnownAppeal { appeal, decision: Some(decision) })
    }

    /// The appeals of a unit, the oldest first.
    pub async fn appeals(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<KnownAppeal>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        Ok(scope.appeals(round, unit).await?)
    }

    /// All appeals in a round, the oldest first.
    pub async fn appeals_of_round(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
    ) -> Result<Vec<KnownAppeal>, OperationError> {
        let scope = self.scope(caller, Operation::ReadReviews, federation)?;
        Ok(scope.appeals_of_round(round).await?)
    }

    /// What of a unit was published last, and since when its points stand so: a publication that changed only others' points gives nobody
    /// new time to appeal.
    async fn seen(
        &self,
        scope: &Scope,
        round: &Round,
        unit: &UnitCode,
        rubric: &Description,
    ) -> Result<Option<Seen>, OperationError> {
        let mut seen: Option<(Seen, _)> = None;
        for known in scope.publications(&round.code).await? {
            let Some(since) = known.published_at().filter(|_| known.state() == PublicationState::Published) else {
                continue;
            };
            let publication = known.publication;
            let Some(settled) = self.settlement_of(scope, &round.code, publication.settlement).await? else { continue };
            let Some(points) = final_points(&settled, unit, rubric) else { continue };
            let of_cohort = settled.cohorts.iter();
            let revision =
                of_cohort.into_iter().find_map(|cohort| cohort.revisions.get(cohort.index_of(unit)?).copied());
            let stands_since = seen.filter(|(_, before)| *before == points).map_or(since, |(seen, _)| seen.since);
            let revision = revision.unwrap_or_default();
            seen = Some((Seen { publication: publication.id, revision, since: stands_since }, points));
        }
        Ok(seen.map(|(seen, _)| seen))
    }
}

/// The entries that count and give or take points of a criterion, or correct a value.
fn entries_about<'a>(entries: &'a [KnownEntry], criterion: &str) -> Vec<&'a KnownEntry> {
    let in_force = entries.iter().zip(states_of(entries)).filter(|(_, state)| *state == EntryState::InForce);
    let about = in_force.map(|(known, _)| known).filter(|known| match &known.entry.act {
        ReviewAct::Judge { criterion: judged, .. } | ReviewAct::AdjustPoints { criterion: judged, .. } => {
            judged == criterion
        }
        ReviewAct::AdjustValue { .. } => true,
        ReviewAct::Withdraw { .. } => false,
    });
    about.collect()
}
