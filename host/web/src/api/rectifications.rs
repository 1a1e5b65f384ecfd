//! What members have to put right: opened by reviewers, planned and done by the member, accepted, listed, carried into the next round.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use operations::{NewRectification, NewRectificationStep, WhichRectifications};
use serde::Deserialize;

use crate::address::{Address, Choices, InFederation, OfRectification, OfUnit, WhichForm, WhichItems};
use crate::body::Message;
use crate::house::House;
use crate::language::language_of;
use crate::page::{Wish, format_of, page, sheet};
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// What is to be put right.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRectifications {
    items: Vec<NewRectification>,
}

/// The points that a unit lost in what was published, or settled where the round is not reviewed: the most first, each with the item that
/// was opened for it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/rectifications/deductions",
    tag = "rectification", params(OfUnit), responses((status = OK, body = Vec<schema::Deduction>)))]
pub(crate) async fn list_deductions(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let deductions = house.office.deductions(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &deductions)
}

/// Opens what a unit has to put right, from points that it lost and from problems that it stated itself: all of it or nothing. Of each
/// cause there is one item.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/rectifications",
    tag = "rectification", params(OfUnit), request_body = schema::NewRectifications,
    responses((status = CREATED, body = Vec<schema::Rectification>)))]
pub(crate) async fn open_rectifications(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Message(new): Message<NewRectifications>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let opened = house.office.open_rectifications(&visitor.caller, federation, round, unit, new.items).await?;
    visitor.reply(StatusCode::CREATED, &opened)
}

/// What a unit has to put right: from the round, and carried over into it from earlier ones.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/rectifications",
    tag = "rectification", params(OfUnit), responses((status = OK, body = schema::Rectifications)))]
pub(crate) async fn read_rectifications(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let items = house.office.rectifications(&visitor.caller, federation, round, unit).await?;
    visitor.reply(StatusCode::OK, &items)
}

/// Does a step about an item: the member plans and completes, a reviewer accepts, sends back, postpones or drops. Whoever has read fewer
/// steps than there are reads again.
#[utoipa::path(post,
    path = "/federations/{federation}/rounds/{round}/submissions/{unit}/rectifications/{rectification}/steps",
    tag = "rectification", params(OfRectification), request_body = schema::NewRectificationStep,
    responses((status = OK, body = schema::Rectification)))]
pub(crate) async fn step_rectification(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRectification>,
    Message(new): Message<NewRectificationStep>,
) -> Answer {
    let OfRectification { federation, round, unit, rectification } = &at;
    let item = house.office.step_rectification(&visitor.caller, federation, round, unit, *rectification, new).await?;
    visitor.reply(StatusCode::OK, &item)
}

/// The notice of what a unit has still to put right, as the round's report composes it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/rectifications/notice",
    tag = "reports", params(OfUnit, WhichForm),
    responses((status = OK, content((String = "text/html"), (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf")))))]
pub(crate) async fn read_rectification_notice(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfUnit>,
    Choices(form): Choices<WhichForm>,
    headers: HeaderMap,
) -> Answer {
    let how = (form.report, format_of(form.format.as_deref(), &headers)?);
    let OfUnit { federation, round, unit } = &at;
    Ok(page(house.office.rectification_notice(&caller, federation, round, unit, how).await?))
}

/// What all members have to put right, in the order of due dates: of one round or of all, open or overdue ones only.
#[utoipa::path(get, path = "/federations/{federation}/rectifications", tag = "rectification",
    params(InFederation, WhichItems),
    responses((status = OK, content((Vec<schema::Rectification> = "application/json"), (String = "text/html"),
        (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf"), (String = "text/csv")))))]
pub(crate) async fn list_rectifications(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<InFederation>,
    Choices(which): Choices<WhichItems>,
    headers: HeaderMap,
) -> Answer {
    let WhichItems { round, open, overdue, format } = which;
    let (which, federation) =
        (WhichRectifications { round, open: open == Some(true), overdue: overdue == Some(true) }, &at.federation);
    let language = language_of(&headers);
    match Wish::with_sheet(format.as_deref(), &headers)? {
        Wish::Message(accepts) => {
            accepts.reply(StatusCode::OK, &house.office.rectification_list(&caller, federation, &which).await?)
        }
        Wish::Document(format) => {
            Ok(page(house.office.rectification_page(&caller, federation, &which, language, format).await?))
        }
        Wish::Sheet => {
            let table = house.office.rectification_sheet(&caller, federation, &which, language).await?;
            Ok(sheet(&format!("{federation}-rectification"), table))
        }
    }
}
