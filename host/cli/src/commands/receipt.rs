//! `huizong receipt`: whoever was given a receipt proves it without the house, with nothing but the host's public key.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::answers::Answers;
use domain::digest::Digest;
use domain::submission::Receipt;
use operations::verify_receipt;
use serde_json::{Value, json};

use crate::answers_file;
use crate::output::Output;
use crate::terminal;

/// What can be done with a receipt.
#[derive(Subcommand)]
pub enum Command {
    /// Verify a receipt off-line: whether the host signed it, and whether it is about these answers and this rubric.
    Verify(VerifyOptions),
}

/// What `receipt verify` is told.
#[derive(Args)]
pub struct VerifyOptions {
    /// The receipt, as a JSON file: by itself, or in what handing in gave.
    receipt: PathBuf,
    /// A public key that the host published (Base64; `GET /api/v1/receipt-key`); may stand several times.
    #[arg(long = "key", required = true)]
    keys: Vec<String>,
    /// The answers that it should be about: a JSON file, or MessagePack by the ending `.msgpack`.
    #[arg(long)]
    answers: Option<PathBuf>,
    /// The component of the rubric that it should name.
    #[arg(long)]
    rubric: Option<PathBuf>,
}

/// Does it. The exit code is 1 where something is wrong, and what is wrong is told.
pub fn run(command: Command, output: &Output) -> anyhow::Result<ExitCode> {
    let Command::Verify(options) = command;
    let receipt = read_receipt(&options.receipt)?;
    let mut wrong = Vec::new();
    if !options.keys.contains(&receipt.key) {
        wrong.push("key");
    } else if verify_receipt(&receipt, &receipt.key).is_err() {
        wrong.push("signature");
    }
    if let Some(file) = &options.answers {
        let answers = Answers::from_value(answers_file::read(file)?).with_context(|| file.display().to_string())?;
        if answers.digest() != receipt.body.answers {
            wrong.push("answers");
        }
    }
    if let Some(file) = &options.rubric {
        let component = std::fs::read(file).with_context(|| file.display().to_string())?;
        if Digest::of(&component) != receipt.body.rubric {
            wrong.push("rubric");
        }
    }
    terminal::show_receipt(output, &serde_json::to_value(&receipt)?);
    for part in &wrong {
        output.say(&format!("cli-receipt-wrong-{part}"), &[]);
    }
    if wrong.is_empty() {
        output.say("cli-receipt-genuine", &[]);
    }
    output.json(&json!({ "receipt": receipt, "genuine": wrong.is_empty(), "wrong": wrong }));
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read_receipt(file: &Path) -> anyhow::Result<Receipt> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let mut value: Value = serde_json::from_slice(&bytes).with_context(|| file.display().to_string())?;
    if let Some(receipt) = value.get_mut("receipt") {
        value = receipt.take();
    }
    serde_json::from_value(value).with_context(|| file.display().to_string())
}
