//! An act that came with an idempotency key is done once: whoever sends it again gets the answer that it had.

use std::ops::Deref;

use domain::access::Caller;
use domain::digest::Digest;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Attempt, Scope, StoreError};

use crate::error::OperationError;

/// An answer, and whether it was given before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T> {
    /// The answer.
    pub answer: T,
    /// Whether it was given before, to the same attempt.
    pub replayed: bool,
}

impl<T> Deref for Answered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.answer
    }
}

/// The attempt that a message with a key is; none without a key. `what` is what is done, and to what.
pub(crate) fn attempt<M: Serialize>(
    caller: &Caller,
    key: Option<String>,
    what: &[&str],
    message: &M,
) -> Result<Option<Attempt>, OperationError> {
    let Some(key) = key else { return Ok(None) };
    let message = rmp_serde::to_vec_named(message).map_err(OperationError::host)?;
    let mut parts: Vec<&[u8]> = what.iter().map(|part| part.as_bytes()).collect();
    parts.push(&message);
    Ok(Some(Attempt { token: caller.token, key, request: Digest::of_parts(&parts) }))
}

/// What an attempt was answered when it was made before.
pub(crate) async fn answered<T: DeserializeOwned>(
    scope: &Scope,
    attempt: Option<&Attempt>,
) -> Result<Option<Answered<T>>, OperationError> {
    let Some(attempt) = attempt else { return Ok(None) };
    let Some(bytes) = scope.answered(attempt).await? else { return Ok(None) };
    let answer = rmp_serde::from_slice(&bytes).map_err(OperationError::host)?;
    Ok(Some(Answered { answer, replayed: true }))
}

/// The scope in which an act that gives an answer is done once, where it is an attempt.
pub(crate) fn doing<T: Serialize>(
    scope: &Scope,
    attempt: Option<&Attempt>,
    answer: &T,
) -> Result<Scope, OperationError> {
    let Some(attempt) = attempt else { return Ok(scope.clone()) };
    let bytes = rmp_serde::to_vec_named(answer).map_err(OperationError::host)?;
    Ok(scope.once(attempt.clone(), bytes))
}

/// The answer of an act that was tried: its own, or that of the same attempt which came first.
pub(crate) async fn done<T: DeserializeOwned>(
    scope: &Scope,
    attempt: Option<&Attempt>,
    answer: T,
    kept: Result<(), StoreError>,
) -> Result<Answered<T>, OperationError> {
    match kept {
        Ok(()) => Ok(Answered { answer, replayed: false }),
        Err(StoreError::AnsweredBefore) => answered(scope, attempt).await?.ok_or(OperationError::Missing("answer")),
        Err(other) => Err(other.into()),
    }
}
