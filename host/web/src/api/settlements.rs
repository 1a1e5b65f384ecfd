//! How far everybody is, settling and rolling up, and what came of it.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use domain::job::Job;
use operations::NewImport;

use crate::address::{Address, Choices, InRound, OfUnit, ROOT, ToldHow, WhichSettlements};
use crate::body::Message;
use crate::house::House;
use crate::language::language_of;
use crate::page::{MessageOrSheet, sheet};
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

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

/// The newest roll-up for the next level: signed, with every field that a report of the round wanted; as CSV one line a unit, those that
/// are missing, held back, exempt or merged among them.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/roll-up/export", tag = "results",
    params(InRound, ToldHow),
    responses((status = OK, content((schema::RollUpExport = "application/json"), (String = "text/csv")))))]
pub(crate) async fn export_roll_up(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<InRound>,
    Choices(told): Choices<ToldHow>,
    headers: HeaderMap,
) -> Answer {
    let InRound { federation, round } = &at;
    match MessageOrSheet::of(told.format.as_deref(), &headers)? {
        MessageOrSheet::Message(accepts) => {
            let export = house.office.export_roll_up(&caller, federation, round).await?;
            accepts.reply(StatusCode::OK, &export)
        }
        MessageOrSheet::Sheet => {
            let table = house.office.roll_up_sheet(&caller, federation, round, language_of(&headers)).await?;
            Ok(sheet(&format!("{federation}-{round}"), table))
        }
    }
}

/// What the level below handed over to the round, the newest of each unit.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/imports", tag = "results", params(InRound),
    responses((status = OK, body = Vec<schema::Import>)))]
pub(crate) async fn list_imports(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let imports = house.office.imports(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &imports)
}

/// Hands over the exported roll-up of another federation as that of a unit. The next roll-up has its members in it, under the unit's
/// code. It may be handed over again; the newest counts.
#[utoipa::path(put, path = "/federations/{federation}/rounds/{round}/imports/{unit}", tag = "results", params(OfUnit),
    request_body = schema::NewImport, responses((status = OK, body = schema::Import)))]
pub(crate) async fn import_roll_up(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    Message(new): Message<NewImport>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let imported = house.office.import_roll_up(&visitor.caller, federation, round, unit, new).await?;
    visitor.reply(StatusCode::OK, &imported)
}
