//! The audit log: every act in a hash chain, one chain a federation, that an outsider can verify.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who: the label of a token, never a secret and never a person's name.
    pub actor: String,
    /// What: a verb in kebab-case.
    pub verb: String,
    /// To what: `round/2023`, `submission/2023/610001/2`.
    pub subject: String,
    /// The digest of what it left behind.
    pub left: Option<Digest>,
    /// Why, where a reason is asked for.
    pub reason: String,
}

/// An act in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Counts from 1 without a gap.
    pub sequence: u64,
    /// The act.
    pub act: Act,
    /// The hash of the entry before; for the first, of no bytes.
    pub before: Digest,
    /// The hash of this entry.
    pub hash: Digest,
}

impl AuditEntry {
    /// Chains an act to the entry before it.
    pub fn chain(act: Act, previous: Option<(u64, Digest)>) -> Self {
        let (last, before) = previous.unwrap_or((0, Digest::of(b"")));
        let sequence = last + 1;
        let hash = Self::hash_of(sequence, &act, before);
        Self { sequence, act, before, hash }
    }

    /// Whether the entry's hash is the one that its content gives.
    pub fn is_intact(&self) -> bool {
        self.hash == Self::hash_of(self.sequence, &self.act, self.before)
    }

    fn hash_of(sequence: u64, act: &Act, before: Digest) -> Digest {
        let left = act.left.map(|digest| digest.to_string()).unwrap_or_default();
        Digest::of_parts(&[
            b"huizong audit v1",
            &sequence.to_le_bytes(),
            act.at.to_string().as_bytes(),
            act.actor.as_bytes(),
            act.verb.as_bytes(),
            act.subject.as_bytes(),
            left.as_bytes(),
            act.reason.as_bytes(),
            before.bytes(),
        ])
    }
}
