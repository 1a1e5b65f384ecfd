//! Revisions are sent back and accepted, and both sides talk about their fields.

use axum::extract::State;
use axum::http::StatusCode;
use operations::{NewAcceptance, NewMessage, NewReturn};

use crate::address::{Address, OfUnit};
use crate::body::Message;
use crate::house::House;
use crate::precondition::IdempotencyKey;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Sends the newest revision back, field by field, with a new due date that may lie after the round's. It counts no more, and the member
/// may hand in again until then even where the round takes nothing else.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/returns", tag = "review",
    params(OfUnit, ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body = schema::NewReturn, responses((status = CREATED, body = schema::SubmissionReturn),
        (status = OK, body = schema::SubmissionReturn, description = "The answer to a repeated key",
            headers(("Idempotent-Replayed" = String)))))]
pub(crate) async fn return_submission(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    IdempotencyKey(key): IdempotencyKey,
    Message(new): Message<NewReturn>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let returned = house.office.return_submission(&visitor.caller, federation, round, unit, new, key).await?;
    visitor.reply_once(&returned, &returned.answer)
}

/// Everything that was sent back, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/returns", tag = "review",
    params(OfUnit), responses((status = OK, body = Vec<schema::SubmissionReturn>)))]
pub(crate) async fn list_returns(State(house): State<House>, visitor: Visitor, Address(at): Address<OfUnit>) -> Answer {
    let returns = house.office.returns(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &returns)
}

/// Lets the newest revision count. What is held back cannot be accepted.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/acceptance", tag = "review",
    params(OfUnit), request_body = schema::NewAcceptance, responses((status = OK, body = schema::Receipt)))]
pub(crate) async fn accept_submission(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Message(new): Message<NewAcceptance>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let accepted = house.office.accept_submission(&visitor.caller, federation, round, unit, new).await?;
    visitor.reply(StatusCode::OK, &accepted)
}

/// Says something about a field of the submission.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/conversations", tag = "review",
    params(OfUnit, ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body = schema::NewMessage, responses((status = CREATED, body = schema::Message),
        (status = OK, body = schema::Message, description = "The answer to a repeated key",
            headers(("Idempotent-Replayed" = String)))))]
pub(crate) async fn say(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    IdempotencyKey(key): IdempotencyKey,
    Message(new): Message<NewMessage>,
) -> Answer {
    let said = house.office.say(&visitor.caller, &at.federation, &at.round, &at.unit, new, key).await?;
    visitor.reply_once(&said, &said.answer)
}

/// What was said about the submission, field by field.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/conversations", tag = "review",
    params(OfUnit), responses((status = OK, body = Vec<schema::Conversation>)))]
pub(crate) async fn list_conversations(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let conversations = house.office.conversations(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &conversations)
}
