//! Reviewers open what a member has to put right; the member plans it and does it; a reviewer accepts it.

use std::collections::BTreeSet;

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::digest::Digest;
use domain::ids::{FederationCode, RectificationId, RoundCode, UnitCode};
use domain::limits::RECTIFICATIONS_MAX;
use domain::points::Points;
use domain::rectification::{
    Cause, KnownRectification, Rectification, RectificationAct, RectificationState, RectificationStep,
};
use domain::round::Round;
use domain::rubric::{CriterionKind, Description};
use domain::scorecard::{EntryKind, Scorecard};
use domain::settled::Settled;
use domain::verdict::Scored;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Scope, StoreError};

use crate::attachment::rests_on;
use crate::error::OperationError;
use crate::office::Office;
use crate::problem::Problems;
use crate::shown::{Sight, settled_verdict};

/// Why something has to be put right, as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum NewCause {
    /// Points that the member lost.
    Deduction {
        /// The criterion.
        criterion: String,
    },
    /// A problem that the member stated.
    Stated {
        /// Where in its answers (RFC 6901).
        at: String,
    },
}

/// What is to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRectification {
    /// Why.
    pub cause: NewCause,
    /// What has to be put right.
    pub problem: String,
    /// The office or post that answers for it, where that is known already.
    #[serde(default)]
    pub owner: String,
    /// Until when.
    pub due_on: Date,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRectificationStep {
    /// How many steps there were when it was decided: who comes second reads again.
    pub after: u32,
    /// What is done.
    pub act: RectificationAct,
}

/// Points that a member lost, for which something may have to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deduction {
    /// The criterion.
    pub criterion: String,
    /// How many points short of the most that it gives.
    pub lost: Points,
    /// What the rubric and the reviewers said.
    pub reasons: Vec<String>,
    /// The item that was opened for it, where one was.
    pub rectification: Option<RectificationId>,
}

/// An item as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RectificationView {
    /// Its identifier.
    pub id: RectificationId,
    /// The round that it comes from.
    pub round: RoundCode,
    /// Whose.
    pub unit: UnitCode,
    /// The revision that it is about.
    pub revision: u32,
    /// Why.
    pub cause: Cause,
    /// What has to be put right.
    pub problem: String,
    /// The office or post that answers for it; empty where nobody said so.
    pub owner: String,
    /// What the member will do; none where it did not say so.
    pub measure: Option<String>,
    /// Until when.
    pub due_on: Date,
    /// How far it is.
    pub state: RectificationState,
    /// Whether the member should have put it right by today.
    pub overdue: bool,
    /// The day on which it was put right, as the member says.
    pub completed_on: Option<Date>,
    /// Whether that was after it was due.
    pub late: bool,
    /// Who opened it.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// What was done, the oldest first.
    pub steps: Vec<RectificationStep>,
}

impl RectificationView {
    /// An item as it stands on a day.
    pub(crate) fn on(today: Date, known: KnownRectification) -> Self {
        let (state, overdue, late) = (known.state(), known.is_overdue(today), known.was_late());
        let (due_on, completed_on) = (known.due_on(), known.completed_on());
        let (owner, measure) = (known.owner().to_owned(), known.measure().map(str::to_owned));
        let KnownRectification { rectification, steps } = known;
        let Rectification { id, round, unit, revision, cause, problem, by, at, .. } = rectification;
        Self {
            id,
            round,
            unit,
            revision,
            cause,
            problem,
            owner,
            measure,
            due_on,
            state,
            overdue,
            completed_on,
            late,
            by,
            at,
            steps,
        }
    }
}

/// What a unit has to put right, seen from a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rectifications {
    /// From this round.
    pub own: Vec<RectificationView>,
    /// From earlier rounds, the unit's own and those of units that it took over: what was not put right when this round's period began.
    pub carried: Vec<RectificationView>,
}

/// What of a unit was settled, as far as it may be spoken of.
struct Ground {
    scope: Scope,
    round: Round,
    settled: std::sync::Arc<Settled>,
    revision: u32,
    rubric: Digest,
}

impl Office {
    /// The points that a unit lost in what members see of the round, the most first.
    pub async fn deductions(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Vec<Deduction>, OperationError> {
        let ground = self.ground(caller, Operation::SteerRectification, federation, round, unit).await?;
        let release = self.known_release(&ground.scope, ground.rubric).await?;
        let rubric = release.descriptions.rubric.as_ref();
        let rubric = rubric.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let verdict = settled_verdict(&ground.scope, &ground.settled, unit).await?;
        let scorecard = verdict.and_then(|verdict| match verdict.score {
            Scored::Card(scorecard) => Some(scorecard),
            Scored::Refused(_) => None,
        });
        let known = ground.scope.rectifications_of_unit(unit).await?;
        let opened = |criterion: &str| {
            let is_so = |known: &&KnownRectification| {
                known.rectification.round == ground.round.code
                    && matches!(&known.rectification.cause, Cause::Deduction { criterion: of, .. } if of == criterion)
            };
            known.iter().find(is_so).map(|known| known.rectification.id)
        };
        let deductions = lost_points(&ground, unit, rubric).into_iter().map(|(criterion, lost)| Deduction {
            reasons: scorecard.as_ref().map(|card| reasons(card, &criterion)).unwrap_or_default(),
            rectification: opened(&criterion),
            criterion,
            lost,
        });
        let mut deductions: Vec<Deduction> = deductions.collect();
        deductions.sort_by(|one, other| other.lost.cmp(&one.lost));
        Ok(deductions)
    }

    /// Opens what a unit has to put right, all or nothing.
    pub async fn open_rectifications(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        new: Vec<NewRectification>,
    ) -> Result<Vec<RectificationView>, OperationError> {
        let ground = self.ground(caller, Operation::SteerRectification, federation, round, unit).await?;
        let causes = self.examine_rectifications(&ground, unit, &new).await?;
        let (now, by) = (self.now(), Signatory::of(caller));
        let mut items = Vec::with_capacity(new.len());
        for (new, cause) in new.into_iter().zip(causes) {
            items.push(Rectification {
                id: RectificationId(self.randomness().identifier(now)?),
                round: round.clone(),
                unit: unit.clone(),
                revision: ground.revision,
                cause,
                problem: new.problem,
                owner: new.owner,
                due_on: new.due_on,
                by: by.clone(),
                at: now,
            });
        }
        let digest = Digest::of(&rmp_serde::to_vec_named(&items).map_err(OperationError::host)?);
        // The words are for the member; the log that outsiders read has their digest.
        let act = self.act(caller, "open-rectifications", format!("submission/{round}/{unit}"), Some(digest), "");
        ground.scope.keep_rectifications(&items, act).await.map_err(too_many)?;
        let today = self.day_of(now);
        let views = items
            .into_iter()
            .map(|rectification| RectificationView::on(today, KnownRectification { rectification, steps: vec![] }));
        Ok(views.collect())
    }

    /// Does a step about an item: the member plans and completes, a reviewer accepts, sends back, postpones or drops. Who says that it is put
    /// right does not accept it.
    pub async fn step_rectification(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
        id: RectificationId,
        new: NewRectificationStep,
    ) -> Result<RectificationView, OperationError> {
        let operation = if new.act.is_the_members() { Operation::Rectify } else { Operation::SteerRectification };
        let scope = self.scope_of_unit(caller, operation, federation, unit)?;
        let known = scope.rectification(round, unit, id).await?.ok_or(OperationError::Missing("rectification"))?;
        let done = u32::try_from(known.steps.len()).unwrap_or(u32::MAX);
        if new.after != done {
            return Err(OperationError::Stale { current: Some(done) });
        }
        self.examine_step(&new.act)?;
        if let RectificationAct::Complete { evidence, .. } = &new.act {
            rests_on(&scope, round, unit, "/act/complete/evidence", evidence).await?;
        }
        if known.state().after(&new.act).is_none() {
            return Err(OperationError::NotPossible { code: "rectification-step-not-possible" });
        }
        if matches!(new.act, RectificationAct::Accept { .. }) {
            let completed = known.steps.iter().filter(|step| step.act.is_the_members());
            let completed: Vec<&Signatory> = completed.map(|step| &step.by).collect();
            self.second_person(caller, &completed).await?;
        }
        let now = self.now();
        let step = RectificationStep { act: new.act, by: Signatory::of(caller), at: now, on: self.day_of(now) };
        let digest = |value: &RectificationStep| {
            rmp_serde::to_vec_named(value).map(|bytes| Digest::of(&bytes)).map_err(OperationError::host)
        };
        let (left, found) = (digest(&step)?, known.steps.last().map(digest).transpose()?);
        let subject = format!("submission/{round}/{unit}/rectification/{id}");
        let act = self.act(caller, "step-rectification", subject, Some(left), step.act.code()).replacing(found);
        scope.keep_rectification_step(id, done.saturating_add(1), &step, act).await.map_err(too_many)?;
        let mut known = known;
        known.steps.push(step);
        Ok(RectificationView::on(self.day_of(now), known))
    }

    /// What a unit has to put right: from a round, and carried over into it from earlier ones.
    pub async fn rectifications(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Rectifications, OperationError> {
        let scope = self.scope_of_unit(caller, Operation::ReadSubmission, federation, unit)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let today = self.day_of(self.now());
        let own = scope.rectifications_of_unit(unit).await?.into_iter();
        let own = own.filter(|known| known.rectification.round == round.code);
        Ok(Rectifications {
            own: own.map(|known| RectificationView::on(today, known)).collect(),
            carried: self.carried_into(&scope, &round, unit).await?,
        })
    }

    /// What a unit, and those that it took over, had still to put right when a round's period began.
    pub(crate) async fn carried_into(
        &self,
        scope: &Scope,
        round: &Round,
        unit: &UnitCode,
    ) -> Result<Vec<RectificationView>, OperationError> {
        let rounds = scope.rounds().await?;
        let earlier: BTreeSet<&RoundCode> =
            rounds.iter().filter(|other| other.period.end() < round.period.start()).map(|other| &other.code).collect();
        if earlier.is_empty() {
            return Ok(Vec::new());
        }
        let units = scope.units().await?;
        let mut own: Vec<&UnitCode> = vec![unit];
        // A unit that was taken over may have taken over others before.
        let mut place = 0;
        while let Some(successor) = own.get(place).copied() {
            let taken_over = units.iter().filter(|other| other.successor.as_ref() == Some(successor));
            let new: Vec<&UnitCode> = taken_over.map(|other| &other.code).filter(|code| !own.contains(code)).collect();
            own.extend(new);
            place += 1;
        }
        let (mut carried, today) = (Vec::new(), self.day_of(self.now()));
        for unit in own {
            let known = scope.rectifications_of_unit(unit).await?.into_iter();
            let known = known.filter(|known| {
                earlier.contains(&known.rectification.round) && was_open_on(known, round.period.start())
            });
            carried.extend(known.map(|known| RectificationView::on(today, known)));
        }
        Ok(carried)
    }

    /// What was settled of a unit and is known to the member: in a reviewed round what was published.
    async fn ground(
        &self,
        caller: &Caller,
        operation: Operation,
        federation: &FederationCode,
        round: &RoundCode,
        unit: &UnitCode,
    ) -> Result<Ground, OperationError> {
        let scope = self.scope_of_unit(caller, operation, federation, unit)?;
        let (round, _) = scope.round(round).await?.ok_or(OperationError::Missing("round"))?;
        let (sight, code) =
            if round.policy.review { (Sight::Published, "not-published") } else { (Sight::Everything, "not-settled") };
        let settled = self.settlement_in_sight(&scope, &round.code, sight).await?;
        let settled = settled.ok_or(OperationError::NotPossible { code })?;
        let of_unit = settled.cohorts.iter().find_map(|cohort| cohort.revisions.get(cohort.index_of(unit)?).copied());
        let revision = of_unit.ok_or(OperationError::NotPossible { code: "nothing-accepted" })?;
        Ok(Ground { rubric: settled.rubric, scope, round, settled, revision })
    }

    /// The causes of what is to be opened, once everything about it is in order.
    async fn examine_rectifications(
        &self,
        ground: &Ground,
        unit: &UnitCode,
        new: &[NewRectification],
    ) -> Result<Vec<Cause>, OperationError> {
        let mut problems = Problems::default();
        if new.is_empty() {
            problems.add("/items", "empty", &[]);
        }
        if new.len() > RECTIFICATIONS_MAX {
            problems.add("/items", "too-many", &[("limit", &RECTIFICATIONS_MAX.to_string())]);
        }
        let release = self.known_release(&ground.scope, ground.rubric).await?;
        let rubric = release.descriptions.rubric.as_ref();
        let rubric = rubric.ok_or(OperationError::NotPossible { code: "not-a-rubric" })?;
        let lost = lost_points(ground, unit, rubric);
        let answers = if new.iter().any(|new| matches!(new.cause, NewCause::Stated { .. })) {
            self.settled_answers(ground, unit).await?
        } else {
            Value::Null
        };
        let today = self.day_of(self.now());
        let mut causes = Vec::with_capacity(new.len());
        for (index, new) in new.iter().enumerate().take(RECTIFICATIONS_MAX) {
            let place = |field: &str| format!("/items/{index}/{field}");
            problems.review_text(&place("problem"), &new.problem);
            if !new.owner.is_empty() {
                problems.name(place("owner"), &new.owner);
            }
            if new.due_on < today {
                problems.add(place("due_on"), "not-in-the-future", &[]);
            }
            match &new.cause {
                NewCause::Deduction { criterion } => match lost.iter().find(|(of, _)| of == criterion) {
                    Some((criterion, lost)) => {
                        causes.push(Cause::Deduction { criterion: criterion.clone(), lost: *lost });
                    }
                    None => problems.add(place("cause/deduction/criterion"), "nothing-lost", &[]),
                },
                NewCause::Stated { at } if at.len() > domain::limits::POINTER_BYTES_MAX || !is_stated(&answers, at) => {
                    problems.add(place("cause/stated/at"), "nothing-stated", &[]);
                }
                NewCause::Stated { at } => causes.push(Cause::Stated { at: at.clone() }),
            }
        }
        problems.none_left()?;
        Ok(causes)
    }

    async fn settled_answers(&self, ground: &Ground, unit: &UnitCode) -> Result<Value, OperationError> {
        let revision = ground.scope.revision(&ground.round.code, unit, ground.revision).await?;
        let revision = revision.ok_or(OperationError::Missing("revision"))?;
        let bytes = ground.scope.blob(revision.answers).await?.ok_or(OperationError::Missing("blob"))?;
        rmp_serde::from_slice(&bytes).map_err(OperationError::host)
    }

    fn examine_step(&self, act: &RectificationAct) -> Result<(), OperationError> {
        let mut problems = Problems::default();
        let place = |field: &str| format!("/act/{}/{field}", act.code());
        match act {
            RectificationAct::Plan { measure, owner } => {
                problems.review_text(&place("measure"), measure);
                problems.name(place("owner"), owner);
            }
            RectificationAct::Complete { text, evidence } => {
                problems.review_text(&place("text"), text);
                problems.evidence(&place("evidence"), evidence.len());
            }
            RectificationAct::Accept { text }
            | RectificationAct::SendBack { text, .. }
            | RectificationAct::Postpone { text, .. }
            | RectificationAct::Drop { text } => problems.review_text(&place("text"), text),
        }
        if act.due_on().is_some_and(|due_on| due_on < self.day_of(self.now())) {
            problems.add(place("due_on"), "not-in-the-future", &[]);
        }
        problems.none_left()
    }
}

/// How many points a unit is short of the most that each criterion gives, where it is; a bonus that was not earned is nothing lost.
fn lost_points(ground: &Ground, unit: &UnitCode, rubric: &Description) -> Vec<(String, Points)> {
    let place = ground.settled.cohorts.iter().find_map(|cohort| Some((cohort, cohort.index_of(unit)?)));
    let Some((cohort, member)) = place else { return Vec::new() };
    let lost = cohort.lines_of(member, rubric).into_iter().filter_map(|line| {
        let criterion = rubric.criterion(&line.criterion)?;
        if !matches!(criterion.kind, CriterionKind::Base | CriterionKind::Deduction) {
            return None;
        }
        let lost = criterion.range_on(ground.round.period.end())?.most - line.points;
        (lost > Points::ZERO).then_some((line.criterion, lost))
    });
    lost.collect()
}

/// What was said where a criterion lost points.
fn reasons(scorecard: &Scorecard, criterion: &str) -> Vec<String> {
    let line = scorecard.lines.iter().find(|line| line.criterion == criterion);
    let entries = line.into_iter().flat_map(|line| &line.entries);
    let lost = entries.filter(|entry| {
        entry.points < Points::ZERO && matches!(entry.kind, EntryKind::Deduct | EntryKind::Judged | EntryKind::Adjusted)
    });
    lost.map(|entry| entry.reason.clone()).collect()
}

/// Whether something stands at a place of the answers.
fn is_stated(answers: &Value, at: &str) -> bool {
    at.starts_with('/')
        && answers.pointer(at).is_some_and(|value| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::Bool(_) | Value::Number(_) => true,
        })
}

/// Whether an item was still to be put right when a day began.
fn was_open_on(known: &KnownRectification, day: Date) -> bool {
    known.state().is_open() || known.steps.last().is_some_and(|step| step.on >= day)
}

fn too_many(error: StoreError) -> OperationError {
    match error {
        StoreError::Full(_) => OperationError::NotPossible { code: "too-many-rectifications" },
        other => other.into(),
    }
}
