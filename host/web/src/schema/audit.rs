//! The audit log: acts in a chain, and what the host attested of it.

use utoipa::ToSchema;

use super::{Code, Digest, Instant};

/// Something that was done.
#[derive(ToSchema)]
struct Act {
    at: Instant,
    /// The label of the token that was shown, or the job that did it.
    actor: String,
    /// A verb in kebab-case.
    verb: String,
    /// To what.
    #[schema(example = "submission/2023/610001/2")]
    subject: String,
    /// The digest of what it found and replaced.
    #[schema(required = true)]
    found: Option<Digest>,
    /// The digest of what it left behind.
    #[schema(required = true)]
    left: Option<Digest>,
    /// Why, where a reason is asked for.
    reason: String,
}

/// An act in its place in the chain.
#[derive(ToSchema)]
pub(crate) struct AuditEntry {
    /// Counts from 1 without a gap.
    sequence: u64,
    act: Act,
    /// The hash of the entry before.
    before: Digest,
    hash: Digest,
}

/// What the host attested of the log. The signature is over `huizong audit checkpoint v1` and the four fields, each on a line of its
/// own behind its name.
#[derive(ToSchema)]
pub(crate) struct Checkpoint {
    federation: Code,
    /// The last entry that it covers.
    sequence: u64,
    /// The hash of that entry.
    hash: Digest,
    at: Instant,
    /// The host's Ed25519 public key, Base64.
    key: String,
    /// Base64.
    signature: String,
}
