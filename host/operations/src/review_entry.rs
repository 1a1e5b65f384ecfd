//! Reviewers judge and adjust: every act is a signed entry beside what the member handed in, and a second person confirms it where the
//! round wants that.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::amount::Decimal;
use domain::digest::Digest;
use domain::ids::{AppealId, FederationCode, ReviewEntryId, RoundCode, UnitCode};
use domain::points::Points;
use domain::review_entry::{
    Confirmation, EntryDecision, EntryState, KnownEntry, ReviewAct, ReviewEntry, Seal, decimal_at, is_adjustable,
    is_judged, states_of,
};
use domain::round::{Round, RoundAct};
use domain::rubric::Description;
use serde::{Deserialize, Serialize};
use store::{Scope, StoreError};

use crate::attachment::rests_on;
use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::review_round::Reviewing;
use crate::submission::{kept_answers, revision_of};

/// What an entry is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum NewReviewAct {
    /// Gives the points of a criterion that leaves discretion.
    Judge {
        /// The criterion.
        criterion: String,
        /// The points.
        points: Points,
    },
    /// Counts a value differently from what the member stated.
    AdjustValue {
        /// Where in the answers (RFC 6901): the number itself.
        at: String,
        /// What it counts as.
        counted: Decimal,
    },
    /// Adds points or takes some.
    AdjustPoints {
        /// The criterion.
        criterion: String,
        /// How many, negative to take.
        points: Points,
    },
    /// Takes an earlier entry back.
    Withdraw {
        /// Which.
        entry: ReviewEntryId,
    },
}

/// A new entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewReviewEntry {
    /// The revision that the reviewer has before them.
    pub revision: u32,
    /// What it does.
    pub act: NewReviewAct,
    /// Why.
    pub reason: String,
    /// What it rests on: digests of attachments.
    #[serde(default)]
    pub evidence: Vec<Digest>,
}

/// What a second person decides about an entry or a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewConfirmation {
    /// What is decided.
    pub decision: Confirmation,
    /// Why.
    pub reason: String,
}

/// An entry with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewEntryView {
    /// Where it stands.
    pub state: EntryState,
    /// The entry.
    pub entry: ReviewEntry,
    /// The host's signature.
    pub seal: Seal,
    /// What was decided about it; none while it waits, or where nothing is to be decided.
    pub decision: Option<EntryDecision>,
}

/// Entries with where they stand, in their order.
pub(crate) fn views(entries: Vec<KnownEntry>) -> Vec<ReviewEntryView> {
    let states = states_of(&entries);
    let view = |(known, state): (KnownEntry, EntryState)| {
        let KnownEntry { entry, seal, decision } = known;
        ReviewEntryView { state, entry, seal, decision }
    };
    entries.into_iter().zip(states).map(view).collect()
}

impl NewReviewEntry {
    /// Whether an entry is what was asked for.
    fn is_in(&self, entry: &ReviewEntry) -> bool {
        let does_it = match (&self.act, &entry.act) {
            (NewReviewAct::Judge { criterion, points }, ReviewAct::Judge { criterion: kept, points: given })
            | (
                NewReviewAct::AdjustPoints { criterion, points },
                ReviewAct::AdjustPoints { criterion: kept, points: given },
            ) => criterion == kept && points == given,
            (NewReviewAct::AdjustValue { at, counted }, ReviewAct::AdjustValue { at: kept, counted: given, .. }) => {
                at == kept && counted.trimmed() == *given
            }
            (NewReviewAct::Withdraw { entry }, ReviewAct::Withdraw { entry: kept }) => entry == kept,
            _ => false,
        };
        let Self { revision, reason, evidence, .. } = self;
        does_it && *revision == entry.revision && *reason == entry.reason && *evidence == entry.evidence
    }
}

/// What an entry is made for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Purpose {
    /// Its identifier, where the request names one.
    pub(crate) id: Option<ReviewEntryId>,
    /// The appeal that it carries out.
    pub(crate) appeal: Option<AppealId>,
}

/// The identifier of the entry that a request with a key makes: the same key of the same caller about the same submission names the same
/// entry, so that a request that is sent twice takes points once.
fn named_by(
    caller: &Caller,
    federation: &FederationCode,
    round: &RoundCode,
    unit: &UnitCode,
    key: &str,
) -> ReviewEntryId {
    let token = caller.token.to_string();
    let codes = [federation.as_str(), round.as_str(), unit.as_str()];
    let parts = ["review-entry", codes[0], codes[1], codes[2], &token, key].map(str::as_bytes);
    let digest = Digest::of_parts(&parts);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.bytes()[..16]);
    ReviewEntryId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// What new entries of one submission are examined against.
pub(crate) struct Desk<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) round: &'a Round,
    pub(crate) unit: &'a UnitCode,
    pub(crate) revision: u32,
    pub(crate) rubric: &'a Description,
    pub(crate) earlier: &'a [KnownEntry],
}

impl Office {
    /// Judges, adjusts or withdraws. The submission is scored again from what changed, and every earlier scorecard stays.
    pub async fn add_review_entry(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: NewReviewEntry,
        key: Option<&str>,
    ) -> Result<ReviewEntryView, OperationError> {
        let asked = (Operation::ReviewSubmission, RoundAct::Review);
        let Reviewing { scope, round } = self.reviewing(caller, asked.0, asked.1, federation, round, unit).await?;
        let release = self.known_release(&scope, round.rubric).await?;
        let rubric = release.descriptions.rubric.as_ref();
        let rubric = rubric.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let earlier = scope.review_entries(&round.code, unit).await?;
        let id = key.map(|key| named_by(caller, federation, &round.code, unit, key));
        if let Some(known) = earlier.iter().find(|known| Some(known.entry.id) == id) {
            if !new.is_in(&known.entry) {
                return Err(OperationError::KeyReused);
            }
            return view_of(&scope, &round.code, unit, known.entry.id).await;
        }
        let desk = Desk { scope: &scope, round: &round, unit, revision: new.revision, rubric, earlier: &earlier };
        let asked = new.clone();
        let (entry, seal) = self.review_entry(caller, &desk, "", new, Purpose { id, appeal: None }).await?;
        let subject = format!("submission/{}/{unit}/review-entry/{}", round.code, entry.id);
        let act = self.act(caller, verb_of(&entry.act), subject, Some(digest_of(&scope, &entry)), &entry.reason);
        match scope.keep_review_entry(&entry, &seal, act).await {
            Ok(()) => {}
            // The same request was sent twice at the same time, and the other one came first.
            Err(StoreError::AlreadyThere(_)) if id.is_some() => {
                let first = view_of(&scope, &round.code, unit, entry.id).await?;
                return if asked.is_in(&first.entry) { Ok(first) } else { Err(OperationError::KeyReused) };
            }
            Err(other) => return Err(other.into()),
        }
        self.assess_after(&scope, &round, unit).await;
        view_of(&scope, &round.code, unit, entry.id).await
    }

    /// A second person confirms an entry, and it counts from then on; or rejects it. Whoever made it cannot confirm it, but may reject it.
    pub async fn decide_review_entry(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        id: ReviewEntryId,
        new: NewConfirmation,
    ) -> Result<ReviewEntryView, OperationError> {
        let asked = (Operation::ConfirmReview, RoundAct::Review);
        let Reviewing { scope, round } = self.reviewing(caller, asked.0, asked.1, federation, round, unit).await?;
        let mut problems = Problems::default();
        problems.review_text("/reason", &new.reason);
        problems.none_left()?;
        let entries = scope.review_entries(&round.code, unit).await?;
        let known = entries.iter().find(|known| known.entry.id == id);
        let known = known.ok_or(OperationError::Missing("review-entry"))?;
        if known.decision.is_some() || !known.entry.needs_second {
            return Err(OperationError::NotPossible { code: "review-entry-decided" });
        }
        if new.decision == Confirmation::Confirm {
            self.second_person(caller, &[&known.entry.by]).await?;
        }
        let decision = EntryDecision {
            confirmation: new.decision,
            by: Signatory::of(caller),
            at: self.now(),
            reason: new.reason,
            collective: None,
        };
        let verb = match new.decision {
            Confirmation::Confirm => "confirm-review-entry",
            Confirmation::Reject => "reject-review-entry",
        };
        let subject = format!("submission/{}/{unit}/review-entry/{id}", round.code);
        let act = self.act(caller, verb, subject, Some(digest_of(&scope, &known.entry)), &decision.reason);
        scope.decide_review_entry(id, &decision, act).await.map_err(decided_already)?;
        self.assess_after(&scope, &round, unit).await;
        view_of(&scope, &round.code, unit, id).await
    }

    /// An entry that can be kept, with its signature. Pointers of problems lead below `below`.
    pub(crate) async fn review_entry(
        &self,
        caller: &Caller,
        desk: &Desk<'_>,
        below: &str,
        new: NewReviewEntry,
        purpose: Purpose,
    ) -> Result<(ReviewEntry, Seal), OperationError> {
        let mut problems = Problems::default();
        problems.review_text(&format!("{below}/reason"), &new.reason);
        problems.evidence(&format!("{below}/evidence"), new.evidence.len());
        let act = examine(desk, &format!("{below}/act"), new.act, &mut problems).await?;
        problems.none_left()?;
        let act = act.ok_or(OperationError::NotPossible { code: "review-entry-not-in-force" })?;
        rests_on(desk.scope, &desk.round.code, desk.unit, &format!("{below}/evidence"), &new.evidence).await?;
        let now = self.now();
        let entry = ReviewEntry {
            id: match purpose.id {
                Some(id) => id,
                None => ReviewEntryId(self.randomness().identifier(now)?),
            },
            round: desk.round.code.clone(),
            unit: desk.unit.clone(),
            revision: desk.revision,
            act,
            reason: new.reason,
            evidence: new.evidence,
            appeal: purpose.appeal,
            needs_second: desk.round.policy.two_person_review,
            by: Signatory::of(caller),
            at: now,
        };
        let seal = self.house.signer.seal(&entry.signed_bytes(desk.scope.code()));
        Ok((entry, seal))
    }
}

/// What an entry does, once it is sure that it can; none where problems were noted or what it withdraws does not count.
async fn examine(
    desk: &Desk<'_>,
    below: &str,
    act: NewReviewAct,
    problems: &mut Problems,
) -> Result<Option<ReviewAct>, OperationError> {
    let Desk { scope, round, unit, revision, rubric, earlier } = *desk;
    let kept = revision_of(scope, &round.code, unit, Some(revision)).await?;
    let is_whole = |points: Points| points.is_sane() && points.is_multiple_of(rubric.smallest_unit);
    let unit_of_points = [("unit", rubric.smallest_unit.to_string())];
    let unit_of_points = unit_of_points.each_ref().map(|(name, value)| (*name, value.as_str()));
    match act {
        NewReviewAct::Judge { criterion, points } => {
            let at = format!("{below}/judge");
            let discretion = rubric.criterion(&criterion).and_then(|criterion| criterion.judged.as_ref());
            let Some(discretion) = discretion.filter(|_| is_judged(rubric, &criterion)) else {
                problems.add(format!("{at}/criterion"), "not-judged", &[]);
                return Ok(None);
            };
            if !(discretion.least..=discretion.most).contains(&points) {
                let (least, most) = (discretion.least.to_string(), discretion.most.to_string());
                problems.add(format!("{at}/points"), "points-out-of-range", &[("least", &least), ("most", &most)]);
            } else if !is_whole(points) {
                problems.add(format!("{at}/points"), "points-not-whole", &unit_of_points);
            }
            Ok(Some(ReviewAct::Judge { criterion, points }))
        }
        NewReviewAct::AdjustValue { at, counted } => {
            let answers = kept_answers(scope, kept.answers).await?;
            let Some(stated) = decimal_at(answers.value(), &at) else {
                problems.add(format!("{below}/adjust-value/at"), "no-number-there", &[]);
                return Ok(None);
            };
            let counted = counted.trimmed();
            if counted == stated {
                problems.add(format!("{below}/adjust-value/counted"), "nothing-adjusted", &[]);
            }
            Ok(Some(ReviewAct::AdjustValue { at, stated, counted }))
        }
        NewReviewAct::AdjustPoints { criterion, points } => {
            let at = format!("{below}/adjust-points");
            if !is_adjustable(rubric, &criterion) {
                problems.add(format!("{at}/criterion"), "not-adjustable", &[]);
            }
            if points == Points::ZERO {
                problems.add(format!("{at}/points"), "nothing-adjusted", &[]);
            } else if !is_whole(points) {
                problems.add(format!("{at}/points"), "points-not-whole", &unit_of_points);
            }
            Ok(Some(ReviewAct::AdjustPoints { criterion, points }))
        }
        NewReviewAct::Withdraw { entry } => {
            let mut counting = earlier.iter().zip(states_of(earlier));
            let target = counting.find(|(known, state)| known.entry.id == entry && *state == EntryState::InForce);
            let target = target.filter(|(known, _)| !matches!(known.entry.act, ReviewAct::Withdraw { .. }));
            Ok(target.map(|_| ReviewAct::Withdraw { entry }))
        }
    }
}

/// An entry as it stands now.
async fn view_of(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    id: ReviewEntryId,
) -> Result<ReviewEntryView, OperationError> {
    let entries = views(scope.review_entries(round, unit).await?);
    entries.into_iter().find(|view| view.entry.id == id).ok_or(OperationError::Missing("review-entry"))
}

/// The digest of what an entry's signature is over.
pub(crate) fn digest_of(scope: &Scope, entry: &ReviewEntry) -> Digest {
    Digest::of(&entry.signed_bytes(scope.code()))
}

/// What the audit log calls an entry.
const fn verb_of(act: &ReviewAct) -> &'static str {
    match act {
        ReviewAct::Judge { .. } => "judge",
        ReviewAct::AdjustValue { .. } => "adjust-value",
        ReviewAct::AdjustPoints { .. } => "adjust-points",
        ReviewAct::Withdraw { .. } => "withdraw-review-entry",
    }
}

/// Of two decisions on one entry the first stands.
pub(crate) fn decided_already(error: StoreError) -> OperationError {
    match error {
        StoreError::AlreadyThere("decision") => OperationError::NotPossible { code: "review-entry-decided" },
        other => other.into(),
    }
}
