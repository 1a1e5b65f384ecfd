//! Notices: what a federation's administration should know without asking.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::NoticeId;

/// Something that the administration should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its identifier; later ones sort later.
    pub id: NoticeId,
    /// When it happened.
    pub at: Timestamp,
    /// What it is about: `release/…`, `round/2023`.
    pub subject: String,
    /// What happened: stable, kebab-case; the catalogue has a sentence for it.
    pub code: String,
    /// What the sentence needs to be filled in, by name.
    pub arguments: Vec<(String, String)>,
}

impl Notice {
    /// The arguments as the catalogue takes them.
    pub fn arguments(&self) -> Vec<(&str, &str)> {
        self.arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}
