//! Roll-ups that go from level to level.

use utoipa::ToSchema;

use super::result::RollUp;
use super::{Code, Digest, Identifier, Instant};

/// Another federation's export that a roll-up was composed of.
#[derive(ToSchema)]
struct RollUpPart {
    /// As which unit of its own the composing federation takes it: stands with a `/` before the codes of its members.
    unit: Code,
    federation: Code,
    digest: Digest,
    /// The key that signed it, Base64.
    key: String,
    members: u32,
}

/// What an export says.
#[derive(ToSchema)]
struct ExportBody {
    /// `huizong-roll-up-1`.
    format: String,
    federation: Code,
    settlement: Identifier,
    /// The release of the rubric that settled.
    rubric: Digest,
    /// When it was rolled up.
    at: Instant,
    /// Everybody's results, with every field that a report of the round wanted.
    roll_up: RollUp,
    /// The exports that it was composed of.
    parts: Vec<RollUpPart>,
}

/// A roll-up as it leaves the house for the next level.
#[derive(ToSchema)]
pub(crate) struct RollUpExport {
    body: ExportBody,
    /// The SHA-256 of `body` as JSON without blanks, its fields in the order in which they come.
    digest: Digest,
    /// The host's Ed25519 public key, Base64.
    key: String,
    /// The signature (Base64) over four lines: `huizong roll-up export v1`, `federation …`, `round …`, `digest …`.
    signature: String,
}

/// A roll-up that is handed over.
#[derive(ToSchema)]
pub(crate) struct NewImport {
    /// The export, as the other host gave it.
    export: RollUpExport,
    /// The public key (Base64) that the other host published: the key in the export itself proves nothing.
    key: String,
}

/// A roll-up that was handed over, in few words.
#[derive(ToSchema)]
pub(crate) struct Import {
    unit: Code,
    /// When it was handed over.
    at: Instant,
    /// Whole hours after the due time.
    hours_late: u32,
    federation: Code,
    digest: Digest,
    key: String,
    /// When it was rolled up there.
    rolled_up_at: Instant,
    /// How many members it ranks.
    members: u32,
    /// How many were expected there.
    expected: u32,
}
