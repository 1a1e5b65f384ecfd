//! `huizong audit`: takes a federation's audit log out of the house, and verifies it there with nothing but the host's public key.

use std::fs::File;
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::audit::Checkpoint;
use domain::submission::Receipt;
use futures::TryStreamExt as _;
use operations::{AuditFault, AuditVerified, Evidence, verify_audit};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::client::{Client, ServerOptions};
use crate::output::Output;

/// What can be done with an audit log.
#[derive(Subcommand)]
pub enum Command {
    /// Write the whole log to a file, for somebody outside the house.
    Export(ExportOptions),
    /// Sign the log as it is now, and print the signed checkpoint to be kept elsewhere.
    Checkpoint(FederationOptions),
    /// Verify an exported log off-line: whether a byte was changed, an entry left out, the history rewritten.
    Verify(VerifyOptions),
}

/// Whose log, and at which server.
#[derive(Args)]
pub struct FederationOptions {
    #[command(flatten)]
    server: ServerOptions,
    /// The federation's code.
    #[arg(long, env = "HUIZONG_FEDERATION")]
    federation: String,
}

/// What `audit export` is told.
#[derive(Args)]
pub struct ExportOptions {
    #[command(flatten)]
    of: FederationOptions,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

/// What `audit verify` is told.
#[derive(Args)]
pub struct VerifyOptions {
    /// The exported log.
    export: PathBuf,
    /// A public key that the host published (Base64; `GET /api/v1/receipt-key`); may stand several times.
    #[arg(long = "key", required = true)]
    keys: Vec<String>,
    /// A checkpoint that was given out earlier, as a JSON file: the log must still agree with it; may stand several times.
    #[arg(long = "checkpoint")]
    checkpoints: Vec<PathBuf>,
    /// A receipt that was given out, as a JSON file: it must stand in the log; may stand several times.
    #[arg(long = "receipt")]
    receipts: Vec<PathBuf>,
}

/// Does it. The exit code is 2 where a log is not what the host wrote.
pub async fn run(command: Command, output: &Output) -> anyhow::Result<ExitCode> {
    match command {
        Command::Export(options) => export(options, output).await,
        Command::Checkpoint(options) => checkpoint(&options, output).await,
        Command::Verify(options) => verify(&options, output),
    }
}

async fn export(options: ExportOptions, output: &Output) -> anyhow::Result<ExitCode> {
    let ExportOptions { of, out } = options;
    let client = Client::from_options(&of.server, output)?;
    let mut lines = client.get_stream(&format!("/federations/{}/audit/export", of.federation)).await?;
    let mut file = File::create(&out).with_context(|| out.display().to_string())?;
    while let Some(chunk) = lines.try_next().await? {
        file.write_all(&chunk)?;
    }
    file.sync_all()?;
    let file = out.display().to_string();
    output.say("cli-audit-exported", &[("file", &file)]);
    output.json(&json!({ "file": file }));
    Ok(ExitCode::SUCCESS)
}

async fn checkpoint(options: &FederationOptions, output: &Output) -> anyhow::Result<ExitCode> {
    let client = Client::from_options(&options.server, output)?;
    let path = format!("/federations/{}/audit/checkpoints", options.federation);
    let checkpoint = client.post(&path, &json!({})).await?;
    // For people, too: it is what they keep.
    output.line(format!("{checkpoint:#}"));
    output.json(&checkpoint);
    Ok(ExitCode::SUCCESS)
}

fn verify(options: &VerifyOptions, output: &Output) -> anyhow::Result<ExitCode> {
    let evidence = Evidence {
        checkpoints: options.checkpoints.iter().map(|file| read::<Checkpoint>(file)).collect::<Result<_, _>>()?,
        receipts: options.receipts.iter().map(|file| read::<Receipt>(file)).collect::<Result<_, _>>()?,
    };
    let file = || options.export.display().to_string();
    let export = BufReader::new(File::open(&options.export).with_context(file)?);
    let found = verify_audit(export, &options.keys, &evidence).with_context(file)?;
    show(&found, output);
    output.json(&serde_json::to_value(&found)?);
    Ok(if found.is_intact() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn read<T: DeserializeOwned>(file: &Path) -> anyhow::Result<T> {
    let name = || file.display().to_string();
    let bytes = std::fs::read(file).with_context(name)?;
    serde_json::from_slice(&bytes).map_err(io::Error::from).with_context(name)
}

fn show(found: &AuditVerified, output: &Output) {
    let federation = found.federation.as_ref().map(ToString::to_string).unwrap_or_default();
    let (first, last) = found.span.map(|(first, last)| (first.to_string(), last.to_string())).unwrap_or_default();
    let entries = found.entries.to_string();
    let words = [("federation", &federation), ("entries", &entries), ("first", &first), ("last", &last)];
    output.say("cli-audit-log", &words.map(|(name, value)| (name, value.as_str())));
    if let Some(at) = found.attested_at {
        let (checkpoints, entry) = (found.checkpoints.to_string(), found.attested_entries.to_string());
        let words = [("checkpoints", &checkpoints), ("entry", &entry), ("at", &at.to_string())];
        output.say("cli-audit-attested", &words.map(|(name, value)| (name, value.as_str())));
    }
    if found.receipts > 0 {
        output.say("cli-audit-receipts", &[("count", &found.receipts.to_string())]);
    }
    for AuditFault { line, entry, doubt, about } in &found.faults {
        let (line, entry) = (line.to_string(), entry.to_string());
        let words = [("line", line.as_str()), ("entry", &entry), ("about", about)];
        output.line(output.words(&format!("audit-doubt-{}", doubt.code()), &words));
    }
    output.say(if found.is_intact() { "cli-audit-intact" } else { "cli-audit-not-intact" }, &[]);
}
