//! Honest plugins are asked, answer, and are recorded.

use std::sync::Arc;

use domain::evaluation::Outcome;
use domain::finding::Finding;
use domain::points::Points;
use domain::report::{DocumentKind, MemberReport, Notice, ReportedRound, Request};
use domain::scorecard::Scorecard;
use domain::text::Text;
use sandbox::{Answer, Evaluated, FaultKind, Limits, Whose};
use serde_json::json;

use crate::setup::{self, HONEST, SHARED};

fn given<T>(evaluated: Evaluated<T>) -> T {
    match evaluated.answer.unwrap() {
        Answer::Given(answer) => answer,
        Answer::Refused(refusal) => panic!("refused: {refusal:?}"),
    }
}

fn score(changes: &serde_json::Value) -> Evaluated<Scorecard> {
    SHARED.score_here(&HONEST, &setup::submission(changes), &setup::context(), &setup::review())
}

fn check(changes: &serde_json::Value) -> Evaluated<Vec<Finding>> {
    SHARED.check_here(&HONEST, &setup::submission(changes), &setup::context())
}

#[test]
fn a_rubric_finds_what_is_wrong() {
    assert!(given(check(&json!({}))).is_empty());
    let findings = given(check(&json!({ "drills": 0, "extinguishers": -1 })));
    let found: Vec<_> = findings.iter().map(|finding| (finding.check.as_str(), finding.at[0].as_str())).collect();
    assert_eq!(found, [("no-drill", "/drills"), ("negative", "/extinguishers")]);
}

#[test]
fn a_rubric_scores_and_every_cap_and_veto_is_a_named_step() {
    let good = given(score(&json!({ "extinguishers": 8 })));
    assert_eq!(good.total, Points::from_thousandths(73_000));
    assert_eq!(good.steps[0].rule, "premises-most");
    assert_eq!(good.steps[0].points, Points::from_thousandths(-8_000));
    let locked = given(score(&json!({ "locked_exit": true })));
    assert_eq!(locked.total, Points::ZERO);
    assert_eq!(locked.steps[0].rule, "locked-exit");
}

#[test]
fn a_refusal_is_an_answer_and_the_submissions_fault() {
    let evaluated = score(&json!({ "rooms": 0 }));
    let Answer::Refused(refusal) = evaluated.answer.unwrap() else { panic!("scored") };
    assert_eq!((refusal.code.as_str(), refusal.pointer.as_deref()), ("no-rooms", Some("/rooms")));
    assert!(matches!(evaluated.run.outcome, Outcome::Answered(_)));
}

#[test]
fn a_rubric_settles_a_cohort() {
    let settlement = given(SHARED.settle_here(&HONEST, &setup::cohort()));
    let totals = [90_000, 75_000, 70_000].map(Points::from_thousandths);
    assert_eq!(settlement.totals, totals);
    assert_eq!(settlement.ranks, [1, 2, 3]);
    assert_eq!(settlement.grades, [0, 1, 1]);
}

#[test]
fn a_reader_reads_with_spans() {
    let reader = setup::admit(&SHARED, rogues::HONEST_READER);
    let readings = given(SHARED.read_here(&reader, "共有9间房，另有3间仓库"));
    let spans: Vec<_> = readings.iter().map(|reading| (reading.start, reading.end, reading.value.clone())).collect();
    assert_eq!(spans, [(2, 3, json!(9)), (8, 9, json!(3))]);
}

#[test]
fn a_report_composes() {
    let report = setup::admit(&SHARED, rogues::HONEST_REPORT);
    let round = ReportedRound {
        federation: "某省".to_owned(),
        code: "2025".to_owned(),
        title: "2025年度".to_owned(),
        period: setup::year(),
        due: "2026-01-31".parse().unwrap(),
        rubric_title: Text { zh: "消防安全".to_owned(), en: String::new() },
        rubric_version: "1.0.0".to_owned(),
        full_marks: Points::from_thousandths(100_000),
        criteria: HONEST.descriptions().rubric.clone().unwrap().criteria,
        grades: Vec::new(),
        checks: Vec::new(),
    };
    let notice = Notice {
        kind: DocumentKind::Reminder,
        round: round.clone(),
        unit: setup::context().unit,
        issued_on: "2026-01-20".parse().unwrap(),
        number: "1号".to_owned(),
        due: None,
        items: Vec::new(),
        findings: Vec::new(),
    };
    let document = given(SHARED.compose_here(&report, &Request::Notice(Box::new(notice))));
    assert_eq!(document.blocks.len(), 3);
    let member = MemberReport {
        round,
        unit: setup::context().unit,
        issued_on: "2026-01-20".parse().unwrap(),
        receipt_number: "1".to_owned(),
        revision: 1,
        answers: setup::submission(&json!({})).answers.bytes().to_vec(),
        findings: Vec::new(),
        scorecard: given(score(&json!({}))),
        standing: None,
    };
    let evaluated = SHARED.compose_here(&report, &Request::MemberReport(Box::new(member)));
    assert!(matches!(evaluated.answer, Ok(Answer::Refused(refusal)) if refusal.code == "not-composed"));
}

#[test]
fn the_same_question_costs_the_same_and_gives_the_same_bytes_in_any_sandbox() {
    let other = setup::start(setup::limits());
    let there = setup::admit(&other, rogues::HONEST);
    let (submission, context, review) = (setup::submission(&json!({})), setup::context(), setup::review());
    let first = SHARED.score_here(&HONEST, &submission, &context, &review).run;
    for run in [
        SHARED.score_here(&HONEST, &submission, &context, &review).run,
        other.score_here(&there, &submission, &context, &review).run,
    ] {
        let ignoring_the_clock = domain::evaluation::Run { wall_micros: first.wall_micros, ..run };
        assert_eq!(ignoring_the_clock, first);
    }
    assert!(first.fuel > 0 && first.peak_memory_bytes > 0);
}

#[test]
fn another_question_has_another_digest() {
    let one = score(&json!({})).run;
    let other = score(&json!({ "volunteers": 4 })).run;
    let checked = check(&json!({})).run;
    assert_ne!(one.input, other.input);
    assert_ne!(one.input, checked.input);
    assert_ne!(one.outcome, other.outcome);
}

#[test]
fn other_limits_are_another_engine_to_the_records() {
    let limits = Limits { memory_bytes: 64 << 20, ..setup::limits() };
    assert_ne!(setup::start(limits).fingerprint(), SHARED.fingerprint());
    assert_eq!(setup::start(setup::limits()).fingerprint(), SHARED.fingerprint());
}

#[test]
fn asking_a_rubric_for_a_document_is_the_hosts_fault() {
    let evaluated = SHARED.read_here(&HONEST, "9");
    let fault = evaluated.answer.unwrap_err();
    assert_eq!((fault.kind, fault.whose()), (FaultKind::Host, Whose::Host));
}

#[tokio::test]
async fn who_comes_when_too_many_wait_is_told_so() {
    let sandbox = setup::start(Limits { waiting: 0, ..setup::limits() });
    let plugin = setup::admit(&sandbox, rogues::HONEST);
    let (submission, context, review) = setup::question(&json!({}));
    let evaluated = sandbox.score(&plugin, Arc::clone(&submission), Arc::clone(&context), Arc::clone(&review)).await;
    assert_eq!(evaluated.answer.unwrap_err().kind, FaultKind::Busy);
    let here = sandbox.score_here(&plugin, &submission, &context, &review);
    assert_eq!(here.run.input, evaluated.run.input);
}
