//! Releases that failed too often, releases that nothing needs, and what the administration is told of them.

use axum::extract::State;
use axum::http::StatusCode;
use domain::limits::PAGE_ITEMS_MAX;
use domain::quarantine::QuarantinePolicy;
use operations::{NewLifting, NewWithdrawal};

use crate::address::{Address, Choices, InFederation, OfRelease, WhichNotices};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Notices on one page where nothing is said.
const NOTICES: usize = 100;

/// The quarantines of a release, the oldest first; the last one lasts while it has no `lifted`.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}/quarantines", tag = "releases",
    params(OfRelease), responses((status = OK, body = Vec<schema::Quarantine>)))]
pub(crate) async fn list_quarantines(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRelease>,
) -> Answer {
    let quarantines = house.office.quarantines(&visitor.caller, &at.federation, at.release).await?;
    visitor.reply(StatusCode::OK, &quarantines)
}

/// Lets a quarantined release be used again. Only what fails from now on counts.
#[utoipa::path(post, path = "/federations/{federation}/releases/{release}/quarantine-lifting", tag = "releases",
    params(OfRelease), request_body = schema::NewReason, responses((status = OK, body = schema::Quarantine)))]
pub(crate) async fn lift_quarantine(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRelease>,
    Message(new): Message<NewLifting>,
) -> Answer {
    let lifted = house.office.lift_quarantine(&visitor.caller, &at.federation, at.release, new).await?;
    visitor.reply(StatusCode::OK, &lifted)
}

/// How much the federation allows its releases to fail before they are taken out of use.
#[utoipa::path(get, path = "/federations/{federation}/quarantine-policy", tag = "releases", params(InFederation),
    responses((status = OK, body = schema::QuarantinePolicy)))]
pub(crate) async fn read_quarantine_policy(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let policy = house.office.quarantine_policy(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &policy)
}

/// Sets how much that is. What is quarantined stays so.
#[utoipa::path(put, path = "/federations/{federation}/quarantine-policy", tag = "releases", params(InFederation),
    request_body = schema::QuarantinePolicy, responses((status = OK, body = schema::QuarantinePolicy)))]
pub(crate) async fn set_quarantine_policy(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(policy): Message<QuarantinePolicy>,
) -> Answer {
    let policy = house.office.set_quarantine_policy(&visitor.caller, &at.federation, policy).await?;
    visitor.reply(StatusCode::OK, &policy)
}

/// Takes a release out of use for good that no round has or had. It stays readable.
#[utoipa::path(post, path = "/federations/{federation}/releases/{release}/withdrawal", tag = "releases",
    params(OfRelease), request_body = schema::NewReason, responses((status = OK, body = schema::Withdrawal)))]
pub(crate) async fn withdraw_release(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRelease>,
    Message(new): Message<NewWithdrawal>,
) -> Answer {
    let withdrawal = house.office.withdraw_release(&visitor.caller, &at.federation, at.release, new).await?;
    visitor.reply(StatusCode::OK, &withdrawal)
}

/// How a release was withdrawn, where it was.
#[utoipa::path(get, path = "/federations/{federation}/releases/{release}/withdrawal", tag = "releases",
    params(OfRelease), responses((status = OK, body = schema::Withdrawal)))]
pub(crate) async fn read_withdrawal(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfRelease>,
) -> Answer {
    let withdrawal = house.office.withdrawal(&visitor.caller, &at.federation, at.release).await?;
    visitor.reply(StatusCode::OK, &withdrawal)
}

/// What the administration should know without asking, the newest first.
#[utoipa::path(get, path = "/federations/{federation}/notices", tag = "federations",
    params(InFederation, WhichNotices), responses((status = OK, body = Vec<schema::Notice>)))]
pub(crate) async fn list_notices(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Choices(which): Choices<WhichNotices>,
) -> Answer {
    let items = which.limit.unwrap_or(NOTICES).min(PAGE_ITEMS_MAX);
    let notices = house.office.notices(&visitor.caller, &at.federation, which.before, items).await?;
    visitor.reply(StatusCode::OK, &notices)
}
