//! Which revisions count in a round: the one rule that settling, rolling up and trials go by.

use serde::{Deserialize, Serialize};

/// Which revisions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// The newest one of a unit that is not held back, as soon as it is handed in.
    HandedIn,
    /// The one that a reviewer accepted last, unless it was sent back afterwards.
    Accepted,
}
