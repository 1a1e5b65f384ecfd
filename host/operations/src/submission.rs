//! Reading what was handed in, what was found in it and the receipt for it.

use domain::access::{Caller, Operation};
use domain::amendment::Amendment;
use domain::answers::{Answers, parse_value};
use domain::digest::Digest;
use domain::fields::FieldPath;
use domain::finding::{Refusal, WeighedFinding};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::masking::masked;
use domain::review::Explanation;
use domain::submission::{Envelope, Receipt, Signing, Standing};
use domain::verdict::Verdict;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::{Revision, RevisionSummary, Scope};

use crate::error::OperationError;
use crate::office::Office;
use crate::submit::parted;

/// A revision as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubmissionView {
    /// Round, period, revision, day of receipt.
    pub envelope: Envelope,
    /// The answers.
    pub answers: Value,
    /// Whether something was taken out of them because it names a person whom the caller may not see.
    pub masked: bool,
    /// Why warnings are right all the same.
    pub explanations: Vec<Explanation>,
    /// What it amends, where that was said.
    pub amendment: Option<Amendment>,
    /// Who answers for it, in a round that wants a signature.
    pub signing: Option<Signing>,
    /// The receipt.
    pub receipt: Receipt,
}

/// What one rubric found in one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingsView {
    /// The revision.
    pub revision: u32,
    /// The rubric that checked.
    pub rubric: Digest,
    /// What it found.
    pub findings: Vec<WeighedFinding>,
    /// Why it declined to score, where it did.
    pub refusal: Option<Refusal>,
}

/// One revision in the list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionRow {
    /// Counts from 1.
    pub revision: u32,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whole hours late.
    pub hours_late: u32,
    /// Whether it counts.
    pub standing: Standing,
    /// Findings that block.
    pub errors: u32,
    /// Warnings.
    pub warnings: u32,
    /// How many of the warnings are explained.
    pub warnings_explained: u32,
    /// What it amends, where that was said.
    pub amendment: Option<Amendment>,
}

impl Office {
    /// A revision of a unit; without a number the newest.
    pub async fn submission(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        revision: Option<u32>,
    ) -> Result<SubmissionView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let revision = revision_of(&scope, round, unit, revision).await?;
        let hidden = self.hidden_from(caller, &scope, unit, &revision).await?;
        let answers = kept_answers(&scope, revision.answers).await?;
        let (answers, masked) = if hidden.is_empty() {
            (answers.into_value(), false)
        } else {
            masked(answers.value(), &FieldPath::default(), &hidden)
        };
        let Revision { envelope, explanations, amendment, signing, receipt, .. } = revision;
        Ok(SubmissionView { envelope, answers, masked, explanations, amendment, signing, receipt })
    }

    /// The revisions of a unit, the oldest first.
    pub async fn revisions(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<RevisionRow>, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let summaries = scope.revisions(round, unit).await?;
        let row = |summary: RevisionSummary| RevisionRow {
            revision: summary.revision,
            received_at: summary.received_at,
            hours_late: summary.hours_late,
            standing: summary.standing,
            errors: summary.errors,
            warnings: summary.warnings,
            warnings_explained: summary.warnings_explained,
            amendment: summary.amendment,
        };
        Ok(summaries.into_iter().map(row).collect())
    }

    /// What was found in a revision: by the rubric in force where it has judged it, else by the one that judged it at receipt.
    pub async fn findings(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        revision: Option<u32>,
    ) -> Result<FindingsView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let revision = revision_of(&scope, round, unit, revision).await?;
        let verdict = verdict_on(&scope, round, unit, &revision).await?;
        let (_, refusal) = parted(verdict.score);
        Ok(FindingsView { revision: verdict.revision, rubric: verdict.rubric, findings: verdict.findings, refusal })
    }

    /// The receipt of a revision; without a number of the newest.
    pub async fn receipt(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        revision: Option<u32>,
    ) -> Result<Receipt, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        Ok(revision_of(&scope, round, unit, revision).await?.receipt)
    }
}

/// A revision of a unit; without a number the newest.
pub(crate) async fn revision_of(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    number: Option<u32>,
) -> Result<Revision, OperationError> {
    let found = match number {
        Some(number) => scope.revision(round, unit, number).await?,
        None => scope.latest_revision(round, unit).await?,
    };
    found.ok_or(OperationError::Missing("revision"))
}

/// What the rubric in force says of a revision, or, before it has judged it, what the rubric of its receipt said.
pub(crate) async fn verdict_on(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    revision: &Revision,
) -> Result<Verdict, OperationError> {
    let number = revision.envelope.revision;
    let (in_force, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
    let then = revision.receipt.body.rubric;
    if in_force.rubric != then
        && let Some(verdict) = scope.verdict(round, unit, number, in_force.rubric).await?
    {
        return Ok(verdict);
    }
    scope.verdict(round, unit, number, then).await?.ok_or(OperationError::Missing("verdict"))
}

/// Answers as they were kept.
pub(crate) async fn kept_answers(scope: &Scope, digest: Digest) -> Result<Answers, OperationError> {
    let bytes = scope.blob(digest).await?.ok_or(OperationError::Missing("blob"))?;
    let value = parse_value(&mut rmp_serde::Deserializer::from_read_ref(&bytes)).map_err(OperationError::host)?;
    Ok(Answers::from_canonical_bytes(bytes, value))
}
