//! Notices to members: what a unit should know of a round without asking, on its page and in its mailboxes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{NoticeId, RoundCode, UnitCode};

/// Something that a unit should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberNotice {
    /// Its identifier; later ones sort later.
    pub id: NoticeId,
    /// When it was given.
    pub at: Timestamp,
    /// The round that it is about.
    pub round: RoundCode,
    /// Whom it is given to.
    pub unit: UnitCode,
    /// What it says: stable, kebab-case; the catalogue has a sentence for it.
    pub code: String,
    /// What the sentence needs to be filled in, by name.
    pub arguments: Vec<(String, String)>,
}

impl MemberNotice {
    /// The arguments as the catalogue takes them.
    pub fn arguments(&self) -> Vec<(&str, &str)> {
        self.arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}
