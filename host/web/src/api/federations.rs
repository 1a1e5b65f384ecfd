//! Federations are enrolled, and tokens are issued for their people.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::federation::Federation;
use domain::ids::FederationCode;
use operations::{NewRevocation, NewToken};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::address::{Address, InFederation, OfToken, ROOT};
use crate::body::Message;
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// A federation to enrol.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFederation {
    /// Its code, unique on the host.
    #[schema(value_type = String, example = "north")]
    code: FederationCode,
    /// Its name.
    name: String,
}

/// Enrols a federation and gives the first token of its administration; the secret is shown this once. Operators only.
#[utoipa::path(post, path = "/federations", tag = "federations", request_body = NewFederation,
    responses((status = CREATED, body = schema::IssuedToken)))]
pub(crate) async fn enrol_federation(
    State(house): State<House>,
    visitor: Visitor,
    Message(new): Message<NewFederation>,
) -> Answer {
    let federation = Federation { code: new.code, name: new.name };
    let location = format!("{ROOT}/federations/{}", federation.code);
    let token = house.office.enrol_federation(&visitor.caller, federation).await?;
    Ok(([(header::LOCATION, location)], visitor.reply(StatusCode::CREATED, &token)?).into_response())
}

/// The federations of the host. Operators only.
#[utoipa::path(get, path = "/federations", tag = "federations",
    responses((status = OK, body = Vec<schema::Federation>)))]
pub(crate) async fn list_federations(State(house): State<House>, visitor: Visitor) -> Answer {
    let federations = house.office.federations(&visitor.caller).await?;
    visitor.reply(StatusCode::OK, &federations)
}

/// Issues a token for the federation's own people; the secret is shown this once.
#[utoipa::path(post, path = "/federations/{federation}/tokens", tag = "federations", params(InFederation),
    request_body = schema::NewToken, responses((status = CREATED, body = schema::IssuedToken)))]
pub(crate) async fn issue_token(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewToken>,
) -> Answer {
    let token = house.office.issue_token(&visitor.caller, &at.federation, new).await?;
    visitor.reply(StatusCode::CREATED, &token)
}

/// The tokens of the federation's people and programs, in the order in which they were issued; never a secret.
#[utoipa::path(get, path = "/federations/{federation}/tokens", tag = "people", params(InFederation),
    responses((status = OK, body = Vec<schema::Token>)))]
pub(crate) async fn list_tokens(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let tokens = house.office.tokens(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &tokens)
}

/// Revokes a token: it is worth nothing from then on, on every host.
#[utoipa::path(post, path = "/federations/{federation}/tokens/{token}/revocation", tag = "people", params(OfToken),
    request_body = schema::NewRevocation, responses((status = OK, body = schema::Token)))]
pub(crate) async fn revoke_token(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfToken>,
    Message(new): Message<NewRevocation>,
) -> Answer {
    let token = house.office.revoke_token(&visitor.caller, &at.federation, at.token, new).await?;
    visitor.reply(StatusCode::OK, &token)
}
