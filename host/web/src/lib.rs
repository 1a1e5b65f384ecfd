//! HTTP: routes, JSON and MessagePack at the border, errors as problems. Knows no SQL and no WebAssembly.
//!
//! The modules stand in reading order: the routes, what reads a request, what the handlers do, what answers, what surrounds them all.

mod house;
mod router;

mod access;
mod address;
mod body;
mod format;
mod language;
mod precondition;
mod session;
mod shape;
mod visitor;

mod api;
mod console;

mod exposition;
mod kind;
mod problem;
mod render;

mod admission;
mod headers;
mod observe;
mod request_id;
mod surround;
mod traffic;

mod openapi;
mod page;
mod schema;

use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::serve::ListenerExt;
use operations::Office;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use crate::house::WebSettings;

/// The routes over an office.
pub fn router(office: Office, settings: WebSettings) -> Router {
    router::assemble(office, settings, CancellationToken::new())
}

/// Serves HTTP until `stop`; then streams end, and what is under way is finished as long as that takes no longer than
/// [`WebSettings::farewell_time_max`].
pub async fn serve(
    listener: TcpListener,
    office: Office,
    settings: WebSettings,
    stop: CancellationToken,
) -> io::Result<()> {
    let farewell_time_max = settings.farewell_time_max;
    let router = router::assemble(office, settings, stop.clone());
    // Answers are small and whole; waiting for more before sending only adds delay.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let farewell = async {
        stop.cancelled().await;
        tokio::time::sleep(farewell_time_max).await;
    };
    tokio::select! {
        ended = serving.into_future() => ended,
        () = farewell => Ok(()),
    }
}
