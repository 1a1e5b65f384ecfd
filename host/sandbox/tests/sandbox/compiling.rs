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
    match sandbox.admit_here(&rogues::component(Rogue::CompileBomb)).map(|(plugin, _)| plugin).unwrap_err() {
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
