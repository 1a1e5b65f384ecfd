//! A page of the server, kept in files beside what is told on the terminal.

use std::path::PathBuf;

use clap::Args;

use super::desk::Desk;
use crate::output::Output;
use crate::page_file;

/// Where to keep a page.
#[derive(Args)]
pub(super) struct PageOptions {
    /// A file to keep the whole page in: `.html`, `.md`, `.docx`, `.xlsx`, `.pdf`, and `.csv` where there is a table. May stand several times.
    #[arg(long = "page", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl PageOptions {
    /// Fetches the page of an address in every form that was asked for.
    pub(super) async fn keep(&self, desk: &Desk, path: &str, output: &Output) -> anyhow::Result<()> {
        for file in &self.files {
            page_file::keep(&desk.client, path, file, output).await?;
        }
        Ok(())
    }
}
