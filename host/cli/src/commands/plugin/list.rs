//! `huizong plugin list`: the federation's releases, the newest first.

use std::process::ExitCode;

use clap::Args;

use super::desk::{Desk, DeskOptions, short, text};
use super::release::{kinds_of, title_of};
use super::table::table;
use crate::output::Output;

/// What `plugin list` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
}

/// Lists the releases.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let releases = desk.client.get(&desk.path("/releases")).await?;
    let mut table = table(output, &["digest", "kinds", "title", "version", "at", "by"], 6);
    for release in releases.as_array().into_iter().flatten() {
        let (title, version) = title_of(output, release);
        let digest = short(&release["digest"]).to_owned();
        let (at, by) = (text(&release["admitted_at"]).to_owned(), text(&release["admitted_by"]).to_owned());
        table.add_row([digest, kinds_of(output, release), title, version, at, by]);
    }
    output.line(table);
    output.json(&releases);
    Ok(ExitCode::SUCCESS)
}
