//! Rounds are planned, opened, read, and taken through the steps of their life.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::round::RoundAct;
use operations::NewRound;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::address::{Address, InFederation, InRound, ROOT};
use crate::body::Message;
use crate::house::House;
use crate::problem::Problem;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// Opens a round, or plans it where `opens_at` lies ahead: its releases are pinned by their digests.
#[utoipa::path(post, path = "/federations/{federation}/rounds", tag = "rounds", params(InFederation),
    request_body = schema::NewRound, responses((status = CREATED, body = schema::Round)))]
pub(crate) async fn open_round(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewRound>,
) -> Answer {
    let round = house.office.open_round(&visitor.caller, &at.federation, new).await?;
    let location = format!("{ROOT}/federations/{}/rounds/{}", at.federation, round.code);
    Ok(([(header::LOCATION, location)], visitor.reply(StatusCode::CREATED, &round)?).into_response())
}

/// The rounds, in order of their codes.
#[utoipa::path(get, path = "/federations/{federation}/rounds", tag = "rounds", params(InFederation),
    responses((status = OK, body = Vec<schema::Round>)))]
pub(crate) async fn list_rounds(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let rounds = house.office.rounds(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &rounds)
}

/// One round, with what its rubric says of itself.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}", tag = "rounds", params(InRound),
    responses((status = OK, body = schema::RoundView)))]
pub(crate) async fn read_round(State(house): State<House>, visitor: Visitor, Address(at): Address<InRound>) -> Answer {
    let round = house.office.round(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &round)
}

/// The form that the round asks to be filled in: JSON Schema with labels in Chinese and English.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/form", tag = "rounds", params(InRound),
    responses((status = OK, body = Object)))]
pub(crate) async fn read_form(State(house): State<House>, visitor: Visitor, Address(at): Address<InRound>) -> Answer {
    let round = house.office.round(&visitor.caller, &at.federation, &at.round).await?;
    // Admission saw to it that the form is JSON.
    let form: Value = serde_json::from_str(&round.description.form).map_err(Problem::host_fault)?;
    visitor.reply(StatusCode::OK, &form)
}

/// What is to be done to a round.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAct {
    /// The step.
    act: SteeringAct,
    /// Why.
    reason: String,
}

/// A step in a round's life that a person decides.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum SteeringAct {
    /// Begin to take submissions of a planned round.
    Open,
    /// Take no more submissions.
    Close,
    /// Take submissions again.
    Reopen,
    /// Hand what came over to the reviewers.
    BeginReview,
    /// Let members see how they fared; it has to be settled.
    Publish,
    /// Let the results stand for good.
    Finalise,
    /// Put it away.
    Archive,
}

impl From<SteeringAct> for RoundAct {
    fn from(act: SteeringAct) -> Self {
        match act {
            SteeringAct::Open => Self::Open,
            SteeringAct::Close => Self::Close,
            SteeringAct::Reopen => Self::Reopen,
            SteeringAct::BeginReview => Self::BeginReview,
            SteeringAct::Publish => Self::Publish,
            SteeringAct::Finalise => Self::Finalise,
            SteeringAct::Archive => Self::Archive,
        }
    }
}

/// Takes a round a step on in its life, with a reason; where that is not possible now, the problem says what is (`possible`).
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/acts", tag = "rounds", params(InRound),
    request_body = NewAct, responses((status = OK, body = schema::Round)))]
pub(crate) async fn act_on_round(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    Message(new): Message<NewAct>,
) -> Answer {
    let act = RoundAct::from(new.act);
    let round = house.office.act_on_round(&visitor.caller, &at.federation, &at.round, act, &new.reason).await?;
    visitor.reply(StatusCode::OK, &round)
}
