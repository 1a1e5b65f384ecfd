//! The parent's side of compiling in a child: hands over, waits until a deadline, and understands how the child ended.

use std::ffi::OsString;
use std::io::{self, Read, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use wasmtime::Engine;

use super::OwnCode;
use super::child::{UNFIT, order};
use crate::admission::{CompileStop, Refused};
use crate::engine::compatibility;
use crate::fault::Fault;
use crate::limits::CompileLimits;

/// How often the parent looks whether the child has ended.
const LOOK: Duration = Duration::from_millis(5);

/// What of a child says is kept, in bytes.
const TALK_BYTES_MAX: u64 = 4_096;

/// Compiles one component in a child of its own.
pub(super) fn compile(
    program: &Path,
    arguments: &[OsString],
    engine: &Engine,
    component: &[u8],
    limits: CompileLimits,
) -> Result<OwnCode, Refused> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let host = |error: io::Error| Refused::Fault(Fault::host(&error));
    let mut child = command.spawn().map_err(host)?;
    let (Some(mut input), Some(output), Some(talking)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(host(io::Error::other("the child has no pipes")));
    };
    let order = order(limits, compatibility(engine));
    let (end, code, talk) = thread::scope(|scope| {
        // A child that ends early closes its pipes, and whoever writes or reads ends, too.
        scope.spawn(move || input.write_all(order.as_bytes()).and_then(|()| input.write_all(component)));
        let code = scope.spawn(move || read_all(output, u64::MAX));
        let talk = scope.spawn(move || read_all(talking, TALK_BYTES_MAX));
        (wait(&mut child, limits.wall), code.join().unwrap_or_default(), talk.join().unwrap_or_default())
    });
    match end.map_err(host)? {
        None => Err(Refused::CompileLimit { stop: CompileStop::Time }),
        Some(status) if status.success() => Ok(OwnCode::compiled(code)),
        Some(status) => Err(refusal_of(status, &String::from_utf8_lossy(&talk))),
    }
}

/// Waits for the child until a deadline, and kills it then.
fn wait(child: &mut Child, wall: Duration) -> io::Result<Option<ExitStatus>> {
    let started = Instant::now();
    while started.elapsed() < wall {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(LOOK);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn read_all(pipe: impl Read, bytes_max: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What broke off is told by how the child ended.
    let _ = pipe.take(bytes_max).read_to_end(&mut bytes);
    bytes
}

fn refusal_of(status: ExitStatus, talk: &str) -> Refused {
    const SIGABRT: i32 = 6;
    const SIGKILL: i32 = 9;
    const SIGXCPU: i32 = 24;
    let stop = match (status.code(), status.signal()) {
        (Some(code), _) if code == i32::from(UNFIT) => return Refused::Unfit { what: talk.to_owned() },
        (None, Some(SIGXCPU | SIGKILL)) => CompileStop::Processor,
        // Rust's answer to an allocation that fails.
        (None, Some(SIGABRT)) => CompileStop::Memory,
        (Some(1), _) => return Refused::Fault(Fault::host(&talk.trim())),
        _ => CompileStop::Failure,
    };
    tracing::warn!(%status, talk = talk.trim(), "the compiling child ended badly");
    Refused::CompileLimit { stop }
}
