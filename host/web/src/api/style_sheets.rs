//! How a federation's documents look in every format that has pages.

use axum::extract::State;
use axum::http::StatusCode;
use domain::style_sheet::StyleParts;

use crate::address::{Address, InFederation};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// How the federation's documents look: what it set, and the shape of GB/T 9704-2012 for the rest.
#[utoipa::path(get, path = "/federations/{federation}/style-sheet", tag = "federations", params(InFederation),
    responses((status = OK, body = schema::StyleSheet)))]
pub(crate) async fn read_style_sheet(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let sheet = house.office.style_sheet(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, sheet.parts())
}

/// Sets how they look. What is left out has the shape of GB/T 9704-2012; `{}` goes back to that altogether. Every document that is asked for
/// from now on looks like this, those of earlier rounds too: what they say does not change.
#[utoipa::path(put, path = "/federations/{federation}/style-sheet", tag = "federations", params(InFederation),
    request_body = schema::StyleSheet, responses((status = OK, body = schema::StyleSheet)))]
pub(crate) async fn set_style_sheet(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(parts): Message<StyleParts>,
) -> Answer {
    let sheet = house.office.set_style_sheet(&visitor.caller, &at.federation, parts).await?;
    visitor.reply(StatusCode::OK, sheet.parts())
}
