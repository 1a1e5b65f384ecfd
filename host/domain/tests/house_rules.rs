//! The rules of rounds, submissions, severities and the audit chain.

use domain::audit::{Act, AuditEntry, BrokenLink, Follower};
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
    domain::finding::WeighedFinding { finding, severity, explanation: explained.map(str::to_owned), ruled: None }
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
        &[],
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
        found: None,
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

#[test]
fn what_an_act_replaced_is_hashed_and_an_act_that_replaced_nothing_is_hashed_as_ever() {
    let plain = AuditEntry::chain(act("open-round"), None);
    let before = "d61b017582278cf097bb66e0a633ac4b4ce0942e05aa2cf171938382ffd85761";
    assert_eq!(plain.hash.to_string(), before, "chains of older hosts are still whole");
    let mut replacing = AuditEntry::chain(act("change-round").replacing(Some(Digest::of(b"before"))), None);
    assert!(replacing.is_intact());
    replacing.act.found = None;
    assert!(!replacing.is_intact());
}

/// A chain of six acts, with something done to it, as an outsider follows it.
fn followed(change: impl FnOnce(&mut Vec<AuditEntry>)) -> Vec<(u64, BrokenLink)> {
    let mut chain: Vec<AuditEntry> = Vec::new();
    for verb in ["one", "two", "three", "four", "five", "six"] {
        let last = chain.last().map(|last| (last.sequence, last.hash));
        chain.push(AuditEntry::chain(act(verb), last));
    }
    change(&mut chain);
    let mut follower = Follower::default();
    let broken = chain.iter().filter_map(|entry| follower.follow(entry).err().map(|link| (entry.sequence, link)));
    broken.collect()
}

#[test]
fn whatever_was_done_to_a_chain_is_told_once_and_where() {
    assert_eq!(followed(|_| {}), []);
    assert_eq!(followed(|chain| chain[2].act.actor = "nobody".into()), [(3, BrokenLink::Changed)]);
    assert_eq!(followed(|chain| chain[2].hash = Digest::of(b"x")), [(3, BrokenLink::Changed)]);
    assert_eq!(followed(|chain| chain[2].before = Digest::of(b"x")), [(3, BrokenLink::Changed)]);
    assert_eq!(followed(|chain| chain[2].sequence = 9), [(9, BrokenLink::Changed)]);
    assert_eq!(followed(|chain| drop(chain.remove(2))), [(4, BrokenLink::Gap)]);
    let forged = |chain: &mut Vec<AuditEntry>| {
        chain[2] = AuditEntry::chain(act("forged"), Some((2, chain[1].hash)));
    };
    assert_eq!(followed(forged), [(4, BrokenLink::Foreign)], "a forged entry hashes well, but nothing continues it");
}
