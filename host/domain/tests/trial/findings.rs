//! Findings that appear, vanish and weigh differently.

use domain::finding::{Finding, WeighedFinding};
use domain::limits::TRIAL_FINDINGS_MAX;
use domain::rubric::Severity;
use domain::trial::finding::finding_changes;

use crate::sides::text;

fn found(check: &str, at: &str, severity: Severity) -> WeighedFinding {
    let finding = Finding { check: check.into(), message: text(check), at: vec![at.into()], comparisons: vec![] };
    WeighedFinding { finding, severity, explanation: None, ruled: None }
}

#[test]
fn a_finding_is_the_same_where_check_and_place_are() {
    let before = [
        found("exits", "/exits/0", Severity::Warning),
        found("exits", "/exits/1", Severity::Warning),
        found("drills", "/drills", Severity::Error),
    ];
    let after = [
        found("exits", "/exits/1", Severity::Warning),
        found("drills", "/drills", Severity::Warning),
        found("hoses", "/hoses", Severity::Error),
        found("hoses", "/hoses", Severity::Error),
    ];
    let changes = finding_changes(&before, &after);
    let told: Vec<_> = changes
        .listed
        .iter()
        .map(|change| (change.check.as_str(), change.at.as_str(), change.before, change.after))
        .collect();
    let expected = [
        ("drills", "/drills", Some(Severity::Error), Some(Severity::Warning)),
        ("hoses", "/hoses", None, Some(Severity::Error)),
        ("hoses", "/hoses", None, Some(Severity::Error)),
        ("exits", "/exits/0", Some(Severity::Warning), None),
    ];
    assert_eq!((told, changes.more), (expected.to_vec(), 0));
}

#[test]
fn more_changes_than_a_trial_lists_are_counted() {
    let after: Vec<_> =
        (0..TRIAL_FINDINGS_MAX + 7).map(|n| found("exits", &format!("/exits/{n}"), Severity::Info)).collect();
    let changes = finding_changes(&[], &after);
    assert_eq!((changes.listed.len(), changes.more), (TRIAL_FINDINGS_MAX, 7));
}
