//! How many requests are worked on at once, and for how long: the rest is told to come back.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use crate::kind::Kind;
use crate::problem::Problem;

/// Middleware: turns a request away at once where all places are taken, instead of letting it wait unseen.
pub(crate) async fn take_a_place(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::of(Kind::Busy).into_response(),
    }
}

/// Middleware: ends a request that takes longer than any should.
pub(crate) async fn within(State(time_max): State<Duration>, request: Request, next: Next) -> Response {
    let in_time = tokio::time::timeout(time_max, next.run(request)).await;
    in_time.unwrap_or_else(|_| Problem::of(Kind::TookTooLong).into_response())
}
