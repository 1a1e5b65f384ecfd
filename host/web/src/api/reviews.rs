//! Reviewers judge and adjust; a second person, or several together, confirm it.

use axum::extract::State;
use axum::http::StatusCode;
use operations::{NewCollectiveDecision, NewConfirmation, NewReviewEntry};

use crate::address::{Address, InRound, OfReviewEntry, OfUnit};
use crate::body::Message;
use crate::house::House;
use crate::precondition::IdempotencyKey;
use crate::schema;
use crate::visitor::{Answer, Visitor};

/// A submission under review: as the member handed it in, with what reviewers decided, and after the cohort pass, criterion by criterion.
/// A member sees it once it is published, and then what was published.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/review", tag = "review",
    params(OfUnit), responses((status = OK, body = schema::ReviewView)))]
pub(crate) async fn read_review(State(house): State<House>, visitor: Visitor, Address(at): Address<OfUnit>) -> Answer {
    let review = house.office.review(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &review)
}

/// The reviewers' board: what of the round waits for whom.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/review-board", tag = "review", params(InRound),
    responses((status = OK, body = Vec<schema::ReviewRow>)))]
pub(crate) async fn read_review_board(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let board = house.office.review_board(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &board)
}

/// Every scorecard that there ever was of the submission, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/review/scorecards",
    tag = "review", params(OfUnit), responses((status = OK, body = Vec<schema::ScorecardVersion>)))]
pub(crate) async fn list_scorecards(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
) -> Answer {
    let versions = house.office.scorecard_versions(&visitor.caller, &at.federation, &at.round, &at.unit).await?;
    visitor.reply(StatusCode::OK, &versions)
}

/// Judges, adjusts, or takes an earlier entry back: a signed entry beside what the member handed in. The submission is scored again; every
/// earlier scorecard stays. With an `Idempotency-Key` the same request can be sent again: it makes one entry.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/submissions/{unit}/review/entries", tag = "review",
    params(OfUnit, ("Idempotency-Key" = Option<String>, Header, description = "Names this attempt; at most 128 characters")),
    request_body = schema::NewReviewEntry, responses((status = CREATED, body = schema::ReviewEntryView)))]
pub(crate) async fn add_review_entry(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfUnit>,
    IdempotencyKey(key): IdempotencyKey,
    Message(new): Message<NewReviewEntry>,
) -> Answer {
    let OfUnit { federation, round, unit } = &at;
    let entry = house.office.add_review_entry(&visitor.caller, federation, round, unit, new, key.as_deref()).await?;
    visitor.reply(StatusCode::CREATED, &entry)
}

/// A second person confirms an entry, and it counts from then on; or rejects it. Whoever made it cannot confirm it.
#[utoipa::path(post, tag = "review", params(OfReviewEntry),
    path = "/federations/{federation}/rounds/{round}/submissions/{unit}/review/entries/{entry}/decision",
    request_body = schema::NewConfirmation, responses((status = OK, body = schema::ReviewEntryView)))]
pub(crate) async fn decide_review_entry(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<OfReviewEntry>,
    Message(new): Message<NewConfirmation>,
) -> Answer {
    let OfReviewEntry { federation, round, unit, entry } = &at;
    let decided = house.office.decide_review_entry(&visitor.caller, federation, round, unit, *entry, new).await?;
    visitor.reply(StatusCode::OK, &decided)
}

/// Records what several decided together; the entries that it names count from then on.
#[utoipa::path(post, path = "/federations/{federation}/rounds/{round}/collective-decisions", tag = "review",
    params(InRound), request_body = schema::NewCollectiveDecision,
    responses((status = CREATED, body = schema::CollectiveDecision)))]
pub(crate) async fn record_collective_decision(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
    Message(new): Message<NewCollectiveDecision>,
) -> Answer {
    let recorded = house.office.record_collective_decision(&visitor.caller, &at.federation, &at.round, new).await?;
    visitor.reply(StatusCode::CREATED, &recorded)
}

/// What several decided together, the oldest first.
#[utoipa::path(get, path = "/federations/{federation}/rounds/{round}/collective-decisions", tag = "review",
    params(InRound), responses((status = OK, body = Vec<schema::CollectiveDecision>)))]
pub(crate) async fn list_collective_decisions(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InRound>,
) -> Answer {
    let decisions = house.office.collective_decisions(&visitor.caller, &at.federation, &at.round).await?;
    visitor.reply(StatusCode::OK, &decisions)
}
