//! What surrounds every route, so that no answer leaves without an id, its headers and its words.

use std::any::Any;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::headers::guard;
use crate::kind::Kind;
use crate::observe::observe;
use crate::problem::Problem;
use crate::render::render_problems;
use crate::request_id::{RequestIds, mark};
use crate::traffic::Traffic;

/// The routes with everything around them. A request meets the layers from the last to the first: it gets an id, is observed, its
/// answer gets its headers and its words, and a panic ends as a problem.
pub(crate) fn surrounded(routes: Router, run: &str, traffic: Traffic) -> Router {
    routes
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(render_problems))
        .layer(from_fn(guard))
        .layer(from_fn_with_state(traffic, observe))
        .layer(from_fn_with_state(RequestIds::of_run(run), mark))
}

/// What a panic said goes to the log by the panic hook; the caller learns only that it was the host's fault.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::of(Kind::HostFault).into_response()
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::http::StatusCode;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::admission::within;
    use crate::render::ProblemBody;

    async fn problem_of(routes: Router) -> (StatusCode, ProblemBody) {
        let request = Request::get("/").body(Body::empty()).unwrap();
        let response = surrounded(routes, "run", Traffic::default()).oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_of_the_host_that_tells_nothing() {
        async fn panics() {
            panic!("the secret is 42");
        }
        let (status, problem) = problem_of(Router::new().route("/", get(panics))).await;
        assert_eq!((status.as_u16(), problem.code.as_str(), problem.fault.as_str()), (500, "host-fault", "host"));
        assert_eq!(problem.request, "run-1");
        assert!(!problem.detail.contains("42"));
    }

    #[tokio::test]
    async fn a_failure_of_the_host_tells_nothing_but_that() {
        async fn fails() -> Problem {
            Problem::host_fault("disk /dev/secret is full")
        }
        let (status, problem) = problem_of(Router::new().route("/", get(fails))).await;
        assert_eq!((status.as_u16(), problem.code.as_str()), (500, "host-fault"));
        assert!(!format!("{problem:?}").contains("secret"));
    }

    #[tokio::test]
    async fn what_takes_too_long_is_ended_and_told_to_come_back() {
        let routes = Router::new().route("/", get(pending::<()>));
        let (status, problem) = problem_of(routes.layer(from_fn_with_state(Duration::ZERO, within))).await;
        assert_eq!((status.as_u16(), problem.code.as_str()), (503, "took-too-long"));
    }

    #[tokio::test]
    async fn an_error_of_the_frame_is_a_problem_too() {
        let routes = Router::new().route("/", get(|| async { (StatusCode::BAD_REQUEST, "plain words") }));
        let (status, problem) = problem_of(routes).await;
        assert_eq!((status.as_u16(), problem.code.as_str()), (400, "malformed-body"));
    }
}
