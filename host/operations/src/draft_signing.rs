//! Where a round wants it, a signatory signs: a clerk presents the draft, somebody else of the member signs it or sends it back with words.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::answers::Answers;
use domain::audit::Act;
use domain::draft::{Draft, DraftStep, DraftStepKind};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::round::Round;
use domain::submission::Signing;
use store::{Scope, StoreError};

use crate::draft::{DraftRead, DraftView, moved};
use crate::draft_submission::draft_as_read;
use crate::error::OperationError;
use crate::office::Office;
use crate::problem::{FormProblem, Problems};
use crate::submit::Submitted;

impl Office {
    /// Presents a draft that fits the form for signature, as it was read.
    pub async fn present_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
        remark: String,
    ) -> Result<DraftView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::EditDraft, federation, unit)?;
        examine(&remark, true)?;
        let in_force = self.round_in_force(&scope, round).await?;
        is_signed_in(&in_force.round)?;
        let draft = draft_as_read(&scope, round, unit, read).await?;
        in_force.rubric.form.examine(&draft.content.answers).await.map_err(of_draft)?;
        let act = self.act_on_draft(caller, "present-draft", round, unit, &draft.content.answers);
        self.step_draft(caller, &scope, (round, unit), draft, (DraftStepKind::Presented, remark), act).await
    }

    /// Sends a presented draft back to those who write it.
    pub async fn send_back_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
        text: String,
    ) -> Result<DraftView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::SignSubmission, federation, unit)?;
        examine(&text, false)?;
        let draft = draft_as_read(&scope, round, unit, read).await?;
        presented(&draft)?;
        let act = self.act_on_draft(caller, "send-back-draft", round, unit, &draft.content.answers);
        self.step_draft(caller, &scope, (round, unit), draft, (DraftStepKind::SentBack, text), act).await
    }

    /// Signs a presented draft, which hands it in. Who presented it does not sign it, unless the round's policy lets one person do both.
    pub async fn sign_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
    ) -> Result<Submitted, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::SignSubmission, federation, unit)?;
        if let Some(known) = self.handed_in_already(&scope, unit, read).await? {
            return Ok(known);
        }
        let (policy, draft) = tokio::join!(scope.round(round), draft_as_read(&scope, round, unit, read));
        let ((round_now, _), draft) = (policy?.ok_or(OperationError::Missing("round"))?, draft?);
        is_signed_in(&round_now)?;
        let presented = presented(&draft)?.clone();
        if !round_now.policy.presenter_may_sign {
            let is_other = self.second_person(caller, &[&presented.by]).await;
            is_other.map_err(|error| match error {
                OperationError::NotPossible { .. } => OperationError::NotPossible { code: "presenter-does-not-sign" },
                other => other,
            })?;
        }
        let signing =
            Signing { presented_by: presented.by, presented_at: presented.at, signed_by: Signatory::of(caller) };
        self.hand_in_draft(caller, &scope, (round, unit), draft, read, Some(signing)).await
    }

    async fn step_draft(
        &self,
        caller: &Caller,
        scope: &Scope,
        (round, unit): (&RoundCode, &UnitCode),
        draft: Draft,
        (kind, text): (DraftStepKind, String),
        act: Act,
    ) -> Result<DraftView, OperationError> {
        let there = draft.state(round);
        let step = DraftStep { kind, by: Signatory::of(caller), at: self.now(), text };
        let draft = draft.stepped(round, step);
        match scope.step_draft(round, unit, there, &draft, act).await {
            Ok(()) => Ok(DraftView::of(round, draft)),
            Err(StoreError::DraftMoved) => Err(moved(scope, round, unit, DraftRead::State(there), &[]).await?),
            Err(other) => Err(other.into()),
        }
    }

    /// What the log says of a draft's way: which answers, and none of the words.
    fn act_on_draft(&self, caller: &Caller, verb: &str, round: &RoundCode, unit: &UnitCode, answers: &Answers) -> Act {
        self.act(caller, verb, format!("draft/{round}/{unit}"), Some(answers.digest()), "")
    }
}

/// Whether a round wants a signature at all.
fn is_signed_in(round: &Round) -> Result<(), OperationError> {
    if round.policy.signatory { Ok(()) } else { Err(OperationError::NotPossible { code: "round-without-signatory" }) }
}

fn presented(draft: &Draft) -> Result<&DraftStep, OperationError> {
    let step = draft.step.as_ref().filter(|step| step.kind == DraftStepKind::Presented);
    step.ok_or(OperationError::NotPossible { code: "draft-not-presented" })
}

/// What does not fit the form lies in the draft's answers; the message that came has none.
fn of_draft(error: OperationError) -> OperationError {
    let OperationError::Invalid(problems) = error else { return error };
    let in_draft = |problem: FormProblem| FormProblem { pointer: format!("/answers{}", problem.pointer), ..problem };
    OperationError::Invalid(problems.into_iter().map(in_draft).collect())
}

/// What is said on a draft's way may not be too long; to send something back takes words.
fn examine(text: &str, may_be_empty: bool) -> Result<(), OperationError> {
    let mut problems = Problems::default();
    if !(may_be_empty && text.is_empty()) {
        problems.review_text("/text", text);
    }
    problems.none_left()
}
