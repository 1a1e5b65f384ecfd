//! Releases and the host itself are watched.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::address::{Address, OfRelease};
use crate::exposition::{MEDIA_TYPE, exposed};
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// How a release fares. What it has judged and how often it failed is kept, and so of all hosts and all times; what its calls cost is
/// counted by the host that answers, since it was started.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}/health", tag = "releases", params(OfRelease),
    responses((status = OK, body = schema::ReleaseHealth)))]
pub(crate) async fn read_release_health(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRelease>,
) -> Answer {
    let health = house.office.release_health(&visitor.caller, &at.federation, at.release).await?;
    visitor.reply(StatusCode::OK, &health)
}

/// The figures of this host since it was started, in Prometheus' text format. Only the operator's token reads them: they tell how
/// busy every federation is. They name federations and releases, never a member.
#[utoipa::path(get, path = "/metrics", tag = "host", responses((status = OK, body = String, content_type = "text/plain")))]
pub(crate) async fn read_metrics(State(house): State<House>, Bearer(caller): Bearer) -> Answer {
    let figures = house.office.host_figures(&caller).await?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], exposed(&figures, &house.traffic.read())).into_response())
}
