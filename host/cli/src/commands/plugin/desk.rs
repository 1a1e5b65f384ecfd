//! The desk of somebody who acts for a federation: its server, its address there, and releases by the beginning of their digests.

use clap::Args;
use domain::digest::Digest;
use serde_json::Value;

use crate::client::{Client, ServerOptions};
use crate::output::{Coded, Output};

/// The fewest digits that name a release.
const DIGITS_MIN: usize = 6;

/// For which federation, and at which server.
#[derive(Args)]
pub(super) struct DeskOptions {
    #[command(flatten)]
    server: ServerOptions,
    /// The federation's code.
    #[arg(long, env = "HUIZONG_FEDERATION")]
    federation: String,
}

/// Somebody who acts for a federation.
pub(super) struct Desk {
    /// Whoever asks.
    pub(super) client: Client,
    /// The federation's code.
    pub(super) federation: String,
}

impl Desk {
    /// As the command line says.
    pub(super) fn open(options: &DeskOptions, output: &Output) -> anyhow::Result<Self> {
        Ok(Self { client: Client::from_options(&options.server, output)?, federation: options.federation.clone() })
    }

    /// An address of the federation.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/federations/{}{rest}", self.federation)
    }

    /// An address of a round of the federation.
    pub(super) fn round_path(&self, round: &str, rest: &str) -> String {
        self.path(&format!("/rounds/{round}{rest}"))
    }

    /// The release that a digest names, or the beginning of one where only one release begins so.
    pub(super) async fn release(&self, digits: &str, output: &Output) -> anyhow::Result<Digest> {
        if let Ok(digest) = digits.parse() {
            return Ok(digest);
        }
        let wanted = digits.to_ascii_lowercase();
        let is_beginning = wanted.len() >= DIGITS_MIN && wanted.bytes().all(|byte| byte.is_ascii_hexdigit());
        let refused = |code: &str| {
            let words = [("digits", digits), ("least", &DIGITS_MIN.to_string())];
            Coded { code: code.to_owned(), text: output.words(&format!("cli-plugin-{code}"), &words) }
        };
        if !is_beginning {
            return Err(refused("no-digest").into());
        }
        let releases = self.client.get(&self.path("/releases")).await?;
        let digests = releases.as_array().into_iter().flatten().filter_map(|release| release["digest"].as_str());
        let mut found = digests.filter(|digest| digest.starts_with(&wanted));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one.parse()?),
            (None, _) => Err(refused("no-such-release").into()),
            (Some(_), Some(_)) => Err(refused("several-releases").into()),
        }
    }
}

/// A digest as people read it: its first twelve digits.
pub(super) fn short(digest: &Value) -> &str {
    let digest = digest.as_str().unwrap_or_default();
    digest.get(..12).unwrap_or(digest)
}

/// A value's text; empty where it is none.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
