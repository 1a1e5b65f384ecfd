//! The receipt of what was handed in, to be printed and kept.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::submission::{Receipt, Standing};

use crate::address::{Address, OfUnit};
use crate::console::frame::{self, Frame};
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "console/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    at: OfUnit,
    round: String,
    name: String,
    receipt: Receipt,
}

/// The receipt of the newest revision.
pub(crate) async fn page(
    State(house): State<House>,
    Address(at): Address<OfUnit>,
    reader: Reader,
) -> Result<Response, Problem> {
    let OfUnit { federation, round, unit } = &at;
    let submission = house.office.submission(&reader.caller, federation, round, unit, None).await?;
    let history = house.office.unit_history(&reader.caller, federation, unit).await?;
    let view = house.office.round(&reader.caller, federation, round).await?;
    let page = ReceiptPage {
        frame: reader.frame(),
        round: view.round.title,
        name: history.unit.name,
        receipt: submission.receipt,
        at,
    };
    frame::page(StatusCode::OK, &page)
}

impl ReceiptPage {
    fn is_accepted(&self) -> bool {
        self.receipt.body.standing == Standing::Accepted
    }
}
