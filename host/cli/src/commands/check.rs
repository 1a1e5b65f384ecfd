//! `huizong check`: the member's pre-check, off-line, with the component that will judge the submission.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use bytes::Bytes;
use clap::Args;
use domain::digest::Digest;
use domain::explanation::explain;
use domain::review::Explanation;
use domain::submission::Standing;
use operations::{OffLineCheck, OperationError, PreCheckPack, check_off_line};
use sandbox::{Compiler, Limits, Sandbox, SandboxSettings};

use crate::answers_file;
use crate::commands::pack::{PACK_FILE, RUBRIC_FILE};
use crate::commands::submit::parse_explanation;
use crate::output::Output;
use crate::terminal;

/// What `check` is told.
#[derive(Args)]
pub struct Options {
    /// The answers: a JSON file, or MessagePack by the ending `.msgpack`.
    answers: PathBuf,
    /// The folder that `huizong pack` wrote.
    #[arg(long, default_value = "huizong-pack")]
    pack: PathBuf,
    /// Why a warning is right all the same: `CHECK=TEXT`; may stand several times.
    #[arg(long = "explain", value_name = "CHECK=TEXT", value_parser = parse_explanation)]
    explanations: Vec<(String, String)>,
}

/// Checks the answers. The exit code is 2 where they would not count.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let (pack, component) = read_pack(&options.pack, output)?;
    let answers = answers_file::read(&options.answers)?;
    let explained = options.explanations.into_iter().map(|(check, text)| Explanation { check, at: None, text });
    let checked = check_off_line(&sandbox()?, component, &pack, answers, explained.collect()).await;
    match checked {
        Ok(checked) => Ok(show(&pack, &checked, output)),
        Err(OperationError::Invalid(problems)) => {
            for problem in &problems {
                let message = problem.message.in_language(output.language());
                output.say("cli-form-problem", &[("pointer", &problem.pointer), ("message", message)]);
            }
            output.json(&serde_json::json!({ "standing": "blocked", "errors": problems }));
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

fn read_pack(folder: &Path, output: &Output) -> anyhow::Result<(PreCheckPack, Bytes)> {
    let file = folder.join(PACK_FILE);
    let pack = std::fs::read(&file).with_context(|| file.display().to_string())?;
    let pack: PreCheckPack = serde_json::from_slice(&pack).with_context(|| file.display().to_string())?;
    let file = folder.join(RUBRIC_FILE);
    let component = std::fs::read(&file).with_context(|| file.display().to_string())?;
    anyhow::ensure!(Digest::of(&component) == pack.rubric, output.words("cli-pack-rubric-differs", &[]));
    Ok((pack, component.into()))
}

/// A sandbox of one's own: one thread, the server's limits.
fn sandbox() -> anyhow::Result<Sandbox> {
    let program = std::env::current_exe().context("this binary's own path is unknown")?;
    let arguments = vec![OsString::from(crate::COMPILE_COMMAND)];
    let compiler = Compiler::Child { program, arguments };
    let settings = SandboxSettings { threads: 2, limits: Limits::default(), compiler, cache: None };
    Sandbox::start(settings).context("the sandbox does not start")
}

fn show(pack: &PreCheckPack, checked: &OffLineCheck, output: &Output) -> ExitCode {
    let counts = checked.verdict.standing == Standing::Accepted;
    let value = serde_json::to_value(&checked.verdict).unwrap_or_default();
    terminal::show_findings(output, &value["findings"]);
    if let Some(scorecard) = &checked.verdict.scorecard {
        let card = explain(&checked.description, pack.envelope.period, scorecard, None);
        terminal::show_scorecard(output, &card);
    }
    output.say(if counts { "cli-checked-accepted" } else { "cli-checked-blocked" }, &[]);
    output.json(&value);
    if counts { ExitCode::SUCCESS } else { ExitCode::from(2) }
}
