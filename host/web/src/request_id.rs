//! Request ids: the word by which a caller and an operator speak of the same request.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the caller's own where it sent a decent one, else one of ours.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives out ids: the name of this run of the host, and a number.
#[derive(Clone, Debug)]
pub(crate) struct RequestIds {
    run: Arc<str>,
    next: Arc<AtomicU64>,
}

impl RequestIds {
    /// Ids of one run of the host.
    pub(crate) fn of_run(run: &str) -> Self {
        Self { run: run.into(), next: Arc::new(AtomicU64::new(1)) }
    }

    fn for_request(&self, request: &Request) -> RequestId {
        let given = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
        match given.filter(|given| is_decent(given)) {
            Some(given) => RequestId(given.into()),
            None => RequestId(format!("{}-{}", self.run, self.next.fetch_add(1, Ordering::Relaxed)).into()),
        }
    }
}

/// Short and of harmless signs, because it goes into the log as it is.
fn is_decent(id: &str) -> bool {
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=64).contains(&id.len()) && id.bytes().all(is_harmless)
}

/// Middleware: marks the request and its answer with an id.
pub(crate) async fn mark(State(ids): State<RequestIds>, mut request: Request, next: Next) -> Response {
    let id = ids.for_request(&request);
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
