//! The form as a workbook: fetched from the console, and handed in filled in.

use askama::Template;
use axum::extract::{Multipart, State};
use axum::response::Response;
use domain::amendment::{Amendment, AmendmentKind};
use domain::limits::WORKBOOK_BYTES_MAX;
use operations::{HandedInWorkbook, OperationError};

use crate::address::{Address, OfUnit};
use crate::console::frame::{self, Frame, go_to};
use crate::console::reader::Reader;
use crate::console::upload::Upload;
use crate::house::House;
use crate::kind::Kind;
use crate::page::workbook;
use crate::problem::Problem;
use crate::render::detail_of;

/// What is wrong with a workbook, by worksheet and cell.
#[derive(Template)]
#[template(path = "console/form/sheet.html")]
struct Sheet {
    frame: Frame,
    at: OfUnit,
    refused: String,
    /// Worksheet, cell, what is wrong.
    parts: Vec<(String, String, String)>,
}

/// The workbook to fill in.
pub(crate) async fn template(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    let bytes = house.office.form_workbook(&reader.caller, federation, round, unit, reader.language).await?;
    Ok(workbook(&format!("{round}-{unit}"), bytes))
}

/// Hands in a filled-in workbook.
pub(crate) async fn hand_in(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    form: Multipart,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    let form = Upload::of(form).await?;
    let bytes = form.file("file");
    if bytes.len() > WORKBOOK_BYTES_MAX {
        return Err(Problem::of(Kind::BodyTooLarge));
    }
    let kind = AmendmentKind::of_code(&form.text("amendment"));
    let amendment = kind.and_then(|kind| Amendment::new(kind, form.text("reason")).ok());
    let handed = HandedInWorkbook { bytes: bytes.to_vec(), amendment, based_on: None, key: None };
    match house.office.submit_workbook(&reader.caller, federation, round, unit, handed).await {
        Ok(_) => Ok(go_to(&format!("{}/receipt", at.page()))),
        Err(error) => not_taken(&reader, at, error),
    }
}

fn not_taken(reader: &Reader, at: OfUnit, error: OperationError) -> Result<Response, Problem> {
    let problem = Problem::from(error);
    if !problem.kind.status().is_client_error() {
        return Err(problem);
    }
    let parts = problem.parts.iter().map(|part| {
        let place = part.place.clone().unwrap_or_default();
        (place.sheet, place.cell, part.message.in_language(reader.language).to_owned())
    });
    let (parts, refused) = (parts.collect(), detail_of(&problem, reader.language));
    frame::page(problem.kind.status(), &Sheet { frame: reader.frame(), at, refused, parts })
}
