//! A rubric in JavaScript, made by QuickJS: a runtime of its own within the component, and the same rules for it.

use std::sync::{Arc, LazyLock};
use std::time::Instant;

use domain::release::PluginKind;
use sandbox::{Answer, Compiler, Evaluated, FaultKind, Limits, Plugin, Sandbox, SandboxSettings};
use serde_json::json;

use crate::javascript_build::fire_safety;
use crate::setup::{self, HONEST, SHARED};

static SCRIPTED: LazyLock<Plugin> = LazyLock::new(|| setup::admit(&SHARED, fire_safety()));

fn given<T>(evaluated: Evaluated<T>) -> T {
    match evaluated.answer.unwrap() {
        Answer::Given(given) => given,
        Answer::Refused(refusal) => panic!("{}", refusal.code),
    }
}

#[test]
fn a_rubric_in_javascript_is_admitted_like_one_in_rust() {
    assert_eq!(SCRIPTED.kinds(), [PluginKind::Rubric]);
    assert_eq!(SCRIPTED.contract(), "1.0.0");
    let described = SCRIPTED.descriptions().rubric.as_ref().unwrap();
    assert_eq!((described.id.as_str(), described.criteria.len()), ("fire-safety-js", 5));
    let made_with = SCRIPTED.build().unwrap();
    assert!(!made_with.producers.is_empty(), "{made_with:?}");
}

#[test]
fn it_judges_as_the_one_in_rust_does() {
    let (context, review) = (setup::context(), setup::review());
    let stations = [
        json!({}),
        json!({ "drills": 0, "extinguishers": -1 }),
        json!({ "extinguishers": 3 }),
        json!({ "locked_exit": true }),
        json!({ "volunteers": 12, "rooms": 100_000 }),
        json!({ "minutes": null }),
        json!({ "minutes": -300, "rooms": 70_000 }),
    ];
    for station in stations {
        let submission = setup::submission(&station);
        let found = |plugin| {
            let findings = given(SHARED.check_here(plugin, &submission, &context));
            findings.into_iter().map(|finding| (finding.check, finding.at)).collect::<Vec<_>>()
        };
        assert_eq!(found(&SCRIPTED), found(&HONEST), "{station}");
        let scored = |plugin| {
            let card = given(SHARED.score_here(plugin, &submission, &context, &review));
            let lines: Vec<_> = card.lines.into_iter().map(|line| (line.criterion, line.points)).collect();
            let steps: Vec<_> = card.steps.into_iter().map(|step| (step.kind, step.rule, step.points)).collect();
            (lines, steps, card.total, card.measures)
        };
        assert_eq!(scored(&SCRIPTED), scored(&HONEST), "{station}");
    }
    let settled = |plugin| {
        let settlement = given(SHARED.settle_here(plugin, &setup::cohort()));
        let columns: Vec<_> = settlement.columns.into_iter().map(|column| column.points).collect();
        (columns, settlement.totals, settlement.ranks, settlement.grades)
    };
    assert_eq!(settled(&SCRIPTED), settled(&HONEST));
}

#[test]
fn what_it_throws_is_a_refusal_and_what_goes_wrong_is_its_fault() {
    let (context, review) = (setup::context(), setup::review());
    let refused = SHARED.score_here(&SCRIPTED, &setup::submission(&json!({ "rooms": 0 })), &context, &review);
    let Answer::Refused(refusal) = refused.answer.unwrap() else { panic!("scored") };
    assert_eq!((refusal.code.as_str(), refusal.pointer.as_deref()), ("no-rooms", Some("/rooms")));
    // A number that JavaScript cannot hold: the script gives up rather than counting with another one.
    let broken = setup::submission(&json!({ "volunteers": 9_007_199_254_740_993_i64 }));
    let fault = SHARED.score_here(&SCRIPTED, &broken, &context, &review).answer.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Trapped, "{fault}");
}

#[test]
fn the_same_question_gives_the_same_bytes_and_costs_the_same_in_any_sandbox() {
    let other = setup::start(setup::limits());
    let there = setup::admit(&other, fire_safety());
    let (submission, context, review) = (setup::submission(&json!({})), setup::context(), setup::review());
    let first = SHARED.score_here(&SCRIPTED, &submission, &context, &review).run;
    for run in [
        SHARED.score_here(&SCRIPTED, &submission, &context, &review).run,
        other.score_here(&there, &submission, &context, &review).run,
    ] {
        assert_eq!(
            (&run.outcome, run.fuel, run.peak_memory_bytes),
            (&first.outcome, first.fuel, first.peak_memory_bytes)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_memories_and_tables_are_there_on_every_thread_at_once() {
    const AT_ONCE: usize = 48;
    let settings =
        SandboxSettings { threads: AT_ONCE, limits: Limits::default(), compiler: Compiler::InProcess, cache: None };
    let sandbox = Sandbox::start(settings).unwrap();
    let plugin = setup::admit(&sandbox, fire_safety());
    let (submission, context, review) = setup::question(&json!({}));
    let calls = (0..4 * AT_ONCE).map(|_| {
        let asked = (Arc::clone(&submission), Arc::clone(&context), Arc::clone(&review));
        let (sandbox, plugin) = (sandbox.clone(), plugin.clone());
        tokio::spawn(async move { sandbox.score(&plugin, asked.0, asked.1, asked.2).await.answer })
    });
    for call in calls.collect::<Vec<_>>() {
        assert!(matches!(call.await.unwrap(), Ok(Answer::Given(_))));
    }
}

/// Not a claim, but what its author wants to know: `cargo test -p sandbox javascript -- --nocapture`.
#[test]
fn its_numbers_are_told() {
    let started = Instant::now();
    let sandbox = setup::start(setup::limits());
    let plugin = setup::admit(&sandbox, fire_safety());
    let admitted = started.elapsed();
    let (submission, context, review) = (setup::submission(&json!({})), setup::context(), setup::review());
    let mut walls: Vec<u64> =
        (0..50).map(|_| sandbox.score_here(&plugin, &submission, &context, &review).run.wall_micros).collect();
    walls.sort_unstable();
    let run = sandbox.score_here(&plugin, &submission, &context, &review).run;
    println!(
        "{} bytes, admitted in {} ms, {} us and {} of fuel and {} bytes of memory an evaluation",
        fire_safety().len(),
        admitted.as_millis(),
        walls[walls.len() / 2],
        run.fuel,
        run.peak_memory_bytes
    );
    assert!(fire_safety().len() < domain::limits::COMPONENT_BYTES_MAX);
}
