//! The register of org units.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use domain::amount::Amount;
use domain::federation::{EarlierName, OrgUnit};
use domain::ids::UnitCode;
use domain::unit::Attribute;
use jiff::civil::Date;
use operations::{NewMerger, NewName, OperationError, UnitTableFormat};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::address::{Address, Choices, InFederation, OfOrgUnit, TableFormat};
use crate::body::{Message, Table};
use crate::house::House;
use crate::kind::Kind;
use crate::language::language_of;
use crate::page::{sheet, workbook};
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

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
    /// What it was called before, the oldest first; names that are known stay where it is left out.
    #[serde(default)]
    earlier_names: Vec<NewEarlierName>,
    /// Named properties, in order of their names.
    #[serde(default)]
    attributes: Vec<NewAttribute>,
}

/// A name that a unit bore before.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEarlierName {
    /// The name.
    name: String,
    /// The last day on which it bore it.
    #[schema(value_type = String, format = Date)]
    until: Date,
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
        let names = new.earlier_names.into_iter();
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
            earlier_names: names.map(|new| EarlierName { name: new.name, until: new.until }).collect(),
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

/// Renames a unit from a day on. It keeps its code, and everything that was before shows the name that it bore then.
#[utoipa::path(post, path = "/federations/{federation}/units/{unit}/renames", tag = "units", params(OfOrgUnit),
    request_body = schema::NewName, responses((status = OK, body = schema::OrgUnit)))]
pub(crate) async fn rename_unit(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfOrgUnit>,
    Message(new): Message<NewName>,
) -> Answer {
    let unit = house.office.rename_unit(&visitor.caller, &at.federation, &at.unit, new).await?;
    visitor.reply(StatusCode::OK, &unit)
}

/// Merges a unit into another: it ends, and what it did and the units below it belong to its successor. Gives every unit that changed.
#[utoipa::path(post, path = "/federations/{federation}/units/{unit}/mergers", tag = "units", params(OfOrgUnit),
    request_body = schema::NewMerger, responses((status = OK, body = Vec<schema::OrgUnit>)))]
pub(crate) async fn merge_unit(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfOrgUnit>,
    Message(new): Message<NewMerger>,
) -> Answer {
    let units = house.office.merge_unit(&visitor.caller, &at.federation, &at.unit, new).await?;
    visitor.reply(StatusCode::OK, &units)
}

/// What a unit was: those above it, whom it took over from, who took over from it, and how it and its predecessors fared, the newest period
/// first.
#[utoipa::path(get, path = "/federations/{federation}/units/{unit}/history", tag = "units", params(OfOrgUnit),
    responses((status = OK, body = schema::UnitHistory)))]
pub(crate) async fn read_unit_history(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfOrgUnit>,
) -> Answer {
    let history = house.office.unit_history(&visitor.caller, &at.federation, &at.unit).await?;
    visitor.reply(StatusCode::OK, &history)
}

/// The register as a table for spreadsheets.
#[utoipa::path(get, path = "/federations/{federation}/unit-table", tag = "units", params(InFederation, TableFormat),
    responses((status = OK, description = "A table with a line for every unit", content(
        (String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(crate) async fn read_unit_table(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<InFederation>,
    Choices(wanted): Choices<TableFormat>,
    headers: HeaderMap,
) -> Answer {
    let format = match wanted.format.as_deref() {
        None | Some("csv") => UnitTableFormat::Csv,
        Some("xlsx") => UnitTableFormat::Xlsx,
        Some(_) => return Err(Problem::of(Kind::QueryNotUnderstood)),
    };
    let bytes = house.office.unit_table(&caller, &at.federation, language_of(&headers), format).await?;
    let name = format!("units-{}", at.federation);
    Ok(match format {
        UnitTableFormat::Csv => sheet(&name, bytes),
        UnitTableFormat::Xlsx => workbook(&name, bytes),
    })
}

/// Registers the units of a table or changes those that are registered, all or none; units that are not in it stay as they are. The columns are
/// those of an exported table, in any order, in Chinese, English or by their names here; each problem points at a cell, such as `/B7`.
#[utoipa::path(put, path = "/federations/{federation}/unit-table", tag = "units", params(InFederation),
    request_body(content = String, content_type = "text/csv"), responses((status = NO_CONTENT)))]
pub(crate) async fn register_unit_table(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<InFederation>,
    Table(bytes): Table,
) -> Answer {
    house.office.register_unit_table(&caller, &at.federation, &bytes).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
