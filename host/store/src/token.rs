//! Tokens: found by the digest of their secret, which is never here.

use domain::audit::Act;
use domain::digest::Digest;
use domain::ids::{AccountId, TokenId};
use domain::limits::TOKENS_MAX;
use domain::token::Token;
use futures::FutureExt as _;

use crate::body::{bodies, body, counted, pack};
use crate::changes::{Change, tell};
use crate::error::already_there;
use crate::{Scope, Store, StoreError};

const WHAT: &str = "token";

impl Scope {
    /// Keeps a token of the federation's people.
    pub async fn keep_token(&self, token: &Token, act: Act) -> Result<(), StoreError> {
        let (id, secret_hash, packed) = (token.id.to_string(), token.secret_hash.to_string(), pack(token)?);
        let account = token.owner.map(|owner| owner.to_string());
        let federation = self.code.clone();
        self.record(act, move |connection, _| {
            async move {
                let row = sqlx::query("SELECT COUNT(*) AS tokens FROM tokens WHERE federation = $1")
                    .bind(federation.as_str())
                    .fetch_one(&mut *connection)
                    .await?;
                if counted::<usize>(&row, "tokens", WHAT)? >= TOKENS_MAX {
                    return Err(StoreError::Full(WHAT));
                }
                sqlx::query(
                    "INSERT INTO tokens (id, secret_hash, federation, account, body) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(id)
                .bind(secret_hash)
                .bind(federation.as_str())
                .bind(account)
                .bind(packed)
                .execute(connection)
                .await
                .map_err(already_there(WHAT))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Keeps what has become of a token of the federation, and tells the other hosts.
    pub async fn change_token(&self, token: &Token, act: Act) -> Result<(), StoreError> {
        let (id, packed) = (token.id.to_string(), pack(token)?);
        let change = Change::Token(self.code.clone(), token.secret_hash);
        self.record(act, move |connection, _| {
            async move {
                let changed = sqlx::query("UPDATE tokens SET body = $2 WHERE id = $1")
                    .bind(id)
                    .bind(packed)
                    .execute(&mut *connection)
                    .await?;
                if changed.rows_affected() == 0 {
                    return Err(StoreError::Missing(WHAT));
                }
                tell(connection, &change).await
            }
            .boxed()
        })
        .await
    }

    /// The tokens of the federation's people, in the order in which they were issued, whatever they are worth now.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query("SELECT body FROM tokens WHERE federation = $1 OR federation IS NULL ORDER BY id")
            .bind(self.code.as_str())
            .fetch_all(self.readers())
            .await?;
        let is_ours = |token: &Token| {
            token.owner.is_some() || token.grants.iter().any(|grant| grant.federation() == Some(&self.code))
        };
        Ok(bodies(&rows, WHAT)?.into_iter().filter(is_ours).collect())
    }

    /// The tokens that are somebody's own, in the order in which they were issued.
    pub async fn tokens_of(&self, account: AccountId) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query("SELECT body FROM tokens WHERE federation = $1 AND account = $2 ORDER BY id")
            .bind(self.code.as_str())
            .bind(account.to_string())
            .fetch_all(self.readers())
            .await?;
        bodies(&rows, WHAT)
    }
}

impl Store {
    /// Keeps a token of the operator's, who belongs to no federation.
    pub async fn keep_operator_token(&self, token: &Token) -> Result<(), StoreError> {
        let (id, secret_hash, packed) = (token.id.to_string(), token.secret_hash.to_string(), pack(token)?);
        self.write(move |connection| {
            async move {
                sqlx::query("INSERT INTO tokens (id, secret_hash, body) VALUES ($1, $2, $3)")
                    .bind(id)
                    .bind(secret_hash)
                    .bind(packed)
                    .execute(connection)
                    .await
                    .map_err(already_there("token"))?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// A token, valid or expired.
    pub async fn token(&self, id: TokenId) -> Result<Option<Token>, StoreError> {
        let row = sqlx::query("SELECT body FROM tokens WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, "token")).transpose()
    }

    /// The token whose secret has this digest, valid or expired.
    pub async fn token_of_hash(&self, secret_hash: Digest) -> Result<Option<Token>, StoreError> {
        let row = sqlx::query("SELECT body FROM tokens WHERE secret_hash = $1")
            .bind(secret_hash.to_string())
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| body(&row, "token")).transpose()
    }
}
