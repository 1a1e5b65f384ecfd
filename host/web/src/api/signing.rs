//! A draft is presented for signature, sent back with words, or signed.

use axum::extract::State;
use serde::Deserialize;

use super::drafts::shown;
use super::submissions::{acknowledged, of_submission};
use crate::address::{Address, OfUnit};
use crate::body::Message;
use crate::house::House;
use crate::precondition::ReadBefore;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// What a clerk says to whoever is to sign.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPresentation {
    #[serde(default)]
    text: String,
}

/// Why a draft is sent back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDraftStep {
    text: String,
}

/// Presents the draft for signature, as it was read, in a round that wants one. It has to fit the form. Whatever is written into it afterwards
/// takes that back.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft/presentation", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read")),
    request_body = schema::NewPresentation, responses((status = OK, body = schema::Draft, headers(("ETag" = String)))))]
pub(crate) async fn present_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
    Message(new): Message<NewPresentation>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let presented = house.office.present_draft(&visitor.caller, federation, round, unit, read, new.text).await?;
    shown(&visitor, &presented)
}

/// Sends a presented draft back to those who write it, as it was read, with words.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft/return", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read")),
    request_body = schema::NewDraftStep, responses((status = OK, body = schema::Draft, headers(("ETag" = String)))))]
pub(crate) async fn send_back_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
    Message(new): Message<NewDraftStep>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let back = house.office.send_back_draft(&visitor.caller, federation, round, unit, read, new.text).await?;
    shown(&visitor, &back)
}

/// Signs a presented draft, as it was read, which hands it in. Who presented it does not sign it, unless the round's policy lets one person do
/// both. Sent again it gives the same receipt.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/draft/signature", tag = "drafts",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the draft as it was read")),
    responses((status = CREATED, body = schema::Submitted, headers(("Location" = String), ("ETag" = String))),
        (status = OK, body = schema::Submitted, description = "The answer to what was signed already",
            headers(("Location" = String), ("ETag" = String), ("Idempotent-Replayed" = String)))))]
pub(crate) async fn sign_draft(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    ReadBefore(read): ReadBefore,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let signed = house.office.sign_draft(&visitor.caller, federation, round, unit, read).await;
    let signed = signed.map_err(of_submission)?;
    acknowledged(&visitor, &at, &signed, &signed)
}
