//! The rules of rounds, submissions, severities and the audit chain.

use domain::audit::{Act, AuditEntry};
use domain::digest::Digest;
use domain::finding::Finding;
use domain::points::Points;
use domain::review::Explanation;
use domain::rubric::{Check, DatedSeverity, Severity};
use domain::submission::{Standing, standing_of};
use domain::text::Text;
use jiff::civil::{Date, date};

fn check_with(severities: &[(Date, Severity)]) -> Check {
    Check {
        code: "exits-counted".into(),
        title: Text::default(),
        help: Text::default(),
        severities: severities.iter().map(|&(since, severity)| DatedSeverity { since, severity }).collect(),
    }
}

#[test]
fn a_severity_holds_from_its_day_on() {
    let check = check_with(&[(date(2023, 7, 1), Severity::Warning), (date(2024, 1, 1), Severity::Error)]);
    assert_eq!(check.severity_on(date(2023, 6, 30)), Severity::Off);
    assert_eq!(check.severity_on(date(2023, 7, 1)), Severity::Warning);
    assert_eq!(check.severity_on(date(2023, 12, 31)), Severity::Warning);
    assert_eq!(check.severity_on(date(2024, 1, 1)), Severity::Error);
}

fn weighed(severity: Severity, explained: Option<&str>) -> domain::finding::WeighedFinding {
    let finding = Finding { check: "c".into(), message: Text::default(), at: vec![String::new()], comparisons: vec![] };
    domain::finding::WeighedFinding { finding, severity, explanation: explained.map(str::to_owned) }
}

#[test]
fn errors_block_and_warnings_block_until_explained() {
    assert_eq!(standing_of(&[]), Standing::Accepted);
    assert_eq!(standing_of(&[weighed(Severity::Info, None)]), Standing::Accepted);
    assert_eq!(standing_of(&[weighed(Severity::Warning, None)]), Standing::Blocked);
    assert_eq!(standing_of(&[weighed(Severity::Warning, Some("because"))]), Standing::Accepted);
    assert_eq!(standing_of(&[weighed(Severity::Error, Some("because"))]), Standing::Blocked);
}

#[test]
fn an_explanation_binds_to_its_check_and_its_place() {
    let finding = |at: &str| Finding {
        check: "exits-counted".into(),
        message: Text::default(),
        at: vec![at.into()],
        comparisons: vec![],
    };
    let explanation =
        Explanation { check: "exits-counted".into(), at: Some("/exits/0".into()), text: "rebuilt in May".into() };
    let description = description_with(check_with(&[(date(2000, 1, 1), Severity::Warning)]));
    let weighed = domain::submission::weigh(
        vec![finding("/exits/0"), finding("/exits/1")],
        &description,
        date(2024, 1, 1),
        &[explanation],
    );
    let explained: Vec<_> = weighed.iter().map(|finding| finding.explanation.is_some()).collect();
    assert_eq!(explained, [true, false]);
}

fn description_with(check: Check) -> domain::rubric::Description {
    domain::rubric::Description {
        id: "exits".into(),
        version: "1.0.0".into(),
        title: Text::default(),
        summary: Text::default(),
        basis: vec![],
        full_marks: Points::from_thousandths(100_000),
        smallest_unit: Points::from_thousandths(100),
        rounding: domain::rubric::Rounding::HalfUp,
        criteria: vec![],
        caps: vec![],
        vetoes: vec![],
        grades: vec![],
        checks: vec![check],
        measures: vec![],
        earlier_periods: 0,
        form: "{}".into(),
    }
}

fn act(verb: &str) -> Act {
    Act {
        at: "2024-01-10T08:00:00Z".parse().expect("a time"),
        actor: "admin".into(),
        verb: verb.into(),
        subject: "round/2023".into(),
        left: None,
        reason: String::new(),
    }
}

#[test]
fn a_changed_audit_entry_shows() {
    let first = AuditEntry::chain(act("open-round"), None);
    let mut second = AuditEntry::chain(act("close-round"), Some((first.sequence, first.hash)));
    assert!(first.is_intact() && second.is_intact());
    assert_eq!((first.before, second.before), (Digest::of(b""), first.hash));
    second.act.reason = "changed afterwards".into();
    assert!(!second.is_intact());
}
