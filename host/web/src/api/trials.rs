//! Releases are tried on a round, and what that found is read.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use operations::NewTrial;

use super::settlements::under_way;
use crate::address::{Address, Choices, InRound, OfTrial, ToldHow, WithTrial};
use crate::body::Message;
use crate::house::House;
use crate::language::language_of;
use crate::page::{Wish, page, sheet};
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// Asks for a release to be tried on what was handed in to a round, beside the release whose place it would take: a rubric on every
/// revision that counts, a report on the newest roll-up. A job; its identifier is the trial's. Nothing that was scored or published changes.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/trials", tag = "trials", params(InRound),
    request_body = schema::NewTrial, responses((status = ACCEPTED, body = schema::Job, headers(("Location" = String)))))]
pub(crate) async fn ask_trial(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    Message(new): Message<NewTrial>,
) -> Answer {
    let job = house.office.ask_try(&visitor.caller, &at.federation, &at.round, new).await?;
    under_way(&visitor, &job)
}

/// The round's trials in few words, the newest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/trials", tag = "trials", params(InRound),
    responses((status = OK, body = Vec<schema::Trial>)))]
pub(crate) async fn list_trials(State(house): State<House>, visitor: Visitor, Address(at): Address<InRound>) -> Answer {
    let trials = house.office.trials(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &trials)
}

/// One trial with everything that it found: as a message, as a page that is read before deciding, or as a table for spreadsheets.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/trials/{trial}", tag = "trials",
    params(OfTrial, ToldHow),
    responses((status = OK, content((schema::TrialView = "application/json"), (String = "text/html"),
        (String = "text/markdown"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (Vec<u8> = "application/pdf"), (String = "text/csv")))))]
pub(crate) async fn read_trial(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfTrial>,
    Choices(told): Choices<ToldHow>,
    headers: HeaderMap,
) -> Answer {
    let OfTrial { federation, round, trial } = &at;
    match Wish::with_sheet(told.format.as_deref(), &headers)? {
        Wish::Message(accepts) => {
            let view = house.office.trial(&caller, federation, round, *trial).await?;
            accepts.reply(StatusCode::OK, &view)
        }
        Wish::Document(format) => {
            let language = language_of(&headers);
            Ok(page(house.office.trial_page(&caller, federation, round, *trial, language, format).await?))
        }
        Wish::Sheet => {
            let table = house.office.trial_sheet(&caller, federation, round, *trial, language_of(&headers)).await?;
            Ok(sheet(&format!("{round}-{trial}"), table))
        }
    }
}

/// Two trials on the round beside each other: what the other's candidate would do that this one's would not.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/trials/{trial}/comparison", tag = "trials",
    params(OfTrial, WithTrial), responses((status = OK, body = schema::TrialComparison)))]
pub(crate) async fn compare_trials(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfTrial>,
    Choices(other): Choices<WithTrial>,
) -> Answer {
    let OfTrial { federation, round, trial } = &at;
    let compared = house.office.compare_trials(&visitor.caller, federation, round, *trial, other.with).await?;
    visitor.reply(StatusCode::OK, &compared)
}
