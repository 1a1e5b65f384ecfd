//! Plugins are uploaded, examined and read.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::address::{Address, InFederation, OfRelease, ROOT};
use crate::body::{COMPONENT, Component};
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// Uploads a component. It is examined, compiled and asked what it is; then it is a release of the federation. The same bytes give
/// the same release.
#[utoipa::path(post, path = "/federations/{federation}/releases", tag = "releases", params(InFederation),
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = CREATED, body = schema::Release)))]
pub(crate) async fn admit_release(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Component(bytes): Component,
) -> Answer {
    let release = house.office.admit_release(&visitor.caller, &at.federation, bytes).await?;
    let location = format!("{ROOT}/federations/{}/releases/{}", at.federation, release.digest);
    Ok(([(header::LOCATION, location)], visitor.reply(StatusCode::CREATED, &release)?).into_response())
}

/// The federation's releases, the newest first.
#[utoipa::path(get, path = "/federations/{federation}/releases", tag = "releases", params(InFederation),
    responses((status = OK, body = Vec<schema::Release>)))]
pub(crate) async fn list_releases(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let releases = house.office.releases(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &releases)
}

/// One release with everything that it says of itself.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}", tag = "releases", params(OfRelease),
    responses((status = OK, body = schema::Release)))]
pub(crate) async fn read_release(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRelease>,
) -> Answer {
    let release = house.office.release(&visitor.caller, &at.federation, at.release).await?;
    visitor.reply(StatusCode::OK, &release)
}

/// The component itself, as it was uploaded: what an off-line pre-check runs.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}/component", tag = "releases", params(OfRelease),
    responses((status = OK, body = Vec<u8>, content_type = "application/wasm")))]
pub(crate) async fn read_component(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfRelease>,
) -> Answer {
    let component = house.office.component(&caller, &at.federation, at.release).await?;
    let saved_as = format!("attachment; filename=\"{}.wasm\"", at.release.short());
    let headers = [(header::CONTENT_TYPE, COMPONENT.to_owned()), (header::CONTENT_DISPOSITION, saved_as)];
    Ok((headers, component).into_response())
}
