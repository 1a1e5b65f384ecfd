//! Compiling happens in a child that can be stopped.

use std::time::Duration;

use rogues::Rogue;
use sandbox::{CompileLimits, CompileStop, Compiler, Limits, Refused, Sandbox, SandboxSettings};

use crate::setup;

fn sandbox_with(compile: CompileLimits) -> Sandbox {
    let program = env!("CARGO_BIN_EXE_compile-component").into();
    let settings = SandboxSettings {
        threads: 1,
        limits: Limits { compile, ..setup::limits() },
        compiler: Compiler::Child { program, arguments: Vec::new() },
        cache: None,
    };
    Sandbox::start(settings).unwrap()
}

fn stop_of(sandbox: &Sandbox) -> CompileStop {
    stop_of_bomb(sandbox, Rogue::CompileBomb)
}

fn stop_of_bomb(sandbox: &Sandbox, bomb: Rogue) -> CompileStop {
    match sandbox.admit_here(&rogues::component(bomb)).map(|(plugin, _)| plugin).unwrap_err() {
        Refused::CompileLimit { stop } => stop,
        other => panic!("{other}"),
    }
}

#[test]
fn a_child_compiles_what_runs_here() {
    let sandbox = sandbox_with(CompileLimits::default());
    let plugin = setup::admit(&sandbox, rogues::HONEST);
    let evaluated = sandbox.check_here(&plugin, &setup::submission(&serde_json::json!({})), &setup::context());
    assert!(evaluated.answer.is_ok());
}

#[test]
fn a_bomb_is_stopped_by_the_clock() {
    let sandbox = sandbox_with(CompileLimits { wall: Duration::from_millis(500), ..CompileLimits::default() });
    assert_eq!(stop_of(&sandbox), CompileStop::Time);
}

#[test]
fn a_bomb_is_stopped_by_the_processors_time_and_the_next_component_compiles() {
    let sandbox = sandbox_with(CompileLimits { cpu_seconds: 3, ..CompileLimits::default() });
    assert_eq!(stop_of(&sandbox), CompileStop::Processor);
    setup::admit(&sandbox, rogues::HONEST_READER);
}

#[test]
fn a_bomb_is_stopped_by_memory() {
    let sandbox = sandbox_with(CompileLimits { memory_bytes: 300 << 20, ..CompileLimits::default() });
    assert_eq!(stop_of(&sandbox), CompileStop::Memory);
}

#[test]
fn every_shape_of_bomb_ends_in_the_child_and_honest_work_goes_on() {
    let sandbox = sandbox_with(CompileLimits { cpu_seconds: 3, memory_bytes: 1 << 30, ..CompileLimits::default() });
    let honest = setup::admit(&sandbox, rogues::HONEST);
    let score = || {
        let (submission, context, review) = setup::question(&serde_json::json!({}));
        sandbox.score_here(&honest, &submission, &context, &review).run
    };
    let undisturbed = score();
    for bomb in Rogue::BOMBS {
        std::thread::scope(|scope| {
            let exploding = scope.spawn(|| stop_of_bomb(&sandbox, bomb));
            let mut scored = 0;
            while !exploding.is_finished() || scored == 0 {
                let run = score();
                assert_eq!((run.outcome, run.fuel), (undisturbed.outcome.clone(), undisturbed.fuel));
                scored += 1;
            }
            let stop = exploding.join().unwrap();
            assert!(matches!(stop, CompileStop::Processor | CompileStop::Memory), "{bomb:?}: {stop}");
            assert!(scored > 10, "{bomb:?}: only {scored} scores meanwhile");
        });
    }
    setup::admit(&sandbox, rogues::HONEST_READER);
}

#[test]
fn types_within_each_other_cost_at_most_the_child() {
    let sandbox = sandbox_with(CompileLimits::default());
    let mut component = rogues::nested_types(200_000);
    // It says that it is a rubric, so that it is let through to the compiler.
    component.extend(&export_of_the_first_type("huizong:plugin/rubric@1.0.0"));
    let refused = sandbox.admit_here(&component).map(|(plugin, _)| plugin).unwrap_err();
    assert!(["unfit-component", "compile-limit"].contains(&refused.code()), "{refused}");
    setup::admit(&sandbox, rogues::HONEST_READER);
}

/// A section of exports with one in it.
fn export_of_the_first_type(name: &str) -> Vec<u8> {
    let mut content = vec![1, 0, u8::try_from(name.len()).unwrap()];
    content.extend(name.as_bytes());
    content.extend([3, 0, 0]);
    let mut section = vec![11, u8::try_from(content.len()).unwrap()];
    section.extend(content);
    section
}

#[test]
fn a_child_says_why_a_component_does_not_compile() {
    let sandbox = sandbox_with(CompileLimits::default());
    let mut component = rogues::HONEST_READER.to_vec();
    // A section of a number that means nothing.
    component.extend([1, 9, 0, b'a', b's', b'm', 1, 0, 0, 0, 99]);
    let refused = sandbox.admit_here(&component).map(|(plugin, _)| plugin).unwrap_err();
    assert!(!refused.to_string().is_empty());
    assert_eq!(refused.whose(), sandbox::Whose::Plugin);
}

#[test]
fn a_child_that_cannot_be_started_is_the_hosts_fault() {
    let settings = SandboxSettings {
        threads: 1,
        limits: setup::limits(),
        compiler: Compiler::Child { program: "/nowhere/at/all".into(), arguments: Vec::new() },
        cache: None,
    };
    let refused = Sandbox::start(settings).unwrap().admit_here(rogues::HONEST).map(|(plugin, _)| plugin).unwrap_err();
    assert_eq!(refused.whose(), sandbox::Whose::Host);
}
