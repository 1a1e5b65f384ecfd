//! Reports as pages and texts.

use axum::extract::State;
use axum::http::HeaderMap;

use crate::address::{Address, Choices, OfReport, OfUnit, WhichForm};
use crate::house::House;
use crate::page::{format_of, page};
use crate::visitor::{Answer, Bearer};

/// A report of the newest roll-up.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/reports/{release}", tag = "reports",
    params(OfReport, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown")))))]
pub(crate) async fn read_report(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfReport>,
    Choices(form): Choices<WhichForm>,
    headers: HeaderMap,
) -> Answer {
    let format = format_of(form.format.as_deref(), &headers)?;
    let report = house.office.report(&caller, &at.federation, &at.round, at.release, format).await?;
    Ok(page(report))
}

/// A unit's own report of its newest revision that counts.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/report", tag = "reports",
    params(OfUnit, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown")))))]
pub(crate) async fn read_member_report(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfUnit>,
    Choices(form): Choices<WhichForm>,
    headers: HeaderMap,
) -> Answer {
    let format = format_of(form.format.as_deref(), &headers)?;
    let OfUnit { federation, round, unit } = &at;
    let report = house.office.member_report(&caller, federation, round, unit, form.report, format).await?;
    Ok(page(report))
}
