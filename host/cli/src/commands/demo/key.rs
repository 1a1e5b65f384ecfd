//! The key: which traps were planted where, and whether the checks found these and no others.

use std::collections::{BTreeMap, BTreeSet};

use comfy_table::Cell;

use super::hand_in::HandedIn;
use crate::output::Output;
use crate::terminal;

/// What comparing with the key gave.
#[derive(Debug, Default)]
pub struct KeyVerdict {
    /// How many revisions were handed in.
    pub submissions: usize,
    /// How many findings were planted, counted per revision and check.
    pub planted: usize,
    /// Planted and not found: (unit, check).
    pub missed: Vec<(String, String)>,
    /// Found and not planted: (unit, check).
    pub accused: Vec<(String, String)>,
}

impl KeyVerdict {
    /// Whether no trap was missed and nobody clean accused.
    pub fn is_right(&self) -> bool {
        self.missed.is_empty() && self.accused.is_empty()
    }
}

/// Compares what was found with what was planted. Real reports have no key and are left out.
pub fn compare(handed_in: &[HandedIn<'_>]) -> KeyVerdict {
    let mut verdict = KeyVerdict { submissions: handed_in.len(), ..KeyVerdict::default() };
    for revision in handed_in {
        let Some(planted) = &revision.submission.planted else { continue };
        let planted: BTreeSet<&str> = planted.iter().map(String::as_str).collect();
        let found: BTreeSet<&str> = revision.findings.iter().filter_map(|finding| finding["check"].as_str()).collect();
        verdict.planted += planted.len();
        let at_unit = |check: &&str| (revision.submission.unit.clone(), (*check).to_owned());
        verdict.missed.extend(planted.difference(&found).map(at_unit));
        verdict.accused.extend(found.difference(&planted).map(at_unit));
    }
    verdict
}

/// Shows how often each check was raised, how many revisions count, and what the key says.
pub fn show(handed_in: &[HandedIn<'_>], verdict: &KeyVerdict, output: &Output) {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for finding in handed_in.iter().flat_map(|revision| &revision.findings) {
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        *counts.entry((text("severity"), text("check"))).or_default() += 1;
    }
    let headers = ["demo-column-severity", "demo-column-check", "demo-column-count"].map(|key| output.words(key, &[]));
    let mut table = terminal::table(&headers, 2);
    for ((severity, check), count) in counts {
        let severity = output.words(&format!("cli-severity-{severity}"), &[]);
        table.add_row([Cell::new(severity), Cell::new(check), Cell::new(count)]);
    }
    output.line(table);
    let accepted = handed_in.iter().filter(|revision| revision.receipt["standing"] == "accepted").count();
    output.say(
        "demo-standings",
        &[("accepted", &accepted.to_string()), ("blocked", &(handed_in.len() - accepted).to_string())],
    );
    output.say(
        "demo-key",
        &[
            ("planted", &verdict.planted.to_string()),
            ("missed", &verdict.missed.len().to_string()),
            ("accused", &verdict.accused.len().to_string()),
        ],
    );
    for (unit, check) in &verdict.missed {
        output.say("demo-missed", &[("unit", unit), ("check", check)]);
    }
    for (unit, check) in &verdict.accused {
        output.say("demo-accused", &[("unit", unit), ("check", check)]);
    }
}
