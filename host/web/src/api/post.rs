//! What units are told, and how it leaves the house.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use operations::NewWebhook;

use crate::address::{Address, Choices, InFederation, OfDelivery, OfOrgUnit, OfUnit, WhichDeliveries, WhichNotices};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// How many items a list has where the query does not say.
const USUAL: usize = 100;

/// What a unit was told of a round, the newest first: reminders, returns, decisions, results.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/units/{unit}/notices", tag = "post", params(OfUnit, WhichNotices),
    responses((status = OK, body = Vec<schema::MemberNotice>)))]
pub(crate) async fn list_member_notices(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Choices(which): Choices<WhichNotices>,
) -> Answer {
    let limit = which.limit.unwrap_or(USUAL);
    let (caller, office) = (&visitor.caller, &house.office);
    let notices = office.member_notices(caller, &at.federation, &at.round, &at.unit, which.before, limit).await?;
    visitor.reply(StatusCode::OK, &notices)
}

/// The mailboxes of a unit.
#[utoipa::path(get, path = "/federations/{federation}/units/{unit}/mailboxes", tag = "post", params(OfOrgUnit),
    responses((status = OK, body = Vec<String>)))]
pub(crate) async fn read_mailboxes(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfOrgUnit>,
) -> Answer {
    let mailboxes = house.office.mailboxes(&visitor.caller, &at.federation, &at.unit).await?;
    visitor.reply(StatusCode::OK, &mailboxes)
}

/// Names the mailboxes of a unit: these and no others get its notices.
#[utoipa::path(put, path = "/federations/{federation}/units/{unit}/mailboxes", tag = "post", params(OfOrgUnit),
    request_body = Vec<String>, responses((status = NO_CONTENT)))]
pub(crate) async fn name_mailboxes(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfOrgUnit>,
    Message(mailboxes): Message<Vec<String>>,
) -> Answer {
    house.office.name_mailboxes(&visitor.caller, &at.federation, &at.unit, mailboxes).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The federation's own program that hears of every notice, without its secret.
#[utoipa::path(get, path = "/federations/{federation}/webhook", tag = "post", params(InFederation),
    responses((status = OK, body = schema::Webhook)))]
pub(crate) async fn read_webhook(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let webhook = house.office.webhook(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &webhook)
}

/// Sets the federation's own program, or that there is none any more. It is called by POST with a notice as JSON. `Huizong-Signature` is `v1=` and the
/// HMAC-SHA-256 with the secret, in hexadecimal digits, over `Huizong-Timestamp`, a full stop, and the body. `Huizong-Delivery` stays the same
/// however often a notice is delivered. Only hosts that the operator allows are called.
#[utoipa::path(put, path = "/federations/{federation}/webhook", tag = "post", params(InFederation),
    request_body = schema::NewWebhook, responses((status = OK, body = schema::Webhook)))]
pub(crate) async fn set_webhook(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewWebhook>,
) -> Answer {
    let webhook = house.office.set_webhook(&visitor.caller, &at.federation, new).await?;
    visitor.reply(StatusCode::OK, &webhook)
}

/// Notices on their way out of the house, the newest first.
#[utoipa::path(get, path = "/federations/{federation}/deliveries", tag = "post", params(InFederation, WhichDeliveries),
    responses((status = OK, body = Vec<schema::Delivery>)))]
pub(crate) async fn list_deliveries(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Choices(which): Choices<WhichDeliveries>,
) -> Answer {
    let (caller, limit) = (&visitor.caller, which.limit.unwrap_or(USUAL));
    let deliveries = house.office.deliveries(caller, &at.federation, which.state, which.before, limit).await?;
    visitor.reply(StatusCode::OK, &deliveries)
}

/// A notice on its way, with everything that was tried.
#[utoipa::path(get, path = "/federations/{federation}/deliveries/{delivery}", tag = "post", params(OfDelivery),
    responses((status = OK, body = schema::DeliveryView)))]
pub(crate) async fn read_delivery(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfDelivery>,
) -> Answer {
    let delivery = house.office.delivery(&visitor.caller, &at.federation, at.delivery).await?;
    visitor.reply(StatusCode::OK, &delivery)
}

/// Lets a notice that was given up be tried once more.
#[utoipa::path(post, path = "/federations/{federation}/deliveries/{delivery}/retries", tag = "post", params(OfDelivery),
    responses((status = OK, body = schema::DeliveryView)))]
pub(crate) async fn retry_delivery(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfDelivery>,
) -> Answer {
    let delivery = house.office.retry_delivery(&visitor.caller, &at.federation, at.delivery).await?;
    visitor.reply(StatusCode::OK, &delivery)
}
