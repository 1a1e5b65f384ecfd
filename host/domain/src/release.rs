//! Releases: admitted plugin versions, known by their digest.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::TokenId;
use crate::reading::ReaderDescription;
use crate::report::ReportDescription;
use crate::rubric::Description;
use crate::trust::{Signature, SignatureDoubt};

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

impl PluginKind {
    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rubric => "rubric",
            Self::Report => "report",
            Self::Reader => "reader",
        }
    }
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

/// A tool or a language that a component was made with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Producer {
    /// In which part: `language`, `processed-by` or `sdk`.
    pub part: String,
    /// Its name.
    pub name: String,
    /// Its version; may be empty.
    pub version: String,
}

/// What a component carries about how it was built. It is the builder's word: bounded and cleaned, but verified only as far as the
/// component is signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildInformation {
    /// What it was made with, in order, each once.
    #[serde(default)]
    pub producers: Vec<Producer>,
    /// The version of the sources.
    #[serde(default)]
    pub version: Option<String>,
    /// The revision of the sources, mostly a commit.
    #[serde(default)]
    pub revision: Option<String>,
    /// Where the sources are.
    #[serde(default)]
    pub source: Option<String>,
    /// Under which licences it stands.
    #[serde(default)]
    pub licenses: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub authors: Option<String>,
    /// What it is.
    #[serde(default)]
    pub description: Option<String>,
}

impl BuildInformation {
    /// Whether the component carries nothing of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
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
    /// The newest signature over the component that was verified.
    #[serde(default)]
    pub signature: Option<Signature>,
    /// What was wrong with its signature, where it was admitted all the same.
    #[serde(default)]
    pub signature_doubt: Option<SignatureDoubt>,
    /// What the component carries about how it was built.
    #[serde(default)]
    pub build: Option<BuildInformation>,
}

const fn nobody() -> TokenId {
    TokenId(uuid::Uuid::nil())
}
