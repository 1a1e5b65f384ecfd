//! Bearer tokens: issued once, kept as a hash, recognised when shown.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use domain::access::{Caller, Grant, Ground, Operation, Role, Target};
use domain::account::ACCOUNT_MARK;
use domain::digest::Digest;
use domain::ids::{FederationCode, TokenId, UnitCode};
use domain::register::Register;
use domain::token::Token;
use serde::{Deserialize, Serialize};

use crate::error::OperationError;
use crate::grant::grant_in;
use crate::office::Office;
use crate::problem::Problems;

/// What every secret begins with, so that scanners for leaked secrets know it.
const PREFIX: &str = "hz_";

/// A token to issue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What its bearer is.
    pub role: Role,
    /// For which unit and everything below it; the whole federation where it is left out.
    #[serde(default)]
    pub unit: Option<UnitCode>,
    /// What it is issued for: stands as the actor in the audit log, and is never a person's name.
    pub label: String,
}

/// A token that was just issued. The secret is shown this once; the house keeps only its hash.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct IssuedToken {
    /// Names the token without giving it away.
    pub id: TokenId,
    /// What the bearer shows.
    pub secret: String,
    /// What it stands for.
    #[serde(flatten)]
    pub grant: Grant,
    /// What it was issued for: stands as the actor in the audit log.
    pub label: String,
}

// A secret must not reach a log by way of `{:?}`.
impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, grant, label, secret: _ } = self;
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
        let Token { id, label, grants, issued_by, .. } = Arc::unwrap_or_clone(token);
        let registers = self.registers_of(&grants).await?;
        Ok(Caller { token: id, label, grants, registers, issued_by: issued_by.into_iter().collect(), person: None })
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

    /// Issues a token for a federation's people.
    pub async fn issue_token(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewToken,
    ) -> Result<IssuedToken, OperationError> {
        caller.may(Operation::IssueToken, Target::Federation(federation))?;
        let NewToken { role, unit, label } = new;
        let mut problems = Problems::default();
        problems.name("/label", &label);
        if label.starts_with(ACCOUNT_MARK) {
            problems.add("/label", "passes-for-an-account", &[]);
        }
        let grant = grant_in(federation, role, unit.as_ref(), "", &mut problems);
        problems.none_left()?;
        let grant = grant.ok_or(OperationError::NotAllowed)?;
        caller.may_give(&grant)?;
        self.is_there(&self.house.store.federation(federation), &grant).await?;
        self.keep_new_token(grant, &label, Some(caller.token)).await
    }

    /// Issues a token of the operator. There is no caller: whoever starts the process may; nothing that is served calls it.
    pub async fn issue_operator_token(&self, label: &str) -> Result<IssuedToken, OperationError> {
        self.keep_new_token(Grant::of_operator(), label, None).await
    }

    pub(crate) async fn keep_new_token(
        &self,
        grant: Grant,
        label: &str,
        issued_by: Option<TokenId>,
    ) -> Result<IssuedToken, OperationError> {
        let now = self.now();
        let secret = format!("{PREFIX}{}", base62(&self.randomness().draw()?));
        let token = Token {
            id: TokenId(self.randomness().identifier(now)?),
            label: label.to_owned(),
            secret_hash: Digest::of(secret.as_bytes()),
            grants: vec![grant.clone()],
            issued_by,
            issued_at: now,
            expires_at: None,
        };
        self.house.store.keep_token(&token).await?;
        Ok(IssuedToken { id: token.id, secret, grant, label: token.label })
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
