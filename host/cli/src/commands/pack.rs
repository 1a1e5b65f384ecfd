//! `huizong pack`: fetches what a pre-check needs, so that `huizong check` can run without the server.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use domain::digest::Digest;
use serde_json::json;

use crate::client::{Client, ServerOptions};
use crate::output::Output;

/// The file of a pack that says for whom and what it checks.
pub const PACK_FILE: &str = "pack.json";
/// The file of a pack that holds the rubric.
pub const RUBRIC_FILE: &str = "rubric.wasm";

/// What `pack` is told.
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
    /// The folder to write the pack to.
    #[arg(long, default_value = "huizong-pack")]
    out: PathBuf,
}

/// Fetches the pack and the rubric, and checks that the rubric is the one that the pack names.
pub async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let client = Client::from_options(&options.server, output)?;
    let Options { federation, round, unit, out, .. } = &options;
    let pack = client.get(&format!("/federations/{federation}/rounds/{round}/pre-check-packs/{unit}")).await?;
    let named: Digest = pack["rubric"].as_str().unwrap_or_default().parse()?;
    let component = client.get_bytes(&format!("/federations/{federation}/releases/{named}/component")).await?;
    anyhow::ensure!(Digest::of(&component) == named, output.words("cli-pack-broken", &[]));
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join(PACK_FILE), serde_json::to_vec_pretty(&pack)?)?;
    std::fs::write(out.join(RUBRIC_FILE), component)?;
    output.say("cli-pack-written", &[("folder", &out.display().to_string()), ("rubric", &named.short())]);
    output.json(&json!({ "folder": out, "rubric": named }));
    Ok(ExitCode::SUCCESS)
}
