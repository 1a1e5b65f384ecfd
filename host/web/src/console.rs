//! The console: pages for people. Every page works without a script; where there is one it only spares a click.
//!
//! A page is a handler that asks the office what its reader may see, and a template that shows it. Who reads is known by the session's cookie
//! alone ([`reader`]); what a page may load is decided once ([`frame::CONSOLE_POLICY`]); whatever goes wrong ends as a page as well, in `render`.

pub(crate) mod frame;
pub(crate) mod language;
pub(crate) mod problem_page;

mod assets;
mod audit;
mod form;
mod home;
mod job;
mod paging;
mod people;
mod place_name;
mod reader;
mod receipt;
mod refused;
mod release;
mod review;
mod round;
mod sign_in;
mod unit;
mod units;
mod upload;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

/// The routes of the console.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/", get(home::front_door))
        .route("/assets/{name}", get(assets::asset))
        .route("/language/{language}", get(language::choose))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/federations/{federation}", get(home::page))
        .route("/federations/{federation}/units", get(units::page))
        .route("/federations/{federation}/people", get(people::page).post(people::let_in))
        .route("/federations/{federation}/people/{account}", post(people::change))
        .route("/federations/{federation}/audit", get(audit::page))
        .route("/federations/{federation}/jobs/{job}", get(job::page))
        .route("/federations/{federation}/rounds/{round}", get(round::page).post(round::steer))
        .route(
            "/federations/{federation}/rounds/{round}/releases",
            get(round::releases::page).post(round::releases::act),
        )
        .route("/federations/{federation}/rounds/{round}/review", get(review::queue))
        .route(
            "/federations/{federation}/rounds/{round}/units/{unit}/review",
            get(review::submission::page).post(review::submission::act),
        )
        .route("/federations/{federation}/rounds/{round}/results", get(round::results::page))
        .route("/federations/{federation}/rounds/{round}/units/{unit}", get(unit::page))
        .route("/federations/{federation}/rounds/{round}/units/{unit}/conversations", post(unit::say))
        .route("/federations/{federation}/rounds/{round}/units/{unit}/receipt", get(receipt::page))
        .merge(form::routes())
        .merge(release::routes())
}
