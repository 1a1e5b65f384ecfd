//! Compiled code is kept, and only this host's own is ever run.

use std::fs;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use domain::release::Descriptions;
use rogues::Rogue;
use sandbox::{CodeCache, CompileLimits, Compiler, FaultKind, Limits, Plugin, Sandbox, SandboxSettings};
use tempfile::TempDir;

use crate::setup;

const KEY: [u8; 32] = [7; 32];

fn sandbox(folder: &Path, key: [u8; 32], compiler: Compiler) -> Sandbox {
    let cache = Some(CodeCache { folder: folder.to_owned(), key });
    Sandbox::start(SandboxSettings { threads: 1, limits: setup::limits(), compiler, cache }).unwrap()
}

/// A compiler that compiles nothing, so that whatever loads came from the cache.
fn no_compiler() -> Compiler {
    Compiler::Child { program: "/nowhere/at/all".into(), arguments: Vec::new() }
}

/// A folder with the reader's code in it, and what it says of itself.
fn filled() -> (TempDir, Plugin) {
    let folder = tempfile::tempdir().unwrap();
    let plugin = setup::admit(&sandbox(folder.path(), KEY, Compiler::InProcess), rogues::HONEST_READER);
    (folder, plugin)
}

fn load(sandbox: &Sandbox, known: &Plugin) -> Result<Plugin, sandbox::Fault> {
    let descriptions: Descriptions = known.descriptions().clone();
    sandbox.load_here(known.digest(), rogues::HONEST_READER, descriptions)
}

#[test]
fn a_release_is_loaded_from_the_cache_without_compiling() {
    let (folder, known) = filled();
    let restarted = sandbox(folder.path(), KEY, no_compiler());
    let plugin = load(&restarted, &known).unwrap();
    assert!(restarted.read_here(&plugin, "3").answer.is_ok());
}

#[tokio::test]
async fn a_release_is_loaded_from_the_cache_by_who_waits_for_it() {
    let (folder, known) = filled();
    let restarted = sandbox(folder.path(), KEY, no_compiler());
    let component = Bytes::from_static(rogues::HONEST_READER);
    let plugin = restarted.load(known.digest(), component, known.descriptions().clone()).await.unwrap();
    assert!(restarted.read(&plugin, "3".into()).await.answer.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_release_that_is_known_does_not_wait_for_what_comes_in() {
    let (_folder, known) = filled();
    let program = env!("CARGO_BIN_EXE_compile-component").into();
    let compile = CompileLimits { wall: Duration::from_secs(20), ..CompileLimits::default() };
    let settings = SandboxSettings {
        threads: 1,
        limits: Limits { compile, ..setup::limits() },
        compiler: Compiler::Child { program, arguments: Vec::new() },
        cache: None,
    };
    let restarted = Sandbox::start(settings).unwrap();
    let mut coming_in = Box::pin(restarted.admit(rogues::component(Rogue::CompileBomb).into()));
    let begun = tokio::time::timeout(Duration::from_millis(200), &mut coming_in).await;
    assert!(begun.is_err(), "a bomb takes its time");
    let component = Bytes::from_static(rogues::HONEST_READER);
    let known = restarted.load(known.digest(), component, known.descriptions().clone());
    tokio::select! {
        biased;
        loaded = known => assert!(loaded.is_ok()),
        ended = &mut coming_in => panic!("the bomb came first: {:?}", ended.map(|_| ())),
    }
}

#[test]
fn one_changed_byte_anywhere_is_a_miss() {
    let (folder, known) = filled();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&file).unwrap();
    for place in [0, whole.len() / 2, whole.len() - 33, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        fs::write(&file, &changed).unwrap();
        let fault = load(&sandbox(folder.path(), KEY, no_compiler()), &known).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Host);
    }
    fs::write(&file, &whole[..20]).unwrap();
    assert!(load(&sandbox(folder.path(), KEY, no_compiler()), &known).is_err());
    fs::write(&file, &whole).unwrap();
    assert!(load(&sandbox(folder.path(), KEY, no_compiler()), &known).is_ok());
}

#[test]
fn a_changed_file_is_compiled_again_where_that_is_possible() {
    let (folder, known) = filled();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, b"something else").unwrap();
    assert!(load(&sandbox(folder.path(), KEY, Compiler::InProcess), &known).is_ok());
}

#[test]
fn another_hosts_code_is_a_miss() {
    let (folder, known) = filled();
    assert!(load(&sandbox(folder.path(), [8; 32], no_compiler()), &known).is_err());
}

#[test]
fn code_under_the_name_of_another_component_is_a_miss() {
    let (folder, known) = filled();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    let other = domain::digest::Digest::of(rogues::HONEST);
    let renamed = name.replace(&known.digest().to_string(), &other.to_string());
    fs::rename(&file, folder.path().join(renamed)).unwrap();
    let restarted = sandbox(folder.path(), KEY, no_compiler());
    assert!(restarted.load_here(other, rogues::HONEST, known.descriptions().clone()).is_err());
}

#[test]
fn the_code_of_two_releases_that_changed_places_is_a_miss_for_both() {
    let (folder, reader) = filled();
    let report = setup::admit(&sandbox(folder.path(), KEY, Compiler::InProcess), rogues::HONEST_REPORT);
    let mut files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let [one, other] = &files[..] else { panic!("{files:?}") };
    let aside = folder.path().join("aside");
    for (from, to) in [(one, &aside), (other, one), (&aside, other)] {
        fs::rename(from, to).unwrap();
    }
    let restarted = sandbox(folder.path(), KEY, no_compiler());
    assert!(load(&restarted, &reader).is_err());
    assert!(restarted.load_here(report.digest(), rogues::HONEST_REPORT, report.descriptions().clone()).is_err());
}

#[test]
fn two_hosts_with_one_key_share_what_either_compiled() {
    let (folder, known) = filled();
    let neighbour = sandbox(folder.path(), KEY, no_compiler());
    assert!(load(&neighbour, &known).is_ok());
    assert!(neighbour.load_cached_here(known.digest(), known.descriptions().clone()).is_some());
}

#[test]
fn what_is_not_in_the_cache_is_not_made_up() {
    let (folder, known) = filled();
    let restarted = sandbox(folder.path(), KEY, Compiler::InProcess);
    let other = domain::digest::Digest::of(rogues::HONEST);
    assert!(restarted.load_cached_here(other, known.descriptions().clone()).is_none());
    assert!(restarted.plugin(other).is_none());
}

#[test]
fn the_bytes_of_another_component_are_not_taken_for_a_release() {
    let folder = tempfile::tempdir().unwrap();
    let (_kept, known) = filled();
    let restarted = sandbox(folder.path(), KEY, Compiler::InProcess);
    let fault = restarted.load_here(known.digest(), rogues::HONEST, known.descriptions().clone()).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Host);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_look_into_the_cache() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, _) = filled();
    let mode = fs::metadata(folder.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
