//! Findings in a trial: which appear, which vanish, which weigh differently.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::finding::WeighedFinding;
use crate::ids::UnitCode;
use crate::limits::TRIAL_FINDINGS_MAX;
use crate::rubric::{Description, Severity};
use crate::text::Text;
use crate::trial::member::TriedMember;
use crate::trial::shortened;

/// A finding that is there under one rubric only, or weighs differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingChange {
    /// The check's code.
    pub check: String,
    /// Where in the answers (RFC 6901), the most telling place.
    pub at: String,
    /// How much it weighs under the rubric in force; none where it does not find it.
    pub before: Option<Severity>,
    /// How much it weighs under the candidate; none where it does not find it.
    pub after: Option<Severity>,
    /// What was found.
    pub message: Text,
}

/// How the findings of one check change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckChange {
    /// The check's code.
    pub check: String,
    /// What it is called.
    pub title: Text,
    /// Members with a finding that appears.
    pub appears: u32,
    /// Members with one that vanishes.
    pub vanishes: u32,
    /// Members with one that weighs differently.
    pub reweighed: u32,
}

/// What changes between two lists of findings on the same answers, and how many changes more than are listed.
pub fn finding_changes(before: &[WeighedFinding], after: &[WeighedFinding]) -> (Vec<FindingChange>, u32) {
    let mut open: BTreeMap<(&str, &[String]), VecDeque<&WeighedFinding>> = BTreeMap::new();
    for weighed in before {
        open.entry(key(weighed)).or_default().push_back(weighed);
    }
    let mut changes = Vec::new();
    for weighed in after {
        let known = open.get_mut(&key(weighed)).and_then(VecDeque::pop_front);
        if known.is_none_or(|known| known.severity != weighed.severity) {
            changes.push(change(weighed, known.map(|known| known.severity), Some(weighed.severity)));
        }
    }
    let vanished = open.into_values().flatten();
    changes.extend(vanished.map(|weighed| change(weighed, Some(weighed.severity), None)));
    let more = u32::try_from(changes.len().saturating_sub(TRIAL_FINDINGS_MAX)).unwrap_or(u32::MAX);
    changes.truncate(TRIAL_FINDINGS_MAX);
    (changes, more)
}

fn key(weighed: &WeighedFinding) -> (&str, &[String]) {
    (&weighed.finding.check, &weighed.finding.at)
}

fn change(weighed: &WeighedFinding, before: Option<Severity>, after: Option<Severity>) -> FindingChange {
    let finding = &weighed.finding;
    let message = Text { zh: shortened(&finding.message.zh), en: shortened(&finding.message.en) };
    let at = finding.at.first().cloned().unwrap_or_default();
    FindingChange { check: finding.check.clone(), at, before, after, message }
}

/// How often each check changes, in the candidate's order, those that it no longer has last.
pub fn check_changes(members: &[TriedMember], before: &Description, after: &Description) -> Vec<CheckChange> {
    let mut changed: BTreeMap<(&str, u8), BTreeSet<&UnitCode>> = BTreeMap::new();
    for member in members {
        for change in &member.findings {
            let how = match (change.before, change.after) {
                (None, _) => 0,
                (_, None) => 1,
                _ => 2,
            };
            changed.entry((&change.check, how)).or_default().insert(&member.unit);
        }
    }
    let only_before = before.checks.iter().filter(|check| after.check(&check.code).is_none());
    let all = after.checks.iter().chain(only_before).filter_map(|check| {
        let members = |how| changed.get(&(check.code.as_str(), how)).map_or(0, BTreeSet::len);
        let count = |how| u32::try_from(members(how)).unwrap_or(u32::MAX);
        let change = CheckChange {
            check: check.code.clone(),
            title: check.title.clone(),
            appears: count(0),
            vanishes: count(1),
            reweighed: count(2),
        };
        (change.appears + change.vanishes + change.reweighed > 0).then_some(change)
    });
    all.collect()
}
