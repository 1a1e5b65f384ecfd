//! The record of every run of a plugin, and running one again.

use axum::extract::State;
use axum::http::StatusCode;
use domain::limits::PAGE_ITEMS_MAX;

use crate::address::{Address, Choices, InFederation, OfEvaluation, WhichPage};
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Items on a page where the caller does not say.
const PAGE_ITEMS: usize = 100;

/// The federation's recorded evaluations, a page at a time, in order of their identifiers, which is that of time.
#[utoipa::path(get, path = "/federations/{federation}/evaluations", tag = "evaluations", params(InFederation, WhichPage),
    responses((status = OK, body = Vec<schema::Evaluation>)))]
pub(crate) async fn list_evaluations(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Choices(page): Choices<WhichPage>,
) -> Answer {
    let limit = page.limit.unwrap_or(PAGE_ITEMS).clamp(1, PAGE_ITEMS_MAX);
    let evaluations = house.office.evaluations(&visitor.caller, &at.federation, page.after, limit).await?;
    visitor.reply(StatusCode::OK, &evaluations)
}

/// Runs a recorded evaluation again and compares the bytes.
#[utoipa::path(post, path = "/federations/{federation}/evaluations/{evaluation}/replays", tag = "evaluations",
    params(OfEvaluation), responses((status = OK, body = schema::Replayed)))]
pub(crate) async fn replay_evaluation(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfEvaluation>,
) -> Answer {
    let replayed = house.office.replay(&visitor.caller, &at.federation, at.evaluation).await?;
    visitor.reply(StatusCode::OK, &replayed)
}
