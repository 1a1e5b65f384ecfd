//! Members take the form along as a workbook and hand it in filled in.

use axum::extract::State;
use axum::http::HeaderMap;
use domain::amendment::{Amendment, AmendmentKind};
use operations::HandedInWorkbook;

use super::submissions::{acknowledged, not_submitted};
use crate::address::{Address, Amends, Choices, OfUnit};
use crate::body::WorkbookFile;
use crate::house::House;
use crate::kind::{Fault, Kind};
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
    params(OfUnit, Amends, ("If-Match" = Option<String>, Header, description = "The entity tag of the revision that this one is based on"),
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
    Choices(amends): Choices<Amends>,
    conditions: Conditions,
    WorkbookFile(bytes): WorkbookFile,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let knows = conditions.knows;
    let amendment = amendment_in(amends)?;
    let based_on = Some(knows.based_on());
    let handed = HandedInWorkbook { bytes: bytes.to_vec(), amendment, based_on, key: conditions.key };
    let submitted = house.office.submit_workbook(&visitor.caller, federation, round, unit, handed).await;
    // Where it is wrong is told by the cell; there is no message for a pointer to lead into.
    let fault = |error| Problem::from(error).blaming(Fault::Submission);
    let submitted = submitted.map_err(|error| not_submitted(error, knows, fault))?;
    acknowledged(&visitor, &at, &submitted.submitted, &submitted)
}

/// A workbook has no cell for what it amends; that stands behind the question mark.
fn amendment_in(amends: Amends) -> Result<Option<Amendment>, Problem> {
    let not_understood = || Problem::of(Kind::QueryNotUnderstood);
    match (amends.amendment, amends.reason) {
        (None, None) => Ok(None),
        (Some(kind), Some(reason)) => {
            let kind = AmendmentKind::of_code(&kind).ok_or_else(not_understood)?;
            Amendment::new(kind, reason).map(Some).map_err(|_| not_understood())
        }
        _ => Err(not_understood()),
    }
}
