//! Releases: admitted plugin versions, known by their digest.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::TokenId;
use crate::reading::ReaderDescription;
use crate::report::ReportDescription;
use crate::rubric::Description;

/// What a component can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PluginKind {
    /// Checks and scores.
    Rubric,
    /// Composes documents.
    Report,
    /// Reads narrative texts.
    Reader,
}

/// What a component says of itself, for every kind that it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descriptions {
    /// Set where it is a rubric.
    pub rubric: Option<Description>,
    /// Set where it is a report.
    pub report: Option<ReportDescription>,
    /// Set where it is a reader.
    pub reader: Option<ReaderDescription>,
}

impl Descriptions {
    /// The kinds that the component is.
    pub fn kinds(&self) -> Vec<PluginKind> {
        let kinds = [
            self.rubric.as_ref().map(|_| PluginKind::Rubric),
            self.report.as_ref().map(|_| PluginKind::Report),
            self.reader.as_ref().map(|_| PluginKind::Reader),
        ];
        kinds.into_iter().flatten().collect()
    }
}

/// An admitted plugin version of a federation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The component's digest: the release's identity.
    pub digest: Digest,
    /// The contract version that it was built against.
    pub contract: String,
    /// The component's size in bytes.
    pub component_bytes: u64,
    /// What it says of itself.
    pub descriptions: Descriptions,
    /// When it was admitted.
    pub admitted_at: Timestamp,
    /// By whom: the label of a token.
    pub admitted_by: String,
    /// That token, so that whoever uploaded a release cannot approve it. Nil where it was admitted before this was kept.
    #[serde(default = "nobody")]
    pub admitted_by_token: TokenId,
}

const fn nobody() -> TokenId {
    TokenId(uuid::Uuid::nil())
}
