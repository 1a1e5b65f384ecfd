//! A page of the server, kept in a file: HTML, Markdown or a table, as the file's ending says.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;

use super::desk::Desk;
use crate::output::Output;

/// Where to keep a page.
#[derive(Args)]
pub(super) struct PageOptions {
    /// A file to keep the whole page in: `.html`, `.md`, and `.csv` where there is a table. May stand several times.
    #[arg(long = "page", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl PageOptions {
    /// Fetches the page of an address in every form that was asked for.
    pub(super) async fn keep(&self, desk: &Desk, path: &str, output: &Output) -> anyhow::Result<()> {
        for file in &self.files {
            let joint = if path.contains('?') { '&' } else { '?' };
            let format = format_of(file, output)?;
            let bytes = desk.client.get_bytes(&format!("{path}{joint}format={format}")).await?;
            std::fs::write(file, bytes).with_context(|| file.display().to_string())?;
            output.say("cli-plugin-page-kept", &[("file", &file.display().to_string())]);
        }
        Ok(())
    }
}

/// The form that a file's ending asks for.
fn format_of(file: &Path, output: &Output) -> anyhow::Result<&'static str> {
    Ok(match file.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => "html",
        Some("md") => "markdown",
        Some("csv") => "csv",
        _ => bail!(output.words("cli-plugin-page-ending", &[("file", &file.display().to_string())])),
    })
}
