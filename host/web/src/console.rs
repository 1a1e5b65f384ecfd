//! The console: pages for people. Every page works without a script; where there is one it only spares a click.
//!
//! A page is a handler that asks the office what its reader may see, and a template that shows it. Who reads is known by the session's cookie
//! alone ([`reader`]); what a page may load is decided once ([`frame::CONSOLE_POLICY`]); whatever goes wrong ends as a page as well, in `render`.

pub(crate) mod frame;
pub(crate) mod language;
pub(crate) mod problem_page;

mod assets;
mod home;
mod reader;
mod sign_in;

use axum::Router;
use axum::routing::get;

use crate::house::House;

/// The routes of the console.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/", get(home::front_door))
        .route("/assets/{name}", get(assets::asset))
        .route("/language/{language}", get(language::choose))
        .route("/sign-in", get(sign_in::page).post(sign_in::sign_in))
        .route("/sign-out", axum::routing::post(sign_in::sign_out))
        .route("/federations/{federation}", get(home::page))
}
