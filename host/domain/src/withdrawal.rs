//! Withdrawals: a release that nothing uses is taken out of use for good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::activation::Signatory;
use crate::digest::Digest;

/// A release was withdrawn: no round can be given it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The release.
    pub release: Digest,
    /// By whom.
    pub by: Signatory,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}
