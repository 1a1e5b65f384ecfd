//! `huizong plugin pull`: fetches a component from an OCI registry by digest. It needs no server of ours.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use crate::oci::{Credentials, NotPulled, Place, Pulled};
use crate::output::{Coded, Output};

/// Who asks a registry.
#[derive(Args)]
pub(super) struct RegistryOptions {
    /// The name that the registry knows; nobody if left out.
    #[arg(long, env = "HUIZONG_REGISTRY_USER", requires = "registry_password_file")]
    registry_user: Option<String>,
    /// A file whose first line is the password or the token for the registry.
    #[arg(long, env = "HUIZONG_REGISTRY_PASSWORD_FILE")]
    registry_password_file: Option<PathBuf>,
}

/// What `plugin pull` is told.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    registry: RegistryOptions,
    /// `registry/repository@sha256:…`: the digest is that of the manifest.
    place: String,
    /// The file to write; named after the repository if left out.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Pulls the component into a file.
pub(super) async fn run(options: Options, output: &Output) -> anyhow::Result<ExitCode> {
    let pulled = component(&options.place, &options.registry, output).await?;
    let named = || place(&options.place, output).map(|place| PathBuf::from(format!("{}.wasm", place.name())));
    let file = options.out.clone().map_or_else(named, Ok)?;
    std::fs::write(&file, &pulled.component).with_context(|| file.display().to_string())?;
    let (shown, bytes) = (file.display().to_string(), pulled.component.len());
    let digest = pulled.digest.to_string();
    output.say("cli-oci-pulled", &[("file", &shown), ("digest", &digest), ("bytes", &bytes.to_string())]);
    output.json(&json!({ "file": file, "digest": digest, "bytes": bytes }));
    Ok(ExitCode::SUCCESS)
}

/// Pulls the component that a place names.
pub(super) async fn component(text: &str, registry: &RegistryOptions, output: &Output) -> anyhow::Result<Pulled> {
    let credentials = credentials(registry)?;
    let pulled = place(text, output)?.pull(&credentials).await;
    pulled.map_err(|refused| told(refused, output))
}

fn place(text: &str, output: &Output) -> anyhow::Result<Place> {
    Place::parse(text).map_err(|refused| told(refused, output))
}

fn credentials(registry: &RegistryOptions) -> anyhow::Result<Credentials> {
    let (Some(user), Some(file)) = (&registry.registry_user, &registry.registry_password_file) else {
        return Ok(Credentials::Anonymous);
    };
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let password = text.lines().next().unwrap_or_default().trim();
    Ok(Credentials::Basic(user.clone(), password.to_owned()))
}

/// Why nothing came, in the words of the catalogue, with what the registry said below it.
fn told(refused: NotPulled, output: &Output) -> anyhow::Error {
    let code = refused.code();
    let text = output.words(&format!("cli-oci-{code}"), &[("what", &refused.what())]);
    let coded = Coded { code: code.to_owned(), text };
    match refused {
        NotPulled::RegistryFails(cause) | NotPulled::RegistryRefuses(cause) => {
            anyhow::Error::new(*cause).context(coded)
        }
        _ => coded.into(),
    }
}
