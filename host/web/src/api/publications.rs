//! Results are shown to the members, and members appeal against them.

use axum::extract::State;
use axum::http::StatusCode;
use operations::{NewAppeal, NewAppealDecision, NewConfirmation, NewPublication};

use crate::address::{Address, InRound, OfAppeal, OfPublication, OfUnit};
use crate::body::Message;
use crate::house::House;
use crate::precondition::IdempotencyKey;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Publishes a settlement: each member sees its own score and rank and the group's median from then on. Where the round wants two persons,
/// it waits for the second.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/publications", tag = "publications",
    params(InRound, ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body = schema::NewPublication, responses((status = CREATED, body = schema::PublicationView),
        (status = OK, body = schema::PublicationView, description = "The answer to a repeated key",
            headers(("Idempotent-Replayed" = String)))))]
pub(crate) async fn publish(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    IdempotencyKey(key): IdempotencyKey,
    Message(new): Message<NewPublication>,
) -> Answer {
    let published = house.office.publish(&visitor.caller, &at.federation, &at.round, new, key).await?;
    visitor.reply_once(&published, &published.answer)
}

/// The publications of a round, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/publications", tag = "publications",
    params(InRound), responses((status = OK, body = Vec<schema::PublicationView>)))]
pub(crate) async fn list_publications(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let publications = house.office.publications(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &publications)
}

/// A second person approves a publication, and the members see it from then on; or rejects it. Whoever proposed it cannot approve it.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/publications/{publication}/decision",
    tag = "publications", params(OfPublication), request_body = schema::NewConfirmation,
    responses((status = OK, body = schema::PublicationView)))]
pub(crate) async fn decide_publication(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfPublication>,
    Message(new): Message<NewConfirmation>,
) -> Answer {
    let OfPublication { federation, round, publication } = &at;
    let decided = house.office.decide_publication(&visitor.caller, federation, round, *publication, new).await?;
    visitor.reply(StatusCode::OK, &decided)
}

/// Appeals against the points of one criterion, within the round's days after they were published.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/appeals", tag = "publications",
    params(OfUnit), request_body = schema::NewAppeal, responses((status = CREATED, body = schema::Appeal)))]
pub(crate) async fn appeal(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Message(new): Message<NewAppeal>,
) -> Answer {
    let appeal = house.office.appeal(&visitor.caller, &at.federation, &at.round, &at.unit, new).await?;
    visitor.reply(StatusCode::CREATED, &appeal)
}

/// The appeals of a unit with what was decided, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/appeals", tag = "publications",
    params(OfUnit), responses((status = OK, body = Vec<schema::KnownAppeal>)))]
pub(crate) async fn list_appeals(State(house): State<House>, visitor: Visitor, Address(at): Address<OfUnit>) -> Answer {
    let appeals = house.office.appeals(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &appeals)
}

/// All appeals in the round, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/appeals", tag = "publications",
    params(InRound), responses((status = OK, body = Vec<schema::KnownAppeal>)))]
pub(crate) async fn list_appeals_of_round(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let appeals = house.office.appeals_of_round(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &appeals)
}

/// Decides an appeal with a reason. What changes the score is entered with it, scored again, and published as a new version.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/appeals/{appeal}/decision",
    tag = "publications", params(OfAppeal), request_body = schema::NewAppealDecision,
    responses((status = OK, body = schema::KnownAppeal)))]
pub(crate) async fn decide_appeal(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfAppeal>,
    Message(new): Message<NewAppealDecision>,
) -> Answer {
    let OfAppeal { federation, round, unit, appeal } = &at;
    let decided = house.office.decide_appeal(&visitor.caller, federation, round, unit, *appeal, new).await?;
    visitor.reply(StatusCode::OK, &decided)
}
