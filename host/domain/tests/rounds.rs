//! The life of a round: the whole table of its steps, its due time with grace, its appeals, and records from before.

use domain::calendar::{Calendar, Period};
use domain::digest::Digest;
use domain::round::{NotNow, Round, RoundAct, RoundPhase, RoundPolicy, RoundState};
use jiff::Timestamp;
use jiff::civil::date;
use serde::Serialize;

/// One row a state, one column an act in the order of [`RoundAct::ALL`]: where it leads to, by its first letter; a capital P is published.
const TABLE: [(RoundState, &str); 7] = [
    // open submit resubmit amend return close reopen begin review settle publish appeal decide finalise archive replace
    (RoundState::Planned, "o--------------p"),
    (RoundState::Open, "-ooooc--oo-----o"),
    (RoundState::Closed, "--ccc-or-cP-----"),
    (RoundState::Reviewing, "--rrr-o-rrP-----"),
    (RoundState::Published, "--PPP---PPPPPf--"),
    (RoundState::Final, "--------------a-"),
    (RoundState::Archived, "----------------"),
];

fn letter(state: Option<RoundState>) -> char {
    match state {
        None => '-',
        Some(RoundState::Planned) => 'p',
        Some(RoundState::Open) => 'o',
        Some(RoundState::Closed) => 'c',
        Some(RoundState::Reviewing) => 'r',
        Some(RoundState::Published) => 'P',
        Some(RoundState::Final) => 'f',
        Some(RoundState::Archived) => 'a',
    }
}

#[test]
fn every_state_allows_these_acts_and_no_others() {
    for (state, row) in TABLE {
        let found: String = RoundAct::ALL.into_iter().map(|act| letter(state.after(act))).collect();
        assert_eq!(found, row, "{state:?}");
        assert_eq!(RoundState::of_code(state.code()), Some(state));
    }
    assert_eq!(TABLE.map(|(state, _)| state), RoundState::ALL);
}

#[test]
fn the_codes_are_those_of_the_records() {
    for state in RoundState::ALL {
        assert_eq!(serde_json::to_value(state).expect("a text"), state.code());
    }
    for act in RoundAct::ALL {
        assert_eq!(serde_json::to_value(act).expect("a text"), act.code());
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn period() -> Period {
    Period::new(date(2024, 1, 1), date(2024, 12, 31)).expect("a period")
}

fn round(state: RoundState, policy: RoundPolicy) -> Round {
    Round {
        code: "2024".parse().expect("a code"),
        title: "2024".into(),
        period: period(),
        opens_at: Some(time("2025-01-01T00:00:00Z")),
        due_at: time("2025-01-31T16:00:00Z"),
        state,
        published_at: None,
        rubric: Digest::of(b"rubric"),
        reports: vec![],
        pins_fixed: false,
        calendar: Calendar { covers: period(), holidays: vec![], working_days: vec![] },
        cohort_by: None,
        exemptions: vec![],
        policy,
    }
}

#[test]
fn what_is_refused_says_what_is_possible_instead() {
    let closed = round(RoundState::Closed, RoundPolicy::default());
    let refused = closed.after(RoundAct::Submit, time("2025-02-01T00:00:00Z"));
    let possible = [
        RoundAct::Resubmit,
        RoundAct::Amend,
        RoundAct::Return,
        RoundAct::Reopen,
        RoundAct::BeginReview,
        RoundAct::Settle,
        RoundAct::Publish,
    ];
    let expected = NotNow { act: RoundAct::Submit, state: RoundState::Closed, possible: possible.to_vec() };
    assert_eq!(refused, Err(expected.clone()));
    assert_eq!(closed.allows(RoundAct::Submit), Err(expected));
}

#[test]
fn where_reviewers_accept_nothing_is_published_before_they_were_at_work() {
    let policy = RoundPolicy { review: true, ..RoundPolicy::default() };
    let closed = round(RoundState::Closed, policy);
    let refused = closed.allows(RoundAct::Publish).expect_err("not yet");
    assert!(!refused.possible.contains(&RoundAct::Publish) && refused.possible.contains(&RoundAct::BeginReview));
    let at = time("2025-02-01T00:00:00Z");
    let reviewing = closed.after(RoundAct::BeginReview, at).expect("reviewing");
    assert_eq!(reviewing.after(RoundAct::Publish, at).expect("published").published_at, Some(at));
}

#[test]
fn within_the_grace_nobody_is_late_and_after_it_the_hours_count_from_the_due_time() {
    let strict = round(RoundState::Open, RoundPolicy::default());
    let lenient = round(RoundState::Open, RoundPolicy { grace_hours: 48, ..RoundPolicy::default() });
    let hours = |at: &str| (strict.hours_late(time(at)), lenient.hours_late(time(at)));
    assert_eq!(hours("2025-01-31T16:00:00Z"), (0, 0));
    assert_eq!(hours("2025-01-31T16:00:01Z"), (1, 0));
    assert_eq!(hours("2025-02-02T16:00:00Z"), (48, 0));
    assert_eq!(hours("2025-02-02T16:00:01Z"), (49, 49));
}

#[test]
fn the_clock_and_what_was_found_out_tell_the_phase() {
    let policy = RoundPolicy { grace_hours: 24, appeal_days: 5, ..RoundPolicy::default() };
    let phase = |state, at: &str, settled| round(state, policy.clone()).phase(time(at), settled);
    assert_eq!(phase(RoundState::Planned, "2024-12-01T00:00:00Z", false), RoundPhase::Planned);
    assert_eq!(phase(RoundState::Open, "2025-01-31T16:00:00Z", true), RoundPhase::Open);
    assert_eq!(phase(RoundState::Open, "2025-02-01T16:00:00Z", false), RoundPhase::Closing);
    assert_eq!(phase(RoundState::Open, "2025-02-01T16:00:01Z", false), RoundPhase::Overdue);
    assert_eq!(phase(RoundState::Closed, "2025-02-02T00:00:00Z", false), RoundPhase::Closed);
    assert_eq!(phase(RoundState::Reviewing, "2025-02-02T00:00:00Z", false), RoundPhase::Reviewing);
    assert_eq!(phase(RoundState::Reviewing, "2025-02-02T00:00:00Z", true), RoundPhase::Scored);
    let published = round(RoundState::Closed, policy.clone())
        .after(RoundAct::Publish, time("2025-03-01T00:00:00Z"))
        .expect("published");
    assert_eq!(published.appeals_until(), Some(time("2025-03-06T00:00:00Z")));
    assert_eq!(published.phase(time("2025-03-06T00:00:00Z"), true), RoundPhase::Appeal);
    assert_eq!(published.phase(time("2025-03-06T00:00:01Z"), true), RoundPhase::Published);
    let again = published.after(RoundAct::Publish, time("2025-03-09T00:00:00Z")).expect("published again");
    assert_eq!(again.published_at, published.published_at, "a new version gives nobody another window");
}

#[test]
fn the_calendar_opens_a_planned_round_from_its_time_on() {
    let planned = round(RoundState::Planned, RoundPolicy::default());
    assert!(!planned.opens_by(time("2024-12-31T23:59:59Z")));
    assert!(planned.opens_by(time("2025-01-01T00:00:00Z")));
    assert!(!round(RoundState::Closed, RoundPolicy::default()).opens_by(time("2025-01-01T00:00:00Z")));
}

/// A round as it was kept before it had a policy.
#[derive(Serialize)]
struct OldRound {
    code: &'static str,
    title: &'static str,
    period: Period,
    due_at: Timestamp,
    state: &'static str,
    rubric: Digest,
    reports: Vec<Digest>,
    calendar: Calendar,
    cohort_by: Option<String>,
    exemptions: Vec<()>,
}

#[test]
fn a_round_from_before_policies_opens_as_it_always_was() {
    let now = round(RoundState::Open, RoundPolicy::default());
    let old = OldRound {
        code: "2024",
        title: "2024",
        period: now.period,
        due_at: now.due_at,
        state: "open",
        rubric: now.rubric,
        reports: vec![],
        calendar: now.calendar.clone(),
        cohort_by: None,
        exemptions: vec![],
    };
    let bytes = rmp_serde::to_vec_named(&old).expect("a record");
    let opened: Round = rmp_serde::from_slice(&bytes).expect("a round");
    assert_eq!(opened, Round { opens_at: None, ..now });
}

fn zone() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get("Asia/Shanghai").unwrap()
}

#[test]
fn members_are_reminded_in_the_morning_of_a_day_that_is_worked() {
    // 5 February 2024 is a Monday; the 4th is worked in spite of being a Sunday, the 10th to 17th are off.
    let mut round = round(RoundState::Open, RoundPolicy::default());
    round.due_at = time("2024-02-05T10:00:00Z");
    round.calendar.working_days = vec!["2024-02-04".parse().unwrap()];
    round.calendar.holidays = (10..=17).map(|day| jiff::civil::date(2024, 2, day)).collect();
    let at = |round: &Round, days| round.reminder_at(days, &zone()).unwrap();
    assert_eq!(at(&round, -7), time("2024-01-29T01:00:00Z"));
    assert_eq!(at(&round, -1), time("2024-02-04T01:00:00Z"), "a Sunday that is worked");
    assert_eq!(at(&round, -2), time("2024-02-02T01:00:00Z"), "a Saturday: the Friday before");
    assert_eq!(at(&round, 5), time("2024-02-19T01:00:00Z"), "a day off: the first one worked after it");
    assert_eq!(at(&round, 0), time("2024-02-05T01:00:00Z"));
    // What is due at one in the morning is due on the day before elsewhere; the house's zone decides.
    round.due_at = time("2024-02-05T17:00:00Z");
    assert_eq!(at(&round, 0), time("2024-02-06T01:00:00Z"));
}

#[test]
fn after_a_standstill_the_latest_reminder_is_given_and_none_that_is_stale() {
    let policy = RoundPolicy { reminders: vec![-7, -3, -1, 1], ..RoundPolicy::default() };
    let mut round = round(RoundState::Open, policy);
    round.due_at = time("2024-01-31T10:00:00Z");
    let by = |at: &str| round.reminder_by(time(at), &zone());
    assert_eq!(by("2024-01-24T00:59:59Z"), None);
    assert_eq!(by("2024-01-24T01:00:00Z"), Some(-7));
    assert_eq!(by("2024-01-25T01:00:00Z"), Some(-7));
    assert_eq!(by("2024-01-28T01:00:01Z"), Some(-3), "the 28th is a Sunday: it was the Friday's");
    assert_eq!(by("2024-01-30T01:00:00Z"), Some(-1), "and not the one of the 28th beside it");
    assert_eq!(by("2024-02-01T01:00:00Z"), Some(1));
    assert_eq!(by("2024-02-04T01:00:01Z"), None, "a month later nobody is reminded");
}
