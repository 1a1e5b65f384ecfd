//! A member hands in a revision: from the answers to the signed receipt.

use std::sync::Arc;

use domain::access::{Caller, Operation};
use domain::digest::Digest;
use domain::expectation::{Expectation, expectation};
use domain::federation::OrgUnit;
use domain::finding::{Refusal, WeighedFinding};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::REVISIONS_MAX;
use domain::review::Review;
use domain::round::{Numbered, Round, RoundPolicy};
use domain::rubric::Severity;
use domain::scorecard::Scorecard;
use domain::submission::{AttestedBeside, Envelope, Receipt, ReceiptBody, Submission};
use domain::verdict::{Scored, Verdict};
use jiff::Timestamp;
use serde::Serialize;
use store::{NewRevision, Numbering, Scope, StoreError};

use crate::check_rule::rules_for;
use crate::context::KnownContext;
use crate::error::OperationError;
use crate::failed_calls::FailedCall;
use crate::handed_in::{HandedIn, Parcel};
use crate::judge::{Case, Judged, judge};
use crate::office::Office;
use crate::round_in_force::RoundInForce;
use crate::taking::taking;

/// How often a revision is judged anew because the round, or the unit's newest revision, changed meanwhile.
const TRIES: u32 = 4;

/// What handing in gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Submitted {
    /// The receipt; its `standing` says whether the revision counts.
    pub receipt: Receipt,
    /// What the checks found.
    pub findings: Vec<WeighedFinding>,
    /// The provisional score.
    pub scorecard: Option<Scorecard>,
    /// Why the rubric declines to score it, where it does; such a revision does not count.
    pub refusal: Option<Refusal>,
    /// Whether this is the answer to a repeated key.
    pub replayed: bool,
}

/// One try at handing in: kept, or to be tried again.
enum Try {
    Kept(Box<Submitted>),
    /// The round was closed or given another rubric meanwhile.
    RoundMoved,
    /// Another revision came first, and the member did not say upon which it builds.
    Overtaken,
}

impl Office {
    /// Hands in a revision. When this returns, the revision is durable.
    pub async fn submit(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        handed: HandedIn,
    ) -> Result<Submitted, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Submit, federation, unit)?;
        let parcel = Parcel::of(handed, round)?;
        if let Some(known) = self.answered_before(&scope, unit, &parcel).await? {
            return Ok(known);
        }
        self.submit_parcel(caller, &scope, round, unit, &parcel).await
    }

    /// Hands in what was read already, with the draft that it was. Whatever it is refused for, the reason may be the same attempt, sent twice at
    /// once, which came first: then it gets the same receipt.
    pub(crate) async fn submit_parcel(
        &self,
        caller: &Caller,
        scope: &Scope,
        round: &RoundCode,
        unit: &UnitCode,
        parcel: &Parcel,
    ) -> Result<Submitted, OperationError> {
        match self.submit_first(caller, scope, round, unit, parcel).await {
            Ok(submitted) => Ok(submitted),
            Err(refused) => self.answered_before(scope, unit, parcel).await?.ok_or(refused),
        }
    }

    async fn submit_first(
        &self,
        caller: &Caller,
        scope: &Scope,
        round: &RoundCode,
        unit: &UnitCode,
        parcel: &Parcel,
    ) -> Result<Submitted, OperationError> {
        // It came in when it was here whole: nothing that takes the house time makes it later.
        let received_at = self.now();
        for _ in 0..TRIES {
            let in_force = self.round_in_force(scope, round).await?;
            match self.try_to_submit(caller, scope, &in_force, unit, parcel, received_at).await? {
                Try::Kept(submitted) => return Ok(*submitted),
                Try::RoundMoved => self.forget_round(scope.code(), round),
                Try::Overtaken => {}
            }
        }
        Err(OperationError::NotPossible { code: "round-keeps-changing" })
    }

    async fn try_to_submit(
        &self,
        caller: &Caller,
        scope: &Scope,
        in_force: &RoundInForce,
        unit: &UnitCode,
        parcel: &Parcel,
        received_at: Timestamp,
    ) -> Result<Try, OperationError> {
        let RoundInForce { round, rubric, check_rules } = in_force;
        let description = rubric.description()?;
        let taken = taking(scope, round, unit, received_at, parcel.amendment.as_ref()).await?;
        if round.policy.signatory && parcel.signing.is_none() {
            return Err(OperationError::NotPossible { code: "signature-needed" });
        }
        self.out_of_quarantine(scope, rubric.release.digest).await?;
        let (unit, latest) = tokio::join!(scope.unit(unit), scope.latest_revision(&round.code, unit));
        let unit = part_of(round, unit?)?;
        let number = next_number(latest?.map_or(0, |latest| latest.envelope.revision), parcel.based_on)?;

        parcel.examine_explanations(description, &round.policy)?;
        rubric.form.examine(&parcel.answers).await?;

        let known = self.context(scope, round, description, &unit).await?;
        let case = self.case(round, number, received_at, taken.hours_late, parcel, &known);
        let case = Case { check_rules: rules_for(check_rules, &unit.code), ..case };
        let judged = match judge(&self.house.sandbox, &rubric.plugin, &case).await {
            Ok(judged) => judged,
            Err(unjudged) => {
                self.record_unjudged(scope, &unit.code, parcel, &known, unjudged.calls).await;
                return Err(unjudged.error);
            }
        };

        let attested = attested(scope, in_force, &unit, &case, &judged, received_at)?;
        let numbered = Numbers { policy: round.policy.clone(), year: self.day_of(received_at).year() };
        let numbering = round.policy.counts_receipts().then(|| self.numbering(&numbered, &attested));
        let receipt = self.house.signer.sign(numbered.number(attested, 0));
        let standing = receipt.body.standing;
        let (verdict, evaluations) = self.verdict_of(received_at, &unit.code, rubric, &case, judged)?;
        let subject = format!("submission/{}/{}/{number}", round.code, unit.code);
        let new = NewRevision {
            round: round.code.clone(),
            unit: unit.code,
            envelope: case.submission.envelope.clone(),
            answers: parcel.answers.bytes().to_vec(),
            context: known.bytes,
            explanations: parcel.explanations.clone(),
            amendment: parcel.amendment.clone(),
            signing: parcel.signing.clone(),
            check_rules: case.check_rules.to_vec(),
            receipt,
            numbering,
            verdict: verdict.clone(),
            evaluations,
            key: parcel.key.clone(),
            taken_as: taken.act,
            draft: parcel.draft.as_ref().map(|draft| draft.taken(&round.code, number, standing)),
            act: self.act(
                caller,
                if parcel.amendment.is_some() { "amend" } else { "submit" },
                subject,
                Some(parcel.digest),
                "",
            ),
        };
        match scope.keep_revision(new).await {
            Ok(receipt) => Ok(Try::Kept(Box::new(submitted(receipt, verdict)))),
            Err(StoreError::Replayed(receipt)) => Ok(Try::Kept(Box::new(self.replayed(scope, *receipt).await?))),
            Err(StoreError::RoundMoved) => Ok(Try::RoundMoved),
            Err(StoreError::Stale { .. }) if parcel.based_on.is_none() => Ok(Try::Overtaken),
            Err(other) => Err(other.into()),
        }
    }

    /// The envelope that a revision gets when it is received.
    pub(crate) fn envelope(&self, round: &Round, revision: u32, received_at: Timestamp) -> Envelope {
        Envelope {
            round: round.code.to_string(),
            period: round.period,
            revision,
            received_on: self.day_of(received_at),
        }
    }

    fn case(
        &self,
        round: &Round,
        number: u32,
        received_at: Timestamp,
        hours_late: u32,
        parcel: &Parcel,
        known: &KnownContext,
    ) -> Case {
        let envelope = self.envelope(round, number, received_at);
        let review = Review { hours_late, explanations: parcel.explanations.clone(), ..Review::default() };
        Case {
            submission: Arc::new(Submission { envelope, answers: parcel.answers.clone() }),
            answers: parcel.digest,
            context: Arc::clone(&known.context),
            context_digest: known.digest,
            review: Arc::new(review),
            check_rules: Arc::default(),
        }
    }

    /// Signs the receipt once it is known how many the round has.
    fn numbering(&self, numbers: &Numbers, attested: &ReceiptBody) -> Numbering {
        let (house, numbers, attested) = (Arc::clone(&self.house), numbers.clone(), attested.clone());
        Numbering(Arc::new(move |sequence| house.signer.sign(numbers.number(attested.clone(), sequence))))
    }

    /// The answer to a key that was used before.
    async fn answered_before(
        &self,
        scope: &Scope,
        unit: &UnitCode,
        parcel: &Parcel,
    ) -> Result<Option<Submitted>, OperationError> {
        let Some((key, request)) = &parcel.key else { return Ok(None) };
        match scope.receipt_of_key(unit, key).await? {
            None => Ok(None),
            Some((answered, _)) if answered != *request => Err(OperationError::KeyReused),
            Some((_, receipt)) => self.replayed(scope, receipt).await.map(Some),
        }
    }

    pub(crate) async fn replayed(&self, scope: &Scope, receipt: Receipt) -> Result<Submitted, OperationError> {
        let ReceiptBody { round, unit, revision, rubric, .. } = &receipt.body;
        let verdict = scope.verdict(round, unit, *revision, *rubric).await?;
        let verdict = verdict.ok_or(OperationError::Missing("verdict"))?;
        Ok(Submitted { replayed: true, ..submitted(receipt, verdict) })
    }

    /// A run that failed is recorded, too, so that the plugin's author can repeat it. The member is told of the failure in any case.
    async fn record_unjudged(
        &self,
        scope: &Scope,
        unit: &UnitCode,
        parcel: &Parcel,
        known: &KnownContext,
        calls: Vec<FailedCall>,
    ) {
        if calls.is_empty() {
            return;
        }
        let kept = async {
            scope.keep_blob(parcel.answers.bytes()).await?;
            scope.keep_blob(&known.bytes).await?;
            self.keep_failed(scope, Some(unit), self.now(), calls).await
        };
        if let Err(error) = kept.await {
            tracing::warn!(error = &error as &dyn std::error::Error, "a failed run could not be recorded");
        }
    }
}

/// The unit, where the round concerns it.
pub(crate) fn part_of(round: &Round, unit: Option<OrgUnit>) -> Result<OrgUnit, OperationError> {
    let unit = unit.ok_or(OperationError::Missing("unit"))?;
    match expectation(round, &unit) {
        Some(Expectation::Expected | Expectation::Exempt(_)) => Ok(unit),
        Some(Expectation::Merged(_)) | None => Err(OperationError::NotPossible { code: "unit-not-in-round" }),
    }
}

/// The number of the next revision, where the member knows the newest or does not say.
fn next_number(newest: u32, based_on: Option<u32>) -> Result<u32, OperationError> {
    if based_on.is_some_and(|known| known != newest) {
        return Err(OperationError::Stale { current: (newest > 0).then_some(newest) });
    }
    if newest >= REVISIONS_MAX {
        return Err(OperationError::NotPossible { code: "too-many-revisions" });
    }
    Ok(newest + 1)
}

fn attested(
    scope: &Scope,
    in_force: &RoundInForce,
    unit: &OrgUnit,
    case: &Case,
    judged: &Judged,
    received_at: Timestamp,
) -> Result<ReceiptBody, OperationError> {
    let (federation, round) = (scope.code().clone(), in_force.round.code.clone());
    let revision = case.submission.envelope.revision;
    let explanations = rmp_serde::to_vec_named(&case.review.explanations).map_err(OperationError::host)?;
    let check_rules = rmp_serde::to_vec_named(&*case.check_rules).map_err(OperationError::host)?;
    let beside = AttestedBeside {
        waived: judged.waived(),
        explanations: Digest::of(&explanations),
        check_rules: Digest::of(&check_rules),
    };
    Ok(ReceiptBody {
        number: String::new(),
        federation,
        round,
        unit: unit.code.clone(),
        revision,
        received_at,
        hours_late: case.review.hours_late,
        answers: case.answers,
        rubric: in_force.rubric.release.digest,
        standing: judged.standing(),
        errors: judged.count(Severity::Error),
        warnings: judged.count(Severity::Warning),
        warnings_explained: judged.explained(),
        beside: Some(beside),
    })
}

/// How a round numbers its receipts.
#[derive(Clone)]
struct Numbers {
    policy: RoundPolicy,
    year: i16,
}

impl Numbers {
    fn number(&self, body: ReceiptBody, sequence: u64) -> ReceiptBody {
        let ReceiptBody { federation, round, unit, revision, .. } = &body;
        let of = Numbered { federation, round, unit, revision: *revision, year: self.year };
        ReceiptBody { number: self.policy.receipt_number(&of, sequence), ..body }
    }
}

fn submitted(receipt: Receipt, verdict: Verdict) -> Submitted {
    let (scorecard, refusal) = parted(verdict.score);
    Submitted { receipt, findings: verdict.findings, scorecard, refusal, replayed: false }
}

/// The scorecard or the refusal.
pub(crate) fn parted(score: Scored) -> (Option<Scorecard>, Option<Refusal>) {
    match score {
        Scored::Card(card) => (Some(card), None),
        Scored::Refused(refusal) => (None, Some(refusal)),
    }
}
