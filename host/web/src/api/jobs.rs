//! Long work is watched.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::job::{Job, JobState};
use futures::StreamExt;

use crate::address::{Address, InFederation, OfJob};
use crate::house::House;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// Shorter than the patience of the proxies on the way.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// The federation's jobs, the newest first.
#[utoipa::path(get, path = "/federations/{federation}/jobs", tag = "jobs", params(InFederation),
    responses((status = OK, body = Vec<schema::Job>)))]
pub(crate) async fn list_jobs(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let jobs = house.office.jobs(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &jobs)
}

/// One job.
#[utoipa::path(get, path = "/federations/{federation}/jobs/{job}", tag = "jobs", params(OfJob),
    responses((status = OK, body = schema::Job)))]
pub(crate) async fn read_job(State(house): State<House>, visitor: Visitor, Address(at): Address<OfJob>) -> Answer {
    let job = house.office.job(&visitor.caller, &at.federation, at.job).await?;
    visitor.reply(StatusCode::OK, &job)
}

/// A job as it is now and whenever it moves, as server-sent events: `progress` until it is `done` or `failed`, then the stream ends.
/// Each event's data is the job as JSON.
#[utoipa::path(get, path = "/federations/{federation}/jobs/{job}/events", tag = "jobs", params(OfJob),
    responses((status = OK, body = String, content_type = "text/event-stream")))]
pub(crate) async fn watch_job(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfJob>,
) -> Answer {
    let moves = house.office.watch_job(&caller, &at.federation, at.job).await?;
    let events = moves.map(|job| Ok::<_, Infallible>(event_of(&job)));
    let until_the_host_stops = events.take_until(house.stopping.clone().cancelled_owned());
    let stream = Sse::new(until_the_host_stops).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE));
    // Otherwise nginx collects events before it passes them on.
    Ok(([(HeaderName::from_static("x-accel-buffering"), "no")], stream).into_response())
}

fn event_of(job: &Job) -> Event {
    let name = match job.state {
        JobState::Waiting | JobState::Running => "progress",
        JobState::Done => "done",
        JobState::Failed => "failed",
    };
    // A job's own fields can always be written; an event without data would still say its name.
    let event = Event::default().event(name);
    serde_json::to_string(job).map_or(event.clone(), |data| event.data(data))
}
