//! Reports as pages and texts.

use axum::extract::State;
use axum::http::HeaderMap;

use crate::address::{Address, Choices, OfAppeal, OfReport, OfUnit, WhichForm, WhichNotice};
use crate::house::House;
use crate::page::{format_of, page};
use crate::visitor::{Answer, Bearer};

/// A report of the newest roll-up.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/reports/{release}", tag = "reports",
    params(OfReport, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
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
    responses((status = OK, content((String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
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

/// The notice of the newest return, or of the one with a number, as the round's report composes it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/returns/notice", tag = "reports",
    params(OfUnit, WhichNotice),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
pub(crate) async fn read_return_notice(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfUnit>,
    Choices(which): Choices<WhichNotice>,
    headers: HeaderMap,
) -> Answer {
    let how = (which.report, format_of(which.format.as_deref(), &headers)?);
    let OfUnit { federation, round, unit } = &at;
    Ok(page(house.office.return_notice(&caller, federation, round, unit, which.number, how).await?))
}

/// The decision on an appeal, as the round's report composes it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/appeals/{appeal}/notice",
    tag = "reports", params(OfAppeal, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
pub(crate) async fn read_appeal_notice(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfAppeal>,
    Choices(form): Choices<WhichForm>,
    headers: HeaderMap,
) -> Answer {
    let how = (form.report, format_of(form.format.as_deref(), &headers)?);
    let OfAppeal { federation, round, unit, appeal } = &at;
    Ok(page(house.office.appeal_notice(&caller, federation, round, unit, *appeal, how).await?))
}
