//! The units of a federation, as they are registered.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::federation::OrgUnit;
use domain::ids::FederationCode;
use serde::Deserialize;

use super::paging::Pages;
use crate::address::{Address, InFederation};
use crate::console::frame::{self, Frame, escaped};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/units.html")]
struct Units {
    frame: Frame,
    federation: FederationCode,
    units: Vec<OrgUnit>,
    pages: Pages,
    named: String,
}

/// Which of them are shown.
#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    named: String,
    #[serde(default)]
    page: usize,
}

/// The register, in order of the codes.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<InFederation>,
    Query(Which { named, page }): Query<Which>,
    reader: Reader,
) -> Result<Response, Problem> {
    let mut units = house.office.units(&reader.caller, &at.federation).await?;
    let wanted = named.trim();
    let is_called = |unit: &OrgUnit| {
        let names = [unit.name.as_str(), unit.code.as_str(), unit.kind.as_str()];
        let earlier = unit.earlier_names.iter().map(|earlier| earlier.name.as_str());
        names.into_iter().chain(earlier).any(|name| name.contains(wanted))
    };
    units.retain(is_called);
    let pages = Pages::of(units.len(), page);
    let page = Units { frame: reader.frame(), federation: at.federation, units: pages.cut(units), pages, named };
    frame::page(StatusCode::OK, &page)
}

impl Units {
    fn page_at(&self, page: &usize) -> String {
        format!("/federations/{}/units?named={}&page={page}", self.federation, escaped(&self.named))
    }

    fn table(&self, format: &str) -> String {
        format!("/api/v1/federations/{}/unit-table?format={format}", self.federation)
    }
}
