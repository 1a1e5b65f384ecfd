//! Tokens: found by the digest of their secret, which is never here.

use domain::digest::Digest;
use domain::ids::TokenId;
use domain::token::Token;
use futures::FutureExt as _;

use crate::body::{body, pack};
use crate::error::already_there;
use crate::{Store, StoreError};

impl Store {
    /// Keeps a token.
    pub async fn keep_token(&self, token: &Token) -> Result<(), StoreError> {
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
