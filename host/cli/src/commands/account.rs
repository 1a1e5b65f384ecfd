//! `huizong account`: a federation lets its people in, says what they are, and shuts them out.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::client::{Client, ServerOptions};
use crate::config::first_line_of;
use crate::output::Output;

/// For which federation, and at which server.
#[derive(Args)]
pub struct Federation {
    #[command(flatten)]
    server: ServerOptions,
    /// The federation's code.
    #[arg(long, env = "HUIZONG_FEDERATION")]
    federation: String,
}

/// What can be done with accounts.
#[derive(Subcommand)]
pub enum Command {
    /// Who has an account, and what they are.
    List {
        #[command(flatten)]
        at: Federation,
    },
    /// Let somebody in.
    Create {
        #[command(flatten)]
        at: Federation,
        /// By which name they sign in: that of a post, not of a person, since it stands in the audit log.
        login: String,
        /// What they are called.
        #[arg(long)]
        name: String,
        /// A file whose first line is their first password; without one they sign in only by single sign-on.
        #[arg(long)]
        password_file: Option<PathBuf>,
        /// What they are, like `reviewer` for the whole federation or `member-clerk:610001` for a unit; several times for several.
        #[arg(long = "grant", value_name = "ROLE[:UNIT]")]
        grants: Vec<String>,
    },
    /// Give somebody a grant.
    Grant(Change),
    /// Take a grant from somebody.
    Withdraw(Change),
    /// Shut somebody out: they are signed out everywhere at once.
    Disable(Decision),
    /// Let somebody in again who was shut out.
    Enable(Decision),
    /// Give another password to somebody who has forgotten theirs.
    Password {
        #[command(flatten)]
        decision: Decision,
        /// A file whose first line is the password.
        #[arg(long)]
        password_file: PathBuf,
    },
}

/// Whose account is changed, and why.
#[derive(Args)]
pub struct Decision {
    #[command(flatten)]
    at: Federation,
    /// By which name they sign in.
    login: String,
    /// Why.
    #[arg(long)]
    reason: String,
}

/// Which grant is given or taken.
#[derive(Args)]
pub struct Change {
    #[command(flatten)]
    decision: Decision,
    /// The role, with the unit where it is not for the whole federation: `member-clerk:610001`.
    #[arg(long = "grant", value_name = "ROLE[:UNIT]")]
    grant: String,
}

/// Does one of them.
pub async fn run(command: Command, output: &Output) -> anyhow::Result<ExitCode> {
    let (accounts, changed) = match command {
        Command::List { at } => {
            let (client, path) = desk(&at, output)?;
            (client.get(&path).await?, None)
        }
        Command::Create { at, login, name, password_file, grants } => {
            let (client, path) = desk(&at, output)?;
            let password = password_file.as_deref().map(first_line_of).transpose()?;
            let grants: Vec<Value> = grants.iter().map(|grant| grant_of(grant)).collect();
            let body = json!({ "login": login, "name": name, "password": password, "grants": grants });
            let account = client.post(&path, &body).await?;
            (Value::from(vec![account.clone()]), Some(account))
        }
        Command::Grant(change) => one(change_grant(&change, "give", output).await?),
        Command::Withdraw(change) => one(change_grant(&change, "withdraw", output).await?),
        Command::Disable(decision) => one(set_state(&decision, "disabled", output).await?),
        Command::Enable(decision) => one(set_state(&decision, "active", output).await?),
        Command::Password { decision, password_file } => {
            let (client, path) = account(&decision, output).await?;
            let body = json!({ "password": first_line_of(&password_file)?, "reason": decision.reason });
            one(client.put(&format!("{path}/password"), &body).await?)
        }
    };
    for account in accounts.as_array().into_iter().flatten() {
        output.line(line_of(account));
    }
    output.json(changed.as_ref().unwrap_or(&accounts));
    Ok(ExitCode::SUCCESS)
}

fn one(account: Value) -> (Value, Option<Value>) {
    (Value::from(vec![account.clone()]), Some(account))
}

fn desk(at: &Federation, output: &Output) -> anyhow::Result<(Client, String)> {
    Ok((Client::from_options(&at.server, output)?, format!("/federations/{}/accounts", at.federation)))
}

/// The address of the account with a login name.
async fn account(decision: &Decision, output: &Output) -> anyhow::Result<(Client, String)> {
    let (client, path) = desk(&decision.at, output)?;
    let accounts = client.get(&path).await?;
    let login = decision.login.to_lowercase();
    let found = accounts.as_array().into_iter().flatten().find(|account| account["login"] == login.as_str());
    let id = found.and_then(|account| account["id"].as_str());
    let id = id.with_context(|| output.words("cli-no-such-account", &[("login", &decision.login)]))?;
    Ok((client, format!("{path}/{id}")))
}

async fn change_grant(change: &Change, act: &str, output: &Output) -> anyhow::Result<Value> {
    let (client, path) = account(&change.decision, output).await?;
    let mut body = grant_of(&change.grant);
    body["act"] = json!(act);
    body["reason"] = json!(change.decision.reason);
    client.post(&format!("{path}/grants"), &body).await
}

async fn set_state(decision: &Decision, state: &str, output: &Output) -> anyhow::Result<Value> {
    let (client, path) = account(decision, output).await?;
    client.put(&format!("{path}/state"), &json!({ "state": state, "reason": decision.reason })).await
}

/// `role` or `role:unit`.
fn grant_of(text: &str) -> Value {
    match text.split_once(':') {
        Some((role, unit)) => json!({ "role": role, "unit": unit }),
        None => json!({ "role": text }),
    }
}

/// An account in one line: its name to sign in, whether that is possible, what they are, what they are called.
fn line_of(account: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let grant = |grant: &Value| match grant["unit"].as_str() {
        Some(unit) => format!("{}:{unit}", text(&grant["role"])),
        None => text(&grant["role"]),
    };
    let grants: Vec<String> = account["grants"].as_array().into_iter().flatten().map(grant).collect();
    format!(
        "{}  {}  {}  {}",
        text(&account["login"]),
        text(&account["state"]),
        grants.join(" "),
        text(&account["name"])
    )
}
