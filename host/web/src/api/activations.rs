//! A round goes on with another release: proposed, decided by a second person, rolled back.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use operations::{NewDecision, NewProposal, NewRollback};

use crate::address::{Address, InRound, OfActivation, ROOT};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Proposes that the round goes on with another release, upon a trial of it on this round. It waits for a second person; nothing changes
/// until then.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/activations", tag = "activations", params(InRound),
    request_body = schema::NewProposal,
    responses((status = CREATED, body = schema::Activation, headers(("Location" = String)))))]
pub(crate) async fn propose_activation(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    Message(new): Message<NewProposal>,
) -> Answer {
    let proposed = house.office.propose_activation(&visitor.caller, &at.federation, &at.round, new).await?;
    let InRound { federation, round } = &at;
    let location = format!("{ROOT}/federations/{federation}/rounds/{round}/activations/{}", proposed.proposal.id);
    Ok(([(header::LOCATION, location)], visitor.reply(StatusCode::CREATED, &proposed)?).into_response())
}

/// The newest proposals of a round with what became of them, the newest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/activations", tag = "activations", params(InRound),
    responses((status = OK, body = Vec<schema::Activation>)))]
pub(crate) async fn list_activations(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let activations = house.office.activations(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &activations)
}

/// One proposal with what became of it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/activations/{activation}", tag = "activations",
    params(OfActivation), responses((status = OK, body = schema::Activation)))]
pub(crate) async fn read_activation(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfActivation>,
) -> Answer {
    let OfActivation { federation, round, activation } = &at;
    let activation = house.office.activation(&visitor.caller, federation, round, *activation).await?;
    visitor.reply(StatusCode::OK, &activation)
}

/// A second person approves, and the round goes on with the release from that moment on; or rejects. Whoever uploaded the release or
/// proposed it cannot approve, nor can a token that they issued.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/activations/{activation}/decision",
    tag = "activations", params(OfActivation), request_body = schema::NewDecision,
    responses((status = OK, body = schema::Activation)))]
pub(crate) async fn decide_activation(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfActivation>,
    Message(new): Message<NewDecision>,
) -> Answer {
    let OfActivation { federation, round, activation } = &at;
    let decided = house.office.decide_activation(&visitor.caller, federation, round, *activation, new).await?;
    visitor.reply(StatusCode::OK, &decided)
}

/// Lets the round go back to the release that it had before the newest activation: the same act backwards, by one person, at once.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/rollback", tag = "activations", params(InRound),
    request_body = schema::NewRollback, responses((status = OK, body = schema::Swap)))]
pub(crate) async fn roll_back(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    Message(new): Message<NewRollback>,
) -> Answer {
    let swap = house.office.roll_back(&visitor.caller, &at.federation, &at.round, new).await?;
    visitor.reply(StatusCode::OK, &swap)
}

/// Everything that was ever pinned to the round: which release was in force from when to when, by the clock of the database.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/pins", tag = "activations", params(InRound),
    responses((status = OK, body = Vec<schema::Pin>)))]
pub(crate) async fn list_pins(State(house): State<House>, visitor: Visitor, Address(at): Address<InRound>) -> Answer {
    let pins = house.office.pins(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &pins)
}
