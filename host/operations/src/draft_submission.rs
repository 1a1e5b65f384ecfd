//! A draft is tried, and handed in: the same revision as if its answers had come in one piece. What it says is its own idempotency key.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::digest::Digest;
use domain::draft::{Draft, DraftContent};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::submission::{Signing, Standing};
use jiff::Timestamp;
use store::{DraftTaken, Scope};

use crate::draft::{DraftRead, moved, refused};
use crate::error::OperationError;
use crate::handed_in::{HandedIn, Parcel};
use crate::office::Office;
use crate::pre_check::PreChecked;
use crate::submit::Submitted;

/// A draft on its way to become a revision.
pub(crate) struct DraftHandedIn {
    pub(crate) draft: Draft,
    pub(crate) state: Digest,
    pub(crate) by: Signatory,
    pub(crate) at: Timestamp,
}

impl DraftHandedIn {
    /// What becomes of the draft: it goes with a revision that counts. One that is held back has to be mended, so the draft stays and builds
    /// upon it.
    pub(crate) fn taken(&self, round: &RoundCode, revision: u32, standing: Standing) -> DraftTaken {
        let left = (standing == Standing::Blocked).then(|| {
            let content = DraftContent { based_on: revision, ..self.draft.content.clone() };
            self.draft.clone().rewritten(round, content, self.by.clone(), self.at)
        });
        DraftTaken { state: self.state, left }
    }
}

impl Office {
    /// What a revision with what the draft says would get, were it handed in now.
    pub async fn pre_check_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<PreChecked, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadDraft, federation, unit)?;
        let draft = scope.draft(round, unit).await?.ok_or(OperationError::Missing("draft"))?;
        self.pre_checked(&scope, round, unit, draft.content.answers, draft.content.explanations).await
    }

    /// Hands in what the draft says, as it was read. Sent again it gives the same receipt, also once the draft is gone.
    pub async fn submit_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
    ) -> Result<Submitted, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::Submit, federation, unit)?;
        if let Some(known) = self.handed_in_already(&scope, unit, read).await? {
            return Ok(known);
        }
        let draft = draft_as_read(&scope, round, unit, read).await?;
        self.hand_in_draft(caller, &scope, (round, unit), draft, read, None).await
    }

    /// What handing in a draft gave, as it was read, where that was done before.
    pub(crate) async fn handed_in_already(
        &self,
        scope: &Scope,
        unit: &UnitCode,
        read: DraftRead,
    ) -> Result<Option<Submitted>, OperationError> {
        let DraftRead::State(state) = read else { return Ok(None) };
        match scope.receipt_of_key(unit, &key_of(state)).await? {
            Some((_, receipt)) => self.replayed(scope, receipt).await.map(Some),
            None => Ok(None),
        }
    }

    /// Hands in a draft as it was read.
    pub(crate) async fn hand_in_draft(
        &self,
        caller: &Caller,
        scope: &Scope,
        (round, unit): (&RoundCode, &UnitCode),
        draft: Draft,
        read: DraftRead,
        signing: Option<Signing>,
    ) -> Result<Submitted, OperationError> {
        let state = draft.state(round);
        let handed = HandedIn {
            answers: draft.content.answers.value().clone(),
            explanations: draft.content.explanations.clone(),
            amendment: draft.content.amendment.clone(),
            based_on: Some(draft.content.based_on),
            key: None,
        };
        let draft = DraftHandedIn { draft, state, by: Signatory::of(caller), at: self.now() };
        let key = Some((key_of(state), state));
        let parcel = Parcel { key, draft: Some(draft), signing, ..Parcel::of(handed, round)? };
        match self.submit_parcel(caller, scope, round, unit, &parcel).await {
            Err(OperationError::Stale { .. }) => {
                Err(OperationError::NotPossible { code: "draft-builds-on-older-revision" })
            }
            Err(OperationError::DraftStale { .. }) => Err(moved(scope, round, unit, read, &[]).await?),
            submitted => submitted,
        }
    }
}

/// The draft, where it still says what was read.
pub(crate) async fn draft_as_read(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    read: DraftRead,
) -> Result<Draft, OperationError> {
    let draft = scope.draft(round, unit).await?;
    match refused(round, draft.as_ref(), read, &[]) {
        Some(refused) => Err(refused),
        None => draft.ok_or(OperationError::Missing("draft")),
    }
}

/// The key of a draft that is handed in: what it says, in which round and upon which revision.
fn key_of(state: Digest) -> String {
    format!("draft-{state}")
}
