//! What a round says is changed while it goes on: when it is due, who need not report, which days are worked.

use domain::access::{Caller, Operation};
use domain::activation::Signatory;
use domain::calendar::Calendar;
use domain::ids::{FederationCode, RoundCode, UnitCode};
use domain::round::{Exemption, Round, RoundState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::office::Office;
use crate::open_round::{examine_calendar, examine_exemptions, in_order};
use crate::problem::Problems;
use crate::timekeeping::expected;

/// What is to be different in a round; what is left out stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRoundChange {
    /// When it is opened, where it is planned.
    #[serde(default)]
    pub opens_at: Option<Timestamp>,
    /// When submissions are due.
    #[serde(default)]
    pub due_at: Option<Timestamp>,
    /// Who need not report: all of them.
    #[serde(default)]
    pub exemptions: Option<Vec<Exemption>>,
    /// Which days are worked.
    #[serde(default)]
    pub calendar: Option<Calendar>,
    /// Why.
    pub reason: String,
}

impl Office {
    /// Changes what a round says, with a reason, as long as it collects. Members are told of another due date, and of an exemption whoever has it.
    /// What was in time stays in time: lateness was settled when a revision was received.
    pub async fn change_round(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        code: &RoundCode,
        new: NewRoundChange,
    ) -> Result<Round, OperationError> {
        let scope = self.scope(caller, Operation::SteerRound, federation)?;
        let (round, version) = scope.round(code).await?.ok_or(OperationError::Missing("round"))?;
        if !matches!(round.state, RoundState::Planned | RoundState::Open) {
            return Err(OperationError::NotPossible { code: "round-not-collecting" });
        }
        let mut changed = round.clone();
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        if let Some(opens_at) = new.opens_at {
            if round.state != RoundState::Planned || opens_at <= self.now() {
                problems.add("/opens_at", "not-in-the-future", &[]);
            }
            changed.opens_at = Some(opens_at);
        }
        if let Some(due_at) = new.due_at {
            if due_at <= self.now() {
                problems.add("/due_at", "not-in-the-future", &[]);
            }
            changed.due_at = due_at;
        }
        if changed.opens_at.is_some_and(|opens| opens >= changed.due_at) {
            problems.add(if new.due_at.is_some() { "/due_at" } else { "/opens_at" }, "opens-after-it-is-due", &[]);
        }
        if let Some(calendar) = new.calendar {
            examine_calendar(&calendar, &mut problems);
            changed.calendar = in_order(calendar);
        }
        if let Some(exemptions) = new.exemptions {
            examine_exemptions(&scope, &exemptions, &mut problems).await?;
            changed.exemptions = exemptions;
        }
        problems.none_left()?;
        let register = self.register(&scope).await?;
        let mut notices = Vec::new();
        if changed.due_at != round.due_at {
            let due = self.told_time(changed.due_at);
            let all = expected(&changed, &register);
            notices =
                self.tell(&scope, &changed, &all, "due-date-moved", &[("due", &due), ("reason", &new.reason)]).await?;
        }
        let newly = changed.exemptions.iter().filter(|exemption| !round.exemptions.contains(exemption));
        for exemption in newly {
            let whom: [UnitCode; 1] = [exemption.unit.clone()];
            notices.extend(self.tell(&scope, &changed, &whom, "exempted", &[("reason", &exemption.reason)]).await?);
        }
        let act = self.act(caller, "change-round", format!("round/{code}"), None, &new.reason);
        scope.change_round_and_tell(&changed, version, &Signatory::of(caller), notices, act).await?;
        self.house.post_given.notify_one();
        self.forget_round(federation, code);
        Ok(changed)
    }
}
