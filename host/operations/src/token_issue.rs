//! Tokens are issued, listed and revoked: those of a federation's programs by its administration, a person's own by the person.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::access::{Caller, Grant, Operation, Role, TokenScope};
use domain::account::ACCOUNT_MARK;
use domain::ids::{AccountId, FederationCode, TokenId, UnitCode};
use domain::limits::{OWN_TOKEN_AGE, OWN_TOKENS_MAX, TOKEN_AGE_MAX};
use domain::token::Token;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::Scope;

use crate::account::{named, subject_of};
use crate::error::OperationError;
use crate::grant::grant_in;
use crate::office::Office;
use crate::problem::Problems;
use crate::session::signed_in;
use crate::token::{IssuedToken, issued};

/// A token to issue for a program or for somebody without an account.
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
    /// For what its bearer may use it; for everything where it is left out.
    #[serde(default)]
    pub scopes: Option<BTreeSet<TokenScope>>,
    /// From when on it is worth nothing; it lasts where that is left out.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// A token of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOwnToken {
    /// What it is for, in one's own words.
    pub label: String,
    /// For what it may be used; of what one may oneself.
    pub scopes: BTreeSet<TokenScope>,
    /// From when on it is worth nothing; after some months where it is left out.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// Why a token is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRevocation {
    /// Why.
    pub reason: String,
}

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenView {
    /// Its identifier.
    pub id: TokenId,
    /// What it was issued for.
    pub label: String,
    /// Whose own it is; none where it is nobody's.
    pub owner: Option<AccountId>,
    /// What it stands for; nothing of its own where it is a person's.
    pub grants: Vec<Grant>,
    /// For what it may be used; none where it is for everything.
    pub scopes: Option<BTreeSet<TokenScope>>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it is worth nothing; none where it lasts.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl From<Token> for TokenView {
    fn from(token: Token) -> Self {
        let Token { id, label, owner, grants, scopes, issued_at, expires_at, revoked_at, secret_hash: _, issued_by: _ } =
            token;
        Self { id, label, owner, grants, scopes, issued_at, expires_at, revoked_at }
    }
}

impl Office {
    /// Issues a token for a federation's people and programs.
    pub async fn issue_token(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewToken,
    ) -> Result<IssuedToken, OperationError> {
        let scope = self.scope(caller, Operation::IssueToken, federation)?;
        let mut problems = Problems::default();
        problems.name("/label", &new.label);
        if new.label.starts_with(ACCOUNT_MARK) {
            problems.add("/label", "passes-for-an-account", &[]);
        }
        if new.scopes.as_ref().is_some_and(BTreeSet::is_empty) {
            problems.add("/scopes", "empty", &[]);
        }
        self.examine_end(&mut problems, new.expires_at);
        let grant = grant_in(federation, new.role, new.unit.as_ref(), "", &mut problems);
        problems.none_left()?;
        let grant = grant.ok_or(OperationError::NotAllowed)?;
        caller.may_give(&grant)?;
        self.is_there(&scope, &grant).await?;
        let (token, secret) = self.new_token(&new.label)?;
        let token = Token { grants: vec![grant], scopes: new.scopes, expires_at: new.expires_at, ..token };
        self.keep_issued(caller, &scope, token, secret).await
    }

    /// Keeps a token that somebody issues.
    pub(crate) async fn keep_issued(
        &self,
        caller: &Caller,
        scope: &Scope,
        token: Token,
        secret: String,
    ) -> Result<IssuedToken, OperationError> {
        let token = Token { issued_by: Some(caller.token), ..token };
        let act = self.act(caller, "issue-token", format!("token/{}", token.id), None, &named(&token.grants));
        scope.keep_token(&token, act).await?;
        Ok(issued(token, secret))
    }

    /// Issues a token of the operator. There is no caller: whoever starts the process may; nothing that is served calls it.
    pub async fn issue_operator_token(&self, label: &str) -> Result<IssuedToken, OperationError> {
        let (token, secret) = self.new_token(label)?;
        let token = Token { grants: vec![Grant::of_operator()], ..token };
        self.house.store.keep_operator_token(&token).await?;
        Ok(issued(token, secret))
    }

    /// The tokens of a federation's people and programs, in the order in which they were issued.
    pub async fn tokens(&self, caller: &Caller, federation: &FederationCode) -> Result<Vec<TokenView>, OperationError> {
        let scope = self.scope(caller, Operation::ReadAccounts, federation)?;
        Ok(scope.tokens().await?.into_iter().map(TokenView::from).collect())
    }

    /// Revokes a token of somebody whom the caller could have let in. It is worth nothing from then on, on every host.
    pub async fn revoke_token(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        id: TokenId,
        new: NewRevocation,
    ) -> Result<TokenView, OperationError> {
        let scope = self.scope(caller, Operation::IssueToken, federation)?;
        let mut problems = Problems::default();
        problems.name("/reason", &new.reason);
        problems.none_left()?;
        let token = scope.tokens().await?.into_iter().find(|token| token.id == id);
        let token = token.ok_or(OperationError::Missing("token"))?;
        let owner = match token.owner {
            Some(owner) => scope.account(owner).await?,
            None => None,
        };
        for grant in token.grants.iter().chain(owner.iter().flat_map(|owner| &owner.grants)) {
            caller.may_give(grant)?;
        }
        self.revoke(caller, &scope, token, &new.reason).await
    }

    /// Issues a token of one's own, to somebody who is signed in. It is worth what its owner is, and nobody is let in with it.
    pub async fn issue_own_token(&self, caller: &Caller, new: NewOwnToken) -> Result<IssuedToken, OperationError> {
        let (person, _) = signed_in(caller)?;
        let scope = self.house.store.federation(&person.federation);
        let mut problems = Problems::default();
        problems.name("/label", &new.label);
        if new.scopes.is_empty() {
            problems.add("/scopes", "empty", &[]);
        }
        self.examine_end(&mut problems, new.expires_at);
        problems.none_left()?;
        let now = self.now();
        let mine = scope.tokens_of(person.account).await?;
        if mine.iter().filter(|token| token.is_valid_at(now)).count() >= OWN_TOKENS_MAX {
            return Err(OperationError::NotPossible { code: "too-many-tokens" });
        }
        let account = scope.account(person.account).await?.ok_or(OperationError::NotAuthenticated)?;
        let (token, secret) = self.new_token(&new.label)?;
        let token = Token {
            scopes: Some(new.scopes),
            owner: Some(person.account),
            issued_by: Some(caller.token),
            expires_at: new.expires_at.or_else(|| Some(later(now, OWN_TOKEN_AGE))),
            ..token
        };
        let act = self.act(caller, "issue-token", format!("{}/token/{}", subject_of(&account), token.id), None, "");
        scope.keep_token(&token, act).await?;
        Ok(issued(token, secret))
    }

    /// One's own tokens, in the order in which they were issued.
    pub async fn own_tokens(&self, caller: &Caller) -> Result<Vec<TokenView>, OperationError> {
        let person = caller.person.as_ref().ok_or(OperationError::NotAllowed)?;
        let mine = self.house.store.federation(&person.federation).tokens_of(person.account).await?;
        Ok(mine.into_iter().map(TokenView::from).collect())
    }

    /// Revokes a token of one's own.
    pub async fn revoke_own_token(&self, caller: &Caller, id: TokenId) -> Result<(), OperationError> {
        let (person, _) = signed_in(caller)?;
        let scope = self.house.store.federation(&person.federation);
        let token = scope.tokens_of(person.account).await?.into_iter().find(|token| token.id == id);
        let token = token.ok_or(OperationError::Missing("token"))?;
        self.revoke(caller, &scope, token, "").await.map(drop)
    }

    async fn revoke(
        &self,
        caller: &Caller,
        scope: &Scope,
        token: Token,
        reason: &str,
    ) -> Result<TokenView, OperationError> {
        if token.revoked_at.is_some() {
            return Ok(token.into());
        }
        let token = Token { revoked_at: Some(self.now()), ..token };
        let act = self.act(caller, "revoke-token", format!("token/{}", token.id), None, reason);
        scope.change_token(&token, act).await?;
        self.house.tokens.forget(&token.secret_hash);
        Ok(token.into())
    }

    /// Notes an end that lies in the past or too far ahead.
    fn examine_end(&self, problems: &mut Problems, end: Option<Timestamp>) {
        let now = self.now();
        if end.is_some_and(|end| end <= now || end > later(now, TOKEN_AGE_MAX)) {
            let days = (TOKEN_AGE_MAX.as_secs() / 86_400).to_string();
            problems.add("/expires_at", "not-a-time-to-come", &[("limit", &days)]);
        }
    }
}

fn later(now: Timestamp, time: Duration) -> Timestamp {
    let time = SignedDuration::try_from(time).unwrap_or(SignedDuration::ZERO);
    now.saturating_add(time).unwrap_or(Timestamp::MAX)
}
