//! Bearer tokens: recognised by the hash of what is shown.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::access::{Caller, Grant, Ground, Person, TokenScope};
use domain::digest::Digest;
use domain::ids::{AccountId, FederationCode, TokenId};
use domain::register::Register;
use domain::token::Token;
use jiff::Timestamp;
use serde::Serialize;

use crate::error::OperationError;
use crate::office::Office;

/// What every secret begins with, so that scanners for leaked secrets know it.
const PREFIX: &str = "hz_";

/// A token that was just issued. The secret is shown this once; the house keeps only its hash.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct IssuedToken {
    /// Names the token without giving it away.
    pub id: TokenId,
    /// What the bearer shows.
    pub secret: String,
    /// What it stands for; none where it is a person's own.
    #[serde(flatten)]
    pub grant: Option<Grant>,
    /// What it was issued for.
    pub label: String,
    /// For what its bearer may use it; none where it is for everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<TokenScope>>,
    /// From when on it is worth nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

// A secret must not reach a log by way of `{:?}`.
impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, grant, label, .. } = self;
        f.debug_struct("IssuedToken")
            .field("id", id)
            .field("grant", grant)
            .field("label", label)
            .finish_non_exhaustive()
    }
}

impl Office {
    /// Who shows this bearer token.
    pub async fn caller(&self, bearer: &str) -> Result<Caller, OperationError> {
        if !bearer.starts_with(PREFIX) {
            return Err(OperationError::NotAuthenticated);
        }
        let now = self.now();
        let hash = Digest::of(bearer.as_bytes());
        let token = if let Some(known) = self.house.tokens.get(&hash, now) {
            known
        } else {
            let token = self.house.store.token_of_hash(hash).await?.ok_or(OperationError::NotAuthenticated)?;
            self.house.tokens.keep(hash, token, now)
        };
        if !token.is_valid_at(now) {
            return Err(OperationError::NotAuthenticated);
        }
        let token = Arc::unwrap_or_clone(token);
        if let Some(owner) = token.owner {
            return self.owner_of(token, owner).await;
        }
        let Token { id, label, grants, scopes, issued_by, .. } = token;
        let registers = self.registers_of(&grants).await?;
        let issued_by = issued_by.into_iter().collect();
        Ok(Caller { token: id, label, grants, registers, scopes, issued_by, person: None })
    }

    /// The person whose own a token is: whatever they are now, as far as the token was issued for it.
    async fn owner_of(&self, token: Token, owner: AccountId) -> Result<Caller, OperationError> {
        let account = self.house.store.account_anywhere(owner).await?.filter(domain::account::Account::is_active);
        let account = account.ok_or(OperationError::NotAuthenticated)?;
        let person = Person { federation: account.federation.clone(), account: account.id, session: None };
        Ok(Caller {
            token: account.identity(),
            label: account.actor(),
            registers: self.registers_of(&account.grants).await?,
            grants: account.grants,
            scopes: token.scopes,
            issued_by: account.issued_by,
            person: Some(person),
        })
    }

    /// The registers by which it is told what belongs to the units of grants.
    pub(crate) async fn registers_of(
        &self,
        grants: &[Grant],
    ) -> Result<BTreeMap<FederationCode, Arc<Register>>, OperationError> {
        let mut registers = BTreeMap::new();
        for grant in grants {
            if let Ground::Subtree(federation, _) = grant.ground()
                && !registers.contains_key(federation)
            {
                let scope = self.house.store.federation(federation);
                registers.insert(federation.clone(), self.register(&scope).await?);
            }
        }
        Ok(registers)
    }

    /// A new token with its secret, not kept yet.
    pub(crate) fn new_token(&self, label: &str) -> Result<(Token, String), OperationError> {
        let now = self.now();
        let secret = format!("{PREFIX}{}", base62(&self.randomness().draw()?));
        let token = Token {
            id: TokenId(self.randomness().identifier(now)?),
            label: label.to_owned(),
            secret_hash: Digest::of(secret.as_bytes()),
            grants: Vec::new(),
            scopes: None,
            owner: None,
            issued_by: None,
            issued_at: now,
            expires_at: None,
            revoked_at: None,
        };
        Ok((token, secret))
    }
}

/// What is shown once of a token that was kept.
pub(crate) fn issued(token: Token, secret: String) -> IssuedToken {
    IssuedToken {
        id: token.id,
        secret,
        grant: token.grants.into_iter().next(),
        label: token.label,
        scopes: token.scopes.map(|scopes| scopes.into_iter().collect()),
        expires_at: token.expires_at,
    }
}

/// The 256 bits as 43 letters and digits: nothing in it needs quoting anywhere.
pub(crate) fn base62(bytes: &[u8; 32]) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut number = *bytes;
    let digits = (0..43).map(|_| {
        let mut remainder = 0_u32;
        for byte in &mut number {
            let part = remainder * 256 + u32::from(*byte);
            // Both are below 256: the remainder is below 62, so the part is below 62 × 256.
            *byte = u8::try_from(part / 62).unwrap_or(u8::MAX);
            remainder = part % 62;
        }
        char::from(ALPHABET[remainder as usize])
    });
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base62_spells_a_number_with_its_lowest_digit_first() {
        let mut bytes = [0; 32];
        bytes[31] = 63;
        assert_eq!(base62(&bytes), format!("11{}", "0".repeat(41)));
        bytes[31] = 61;
        assert_eq!(base62(&bytes), format!("z{}", "0".repeat(42)));
    }

    #[test]
    fn different_secrets_are_spelt_differently() {
        let all_ones = base62(&[0xff; 32]);
        let mut nearly = [0xff; 32];
        nearly[0] = 0xfe;
        assert_ne!(all_ones, base62(&nearly));
        assert!(all_ones.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
