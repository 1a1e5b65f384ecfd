//! Headers that every answer carries.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// A page of this host runs nothing, loads nothing and is framed by nobody. A report is one self-contained page: its style
/// stands in a `<style>` element and its charts are inline drawings whose parts carry `style` attributes, which no hash can
/// admit; so inline style is admitted, and only that. Whatever a plugin wrote into a report, no script runs.
pub(crate) const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                                      form-action 'none'; frame-ancestors 'none'; sandbox";

/// What is no page needs nothing at all.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Middleware: nobody guesses types, keeps copies, frames pages or learns where a reader came from.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CACHE_CONTROL, "no-store");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CONTENT_SECURITY_POLICY, DATA_POLICY);
    set(header::VARY, "accept, accept-language, authorization, cookie");
    response
}
