//! A federation decides about the checks of a round's rubric without another plugin.

use axum::extract::State;
use axum::http::StatusCode;
use operations::NewCheckRule;

use crate::address::{Address, InRound};
use crate::body::Message;
use crate::house::House;
use crate::precondition::IdempotencyKey;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Waives a check for one unit's submission, lets it weigh otherwise from a day on, or withdraws such a decision, with a reason. It holds for what
/// is received from then on: the pre-check, the pack for checking off-line and the verdict all go by it and say so. What was received before stays
/// as it was weighed.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/check-rules", tag = "rounds",
    params(InRound, ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body = schema::NewCheckRule, responses((status = CREATED, body = schema::CheckRule),
        (status = OK, body = schema::CheckRule, description = "The answer to a repeated key",
            headers(("Idempotent-Replayed" = String)))))]
pub(crate) async fn rule_check(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    IdempotencyKey(key): IdempotencyKey,
    Message(new): Message<NewCheckRule>,
) -> Answer {
    let rule = house.office.rule_check(&visitor.caller, &at.federation, &at.round, new, key).await?;
    visitor.reply_once(&rule, &rule.answer)
}

/// What was decided about the checks of the round's rubric, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/check-rules", tag = "rounds",
    params(InRound), responses((status = OK, body = Vec<schema::CheckRule>)))]
pub(crate) async fn list_check_rules(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let rules = house.office.check_rules(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &rules)
}
