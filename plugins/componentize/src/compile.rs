//! Compiles packages of the workspace with a cargo of their own, free of whatever the outer build was told.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::place::{self, PROFILE, TARGET};
use crate::{rerun, wrap};

/// Bytes of a guest's stack. Every page that a fresh instance touches costs a page fault, and overflow must trap early; answers are
/// at most 32 levels deep, so this is ample.
const STACK_BYTES: usize = 128 * 1024;

/// Bytes of a guest's heap that are there from the start. Memory that grows during a call is protected anew for the next instance, page by page;
/// what is there from the start stays as it is, and a page that nobody touches costs nothing. A member's whole year fits.
const HEAP_BYTES: usize = 2 * 1024 * 1024 - 64 * 1024;

/// Variables of cargo that the guests' build keeps: where things come from and how many may run at once, never how to compile.
const KEPT: [&str; 5] = ["CARGO", "CARGO_HOME", "CARGO_BUILD_JOBS", "CARGO_MAKEFLAGS", "CARGO_MANIFEST_DIR"];

/// Beginnings of more such variables: registries, proxies, colours.
const KEPT_SECTIONS: [&str; 4] = ["CARGO_NET_", "CARGO_HTTP_", "CARGO_REGISTR", "CARGO_TERM_"];

/// What an outer build tells its build scripts and compilers beside that.
const DROPPED: [&str; 12] = [
    "RUSTFLAGS",
    "RUSTDOCFLAGS",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_LINKER",
    "OUT_DIR",
    "TARGET",
    "HOST",
    "PROFILE",
    "OPT_LEVEL",
    "DEBUG",
    "NUM_JOBS",
];

/// Compiles one package's library and wraps it as a component.
///
/// # Errors
/// The package does not compile, or what comes of it is no plugin.
pub fn build_component(package: &str) -> Result<Vec<u8>> {
    let mut components = build_components(&[package])?;
    components.pop().context("one package gives one component")
}

/// Compiles the libraries of several packages in one call of cargo, and wraps each as a component; in the order of `packages`.
///
/// # Errors
/// A package does not compile, or what comes of it is no plugin.
pub fn build_components(packages: &[&str]) -> Result<Vec<Vec<u8>>> {
    let guests = place::guests_directory()?;
    let mut wanted = vec![OsString::from("--lib")];
    for package in packages {
        wanted.extend([OsString::from("--package"), OsString::from(package)]);
    }
    let modules: Vec<_> = packages.iter().map(|package| place::library_in(&guests, package)).collect();
    let modules = compile_modules(&guests, &wanted, &modules)?;
    let named = packages.iter().zip(modules);
    named.map(|(package, module)| wrap::encode(&module).with_context(|| (*package).to_owned())).collect()
}

/// Compiles examples of one package (with `crate-type = ["cdylib"]`) and leaves them core modules, in the order of `examples`: for
/// whoever wants to look at one or to change it before it is wrapped. All features of the package are on, because examples that are
/// only guests name one in `required-features` to stay out of native builds.
///
/// # Errors
/// An example does not compile.
pub fn compile_examples(package: &str, examples: &[&str]) -> Result<Vec<Vec<u8>>> {
    let guests = place::guests_directory()?;
    let wanted = ["--package", package, "--all-features", "--examples"].map(OsString::from);
    let modules: Vec<_> = examples.iter().map(|example| place::example_in(&guests, example)).collect();
    compile_modules(&guests, &wanted, &modules)
}

fn compile_modules(guests: &Path, wanted: &[OsString], modules: &[PathBuf]) -> Result<Vec<Vec<u8>>> {
    let workspace = place::workspace_directory()?;
    ensure_target()?;
    compile(guests, &workspace, wanted)?;
    rerun::tell_cargo(modules, &workspace)?;
    modules.iter().map(|module| read(module)).collect()
}

fn read(module: &Path) -> Result<Vec<u8>> {
    fs::read(module).with_context(|| {
        format!("cargo made no {}: does the package say `crate-type = [\"cdylib\"]`?", module.display())
    })
}

fn compile(guests: &Path, workspace: &Path, wanted: &[OsString]) -> Result<()> {
    let mut cargo = clean_command(&cargo_program());
    cargo.current_dir(workspace).env("CARGO_ENCODED_RUSTFLAGS", rust_flags(workspace)?);
    cargo.args(["build", "--profile", PROFILE, "--target", TARGET, "--target-dir"]).arg(guests).args(wanted);
    let status = cargo.status().context("cannot start cargo")?;
    ensure!(status.success(), "compiling for {TARGET} failed; cargo says why above");
    Ok(())
}

/// A small stack, a heap that need not grow, vectors for moving records and comparing names, and no path of this machine in the bytes:
/// the same sources give the same component elsewhere.
fn rust_flags(workspace: &Path) -> Result<String> {
    let sysroot = ask_rustc(&["--print", "sysroot"])?;
    let mut flags = vec![
        "-Ctarget-feature=+simd128".to_owned(),
        format!("-Clink-arg=-zstack-size={STACK_BYTES}"),
        format!("-Clink-arg=--initial-heap={HEAP_BYTES}"),
    ];
    let mut rename = |path: &Path, name: &str| flags.push(format!("--remap-path-prefix={}={name}", path.display()));
    rename(workspace, "/workspace");
    rename(Path::new(sysroot.trim()), "/rustc");
    if let Some(home) = cargo_home() {
        rename(&home, "/cargo");
    }
    Ok(flags.join("\u{1f}"))
}

fn cargo_home() -> Option<PathBuf> {
    let by_default = || env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(by_default)
}

/// Installs the target where rustup can, once; says what to install where it cannot.
fn ensure_target() -> Result<()> {
    let libraries = ask_rustc(&["--print", "target-libdir", "--target", TARGET])?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    let added = Command::new("rustup").args(["target", "add", TARGET]).status().is_ok_and(|status| status.success());
    if !added {
        bail!("install the Rust target {TARGET} (`rustup target add {TARGET}`): plugins are compiled for it");
    }
    Ok(())
}

fn ask_rustc(arguments: &[&str]) -> Result<String> {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = clean_command(&program).args(arguments).output().context("cannot start rustc")?;
    ensure!(output.status.success(), "rustc failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A command without what the outer build put into its environment: flags, wrappers, profiles.
fn clean_command(program: &OsStr) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_of_the_outer_build) {
            command.env_remove(&name);
        }
    }
    command
}

fn is_of_the_outer_build(name: &str) -> bool {
    let is_kept = KEPT.contains(&name) || KEPT_SECTIONS.iter().any(|section| name.starts_with(section));
    DROPPED.contains(&name) || (name.starts_with("CARGO") && !is_kept)
}
