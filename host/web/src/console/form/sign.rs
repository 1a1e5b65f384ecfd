//! Where a round wants a signature: a clerk presents the draft, a signatory signs it or sends it back.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::Writing;
use super::check::not_handed_in;
use crate::address::{Address, OfUnit};
use crate::console::frame::go_to;
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

/// A step on the draft's way, with what is said to it.
#[derive(Deserialize)]
pub(crate) struct Step {
    state: String,
    #[serde(default)]
    text: String,
}

/// Presents the draft for signature.
pub(crate) async fn present(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(Step { state, text }): Form<Step>,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    let read = Writing::read_of(&state);
    match house.office.present_draft(&reader.caller, federation, round, unit, read, text).await {
        Ok(_) => Ok(go_to(&format!("{}/form/check", at.page()))),
        Err(error) => not_handed_in(&house, &reader, at, error).await,
    }
}

/// Signs the draft, which hands it in.
pub(crate) async fn sign(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(Step { state, .. }): Form<Step>,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    match house.office.sign_draft(&reader.caller, federation, round, unit, Writing::read_of(&state)).await {
        Ok(_) => Ok(go_to(&format!("{}/receipt", at.page()))),
        Err(error) => not_handed_in(&house, &reader, at, error).await,
    }
}

/// Sends the draft back to those who write it.
pub(crate) async fn send_back(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
    Form(Step { state, text }): Form<Step>,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    let read = Writing::read_of(&state);
    match house.office.send_back_draft(&reader.caller, federation, round, unit, read, text).await {
        Ok(_) => Ok(go_to(&format!("{}/form/check", at.page()))),
        Err(error) => not_handed_in(&house, &reader, at, error).await,
    }
}
