//! `huizong submit`: hands in a revision and shows the receipt.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use domain::digest::Digest;
use serde_json::{Value, json};

use crate::answers_file;
use crate::client::{Client, Encoding, ServerOptions};
use crate::output::Output;
use crate::terminal;

/// What `submit` is told.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    server: ServerOptions,
    /// The federation's code.
    #[arg(long)]
    federation: String,
    /// The round's code.
    #[arg(long)]
    round: String,
    /// The member's code.
    #[arg(long)]
    unit: String,
    /// The answers: a JSON file, or MessagePack by the ending `.msgpack`.
    answers: PathBuf,
    /// Why a warning is right all the same: `CHECK=TEXT`; may stand several times.
    #[arg(long = "explain", value_name = "CHECK=TEXT", value_parser = parse_explanation)]
    explanations: Vec<(String, String)>,
    /// Names this attempt, so that trying again gives the same receipt; the digest of the body if left out.
    #[arg(long)]
    key: Option<String>,
}

/// Hands the answers in. The exit code is 2 where the revision is kept but does not count.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let client = Client::from_options(&options.server, output)?;
    let answers = answers_file::read(&options.answers)?;
    let explanations: Vec<Value> =
        options.explanations.iter().map(|(check, text)| json!({ "check": check, "text": text })).collect();
    let body = json!({ "answers": answers, "explanations": explanations });
    let key = options.key.clone().unwrap_or_else(|| Digest::of(body.to_string().as_bytes()).to_string());
    let Options { federation, round, unit, .. } = &options;
    let path = format!("/federations/{federation}/rounds/{round}/submissions/{unit}");
    let submitted = client.put_revision(&path, &body, Encoding::Json, &key).await?;
    output.json(&submitted);
    terminal::show_findings(output, &submitted["findings"]);
    terminal::show_receipt(output, &submitted["receipt"]);
    let counts = submitted["receipt"]["standing"] == "accepted";
    Ok(if counts { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Reads `CHECK=TEXT`.
pub fn parse_explanation(text: &str) -> anyhow::Result<(String, String)> {
    let (check, reason) = text.split_once('=').context("CHECK=TEXT")?;
    Ok((check.to_owned(), reason.to_owned()))
}
