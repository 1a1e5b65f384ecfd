//! Whose signatures on components a federation trusts.

use axum::extract::State;
use axum::http::StatusCode;
use operations::NewTrust;

use crate::address::{Address, InFederation};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// What the federation has decided about signatures on components, with every key that it trusts or trusted once.
#[utoipa::path(get, path = "/federations/{federation}/trust", tag = "releases", params(InFederation),
    responses((status = OK, body = schema::Trust)))]
pub(crate) async fn read_trust(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let trust = house.office.trust(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &trust)
}

/// Decides about signatures on components: the rule, and all keys that are trusted from now on. A key that is left out is not trusted
/// any more. It holds for what comes in from now on; what was admitted stays as it is.
#[utoipa::path(put, path = "/federations/{federation}/trust", tag = "releases", params(InFederation),
    request_body = schema::NewTrust, responses((status = OK, body = schema::Trust)))]
pub(crate) async fn decide_trust(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewTrust>,
) -> Answer {
    let trust = house.office.decide_trust(&visitor.caller, &at.federation, new).await?;
    visitor.reply(StatusCode::OK, &trust)
}
