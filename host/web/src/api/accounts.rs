//! Accounts: the people of a federation, for those who look after them.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use operations::{NewAccount, NewAccountState, NewGrantChange, NewPassword};

use crate::address::{Address, InFederation, OfAccount, ROOT};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Lets somebody in. Their login name is that of a post and not of a person: it stands in the audit log, which leaves the house.
#[utoipa::path(post, path = "/federations/{federation}/accounts", tag = "people", params(InFederation),
    request_body = schema::NewAccount, responses((status = CREATED, body = schema::Account)))]
pub(crate) async fn create_account(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewAccount>,
) -> Answer {
    let account = house.office.create_account(&visitor.caller, &at.federation, new).await?;
    let location = format!("{ROOT}/federations/{}/accounts/{}", account.federation, account.id);
    Ok(([(header::LOCATION, location)], visitor.reply(StatusCode::CREATED, &account)?).into_response())
}

/// Who has an account, in order of their login names.
#[utoipa::path(get, path = "/federations/{federation}/accounts", tag = "people", params(InFederation),
    responses((status = OK, body = Vec<schema::Account>)))]
pub(crate) async fn list_accounts(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let accounts = house.office.accounts(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &accounts)
}

/// An account.
#[utoipa::path(get, path = "/federations/{federation}/accounts/{account}", tag = "people", params(OfAccount),
    responses((status = OK, body = schema::Account)))]
pub(crate) async fn read_account(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfAccount>,
) -> Answer {
    let account = house.office.account(&visitor.caller, &at.federation, at.account).await?;
    visitor.reply(StatusCode::OK, &account)
}

/// Gives somebody a grant, or takes it from them. It holds from their next request on.
#[utoipa::path(post, path = "/federations/{federation}/accounts/{account}/grants", tag = "people", params(OfAccount),
    request_body = schema::NewGrantChange, responses((status = OK, body = schema::Account)))]
pub(crate) async fn change_grants(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfAccount>,
    Message(new): Message<NewGrantChange>,
) -> Answer {
    let account = house.office.change_grants(&visitor.caller, &at.federation, at.account, new).await?;
    visitor.reply(StatusCode::OK, &account)
}

/// Shuts somebody out, which signs them out everywhere at once, or lets them in again.
#[utoipa::path(put, path = "/federations/{federation}/accounts/{account}/state", tag = "people", params(OfAccount),
    request_body = schema::NewAccountState, responses((status = OK, body = schema::Account)))]
pub(crate) async fn set_account_state(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfAccount>,
    Message(new): Message<NewAccountState>,
) -> Answer {
    let account = house.office.set_account_state(&visitor.caller, &at.federation, at.account, new).await?;
    visitor.reply(StatusCode::OK, &account)
}

/// Gives another password to somebody who has forgotten theirs, which signs them out everywhere.
#[utoipa::path(put, path = "/federations/{federation}/accounts/{account}/password", tag = "people", params(OfAccount),
    request_body = schema::NewPassword, responses((status = OK, body = schema::Account)))]
pub(crate) async fn reset_password(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfAccount>,
    Message(new): Message<NewPassword>,
) -> Answer {
    let account = house.office.reset_password(&visitor.caller, &at.federation, at.account, new).await?;
    visitor.reply(StatusCode::OK, &account)
}
