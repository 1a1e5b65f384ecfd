//! `huizong plugin notices`: what the administration should know without asking.

use std::process::ExitCode;

use clap::Args;

use super::desk::{Desk, DeskOptions, text};
use crate::output::Output;
use crate::terminal::text_of;

/// What `plugin notices` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
}

/// Lists the notices, the newest first.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let notices = desk.client.get(&desk.path("/notices")).await?;
    let listed = notices.as_array().cloned().unwrap_or_default();
    if listed.is_empty() {
        output.say("cli-plugin-no-notices", &[]);
    }
    for notice in &listed {
        output.line(format!("{}  {}", text(&notice["at"]), text_of(output, &notice["message"])));
    }
    output.json(&notices);
    Ok(ExitCode::SUCCESS)
}
