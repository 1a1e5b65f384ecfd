//! What the clock does by itself: planned rounds are opened when their day has come, and members who have not handed in are reminded.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::activation::Signatory;
use domain::audit::Act;
use domain::expectation::{Expectation, expectation};
use domain::ids::{TokenId, UnitCode};
use domain::limits::MEMBERS_NAMED_MAX;
use domain::register::Register;
use domain::round::{Round, RoundAct, RoundState};
use domain::submission::Standing;
use store::{NewMemberNotice, NewReminder, Scope, StoreError};
use tokio_util::sync::CancellationToken;

use crate::error::OperationError;
use crate::office::{Office, locked};
use crate::quarantine::THE_HOUSE;

/// How often the clock is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

impl Office {
    /// Keeps time until `stop`.
    pub async fn keep_time(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.look_at_the_clock().await {
                tracing::error!(error = &error as &dyn std::error::Error, "the clock could not be looked at");
            }
            tokio::select! { () = tokio::time::sleep(LOOK_EVERY) => {}, () = stop.cancelled() => {} }
        }
    }

    /// Does whatever the time has come for, once. Several hosts may look at once: each thing is done by one of them.
    pub async fn look_at_the_clock(&self) -> Result<(), OperationError> {
        for (federation, round, version) in self.house.store.rounds_on_the_clock().await? {
            let scope = self.house.store.federation(&federation);
            let done = match round.state {
                RoundState::Planned => self.open_by_the_clock(&scope, &round, version).await,
                RoundState::Open => self.remind(&scope, &round).await,
                _ => Ok(()),
            };
            // One round's trouble is not the others'.
            if let Err(error) = done {
                tracing::warn!(round = %round.code, error = &error as &dyn std::error::Error, "not done in time");
            }
        }
        self.do_daily_work().await
    }

    /// Does what is worth doing once a day: reminds members of what is overdue, and sweeps away files that were begun and never finished.
    async fn do_daily_work(&self) -> Result<(), OperationError> {
        let now = self.now();
        let today = self.day_of(now);
        if *locked(&self.house.daily_work_done_on) == Some(today) {
            return Ok(());
        }
        self.remind_of_what_is_overdue(today).await?;
        self.house.store.sweep_uploads(now).await?;
        *locked(&self.house.daily_work_done_on) = Some(today);
        Ok(())
    }

    async fn open_by_the_clock(&self, scope: &Scope, round: &Round, version: u64) -> Result<(), OperationError> {
        let now = self.now();
        if !round.opens_by(now) {
            return Ok(());
        }
        let opened = round.after(RoundAct::Open, now)?;
        let house = Signatory { token: TokenId(uuid::Uuid::nil()), label: THE_HOUSE.to_owned() };
        let act = self.act_of_the_house("open-round", format!("round/{}", round.code));
        match scope.change_round(&opened, version, &house, act).await {
            // Another host, or somebody, was quicker.
            Ok(()) | Err(StoreError::Stale { .. }) => {}
            Err(other) => return Err(other.into()),
        }
        self.forget_round(scope.code(), &round.code);
        Ok(())
    }

    async fn remind(&self, scope: &Scope, round: &Round) -> Result<(), OperationError> {
        let Some(days) = round.reminder_by(self.now(), self.zone()) else { return Ok(()) };
        if scope.reminders_given(&round.code, round.due_at).await?.contains(&days) {
            return Ok(());
        }
        let register = self.register(scope).await?;
        let missing = missing(scope, round, &register).await?;
        let due = self.told_time(round.due_at);
        let left = days_between(self.day_of(self.now()), self.day_of(round.due_at));
        let days_told = left.unsigned_abs().to_string();
        let code = match left {
            1.. => "reminder-before",
            0 => "reminder-on-the-day",
            _ => "reminder-after",
        };
        let mut notices = self.tell(scope, round, &missing, code, &[("due", &due), ("days", &days_told)]).await?;
        let mut to_administration = None;
        if days > 0 && !missing.is_empty() {
            let (count, names) = (missing.len().to_string(), names(&register, &missing));
            let arguments = [("round", round.code.as_str()), ("count", count.as_str()), ("names", names.as_str())];
            to_administration = Some(self.notice(format!("round/{}", round.code), "members-missing", &arguments)?);
            notices.extend(self.tell_those_above(scope, round, &register, &missing).await?);
        }
        let act = self.act_of_the_house("remind", format!("round/{}/reminder/{days}", round.code));
        let (code, due_at) = (round.code.clone(), round.due_at);
        scope.give_reminder(NewReminder { round: code, days, due_at, notices, to_administration }, act).await?;
        self.house.post_given.notify_one();
        Ok(())
    }

    /// Tells the units above those that are missing, each of its own.
    async fn tell_those_above(
        &self,
        scope: &Scope,
        round: &Round,
        register: &Register,
        missing: &[UnitCode],
    ) -> Result<Vec<NewMemberNotice>, OperationError> {
        let mut below: BTreeMap<UnitCode, Vec<UnitCode>> = BTreeMap::new();
        for unit in missing {
            if let Some(above) = register.above(unit).first() {
                below.entry(above.code.clone()).or_default().push(unit.clone());
            }
        }
        let mut told = Vec::new();
        for (above, missing) in below {
            let (count, names) = (missing.len().to_string(), names(register, &missing));
            let arguments = [("count", count.as_str()), ("names", names.as_str())];
            told.extend(self.tell(scope, round, &[above], "members-missing", &arguments).await?);
        }
        Ok(told)
    }

    /// What the audit log will say of something that nobody asked for.
    pub(crate) fn act_of_the_house(&self, verb: &str, subject: String) -> Act {
        Act {
            at: self.now(),
            actor: THE_HOUSE.to_owned(),
            verb: verb.to_owned(),
            subject,
            found: None,
            left: None,
            reason: String::new(),
        }
    }
}

/// Who is expected in a round, in order of the codes.
pub(crate) fn expected(round: &Round, register: &Register) -> Vec<UnitCode> {
    let is_expected = |unit: &&domain::federation::OrgUnit| expectation(round, unit) == Some(Expectation::Expected);
    register.units().filter(is_expected).map(|unit| unit.code.clone()).collect()
}

/// Who is expected and has handed in nothing, or nothing that counts, or was sent it back.
async fn missing(scope: &Scope, round: &Round, register: &Register) -> Result<Vec<UnitCode>, OperationError> {
    let progress = scope.progress(&round.code).await?;
    let there: BTreeSet<UnitCode> =
        progress.into_iter().filter(|row| row.standing == Standing::Accepted).map(|row| row.unit).collect();
    let sent_back = if round.policy.review { scope.units_sent_back(&round.code).await? } else { BTreeSet::new() };
    let is_missing = |unit: &UnitCode| !there.contains(unit) || sent_back.contains(unit);
    Ok(expected(round, register).into_iter().filter(is_missing).collect())
}

/// The first names of some units, and that there are more where there are.
fn names(register: &Register, units: &[UnitCode]) -> String {
    let named = units.iter().take(MEMBERS_NAMED_MAX);
    let names: Vec<&str> = named.map(|code| register.unit(code).map_or(code.as_str(), |unit| &unit.name)).collect();
    let more = if units.len() > MEMBERS_NAMED_MAX { "…" } else { "" };
    format!("{}{more}", names.join("、"))
}

/// Whole days from one day to another; negative where it lies before.
fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
