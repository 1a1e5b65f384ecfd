//! Plugins are uploaded, examined and read.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;

use crate::address::{Address, Choices, InFederation, OfRelease, ROOT, ToldHow, WithRelease};
use crate::body::{COMPONENT, Component};
use crate::house::House;
use crate::kind::Kind;
use crate::language::language_of;
use crate::page::{Wish, page};
use crate::precondition::ComponentSignature;
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// Uploads a component. It is examined, compiled and asked what it is; then it is a release of the federation. The same bytes give
/// the same release. Where the federation looks at signatures, one by a key that it trusts is verified before anything else looks at
/// the component, and kept with the release.
#[utoipa::path(post, path = "/federations/{federation}/releases", tag = "releases",
    params(InFederation, ("Huizong-Signature" = Option<String>, Header, description = "The component's `.minisig` file in Base64")),
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = CREATED, body = schema::Release)))]
pub(crate) async fn admit_release(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    ComponentSignature(signature): ComponentSignature,
    Component(bytes): Component,
) -> Answer {
    let (office, caller) = (&house.office, &visitor.caller);
    let release = office.admit_signed_release(caller, &at.federation, bytes, signature.as_deref()).await?;
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

/// What a release says of itself, in the order in which people read it: of a rubric the point table that a federation prints.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}/point-table", tag = "releases",
    params(OfRelease, ToldHow),
    responses((status = OK,
        content((schema::PointTableView = "application/json"), (String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
pub(crate) async fn read_point_table(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfRelease>,
    Choices(told): Choices<ToldHow>,
    headers: HeaderMap,
) -> Answer {
    let OfRelease { federation, release } = &at;
    match Wish::of(told.format.as_deref(), &headers)? {
        Wish::Message(accepts) => {
            let table = house.office.point_table(&caller, federation, *release).await?;
            accepts.reply(StatusCode::OK, &table)
        }
        Wish::Document(format) => {
            let language = language_of(&headers);
            Ok(page(house.office.point_table_page(&caller, federation, *release, language, format).await?))
        }
        Wish::Sheet => Err(Problem::of(Kind::QueryNotUnderstood)),
    }
}

/// What changed from this release to another in what they say of themselves: criteria, weights, checks, fields of the form.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}/comparison", tag = "releases",
    params(OfRelease, WithRelease),
    responses((status = OK,
        content((schema::ReleaseComparison = "application/json"), (String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
pub(crate) async fn compare_releases(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfRelease>,
    Choices(other): Choices<WithRelease>,
    headers: HeaderMap,
) -> Answer {
    let (OfRelease { federation, release }, WithRelease { with, format }) = (&at, &other);
    match Wish::of(format.as_deref(), &headers)? {
        Wish::Message(accepts) => {
            let compared = house.office.compare_releases(&caller, federation, *release, *with).await?;
            accepts.reply(StatusCode::OK, &compared)
        }
        Wish::Document(format) => {
            let language = language_of(&headers);
            let compared =
                house.office.release_comparison_page(&caller, federation, *release, *with, language, format).await?;
            Ok(page(compared))
        }
        Wish::Sheet => Err(Problem::of(Kind::QueryNotUnderstood)),
    }
}
