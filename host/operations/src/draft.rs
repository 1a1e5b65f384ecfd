//! The people of a member write a draft together: whoever saves says what he read, and nobody's words are lost.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::amendment::Amendment;
use domain::answers::parse_value;
use domain::difference::touches;
use domain::digest::Digest;
use domain::draft::{Draft, DraftChange, DraftContent, DraftStep, merged, places_of_patch};
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::limits::{EXPLANATION_CHARS_MAX, EXPLANATIONS_MAX};
use domain::review::Explanation;
use domain::round::{Round, RoundState};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::{Scope, StoreError};

use crate::error::OperationError;
use crate::handed_in::canonical;
use crate::office::Office;
use crate::problem::{FormProblem, Problems};
use crate::submit::part_of;

/// What somebody who writes knows of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftRead {
    /// He did not say.
    Nothing,
    /// That there is none yet.
    ThereIsNone,
    /// What it said.
    State(Digest),
    /// Something that no draft ever said.
    Other,
}

/// What is to stand in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDraft {
    /// The answers, as `domain::answers::parse_value` read them: as far as they are filled in.
    pub answers: Value,
    /// The explanations, as far as they are written.
    pub explanations: Vec<Explanation>,
    /// What it is to amend, where that has to be said.
    pub amendment: Option<Amendment>,
    /// The revision that it builds upon; the newest where nothing is said of it.
    pub based_on: Option<u32>,
}

/// What is to be changed in a draft; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftPatch {
    /// A merge patch (RFC 7396) of the answers.
    pub answers: Option<Value>,
    /// All explanations anew.
    pub explanations: Option<Vec<Explanation>>,
    /// What it is to amend, or that it amends nothing.
    pub amendment: Option<Option<Amendment>>,
    /// Another revision to build upon.
    pub based_on: Option<u32>,
}

/// A draft as its writers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftView {
    /// The identity of the draft as it is.
    pub state: Digest,
    /// The revision that it builds upon; 0 where there was none.
    pub based_on: u32,
    /// The answers.
    pub answers: Value,
    /// The explanations.
    pub explanations: Vec<Explanation>,
    /// What it is to amend, where that was said.
    pub amendment: Option<Amendment>,
    /// Who wrote last.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// The newest step on its way to the signature, where there is one.
    pub step: Option<DraftStep>,
    /// What was changed, the oldest first, as far as it is remembered.
    pub changes: Vec<DraftChange>,
}

impl DraftView {
    pub(crate) fn of(round: &RoundCode, draft: Draft) -> Self {
        let state = draft.state(round);
        let Draft { content, by, at, step, changes } = draft;
        let DraftContent { based_on, answers, explanations, amendment } = content;
        Self { state, based_on, answers: answers.into_value(), explanations, amendment, by, at, step, changes }
    }
}

impl Office {
    /// What a unit's draft says.
    pub async fn draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<DraftView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadDraft, federation, unit)?;
        let draft = scope.draft(round, unit).await?.ok_or(OperationError::Missing("draft"))?;
        Ok(DraftView::of(round, draft))
    }

    /// Writes the whole draft anew, in the place of what was read.
    pub async fn save_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
        new: NewDraft,
    ) -> Result<DraftView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::EditDraft, federation, unit)?;
        let desk = Desk::of(self, &scope, caller, round, unit).await?;
        let NewDraft { answers, explanations, amendment, based_on } = new;
        examine(&explanations)?;
        let based_on = match based_on.or(desk.draft.as_ref().map(|draft| draft.content.based_on)) {
            Some(based_on) => based_on,
            None => desk.newest_revision().await?,
        };
        let content = DraftContent { based_on, answers: canonical(answers)?, explanations, amendment };
        desk.keep(read, content, &[]).await
    }

    /// Changes some fields of the draft that was read. Who read something else is told which fields became different meanwhile.
    pub async fn patch_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
        patch: DraftPatch,
    ) -> Result<DraftView, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::EditDraft, federation, unit)?;
        let desk = Desk::of(self, &scope, caller, round, unit).await?;
        let Some(draft) = &desk.draft else {
            return Err(desk.refused(read, &[]).unwrap_or(OperationError::Missing("draft")));
        };
        examine(patch.explanations.as_deref().unwrap_or_default())?;
        let mut content = draft.content.clone();
        let mut places = Vec::new();
        if let Some(patch) = &patch.answers {
            places.extend(places_of_patch(patch).into_iter().map(|place| format!("/answers{place}")));
            content.answers = canonical(within_limits(merged(content.answers.into_value(), patch))?)?;
        }
        if let Some(explanations) = patch.explanations {
            places.push("/explanations".to_owned());
            content.explanations = explanations;
        }
        if let Some(amendment) = patch.amendment {
            places.push("/amendment".to_owned());
            content.amendment = amendment;
        }
        if let Some(based_on) = patch.based_on {
            places.push("/based_on".to_owned());
            content.based_on = based_on;
        }
        desk.keep(read, content, &places).await
    }

    /// Throws away the draft that was read.
    pub async fn discard_draft(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        read: DraftRead,
    ) -> Result<(), OperationError> {
        let scope = self.scope_of_unit(caller, Operation::EditDraft, federation, unit)?;
        let draft = scope.draft(round, unit).await?;
        if let Some(refused) = refused(round, draft.as_ref(), read, &[]) {
            return Err(refused);
        }
        let draft = draft.ok_or(OperationError::Missing("draft"))?;
        match scope.discard_draft(round, unit, draft.state(round)).await {
            Err(StoreError::DraftMoved) => Err(moved(&scope, round, unit, read, &[]).await?),
            done => Ok(done?),
        }
    }
}

/// A unit's draft with somebody who is about to write on it.
struct Desk<'a> {
    office: &'a Office,
    scope: &'a Scope,
    caller: &'a Caller,
    round: &'a RoundCode,
    unit: &'a UnitCode,
    draft: Option<Draft>,
}

impl<'a> Desk<'a> {
    /// Only a round in which the unit has a part, and which is neither still to come nor over, has drafts.
    async fn of(
        office: &'a Office,
        scope: &'a Scope,
        caller: &'a Caller,
        code: &'a RoundCode,
        unit: &'a UnitCode,
    ) -> Result<Self, OperationError> {
        let (round, draft, known) = tokio::join!(scope.round(code), scope.draft(code, unit), scope.unit(unit));
        let (round, _) = round?.ok_or(OperationError::Missing("round"))?;
        part_of(&round, known?)?;
        takes_drafts(&round)?;
        Ok(Self { office, scope, caller, round: code, unit, draft: draft? })
    }

    async fn newest_revision(&self) -> Result<u32, OperationError> {
        let newest = self.scope.latest_revision(self.round, self.unit).await?;
        Ok(newest.map_or(0, |newest| newest.envelope.revision))
    }

    fn refused(&self, read: DraftRead, places: &[String]) -> Option<OperationError> {
        refused(self.round, self.draft.as_ref(), read, places)
    }

    /// Keeps what is to stand in the draft, and gives what stands in it then. Who asks again for what is there already gets it: the answer to
    /// the first time may have been lost.
    async fn keep(
        &self,
        read: DraftRead,
        content: DraftContent,
        places: &[String],
    ) -> Result<DraftView, OperationError> {
        if let Some(draft) = self.draft.as_ref().filter(|draft| draft.content == content)
            && matches!(read, DraftRead::ThereIsNone | DraftRead::State(_))
        {
            return Ok(DraftView::of(self.round, draft.clone()));
        }
        if let Some(refused) = self.refused(read, places) {
            return Err(refused);
        }
        let (by, at) = (Signatory::of(self.caller), self.office.now());
        let there = self.draft.as_ref().map(|draft| draft.state(self.round));
        let draft = match self.draft.clone() {
            Some(draft) => draft.rewritten(self.round, content, by, at),
            None => Draft::begun(content, by, at),
        };
        match self.scope.keep_draft(self.round, self.unit, there, &draft).await {
            Ok(()) => Ok(DraftView::of(self.round, draft)),
            Err(StoreError::DraftMoved) => {
                let now = self.scope.draft(self.round, self.unit).await?;
                match now.filter(|now| now.content == draft.content) {
                    Some(now) => Ok(DraftView::of(self.round, now)),
                    None => Err(moved(self.scope, self.round, self.unit, read, places).await?),
                }
            }
            Err(other) => Err(other.into()),
        }
    }
}

/// Whether members write drafts in a round: what they type while it is closed may still be sent back to them.
fn takes_drafts(round: &Round) -> Result<(), OperationError> {
    match round.state {
        RoundState::Planned => Err(OperationError::NotPossible { code: "round-not-open-yet" }),
        RoundState::Final | RoundState::Archived => Err(OperationError::NotPossible { code: "round-is-over" }),
        RoundState::Open | RoundState::Closed | RoundState::Reviewing | RoundState::Published => Ok(()),
    }
}

/// Why somebody who read something may not write on what is there.
pub(crate) fn refused(
    round: &RoundCode,
    there: Option<&Draft>,
    read: DraftRead,
    places: &[String],
) -> Option<OperationError> {
    let current = there.map(|draft| draft.state(round));
    match (read, current) {
        (DraftRead::Nothing, _) => Some(OperationError::DraftNotRead { current }),
        (DraftRead::ThereIsNone, None) => None,
        (DraftRead::State(read), Some(current)) if read == current => None,
        (DraftRead::State(read), Some(current)) => {
            let differs = there.map(|draft| differs(draft, read, places)).unwrap_or_default();
            Some(OperationError::DraftStale { current: Some(current), differs })
        }
        (DraftRead::ThereIsNone | DraftRead::State(_) | DraftRead::Other, current) => {
            Some(OperationError::DraftStale { current, differs: Vec::new() })
        }
    }
}

/// The same, once somebody came first.
pub(crate) async fn moved(
    scope: &Scope,
    round: &RoundCode,
    unit: &UnitCode,
    read: DraftRead,
    places: &[String],
) -> Result<OperationError, OperationError> {
    let now = scope.draft(round, unit).await?;
    let current = now.as_ref().map(|draft| draft.state(round));
    let stale = OperationError::DraftStale { current, differs: Vec::new() };
    Ok(refused(round, now.as_ref(), read, places).unwrap_or(stale))
}

/// Which fields became different since somebody read them, and which of them he wrote on, too.
fn differs(draft: &Draft, read: Digest, places: &[String]) -> Vec<FormProblem> {
    let since = draft.changed_since(read);
    let mut differs: Vec<FormProblem> = since
        .fields
        .iter()
        .map(|field| {
            let is_both = places.iter().any(|place| touches(place, field));
            FormProblem::say(field.clone(), if is_both { "changed-by-both" } else { "changed-meanwhile" }, &[])
        })
        .collect();
    if !since.is_complete {
        differs.push(FormProblem::say("", "changed-elsewhere", &[]));
    }
    differs
}

/// Explanations of a draft may be short, but neither many nor long.
fn examine(explanations: &[Explanation]) -> Result<(), OperationError> {
    let mut problems = Problems::default();
    if explanations.len() > EXPLANATIONS_MAX {
        problems.add("/explanations", "too-many", &[("limit", &EXPLANATIONS_MAX.to_string())]);
    }
    for (index, explanation) in explanations.iter().enumerate().take(EXPLANATIONS_MAX) {
        if explanation.text.chars().count() > EXPLANATION_CHARS_MAX {
            let limit = EXPLANATION_CHARS_MAX.to_string();
            problems.add(format!("/explanations/{index}/text"), "too-long", &[("limit", &limit)]);
        }
    }
    problems.none_left()
}

/// What two messages made together has to be within the limits of one.
fn within_limits(value: Value) -> Result<Value, OperationError> {
    parse_value(value).map_err(|misplaced| {
        OperationError::Invalid(vec![FormProblem::say(misplaced.pointer, misplaced.reason.code(), &[])])
    })
}
