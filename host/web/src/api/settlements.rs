//! How far everybody is, settling and rolling up, and what came of it.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::job::Job;

use crate::address::{Address, Choices, InRound, ROOT, WhichSettlements};
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// How far everybody is: who is expected, who handed in, who is missing.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/progress", tag = "results", params(InRound),
    responses((status = OK, body = schema::ProgressWall)))]
pub(crate) async fn read_progress(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let progress = house.office.progress(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &progress)
}

/// Asks for the round to be settled: everything that the rubric in force has not scored is scored, then all are compared. A job.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/settlements", tag = "results", params(InRound),
    responses((status = ACCEPTED, body = schema::Job, headers(("Location" = String)))))]
pub(crate) async fn ask_settle(State(house): State<House>, visitor: Visitor, Address(at): Address<InRound>) -> Answer {
    let job = house.office.ask_settle(&visitor.caller, &at.federation, &at.round).await?;
    under_way(&visitor, &job)
}

/// Asks for the newest settlement to be rolled up and for the round's reports to be composed. A job.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/roll-ups", tag = "results", params(InRound),
    responses((status = ACCEPTED, body = schema::Job, headers(("Location" = String)))))]
pub(crate) async fn ask_roll_up(State(house): State<House>, visitor: Visitor, Address(at): Address<InRound>) -> Answer {
    let job = house.office.ask_roll_up(&visitor.caller, &at.federation, &at.round).await?;
    under_way(&visitor, &job)
}

/// A job that was asked for, and where it is watched.
pub(super) fn under_way(visitor: &Visitor, job: &Job) -> Answer {
    let location = format!("{ROOT}/federations/{}/jobs/{}", job.federation, job.id);
    Ok(([(header::LOCATION, location)], visitor.reply(StatusCode::ACCEPTED, job)?).into_response())
}

/// The ranking of the newest settlement.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/settlement", tag = "results", params(InRound),
    responses((status = OK, body = schema::Ranking)))]
pub(crate) async fn read_settlement(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let ranking = house.office.settlement(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &ranking)
}

/// What changed for whom between two settlements: what another rubric did.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/settlement/comparison", tag = "results",
    params(InRound, WhichSettlements), responses((status = OK, body = schema::RubricComparison)))]
pub(crate) async fn compare_settlements(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    Choices(which): Choices<WhichSettlements>,
) -> Answer {
    let InRound { federation, round } = &at;
    let comparison = house.office.compare(&visitor.caller, federation, round, which.before, which.after).await?;
    visitor.reply(StatusCode::OK, &comparison)
}

/// The newest roll-up: everybody's results as columns, and the reports that were composed of it.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/roll-up", tag = "results", params(InRound),
    responses((status = OK, body = schema::RollUpView)))]
pub(crate) async fn read_roll_up(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let roll_up = house.office.roll_up(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &roll_up)
}
