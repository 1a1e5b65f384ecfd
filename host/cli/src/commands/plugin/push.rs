//! `huizong plugin push`: uploads a component; the server examines it, compiles it and asks it what it is.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::desk::{Desk, DeskOptions};
use super::pull::{self, RegistryOptions};
use super::release;
use crate::output::Output;

/// What `plugin push` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    desk: DeskOptions,
    #[command(flatten)]
    registry: RegistryOptions,
    /// The component: a file, or `oci://registry/repository@sha256:…`.
    component: String,
    /// What `minisign -S` wrote about it; the file beside the component with `.minisig` after its name, if left out.
    #[arg(long)]
    signature: Option<PathBuf>,
}

/// Uploads the component and shows what it is.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let desk = Desk::open(&options.desk, output)?;
    let component = if options.component.starts_with("oci://") {
        pull::component(&options.component, &options.registry, output).await?.component
    } else {
        std::fs::read(&options.component).with_context(|| options.component.clone())?
    };
    let signature = signature(&options)?;
    let path = desk.path("/releases");
    let release = desk.client.post_signed_component(&path, component, signature.as_deref()).await?;
    release::show(output, "cli-plugin-admitted", &release);
    output.json(&release);
    Ok(ExitCode::SUCCESS)
}

/// The signature that was named, or the one that lies beside the component.
fn signature(options: &Options) -> anyhow::Result<Option<Vec<u8>>> {
    let beside = PathBuf::from(format!("{}.minisig", options.component));
    let file: &Path = match &options.signature {
        Some(named) => named,
        None if beside.is_file() => &beside,
        None => return Ok(None),
    };
    std::fs::read(file).map(Some).with_context(|| file.display().to_string())
}
