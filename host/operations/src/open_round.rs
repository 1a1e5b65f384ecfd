//! A round is opened: what it asks for is pinned by digest.

use std::collections::BTreeSet;

use domain::access::{Caller, Operation};
use domain::calendar::{Calendar, Period};
use domain::digest::Digest;
use domain::fields::FieldPath;
use domain::ids::{FederationCode, RoundCode};
use domain::limits::{RECEIPT_PATTERN_CHARS_MAX, REMINDERS_MAX};
use domain::release::Release;
use domain::round::{Exemption, PolicyFault, Round, RoundPolicy, RoundState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Scope;

use crate::error::OperationError;
use crate::form::Form;
use crate::office::Office;
use crate::problem::Problems;

/// Reports that one round may have.
const REPORTS_MAX: usize = 16;

/// What a round is opened with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRound {
    /// Unique in the federation.
    pub code: RoundCode,
    /// Its title.
    pub title: String,
    /// The span that it asks about.
    pub period: Period,
    /// When it begins to take submissions; at once where it is left out.
    #[serde(default)]
    pub opens_at: Option<Timestamp>,
    /// When submissions are due.
    pub due_at: Timestamp,
    /// A release of the federation that is a rubric.
    pub rubric: Digest,
    /// Releases of the federation that are reports.
    #[serde(default)]
    pub reports: Vec<Digest>,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The attribute by whose value members are settled in separate cohorts.
    #[serde(default)]
    pub cohort_by: Option<String>,
    /// Who need not report.
    #[serde(default)]
    pub exemptions: Vec<Exemption>,
    /// Who signs, who reviews, how much grace there is, when members are reminded.
    #[serde(default)]
    pub policy: RoundPolicy,
}

impl Office {
    /// Opens a round, or plans it for later: its releases are pinned by digest.
    pub async fn open_round(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewRound,
    ) -> Result<Round, OperationError> {
        let scope = self.scope(caller, Operation::SteerRound, federation)?;
        let mut problems = Problems::default();
        examine_words(&new, &mut problems);
        examine_policy(&new.policy, "/policy", &mut problems);
        examine_exemptions(&scope, &new.exemptions, &mut problems).await?;
        self.examine_releases(&scope, new.rubric, &new.reports, &mut problems).await?;
        problems.none_left()?;
        let is_planned = new.opens_at.is_some_and(|opens| opens > self.now());
        let round = Round {
            code: new.code,
            title: new.title,
            period: new.period,
            opens_at: new.opens_at,
            due_at: new.due_at,
            state: if is_planned { RoundState::Planned } else { RoundState::Open },
            published_at: None,
            rubric: new.rubric,
            reports: new.reports,
            pins_fixed: false,
            calendar: in_order(new.calendar),
            cohort_by: new.cohort_by,
            exemptions: new.exemptions,
            policy: new.policy,
        };
        let verb = if is_planned { "plan-round" } else { "open-round" };
        let act = self.act(caller, verb, format!("round/{}", round.code), Some(round.rubric), "");
        scope.open_round(&round, act).await?;
        Ok(round)
    }

    /// Whether the releases are there, are what they are taken for, and the reports want nothing that the rubric's form marks as personal.
    pub(crate) async fn examine_releases(
        &self,
        scope: &Scope,
        rubric: Digest,
        reports: &[Digest],
        problems: &mut Problems,
    ) -> Result<(), OperationError> {
        let form = match scope.release(rubric).await? {
            None => {
                problems.add("/rubric", "unknown-release", &[]);
                None
            }
            Some(Release { descriptions, .. }) => match descriptions.rubric {
                None => {
                    problems.add("/rubric", "not-a-rubric", &[]);
                    None
                }
                Some(description) => Some(Form::compile(&description.form).map_err(OperationError::FormNotAdmitted)?),
            },
        };
        if reports.len() > REPORTS_MAX {
            problems.add("/reports", "too-many", &[("limit", &REPORTS_MAX.to_string())]);
        }
        let mut seen = BTreeSet::new();
        for (index, report) in reports.iter().enumerate().take(REPORTS_MAX) {
            let at = format!("/reports/{index}");
            if !seen.insert(report) {
                problems.add(&at, "repeated", &[]);
            }
            let Some(release) = scope.release(*report).await? else {
                problems.add(&at, "unknown-release", &[]);
                continue;
            };
            let Some(description) = release.descriptions.report else {
                problems.add(&at, "not-a-report", &[]);
                continue;
            };
            let paths = description.fields.iter().map(|field| field.at.parse::<FieldPath>().unwrap_or_default());
            let wants_personal = |form: &Form| paths.clone().any(|path| form.is_personal(&path));
            if form.as_ref().is_some_and(wants_personal) {
                problems.add(&at, "personal-field", &[]);
            }
        }
        Ok(())
    }
}

fn examine_words(new: &NewRound, problems: &mut Problems) {
    problems.name("/title", &new.title);
    if new.opens_at.is_some_and(|opens| opens >= new.due_at) {
        problems.add("/opens_at", "opens-after-it-is-due", &[]);
    }
    if let Some(attribute) = &new.cohort_by {
        problems.name("/cohort_by", attribute);
    }
    for (index, exemption) in new.exemptions.iter().enumerate() {
        problems.name(format!("/exemptions/{index}/reason"), &exemption.reason);
    }
    for (name, days) in [("holidays", &new.calendar.holidays), ("working_days", &new.calendar.working_days)] {
        for (index, day) in days.iter().enumerate() {
            if !new.calendar.covers.contains(*day) {
                problems.add(format!("/calendar/{name}/{index}"), "not-in-period", &[]);
            }
        }
    }
}

/// Whether a policy can be kept.
pub(crate) fn examine_policy(policy: &RoundPolicy, at: &str, problems: &mut Problems) {
    for fault in policy.faults() {
        match fault {
            PolicyFault::OutOfBounds { field, least, most } => {
                let (least, most) = (least.to_string(), most.to_string());
                problems.add(format!("{at}/{field}"), "out-of-bounds", &[("least", &least), ("most", &most)]);
            }
            PolicyFault::TooManyReminders => {
                problems.add(format!("{at}/reminders"), "too-many", &[("limit", &REMINDERS_MAX.to_string())]);
            }
            PolicyFault::ReminderRepeated => problems.add(format!("{at}/reminders"), "repeated", &[]),
            PolicyFault::PatternUnreadable => {
                let limit = RECEIPT_PATTERN_CHARS_MAX.to_string();
                problems.add(format!("{at}/receipt_pattern"), "receipt-pattern-unreadable", &[("limit", &limit)]);
            }
            PolicyFault::PatternNotUnique => {
                problems.add(format!("{at}/receipt_pattern"), "receipt-pattern-not-unique", &[]);
            }
        }
    }
}

async fn examine_exemptions(
    scope: &Scope,
    exemptions: &[Exemption],
    problems: &mut Problems,
) -> Result<(), OperationError> {
    if exemptions.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<_> = scope.units().await?.into_iter().map(|unit| unit.code).collect();
    let mut seen = BTreeSet::new();
    for (index, exemption) in exemptions.iter().enumerate() {
        if !known.contains(&exemption.unit) {
            problems.add(format!("/exemptions/{index}/unit"), "unknown-unit", &[]);
        }
        if !seen.insert(&exemption.unit) {
            problems.add(format!("/exemptions/{index}/unit"), "repeated", &[]);
        }
    }
    Ok(())
}

/// The calendar with its days in the order that looking them up relies on.
fn in_order(mut calendar: Calendar) -> Calendar {
    for days in [&mut calendar.holidays, &mut calendar.working_days] {
        days.sort_unstable();
        days.dedup();
    }
    calendar
}
