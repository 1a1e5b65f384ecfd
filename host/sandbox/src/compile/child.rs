//! The compiling child: takes limits upon itself, reads one component, writes its code, ends.

use std::io::{self, BufRead as _, Read as _, Write as _};
use std::process::ExitCode;

use domain::limits::COMPONENT_BYTES_MAX;
use rustix::process::{Resource, Rlimit, Signal, nice, set_parent_process_death_signal, setrlimit};

use crate::engine::{compatibility, compiling_engine};
use crate::limits::CompileLimits;

/// The component cannot be compiled, and standard error says why.
pub(super) const UNFIT: u8 = 10;

/// The niceness that every scheduler puts last.
const LEAST_PRIORITY: i32 = 19;

/// What the parent sends ahead of the component, as one line.
pub(super) fn order(limits: CompileLimits, compatibility: [u8; 32]) -> String {
    let compatibility = domain::digest::Digest::of(&compatibility);
    format!("compile {} {} {compatibility}\n", limits.cpu_seconds, limits.memory_bytes)
}

/// The whole of the child's work: an order and a component on standard input, code on standard output.
///
/// The child limits itself before it reads the component. It never returns to whatever else the program does.
pub fn compile_child() -> ExitCode {
    match work() {
        Ok(code) => code,
        Err(error) => {
            // The parent has only the exit code when even this cannot be written.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn work() -> io::Result<ExitCode> {
    let mut input = io::stdin().lock();
    let mut order = String::new();
    input.by_ref().take(1024).read_line(&mut order)?;
    obey(&order)?;
    let mut component = Vec::new();
    input.take(COMPONENT_BYTES_MAX as u64).read_to_end(&mut component)?;
    let engine = compiling_engine().map_err(io::Error::other)?;
    let is_same = order.trim_end().ends_with(&domain::digest::Digest::of(&compatibility(&engine)).to_string());
    if !is_same {
        return Err(io::Error::other("the child is another program than the host: its code would not fit"));
    }
    match engine.precompile_component(&component) {
        Ok(code) => {
            let mut output = io::stdout().lock();
            output.write_all(&code)?;
            output.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            write!(io::stderr(), "{error:#}")?;
            Ok(ExitCode::from(UNFIT))
        }
    }
}

/// Takes the limits of the order upon this process, and ends with the parent.
fn obey(order: &str) -> io::Result<()> {
    let mut words = order.split_ascii_whitespace();
    let (Some("compile"), Some(cpu), Some(memory)) = (words.next(), words.next(), words.next()) else {
        return Err(io::Error::other(
            "this is for the host to call: it compiles one component that comes on standard input",
        ));
    };
    let number = |word: &str| word.parse::<u64>().map_err(io::Error::other);
    let at_most = |amount| Rlimit { current: Some(amount), maximum: Some(amount) };
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // Whoever is served comes first: compiling takes what they leave.
    nice(LEAST_PRIORITY)?;
    // When memory is short on the whole machine it is this process that goes. Where the kernel has no such file it decides by itself.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    setrlimit(Resource::Core, at_most(0))?;
    setrlimit(Resource::Cpu, at_most(number(cpu)?))?;
    setrlimit(Resource::As, at_most(number(memory)?))?;
    Ok(())
}
