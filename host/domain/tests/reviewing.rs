//! Which entries of reviewers count, which conversations are open, and how late an answer to a return is.

use domain::activation::Signatory;
use domain::conversation::{Message, MessageKind, Side, conversations};
use domain::ids::{MessageId, ReviewEntryId, TokenId};
use domain::points::Points;
use domain::review_entry::{
    Confirmation, EntryDecision, EntryState, KnownEntry, ReviewAct, ReviewEntry, ReviewFacts, Seal, decimal_at,
    states_of,
};
use domain::rubric::{Criterion, CriterionKind, Description, Discretion, Pass, Rounding};
use domain::submission_return::{ReturnReason, SubmissionReturn};
use domain::text::Text;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

fn by() -> Signatory {
    Signatory { token: TokenId(uuid::Uuid::nil()), label: "评审 1".to_owned() }
}

fn id(number: u128) -> ReviewEntryId {
    ReviewEntryId(uuid::Uuid::from_u128(number))
}

fn entry(number: u128, revision: u32, act: ReviewAct) -> KnownEntry {
    let entry = ReviewEntry {
        id: id(number),
        round: "2026".parse().expect("a code"),
        unit: "station-1".parse().expect("a code"),
        revision,
        act,
        reason: format!("第{number}条"),
        evidence: vec![],
        appeal: None,
        needs_second: false,
        by: by(),
        at: Timestamp::UNIX_EPOCH,
    };
    KnownEntry { entry, seal: Seal { key: String::new(), signature: String::new() }, decision: None }
}

fn waiting(known: KnownEntry) -> KnownEntry {
    KnownEntry { entry: ReviewEntry { needs_second: true, ..known.entry }, ..known }
}

fn decided(known: KnownEntry, confirmation: Confirmation) -> KnownEntry {
    let decision = EntryDecision {
        confirmation,
        by: by(),
        at: Timestamp::UNIX_EPOCH,
        reason: "同意".to_owned(),
        collective: None,
    };
    KnownEntry { decision: Some(decision), ..waiting(known) }
}

fn points(thousandths: i64) -> Points {
    Points::from_thousandths(thousandths)
}

fn judge(criterion: &str, thousandths: i64) -> ReviewAct {
    ReviewAct::Judge { criterion: criterion.to_owned(), points: points(thousandths) }
}

fn take(criterion: &str, thousandths: i64) -> ReviewAct {
    ReviewAct::AdjustPoints { criterion: criterion.to_owned(), points: points(thousandths) }
}

fn count(at: &str, stated: &str, counted: &str) -> ReviewAct {
    let number = |text: &str| text.parse().expect("a number");
    ReviewAct::AdjustValue { at: at.to_owned(), stated: number(stated), counted: number(counted) }
}

fn rubric() -> Description {
    let text = Text { zh: "演练".to_owned(), en: String::new() };
    let criterion = |id: &str, pass: Pass, judged: bool| Criterion {
        id: id.to_owned(),
        parent: None,
        label: text.clone(),
        kind: CriterionKind::Base,
        pass,
        ranges: vec![],
        judged: judged.then(|| Discretion { least: Points::ZERO, most: points(5_000), guidance: text.clone() }),
        guidance: text.clone(),
    };
    Description {
        id: "fire-safety".to_owned(),
        version: "1.0.0".to_owned(),
        title: text.clone(),
        summary: text.clone(),
        basis: vec![],
        full_marks: points(100_000),
        smallest_unit: points(500),
        rounding: Rounding::HalfUp,
        criteria: vec![
            criterion("drills", Pass::OfUnit, true),
            criterion("exits", Pass::OfUnit, false),
            criterion("response", Pass::OfCohort, false),
        ],
        caps: vec![],
        vetoes: vec![],
        grades: vec![],
        checks: vec![],
        measures: vec![],
        earlier_periods: 0,
        form: String::new(),
    }
}

fn answers() -> Value {
    json!({"drills": 2, "share": "94.50", "named": "twice", "list": [{"count": 7}]})
}

fn numbers(facts: &ReviewFacts) -> Vec<u128> {
    facts.entries.iter().map(|entry| entry.0.as_u128()).collect()
}

#[test]
fn a_later_entry_takes_an_earlier_one_s_place_and_adjustments_of_points_add_up() {
    let entries = [
        entry(1, 1, judge("drills", 1_000)),
        entry(2, 1, take("exits", -500)),
        entry(3, 1, judge("drills", 2_000)),
        entry(4, 1, take("exits", -1_000)),
        entry(5, 1, count("/drills", "2", "1")),
        entry(6, 1, count("/drills", "2", "0")),
    ];
    use EntryState::{InForce, Replaced};
    assert_eq!(states_of(&entries), [Replaced, InForce, InForce, InForce, Replaced, InForce]);
    let facts = ReviewFacts::of(&entries, 1, &answers(), &rubric());
    assert_eq!(numbers(&facts), [2, 3, 4, 6]);
    let review = facts.review(3, vec![]);
    assert_eq!((review.hours_late, review.judgements[0].points), (3, points(2_000)));
    assert_eq!(review.point_adjustments.iter().map(|one| one.points).sum::<Points>(), points(-1_500));
    assert_eq!(review.value_adjustments[0].counted.digits, 0);
}

#[test]
fn what_waits_is_rejected_or_withdrawn_does_not_count() {
    let entries = [
        waiting(entry(1, 1, take("exits", -500))),
        decided(entry(2, 1, take("exits", -1_000)), Confirmation::Confirm),
        decided(entry(3, 1, take("exits", -1_500)), Confirmation::Reject),
        entry(4, 1, take("exits", -2_000)),
        entry(5, 1, ReviewAct::Withdraw { entry: id(4) }),
        // A withdrawal that waits withdraws nothing yet.
        waiting(entry(6, 1, ReviewAct::Withdraw { entry: id(2) })),
        // Nothing can be withdrawn before it is there.
        entry(7, 1, ReviewAct::Withdraw { entry: id(8) }),
        entry(8, 1, take("exits", -2_500)),
    ];
    use EntryState::{InForce, Rejected, Waiting, Withdrawn};
    let states = [Waiting, InForce, Rejected, Withdrawn, InForce, Waiting, InForce, InForce];
    assert_eq!(states_of(&entries), states);
    assert_eq!(numbers(&ReviewFacts::of(&entries, 1, &answers(), &rubric())), [2, 8]);
    // An older judgement stands again once the newer one is withdrawn, and while the newer one waits.
    let judged = [entry(1, 1, judge("drills", 1_000)), waiting(entry(2, 1, judge("drills", 0)))];
    assert_eq!(states_of(&judged), [InForce, Waiting]);
    let judged =
        [judged[0].clone(), entry(2, 1, judge("drills", 0)), entry(3, 1, ReviewAct::Withdraw { entry: id(2) })];
    assert_eq!(states_of(&judged), [InForce, Withdrawn, InForce]);
}

#[test]
fn an_entry_counts_from_its_revision_on_and_a_corrected_value_is_adjusted_no_more() {
    let entries = [entry(1, 2, take("exits", -500)), entry(2, 1, count("/drills", "2.0", "1"))];
    let of = |revision: u32, drills: i64| {
        let mut answers = answers();
        answers["drills"] = json!(drills);
        numbers(&ReviewFacts::of(&entries, revision, &answers, &rubric()))
    };
    assert_eq!(of(1, 2), [2], "the deduction was made on a later revision");
    assert_eq!(of(2, 2), [1, 2]);
    assert_eq!(of(3, 1), [1], "nobody sheds a deduction by handing in again, but a mended value is mended");
}

#[test]
fn what_the_rubric_does_not_know_counts_for_nothing() {
    let entries = [
        entry(1, 1, judge("exits", 500)),
        entry(2, 1, judge("unknown", 500)),
        entry(3, 1, take("response", -500)),
        entry(4, 1, take("unknown", -500)),
        entry(5, 1, count("/nowhere", "2", "1")),
    ];
    let facts = ReviewFacts::of(&entries, 1, &answers(), &rubric());
    assert!(facts.is_empty());
    assert_eq!(facts.digest(), None);
}

#[test]
fn the_identity_of_a_review_is_that_of_what_counts() {
    let digest = |entries: &[KnownEntry]| ReviewFacts::of(entries, 1, &answers(), &rubric()).digest();
    let one = entry(1, 1, take("exits", -500));
    let withdrawn =
        [one.clone(), entry(2, 1, take("exits", -1_000)), entry(3, 1, ReviewAct::Withdraw { entry: id(2) })];
    assert_eq!(digest(std::slice::from_ref(&one)), digest(&withdrawn));
    assert_ne!(digest(std::slice::from_ref(&one)), digest(&[entry(2, 1, take("exits", -500))]));
    assert_ne!(digest(&[one]), None);
}

#[test]
fn a_number_of_the_answers_is_read_exactly() {
    let at = |pointer: &str| decimal_at(&answers(), pointer).map(|decimal| decimal.to_string());
    assert_eq!(at("/drills").as_deref(), Some("2"));
    assert_eq!(at("/share").as_deref(), Some("94.5"));
    assert_eq!(at("/list/0/count").as_deref(), Some("7"));
    for nothing in ["/named", "/list", "/list/1/count", "", "/list/0"] {
        assert_eq!(at(nothing), None, "{nothing}");
    }
}

#[test]
fn every_field_of_an_entry_is_under_its_signature() {
    let federation = "north".parse().expect("a code");
    let entry = entry(1, 1, take("exits", -500)).entry;
    let signed = entry.signed_bytes(&federation);
    let changed = |change: fn(&mut ReviewEntry)| {
        let mut other = entry.clone();
        change(&mut other);
        other.signed_bytes(&federation)
    };
    let changes = [
        changed(|entry| entry.id = id(9)),
        changed(|entry| entry.round = "2027".parse().expect("a code")),
        changed(|entry| entry.unit = "station-2".parse().expect("a code")),
        changed(|entry| entry.revision = 2),
        changed(|entry| entry.act = take("exits", -1_000)),
        changed(|entry| entry.reason.push('x')),
        changed(|entry| entry.evidence.push(domain::digest::Digest::of(b"a photograph"))),
        changed(|entry| entry.appeal = Some(domain::ids::AppealId(uuid::Uuid::nil()))),
        changed(|entry| entry.needs_second = true),
        changed(|entry| entry.by.token = TokenId(uuid::Uuid::from_u128(5))),
        changed(|entry| entry.at = Timestamp::MAX),
        entry.signed_bytes(&"south".parse().expect("a code")),
    ];
    for (index, other) in changes.iter().enumerate() {
        assert_ne!(*other, signed, "change {index}");
    }
}

#[test]
fn a_member_answers_for_its_own_hours_and_not_for_those_of_the_review() {
    let due_at: Timestamp = "2026-03-01T10:00:00Z".parse().expect("a time");
    let returned = |hours_late: u32| SubmissionReturn {
        round: "2026".parse().expect("a code"),
        unit: "station-1".parse().expect("a code"),
        revision: 1,
        items: vec![],
        due_at,
        hours_late,
        by: by(),
        at: Timestamp::UNIX_EPOCH,
    };
    let late = |hours_late: u32, seconds: i64| {
        let at = due_at.checked_add(SignedDuration::from_secs(seconds)).expect("a time");
        returned(hours_late).hours_late(at)
    };
    assert_eq!(late(0, -3_600), 0);
    assert_eq!(late(0, 0), 0);
    assert_eq!(late(0, 1), 1);
    assert_eq!(late(0, 3_600), 1);
    assert_eq!(late(0, 3_601), 2);
    assert_eq!(late(5, -3_600), 5, "who was late stays late");
    assert_eq!(late(5, 7 * 3_600), 7);
}

#[test]
fn a_matter_is_open_until_somebody_closes_it_and_again_when_somebody_speaks() {
    let message = |at: &str, kind: MessageKind| Message {
        id: MessageId(uuid::Uuid::nil()),
        at: at.to_owned(),
        revision: 1,
        kind,
        text: "请核实".to_owned(),
        side: Side::Reviewer,
        by: "评审 1".to_owned(),
        said_at: Timestamp::UNIX_EPOCH,
    };
    let talked = conversations(vec![
        message("/b", MessageKind::Returned(ReturnReason::Wrong)),
        message("/a", MessageKind::Said),
        message("/b", MessageKind::Closed),
        message("/a", MessageKind::Closed),
        message("/a", MessageKind::Said),
    ]);
    let told: Vec<_> = talked.iter().map(|one| (one.at.as_str(), one.open, one.messages.len())).collect();
    assert_eq!(told, [("/a", true, 3), ("/b", false, 2)]);
}
