//! Members take the form along as a workbook and hand it in filled in.

use axum::extract::State;
use axum::http::HeaderMap;
use operations::HandedInWorkbook;

use super::submissions::{acknowledged, not_submitted};
use crate::address::{Address, OfUnit};
use crate::body::WorkbookFile;
use crate::house::House;
use crate::kind::Fault;
use crate::language::language_of;
use crate::page::workbook;
use crate::precondition::Conditions;
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// The form as a workbook for spreadsheet programs: a row for each value, a worksheet for each list, choices as drop-downs, what was handed in
/// for the period before beside, and filled in with the newest revision where there is one. In the language of `Accept-Language`.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/workbook", tag = "submissions",
    params(OfUnit), responses((status = OK, description = "A workbook",
        content((Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub(crate) async fn read_form_workbook(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfUnit>,
    headers: HeaderMap,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let bytes = house.office.form_workbook(&caller, federation, round, unit, language_of(&headers)).await?;
    Ok(workbook(&format!("{round}-{unit}"), bytes))
}

/// Hands in a filled-in workbook: the same revision as with the same answers in a message, under the same conditions.
///
/// Each problem names its worksheet and cell; so do the findings, in `cells`.
#[utoipa::path(put, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/workbook", tag = "submissions",
    params(OfUnit, ("If-Match" = Option<String>, Header, description = "The entity tag of the revision that this one is based on"),
        ("If-None-Match" = Option<String>, Header, description = "`*` for the first revision"),
        ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body(content = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    responses((status = CREATED, body = schema::SubmittedWorkbook, headers(("Location" = String), ("ETag" = String))),
        (status = OK, body = schema::SubmittedWorkbook, description = "The answer to a repeated key",
            headers(("Location" = String), ("ETag" = String), ("Idempotent-Replayed" = String)))))]
pub(crate) async fn submit_workbook(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    conditions: Conditions,
    WorkbookFile(bytes): WorkbookFile,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let knows = conditions.knows;
    let handed = HandedInWorkbook { bytes: bytes.to_vec(), based_on: Some(knows.based_on()), key: conditions.key };
    let submitted = house.office.submit_workbook(&visitor.caller, federation, round, unit, handed).await;
    // Where it is wrong is told by the cell; there is no message for a pointer to lead into.
    let fault = |error| Problem::from(error).blaming(Fault::Submission);
    let submitted = submitted.map_err(|error| not_submitted(error, knows, fault))?;
    acknowledged(&visitor, &at, &submitted.submitted, &submitted)
}
