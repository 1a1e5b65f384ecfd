//! Findings in a trial: which appear, which vanish, which weigh differently.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::finding::WeighedFinding;
use crate::limits::TRIAL_FINDINGS_MAX;
use crate::rubric::{Description, Severity};
use crate::text::Text;
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

/// How a finding changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Appears,
    Vanishes,
    Reweighed,
}

/// What changes between the findings of two rubrics on the same answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingChanges {
    /// The changes, as far as they are listed.
    pub listed: Vec<FindingChange>,
    /// How many more there are.
    pub more: u32,
    /// Which checks change in which way, all of them.
    checks: BTreeSet<(String, How)>,
}

/// What changes between two lists of findings on the same answers.
pub fn finding_changes(before: &[WeighedFinding], after: &[WeighedFinding]) -> FindingChanges {
    let mut open: BTreeMap<(&str, &[String]), VecDeque<&WeighedFinding>> = BTreeMap::new();
    for weighed in before {
        open.entry(key(weighed)).or_default().push_back(weighed);
    }
    let mut changes = FindingChanges::default();
    for weighed in after {
        match open.get_mut(&key(weighed)).and_then(VecDeque::pop_front) {
            None => changes.add(weighed, How::Appears, None, Some(weighed.severity)),
            Some(known) if known.severity != weighed.severity => {
                changes.add(weighed, How::Reweighed, Some(known.severity), Some(weighed.severity));
            }
            Some(_) => {}
        }
    }
    for weighed in open.into_values().flatten() {
        changes.add(weighed, How::Vanishes, Some(weighed.severity), None);
    }
    changes
}

impl FindingChanges {
    fn add(&mut self, weighed: &WeighedFinding, how: How, before: Option<Severity>, after: Option<Severity>) {
        let finding = &weighed.finding;
        self.checks.insert((finding.check.clone(), how));
        if self.listed.len() == TRIAL_FINDINGS_MAX {
            self.more = self.more.saturating_add(1);
            return;
        }
        let message = Text { zh: shortened(&finding.message.zh), en: shortened(&finding.message.en) };
        let at = shortened(finding.at.first().map_or("", String::as_str));
        self.listed.push(FindingChange { check: finding.check.clone(), at, before, after, message });
    }
}

fn key(weighed: &WeighedFinding) -> (&str, &[String]) {
    (&weighed.finding.check, &weighed.finding.at)
}

/// For how many members each check changes, in the candidate's order, those that it no longer has last.
pub(super) fn check_changes<'c>(
    changes: impl Iterator<Item = &'c FindingChanges>,
    before: &Description,
    after: &Description,
) -> Vec<CheckChange> {
    let mut members: BTreeMap<(&str, How), u32> = BTreeMap::new();
    for (check, how) in changes.flat_map(|changes| &changes.checks) {
        *members.entry((check, *how)).or_default() += 1;
    }
    let only_before = before.checks.iter().filter(|check| after.check(&check.code).is_none());
    let all = after.checks.iter().chain(only_before).filter_map(|check| {
        let count = |how| members.get(&(check.code.as_str(), how)).copied().unwrap_or_default();
        let change = CheckChange {
            check: check.code.clone(),
            title: check.title.clone(),
            appears: count(How::Appears),
            vanishes: count(How::Vanishes),
            reweighed: count(How::Reweighed),
        };
        (change.appears + change.vanishes + change.reweighed > 0).then_some(change)
    });
    all.collect()
}
