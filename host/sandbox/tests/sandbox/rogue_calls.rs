//! Rogues that are admitted and misbehave when called: each costs its own call, and nobody else notices.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::evaluation::Outcome;
use domain::limits::{FAULT_FRAME_CHARS_MAX, FAULT_FRAMES_MAX};
use rogues::Rogue;
use sandbox::{Budget, Fault, FaultKind, Limits, Occupancy, Plugin, Sandbox, Whose};
use serde_json::json;

use crate::setup;

const IDLE: Occupancy = Occupancy { instances: 0, memories: 0, tables: 0 };

fn expected(rogue: Rogue) -> FaultKind {
    match rogue {
        Rogue::Spins | Rogue::Logs1Gb => FaultKind::OutOfFuel,
        Rogue::Recurses => FaultKind::StackOverflow,
        Rogue::GrowsMemory | Rogue::GrowsTables => FaultKind::OutOfMemory,
        Rogue::Returns1Gb => FaultKind::OutputTooLarge,
        Rogue::LiesAboutTotal | Rogue::AwardsOutsideRange | Rogue::PointsNowhere => FaultKind::Lied,
        Rogue::Traps => FaultKind::Trapped,
        other => panic!("{other:?} is never called"),
    }
}

/// Calls the function that the rogue bends.
fn provoke(sandbox: &Sandbox, plugin: &Plugin, rogue: Rogue) -> (Fault, domain::evaluation::Run) {
    let (submission, context) = (setup::submission(&json!({ "drills": 0 })), setup::context());
    if matches!(rogue, Rogue::Returns1Gb | Rogue::PointsNowhere) {
        let evaluated = sandbox.check_here(plugin, &submission, &context);
        (evaluated.answer.unwrap_err(), evaluated.run)
    } else {
        let evaluated = sandbox.score_here(plugin, &submission, &context, &setup::review());
        (evaluated.answer.unwrap_err(), evaluated.run)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_rogue_costs_its_own_call_a_clear_fault_while_honest_scoring_goes_on() {
    let sandbox = setup::start(setup::limits());
    let honest = setup::admit(&sandbox, rogues::HONEST);
    let admitted = Rogue::CALLED.map(|rogue| (rogue, setup::admit(&sandbox, &rogues::component(rogue))));
    let (submission, context, review) = setup::question(&json!({}));
    let undisturbed = sandbox.score_here(&honest, &submission, &context, &review).run;

    let done = Arc::new(AtomicBool::new(false));
    let scoring = tokio::spawn({
        let (sandbox, done) = (sandbox.clone(), Arc::clone(&done));
        async move {
            let mut runs = Vec::new();
            while !done.load(Ordering::Relaxed) {
                let asked = (Arc::clone(&submission), Arc::clone(&context), Arc::clone(&review));
                runs.push(sandbox.score(&honest, asked.0, asked.1, asked.2).await.run);
            }
            runs
        }
    });
    let provoking = tokio::task::spawn_blocking({
        let sandbox = sandbox.clone();
        move || admitted.map(|(rogue, plugin)| (rogue, provoke(&sandbox, &plugin, rogue)))
    });
    for (rogue, (fault, run)) in provoking.await.unwrap() {
        assert_eq!((fault.kind, fault.whose()), (expected(rogue), Whose::Plugin), "{rogue:?}: {fault}");
        assert_eq!(run.outcome, Outcome::Faulted(fault.code().to_owned()));
        assert!(!fault.detail.is_empty());
    }
    done.store(true, Ordering::Relaxed);
    let runs = scoring.await.unwrap();
    assert!(!runs.is_empty());
    for run in runs {
        assert_eq!((run.outcome, run.fuel), (undisturbed.outcome.clone(), undisturbed.fuel));
    }
    assert_eq!(sandbox.occupancy(), IDLE);
}

#[test]
fn a_rogue_finds_its_end_at_the_same_place_every_time() {
    let sandbox = setup::start(setup::limits());
    for rogue in Rogue::CALLED {
        let plugin = setup::admit(&sandbox, &rogues::component(rogue));
        let (fault, run) = provoke(&sandbox, &plugin, rogue);
        let (again, run_again) = provoke(&sandbox, &plugin, rogue);
        assert_eq!(fault, again);
        let cost = |run: &domain::evaluation::Run| (run.fuel, run.peak_memory_bytes);
        assert_eq!(cost(&run), cost(&run_again), "{rogue:?}");
    }
}

#[test]
fn a_trap_names_the_function_that_it_came_from() {
    let sandbox = setup::start(setup::limits());
    let place = |rogue| {
        let (fault, _) = provoke(&sandbox, &setup::admit(&sandbox, &rogues::component(rogue)), rogue);
        let place = fault.trace.first().cloned().unwrap_or_default();
        assert!(fault.detail.contains(&place), "{fault}");
        (place, fault)
    };
    let (place_of_panic, panicked) = place(Rogue::Traps);
    assert_eq!(place_of_panic, "traps::gives_up", "what carries the panic out is passed over: {panicked:?}");
    assert!(!panicked.detail.contains("gives up"), "a panic's words may hold an answer: {panicked:?}");
    let (deepest, recursed) = place(Rogue::Recurses);
    assert!(deepest.starts_with("recurses::deeper ×"), "{recursed:?}");
    for rogue in [Rogue::Spins, Rogue::GrowsMemory] {
        let (place, fault) = place(rogue);
        assert!(!place.is_empty() && !place.starts_with("function "), "{rogue:?}: {fault:?}");
    }
    for rogue in Rogue::CALLED {
        let (fault, _) = provoke(&sandbox, &setup::admit(&sandbox, &rogues::component(rogue)), rogue);
        assert!(fault.trace.len() <= FAULT_FRAMES_MAX, "{fault:?}");
        let names = fault.trace.iter().map(|name| name.chars().count());
        assert!(names.max().unwrap_or_default() <= FAULT_FRAME_CHARS_MAX + 10, "{fault:?}");
    }
}

#[test]
fn a_component_without_names_has_its_functions_numbers() {
    let sandbox = setup::start(setup::limits());
    let plugin = setup::admit(&sandbox, &rogues::without_names(&rogues::component(Rogue::Traps)));
    let (fault, _) = provoke(&sandbox, &plugin, Rogue::Traps);
    assert_eq!(fault.kind, FaultKind::Trapped);
    assert!(fault.trace.iter().all(|name| name.starts_with("function ")), "{fault:?}");
}

#[test]
fn no_instance_ever_holds_more_than_it_may() {
    let limits = setup::limits();
    let sandbox = setup::start(limits.clone());
    for rogue in [Rogue::GrowsMemory, Rogue::GrowsTables] {
        let plugin = setup::admit(&sandbox, &rogues::component(rogue));
        for _ in 0..50 {
            let (fault, run) = provoke(&sandbox, &plugin, rogue);
            assert_eq!(fault.kind, FaultKind::OutOfMemory);
            assert!(run.peak_memory_bytes <= limits.memory_bytes as u64);
        }
        assert_eq!(sandbox.occupancy(), IDLE);
    }
}

#[test]
fn the_clock_is_a_backstop_and_its_verdict_is_the_hosts() {
    let budget = Budget { fuel: u64::MAX / 2, wall: Duration::from_millis(50) };
    let sandbox = setup::start(Limits { unit: budget, ..setup::limits() });
    let plugin = setup::admit(&sandbox, &rogues::component(Rogue::Spins));
    let (fault, _) = provoke(&sandbox, &plugin, Rogue::Spins);
    assert_eq!((fault.kind, fault.whose()), (FaultKind::OutOfTime, Whose::Host));
}

#[test]
fn a_fault_repeats_no_value_of_the_answers() {
    let sandbox = setup::start(setup::limits());
    for rogue in [Rogue::LiesAboutTotal, Rogue::AwardsOutsideRange, Rogue::PointsNowhere] {
        let plugin = setup::admit(&sandbox, &rogues::component(rogue));
        let (fault, _) = provoke(&sandbox, &plugin, rogue);
        assert!(!fault.detail.contains("第一消防站"));
    }
}
