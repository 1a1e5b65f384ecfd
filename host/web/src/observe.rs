//! What the log says of a request: its route, status, time and federation; never a token, an answer, a name or a query.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;

use axum::RequestPartsExt;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::ids::FederationCode;
use tokio::time::Instant;
use tracing::{Instrument, error, field, info, info_span};

use crate::problem::Problem;
use crate::request_id::RequestId;
use crate::traffic::Traffic;

/// Middleware: one span, one line and one count a request. A failure of the host is logged here, once, with all its causes.
pub(crate) async fn observe(State(traffic): State<Traffic>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let route = parts.extensions.get::<MatchedPath>().map_or("-", |path| path.as_str()).to_owned();
    let id = parts.extensions.get::<RequestId>().map(RequestId::to_string).unwrap_or_default();
    let method = parts.method.clone();
    let span = info_span!("request", id, %method, route, federation = field::Empty);
    if let Some(federation) = federation_of(&mut parts).await {
        span.record("federation", field::display(federation));
    }
    async {
        let began = Instant::now();
        let response = next.run(Request::from_parts(parts, body)).await;
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        traffic.count(&route, &method, response.status(), micros);
        let problem = response.extensions().get::<Arc<Problem>>();
        let code = problem.map_or("", |problem| problem.code.as_ref());
        info!(status = response.status().as_u16(), micros, code, "answered");
        if let Some(cause) = problem.and_then(|problem| problem.cause.as_deref()) {
            error!(causes = chain_of(cause), "the host failed");
        }
        response
    }
    .instrument(span)
    .await
}

/// The federation that the address names, where it can be one.
async fn federation_of(parts: &mut axum::http::request::Parts) -> Option<FederationCode> {
    let named = parts.extract::<RawPathParams>().await.ok()?;
    let federation = named.iter().find(|(name, _)| *name == "federation")?.1;
    federation.parse().ok()
}

fn chain_of(error: &(dyn Error + Send + Sync + 'static)) -> String {
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        // Writing to a text cannot fail.
        let _ = write!(chain, ": {cause}");
        source = cause.source();
    }
    chain
}
