//! `cargo run -p componentize -- PACKAGE --out FILE`: compiles a plugin's crate into the component that a host admits.

use std::env;
use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

const USAGE: &str = "usage: componentize PACKAGE [--out FILE]\n\n\
    Compiles the library of PACKAGE (a member of the workspace in the current directory, with\n\
    crate-type = [\"cdylib\"]) and writes the component to FILE, by default PACKAGE.wasm.\n";

struct Wish {
    package: String,
    out: PathBuf,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match understand(&arguments) {
        Some(wish) => componentize_to(&wish),
        None => io::stderr().write_all(USAGE.as_bytes()).map(|()| ExitCode::from(2)).map_err(Into::into),
    };
    outcome.unwrap_or_else(|error| {
        // Nothing is left to tell when standard error is closed.
        let _ = writeln!(io::stderr(), "componentize: {error:#}");
        ExitCode::FAILURE
    })
}

fn understand(arguments: &[String]) -> Option<Wish> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [package] if !package.starts_with('-') => {
            Some(Wish { package: package.to_owned(), out: PathBuf::from(format!("{package}.wasm")) })
        }
        [package, "--out", file] | ["--out", file, package] => {
            Some(Wish { package: package.to_owned(), out: PathBuf::from(file) })
        }
        _ => None,
    }
}

fn componentize_to(wish: &Wish) -> Result<ExitCode> {
    let component = componentize::build_component(&wish.package)?;
    fs::write(&wish.out, &component).with_context(|| format!("cannot write {}", wish.out.display()))?;
    writeln!(io::stdout(), "{} ({} bytes)", wish.out.display(), component.len())?;
    Ok(ExitCode::SUCCESS)
}
