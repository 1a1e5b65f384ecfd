//! `huizong report`: writes a round's report, or one unit's own, in the formats that are asked for.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use crate::client::{Client, ServerOptions};
use crate::output::Output;
use crate::page_file;

/// What `report` is told.
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
    /// One unit's own report; the federation's if left out.
    #[arg(long)]
    unit: Option<String>,
    /// The digest of the report format; the round's first one if left out.
    #[arg(long)]
    release: Option<String>,
    /// The files to write: `.docx`, `.pdf`, `.xlsx`, `.html` or `.md`.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Writes every file.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let client = Client::from_options(&options.server, output)?;
    let round = format!("/federations/{}/rounds/{}", options.federation, options.round);
    let path = match (&options.unit, options.release) {
        (Some(unit), None) => format!("{round}/submissions/{unit}/report"),
        (Some(unit), Some(release)) => format!("{round}/submissions/{unit}/report?report={release}"),
        (None, Some(release)) => format!("{round}/reports/{release}"),
        (None, None) => {
            let rolled_up = client.get(&format!("{round}/roll-up")).await?;
            let first = rolled_up["reports"][0]["report"].as_str();
            format!("{round}/reports/{}", first.with_context(|| output.words("cli-report-none", &[]))?)
        }
    };
    for file in &options.files {
        page_file::keep(&client, &path, file, output).await?;
    }
    output.json(&json!({ "files": options.files }));
    Ok(ExitCode::SUCCESS)
}
