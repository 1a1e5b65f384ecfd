//! Once: an act that came with an idempotency key is done once, and its answer is kept with it.

use domain::digest::Digest;
use domain::ids::{FederationCode, TokenId};
use sqlx::{AnyConnection, Row as _};

use crate::body::parsed;
use crate::error::already_there;
use crate::{Scope, StoreError};

const WHAT: &str = "answer";

/// An attempt at something that its caller may make again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Whose key it is.
    pub token: TokenId,
    /// The key.
    pub key: String,
    /// What came with it.
    pub request: Digest,
}

/// An attempt with the answer that is kept where it succeeds.
#[derive(Debug)]
pub(crate) struct Once {
    attempt: Attempt,
    answer: Vec<u8>,
}

impl Scope {
    /// The same federation's part, in which the next act is done once: [`StoreError::AnsweredBefore`] where the attempt was made before.
    #[must_use]
    pub fn once(&self, attempt: Attempt, answer: Vec<u8>) -> Self {
        Self { once: Some(std::sync::Arc::new(Once { attempt, answer })), ..self.clone() }
    }

    /// What an attempt was answered when it was made before; [`StoreError::KeyReused`] where its key came with something else.
    pub async fn answered(&self, attempt: &Attempt) -> Result<Option<Vec<u8>>, StoreError> {
        let row = sqlx::query(
            "SELECT request, body FROM answers_given WHERE federation = $1 AND token = $2 AND idempotency_key = $3",
        )
        .bind(self.code.as_str())
        .bind(attempt.token.to_string())
        .bind(attempt.key.as_str())
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let request: Digest = parsed(&row, "request", WHAT)?;
        if request != attempt.request { Err(StoreError::KeyReused) } else { Ok(Some(row.try_get("body")?)) }
    }
}

impl Once {
    /// Keeps the answer, seen from inside the transaction of the act, which has the federation to itself.
    pub(crate) async fn hold(
        &self,
        connection: &mut AnyConnection,
        federation: &FederationCode,
    ) -> Result<(), StoreError> {
        let Attempt { token, key, request } = &self.attempt;
        let known = sqlx::query(
            "SELECT request FROM answers_given WHERE federation = $1 AND token = $2 AND idempotency_key = $3",
        )
        .bind(federation.as_str())
        .bind(token.to_string())
        .bind(key.as_str())
        .fetch_optional(&mut *connection)
        .await?;
        if let Some(known) = known {
            let known: Digest = parsed(&known, "request", WHAT)?;
            return Err(if known == *request { StoreError::AnsweredBefore } else { StoreError::KeyReused });
        }
        sqlx::query(
            "INSERT INTO answers_given (federation, token, idempotency_key, request, body) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(federation.as_str())
        .bind(token.to_string())
        .bind(key.as_str())
        .bind(request.to_string())
        .bind(self.answer.as_slice())
        .execute(connection)
        .await
        .map_err(already_there(WHAT))?;
        Ok(())
    }
}
