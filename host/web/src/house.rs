//! What every handler can reach: the office, the settings, and the document.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::limits;
use operations::Office;
use tokio_util::sync::CancellationToken;

use crate::traffic::Traffic;

/// What the top decides about serving. The limits' own home is [`domain::limits`].
#[derive(Clone, Debug)]
pub struct WebSettings {
    /// The name of this run of the host, in front of every request's number; letters, digits and `-`.
    pub run: String,
    /// How people reach the house, like `https://house.example.org`, where that is not told by the `Host` of their requests.
    pub public_url: Option<String>,
    /// Proxies of the operator's between people and the house, each of which adds to `X-Forwarded-For`.
    pub proxies: usize,
    /// The largest message.
    pub body_bytes_max: usize,
    /// The largest component that can be uploaded.
    pub component_bytes_max: usize,
    /// Requests that are worked on at once.
    pub requests_at_once_max: usize,
    /// How long a request may take.
    pub request_time_max: Duration,
    /// How long an upload may take: it is compiled meanwhile.
    pub upload_time_max: Duration,
    /// How long requests that are under way may still take once the host is told to stop.
    pub farewell_time_max: Duration,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            run: "request".to_owned(),
            public_url: None,
            proxies: 0,
            body_bytes_max: limits::BODY_BYTES_MAX,
            component_bytes_max: limits::COMPONENT_BYTES_MAX,
            requests_at_once_max: limits::REQUESTS_AT_ONCE_MAX,
            request_time_max: limits::REQUEST_TIME_MAX,
            upload_time_max: limits::REQUEST_TIME_MAX + limits::COMPILE_WALL_MAX,
            farewell_time_max: Duration::from_secs(10),
        }
    }
}

impl WebSettings {
    /// Whether people reach the house over TLS.
    pub(crate) fn is_over_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// The state of the router.
#[derive(Clone)]
pub(crate) struct House {
    pub(crate) office: Office,
    pub(crate) settings: Arc<WebSettings>,
    /// Set once the host stops: streams end then.
    pub(crate) stopping: CancellationToken,
    /// The OpenAPI document.
    pub(crate) document: Bytes,
    /// What was asked of this host.
    pub(crate) traffic: Traffic,
}
