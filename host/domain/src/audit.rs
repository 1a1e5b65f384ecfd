//! The audit log: every act in a hash chain, one chain a federation, that an outsider can verify.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::FederationCode;

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
    /// The digest of what it found and replaced, where there was something.
    #[serde(default)]
    pub found: Option<Digest>,
    /// The digest of what it left behind.
    pub left: Option<Digest>,
    /// Why, where a reason is asked for.
    pub reason: String,
}

impl Act {
    /// The same act with the digest of what it found and replaced.
    #[must_use]
    pub fn replacing(self, found: Option<Digest>) -> Self {
        Self { found, ..self }
    }
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

    /// An act that replaced nothing is hashed as it was before acts told what they replaced: older chains stay what they are.
    fn hash_of(sequence: u64, act: &Act, before: Digest) -> Digest {
        let text_of = |digest: Option<Digest>| digest.map(|digest| digest.to_string()).unwrap_or_default();
        let (found, left) = (text_of(act.found), text_of(act.left));
        let (sequence, at) = (sequence.to_le_bytes(), act.at.to_string());
        let mut parts: Vec<&[u8]> = vec![
            if act.found.is_none() { b"huizong audit v1" } else { b"huizong audit v2" },
            &sequence,
            at.as_bytes(),
            act.actor.as_bytes(),
            act.verb.as_bytes(),
            act.subject.as_bytes(),
            left.as_bytes(),
            act.reason.as_bytes(),
            before.bytes(),
        ];
        if act.found.is_some() {
            parts.push(found.as_bytes());
        }
        Digest::of_parts(&parts)
    }
}

/// What the host attests of a chain; the signature is over [`CheckpointBody::signed_bytes`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointBody {
    /// Whose chain.
    pub federation: FederationCode,
    /// The last entry that it covers.
    pub sequence: u64,
    /// The hash of that entry, and so of everything before it.
    pub hash: Digest,
    /// When it was attested.
    pub at: Timestamp,
}

impl CheckpointBody {
    /// The bytes that are signed: every field on a line of its own behind its name, so that any tool can rebuild them.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let Self { federation, sequence, hash, at } = self;
        let text = format!(
            "huizong audit checkpoint v1\nfederation {federation}\nsequence {sequence}\nhash {hash}\nat {at}\n"
        );
        text.into_bytes()
    }
}

/// A checkpoint: from then on the chain up to it cannot be rewritten without anybody noticing who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What is attested.
    #[serde(flatten)]
    pub body: CheckpointBody,
    /// The host's Ed25519 public key, Base64.
    pub key: String,
    /// The signature over the body's signed bytes, Base64.
    pub signature: String,
}

/// What is wrong with an entry in its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenLink {
    /// The entry is not what was hashed.
    Changed,
    /// Its number does not follow that of the entry before: entries were left out, doubled or moved.
    Gap,
    /// It is what was hashed, but continues another entry than the one before it.
    Foreign,
}

/// Follows a chain entry by entry, as an outsider does. A changed entry is told of once, and not again for every entry behind it.
#[derive(Clone, Debug)]
pub struct Follower {
    sequence: u64,
    /// What the next entry may name as the hash before it: one hash, or two where the last entry is not what was hashed. None
    /// where that cannot be told.
    expected: Vec<Digest>,
}

impl Default for Follower {
    fn default() -> Self {
        Self { sequence: 0, expected: vec![Digest::of(b"")] }
    }
}

impl Follower {
    /// The number of the last entry.
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Goes on to the next entry.
    pub fn follow(&mut self, entry: &AuditEntry) -> Result<(), BrokenLink> {
        let AuditEntry { sequence, act, before, hash } = entry;
        let computed = AuditEntry::hash_of(*sequence, act, *before);
        let link = if computed != *hash {
            Err(BrokenLink::Changed)
        } else if *sequence != self.sequence + 1 {
            Err(BrokenLink::Gap)
        } else if !self.may_be(*before) {
            Err(BrokenLink::Foreign)
        } else {
            Ok(())
        };
        // A changed number would otherwise make a gap of its neighbours.
        self.sequence = if link == Err(BrokenLink::Changed) { self.sequence + 1 } else { *sequence };
        self.expected = if computed == *hash { vec![*hash] } else { vec![*hash, computed] };
        link
    }

    /// Goes on past an entry that cannot be read.
    pub fn pass(&mut self) {
        self.sequence += 1;
        self.expected.clear();
    }

    /// Whether the chain up to here has a hash.
    pub fn may_be(&self, hash: Digest) -> bool {
        self.expected.is_empty() || self.expected.contains(&hash)
    }
}
