//! The compiling child as a program of its own, for tests and for hosts that keep it apart.

use std::process::ExitCode;

fn main() -> ExitCode {
    sandbox::compile_child()
}
