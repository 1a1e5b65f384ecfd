//! A terminal: somebody who runs the binary as a person or a script would.

use std::path::PathBuf;
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// Somebody with a token who runs `huizong` for a federation.
#[derive(Clone, Debug)]
pub struct Terminal {
    /// The binary: `env!("CARGO_BIN_EXE_huizong")` of the scenario.
    pub binary: PathBuf,
    /// The server's address.
    pub server: String,
    /// The token.
    pub token: String,
    /// The federation's code.
    pub federation: String,
}

impl Terminal {
    /// The same terminal for somebody else.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// Runs `huizong plugin` with these words.
    pub fn plugin(&self, words: &str, more: &[&str]) -> Result<Output> {
        self.run(&format!("plugin {words}"), more)
    }

    /// Runs `huizong` with these words, as they would be typed, and files or texts with spaces in them behind.
    pub fn run(&self, words: &str, more: &[&str]) -> Result<Output> {
        let mut command = Command::new(&self.binary);
        command.args(words.split_whitespace()).args(more);
        command.env("HUIZONG_SERVER", &self.server).env("HUIZONG_TOKEN", &self.token);
        command.env("HUIZONG_FEDERATION", &self.federation);
        command.output().context("the binary runs")
    }

    /// The one value that a program reads, where the command succeeds.
    pub fn ask(&self, words: &str, more: &[&str]) -> Result<Value> {
        let output = self.plugin(&format!("{words} --format json"), more)?;
        let talk = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "huizong plugin {words}: {talk}");
        serde_json::from_slice(&output.stdout).with_context(|| format!("huizong plugin {words}: one JSON value"))
    }

    /// What a person reads, where the command succeeds.
    pub fn read(&self, words: &str, more: &[&str]) -> Result<String> {
        let output = self.plugin(words, more)?;
        ensure!(output.status.success(), "huizong plugin {words}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// The stable code under which the command is refused.
    pub fn refused(&self, words: &str, more: &[&str]) -> Result<String> {
        let output = self.plugin(&format!("{words} --format json"), more)?;
        ensure!(output.status.code() == Some(1), "huizong plugin {words} ended with {}", output.status);
        let told: Value = serde_json::from_slice(&output.stdout).context("one JSON value")?;
        let code = told["error"]["code"].as_str();
        code.map(str::to_owned).with_context(|| format!("huizong plugin {words}: {told:#}"))
    }
}
