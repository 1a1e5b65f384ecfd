//! Federations are enrolled, and tokens are issued for their people.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::access::Role;
use domain::federation::Federation;
use domain::ids::{FederationCode, UnitCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::address::{Address, InFederation, ROOT};
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

/// A token to issue.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "role", deny_unknown_fields)]
pub(crate) enum NewToken {
    /// For the federation's administration.
    FederationAdmin {
        /// What it is issued for: stands as the actor in the audit log.
        label: String,
    },
    /// For somebody who approves what the administration proposes.
    Approver {
        /// What it is issued for: stands as the actor in the audit log.
        label: String,
    },
    /// For one member.
    Member {
        /// The member.
        #[schema(value_type = String)]
        unit: UnitCode,
        /// What it is issued for: stands as the actor in the audit log.
        label: String,
    },
}

/// Issues a token for the federation's own people; the secret is shown this once.
#[utoipa::path(post, path = "/federations/{federation}/tokens", tag = "federations", params(InFederation),
    request_body = NewToken, responses((status = CREATED, body = schema::IssuedToken)))]
pub(crate) async fn issue_token(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewToken>,
) -> Answer {
    let federation = at.federation.clone();
    let (role, label) = match new {
        NewToken::FederationAdmin { label } => (Role::FederationAdmin { federation }, label),
        NewToken::Approver { label } => (Role::Approver { federation }, label),
        NewToken::Member { unit, label } => (Role::Member { federation, unit }, label),
    };
    let token = house.office.issue_token(&visitor.caller, &at.federation, role, &label).await?;
    visitor.reply(StatusCode::CREATED, &token)
}
