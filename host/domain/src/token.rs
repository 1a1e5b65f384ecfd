//! Bearer tokens as the house keeps them: never the secret, only its digest.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use crate::access::{Grant, TokenScope};
use crate::digest::Digest;
use crate::ids::{AccountId, TokenId};

/// A bearer token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its identifier.
    pub id: TokenId,
    /// What the audit log calls whoever shows it; never a person's name.
    pub label: String,
    /// The digest of the secret.
    pub secret_hash: Digest,
    /// What it stands for. A person's own token has none: it stands for whatever the person is. One that was kept when it could have
    /// only one is read, too.
    #[serde(alias = "role", deserialize_with = "one_or_many")]
    pub grants: Vec<Grant>,
    /// For what it was issued; none where it is for everything that the grants allow.
    #[serde(default)]
    pub scopes: Option<BTreeSet<TokenScope>>,
    /// Whose own it is, where it is a person's.
    #[serde(default)]
    pub owner: Option<AccountId>,
    /// The token whose bearer issued it, where it was issued through the house.
    #[serde(default)]
    pub issued_by: Option<TokenId>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is worth nothing; none where it lasts.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked; worth nothing since.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
}

impl Token {
    /// Whether it is worth something at a time.
    pub fn is_valid_at(&self, at: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| at < end)
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Grant>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Grants {
        One(Grant),
        Many(Vec<Grant>),
    }
    Ok(match Grants::deserialize(deserializer)? {
        Grants::One(grant) => vec![grant],
        Grants::Many(grants) => grants,
    })
}
