//! The register of org units.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::amount::Amount;
use domain::federation::OrgUnit;
use domain::ids::UnitCode;
use domain::unit::Attribute;
use jiff::civil::Date;
use operations::OperationError;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::address::{Address, InFederation, OfOrgUnit};
use crate::body::Message;
use crate::house::House;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// An org unit to register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOrgUnit {
    /// Unique in the federation, stable over renames.
    #[schema(value_type = String)]
    code: UnitCode,
    /// Its name.
    name: String,
    /// Other names by which its papers may call it.
    #[serde(default)]
    aliases: Vec<String>,
    /// A word of the federation's own list.
    kind: String,
    /// The unit above it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    parent: Option<UnitCode>,
    /// Whether it hands in submissions of its own.
    reports: bool,
    /// The first day that it exists.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// The last day that it exists; none while it lasts.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    valid_to: Option<Date>,
    /// Who took over when it ended by a merger.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    successor: Option<UnitCode>,
    /// Named properties, in order of their names.
    #[serde(default)]
    attributes: Vec<NewAttribute>,
}

/// A named property.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAttribute {
    /// Its name.
    name: String,
    /// Its value.
    #[schema(value_type = schema::Amount)]
    value: Amount,
}

impl From<NewOrgUnit> for OrgUnit {
    fn from(new: NewOrgUnit) -> Self {
        let attributes = new.attributes.into_iter();
        Self {
            code: new.code,
            name: new.name,
            aliases: new.aliases,
            kind: new.kind,
            parent: new.parent,
            reports: new.reports,
            valid_from: new.valid_from,
            valid_to: new.valid_to,
            successor: new.successor,
            attributes: attributes.map(|new| Attribute { name: new.name, value: new.value }).collect(),
        }
    }
}

/// Registers units or changes those that are registered, all or none; units that are not in the list stay as they are.
#[utoipa::path(put, path = "/federations/{federation}/units", tag = "units", params(InFederation),
    request_body = Vec<NewOrgUnit>, responses((status = NO_CONTENT)))]
pub(crate) async fn register_units(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(units): Message<Vec<NewOrgUnit>>,
) -> Answer {
    let units = units.into_iter().map(OrgUnit::from).collect();
    house.office.register_units(&visitor.caller, &at.federation, units).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The federation's units, in order of their codes.
#[utoipa::path(get, path = "/federations/{federation}/units", tag = "units", params(InFederation),
    responses((status = OK, body = Vec<schema::OrgUnit>)))]
pub(crate) async fn list_units(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let units = house.office.units(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &units)
}

/// Registers one unit or changes it.
#[utoipa::path(put, path = "/federations/{federation}/units/{unit}", tag = "units", params(OfOrgUnit),
    request_body = NewOrgUnit, responses((status = NO_CONTENT)))]
pub(crate) async fn register_unit(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfOrgUnit>,
    Message(unit): Message<NewOrgUnit>,
) -> Answer {
    if unit.code != at.unit {
        return Err(Problem::of(Kind::CodeDiffers).at("/code"));
    }
    let registered = house.office.register_units(&visitor.caller, &at.federation, vec![unit.into()]).await;
    registered.map_err(|error| {
        // The office saw a list with this one unit in it.
        Problem::from(error).with_pointers(|pointer| pointer.strip_prefix("/0").unwrap_or(pointer).to_owned())
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One unit.
#[utoipa::path(get, path = "/federations/{federation}/units/{unit}", tag = "units", params(OfOrgUnit),
    responses((status = OK, body = schema::OrgUnit)))]
pub(crate) async fn read_unit(State(house): State<House>, visitor: Visitor, Address(at): Address<OfOrgUnit>) -> Answer {
    let units = house.office.units(&visitor.caller, &at.federation).await?;
    let unit = units.into_iter().find(|unit| unit.code == at.unit);
    let unit = unit.ok_or(OperationError::Missing("unit"))?;
    visitor.reply(StatusCode::OK, &unit)
}
