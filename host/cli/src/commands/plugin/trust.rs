//! `huizong plugin trust`: whose signatures on components a federation trusts, and what becomes of a component without one.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::desk::{Desk, DeskOptions, text};
use crate::output::Output;

/// What can be done about trust.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// What the federation has decided.
    Show(ShowOptions),
    /// Decide: the rule, and keys that are trusted from now on or no more.
    Set(SetOptions),
}

/// What `plugin trust show` is told.
#[derive(Args)]
pub(crate) struct ShowOptions {
    #[command(flatten)]
    desk: DeskOptions,
}

/// What `plugin trust set` is told.
#[derive(Args)]
pub(crate) struct SetOptions {
    #[command(flatten)]
    desk: DeskOptions,
    /// What happens to a component whose signature does not hold; as it was if left out.
    #[arg(long)]
    rule: Option<Rule>,
    /// A minisign public key to trust: `LABEL=FILE`; may stand several times.
    #[arg(long = "add", value_name = "LABEL=FILE", value_parser = parse_key)]
    added: Vec<(String, PathBuf)>,
    /// A key to trust no more: its identifier of 16 digits; may stand several times.
    #[arg(long = "remove", value_name = "KEY")]
    removed: Vec<String>,
    /// Why.
    #[arg(long)]
    reason: String,
}

/// What happens to a component whose signature does not hold.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Rule {
    /// Signatures are not looked at.
    Off,
    /// It is admitted, and the doubt is recorded.
    Warn,
    /// It is turned away.
    Require,
}

impl Rule {
    const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Require => "require",
        }
    }
}

/// Does one of them.
pub(super) async fn run(command: Command, output: &Output) -> anyhow::Result<ExitCode> {
    let trust = match command {
        Command::Show(options) => {
            let desk = Desk::open(&options.desk, output)?;
            desk.client.get(&desk.path("/trust")).await?
        }
        Command::Set(options) => set(options, output).await?,
    };
    show(output, &trust);
    output.json(&trust);
    Ok(ExitCode::SUCCESS)
}

/// Decides upon what was decided last; where somebody decided meanwhile, the server says so.
async fn set(options: SetOptions, output: &Output) -> anyhow::Result<Value> {
    let desk = Desk::open(&options.desk, output)?;
    let path = desk.path("/trust");
    let before = desk.client.get(&path).await?;
    let mut keys = trusted(&before)
        .filter(|key| !options.removed.iter().any(|removed| text(&key["id"]).eq_ignore_ascii_case(removed)))
        .map(|key| json!({ "key": key["key"], "label": key["label"] }))
        .collect::<Vec<Value>>();
    for (label, file) in &options.added {
        let key = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        keys.push(json!({ "key": key, "label": label }));
    }
    let rule = options.rule.map_or_else(|| before["signatures"].clone(), |rule| json!(rule.code()));
    let body = json!({ "signatures": rule, "keys": keys, "reason": options.reason, "based_on": before["version"] });
    desk.client.put(&path, &body).await
}

fn show(output: &Output, trust: &Value) {
    let rule = output.words(&format!("cli-trust-{}", text(&trust["signatures"])), &[]);
    output.say("cli-trust", &[("rule", &rule)]);
    for key in trusted(trust) {
        let (id, label, added) = (text(&key["id"]), text(&key["label"]), text(&key["added"]["at"]));
        output.say("cli-trust-key", &[("key", id), ("label", label), ("at", added)]);
    }
}

/// The keys that are trusted now; the others are kept as history.
fn trusted(trust: &Value) -> impl Iterator<Item = &Value> {
    trust["keys"].as_array().into_iter().flatten().filter(|key| key["removed"].is_null())
}

/// Reads `LABEL=FILE`.
fn parse_key(text: &str) -> anyhow::Result<(String, PathBuf)> {
    let (label, file) = text.split_once('=').context("LABEL=FILE")?;
    Ok((label.to_owned(), PathBuf::from(file)))
}
