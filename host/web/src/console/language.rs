//! The language of pages: chosen by the reader, else what the browser says.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::text::Language;
use serde::Deserialize;

use crate::console::frame::{go_to, own_address};
use crate::house::House;
use crate::kind::Kind;
use crate::language::language_of;
use crate::problem::Problem;
use crate::session::cookie_named;

/// The cookie's name.
const COOKIE: &str = "huizong_language";

/// The language in which somebody reads pages.
pub(crate) fn chosen(headers: &HeaderMap) -> Language {
    match cookie_named(headers, COOKIE) {
        Some("en") => Language::English,
        Some("zh-CN") => Language::Chinese,
        _ => language_of(headers),
    }
}

/// Where to go back to.
#[derive(Deserialize)]
pub(crate) struct Back {
    back: Option<String>,
}

/// Keeps the choice of a language in the browser.
pub(crate) async fn choose(
    State(house): State<House>,
    Path(language): Path<String>,
    Query(Back { back }): Query<Back>,
) -> Result<Response, Problem> {
    if !matches!(language.as_str(), "en" | "zh-CN") {
        return Err(Problem::of(Kind::NoSuchAddress));
    }
    let secure = if house.settings.is_over_tls() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(Problem::host_fault)?;
    Ok(([(header::SET_COOKIE, cookie)], go_to(own_address(back.as_deref()))).into_response())
}
