//! What lies on the desk of somebody who writes for members: each round that concerns their units, and how far each unit is.

use domain::access::{Caller, Operation, Target};
use domain::draft::{DraftStep, DraftStepKind};
use domain::expectation::{Expectation, expectation};
use domain::federation::OrgUnit;
use domain::ids::{FederationCode, UnitCode};
use domain::limits::DESK_UNITS_MAX;
use domain::round::{Round, RoundState};
use domain::submission::Standing;
use jiff::Timestamp;
use store::Scope;

use crate::error::OperationError;
use crate::office::Office;

/// A round as it lies on somebody's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRound {
    /// The round.
    pub round: Round,
    /// The units for which they write and which the round concerns, in order of the codes.
    pub tasks: Vec<DeskTask>,
}

/// What a unit has to do in a round, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskTask {
    /// The unit.
    pub unit: UnitCode,
    /// Its name.
    pub name: String,
    /// What is expected of it.
    pub expectation: Expectation,
    /// Until when, in this round: a return may have given the unit a later day.
    pub due_at: Timestamp,
    /// How far it is.
    pub stage: DeskStage,
    /// The newest revision, where there is one.
    pub revision: Option<u32>,
    /// When the draft was last written on, where there is one.
    pub drafted_at: Option<Timestamp>,
}

/// How far a unit is in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskStage {
    /// Nothing is written yet.
    Untouched,
    /// A draft is being written.
    Drafted,
    /// A draft waits for its signature.
    Presented,
    /// What was handed in is held back by errors.
    Blocked,
    /// What was handed in was sent back.
    SentBack,
    /// It is handed in.
    HandedIn,
    /// Nothing has to be done: it is exempt, or was merged into another.
    NotExpected,
}

impl Office {
    /// What lies on the caller's desk in a federation: the newest rounds first, none that was put away. Empty for who writes for nobody.
    pub async fn desk(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<DeskRound>, OperationError> {
        let scope = self.scope(caller, Operation::ReadRound, federation)?;
        let is_theirs = |unit: &OrgUnit| caller.may(Operation::ReadDraft, Target::Unit(federation, &unit.code)).is_ok();
        if !caller.grants.iter().any(|grant| grant.role().is_of_a_member()) {
            return Ok(Vec::new());
        }
        let units: Vec<OrgUnit> = scope.units().await?.into_iter().filter(is_theirs).take(DESK_UNITS_MAX).collect();
        let mut rounds: Vec<Round> = scope.rounds().await?;
        rounds.retain(|round| !matches!(round.state, RoundState::Planned | RoundState::Archived));
        rounds.sort_by(|one, other| other.due_at.cmp(&one.due_at).then_with(|| one.code.cmp(&other.code)));
        let mut desk = Vec::with_capacity(rounds.len());
        for round in rounds {
            let mut tasks = Vec::new();
            for unit in &units {
                if let Some(expectation) = expectation(&round, unit) {
                    tasks.push(task(&scope, &round, unit, expectation).await?);
                }
            }
            if !tasks.is_empty() {
                desk.push(DeskRound { round, tasks });
            }
        }
        Ok(desk)
    }
}

async fn task(
    scope: &Scope,
    round: &Round,
    unit: &OrgUnit,
    expectation: Expectation,
) -> Result<DeskTask, OperationError> {
    let (latest, draft, open_return) = tokio::join!(
        scope.latest_revision(&round.code, &unit.code),
        scope.draft(&round.code, &unit.code),
        scope.open_return(&round.code, &unit.code),
    );
    let (latest, draft, open_return) = (latest?, draft?, open_return?);
    let revision = latest.as_ref().map(|latest| latest.envelope.revision);
    let step: Option<&DraftStep> = draft.as_ref().and_then(|draft| draft.step.as_ref());
    let is_presented = step.is_some_and(|step| step.kind == DraftStepKind::Presented);
    let stage = match (&expectation, latest.as_ref().map(|latest| latest.receipt.body.standing)) {
        (Expectation::Exempt(_) | Expectation::Merged(_), None) => DeskStage::NotExpected,
        _ if is_presented => DeskStage::Presented,
        (_, Some(_)) if open_return.is_some() => DeskStage::SentBack,
        (_, Some(Standing::Accepted)) => DeskStage::HandedIn,
        (_, Some(Standing::Blocked)) => DeskStage::Blocked,
        (_, None) if draft.is_some() => DeskStage::Drafted,
        (_, None) => DeskStage::Untouched,
    };
    Ok(DeskTask {
        unit: unit.code.clone(),
        name: unit.name.clone(),
        expectation,
        due_at: open_return.map_or(round.due_at, |returned| returned.due_at),
        stage,
        revision,
        drafted_at: draft.map(|draft| draft.at),
    })
}
