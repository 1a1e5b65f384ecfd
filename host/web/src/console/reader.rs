//! Who reads a page: whoever the session's cookie belongs to. Nobody else is led to where one signs in.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::access::{Caller, Operation, Target};
use domain::ids::FederationCode;
use domain::text::Language;
use operations::{OperationError, SessionView};

use crate::console::frame::{Frame, PersonShown, Way, escaped, go_to};
use crate::console::language::chosen;
use crate::house::House;
use crate::problem::Problem;
use crate::session::{from_our_own_page, secret_in};

/// Who reads a page, and how.
pub(crate) struct Reader {
    pub(crate) caller: Caller,
    pub(crate) session: SessionView,
    pub(crate) language: Language,
    /// The address of the page, path and query.
    pub(crate) here: String,
    zone: jiff::tz::TimeZone,
}

impl Reader {
    /// The frame of a page for them.
    pub(crate) fn frame(&self) -> Frame {
        let account = &self.session.account;
        Frame {
            language: self.language,
            here: self.here.clone(),
            person: Some(PersonShown { name: account.name.clone() }),
            ways: self.ways(&account.federation),
            zone: self.zone.clone(),
        }
    }

    /// Whether they may do something in the whole federation.
    pub(crate) fn may(&self, operation: Operation) -> bool {
        self.caller.may(operation, Target::Federation(&self.session.account.federation)).is_ok()
    }

    /// Where they can go: only to what they may see.
    fn ways(&self, federation: &FederationCode) -> Vec<Way> {
        let root = format!("/federations/{federation}");
        let ways = [
            ("", "console-way-rounds", Operation::ReadRound),
            ("/units", "console-way-units", Operation::ListUnits),
            ("/releases", "console-way-releases", Operation::ReadTrial),
            ("/people", "console-way-people", Operation::ReadAccounts),
            ("/audit", "console-way-audit", Operation::ReadAudit),
        ];
        let open = ways.into_iter().filter(|(_, _, operation)| self.may(*operation));
        open.map(|(path, key, _)| Way { href: format!("{root}{path}"), key }).collect()
    }
}

impl FromRequestParts<House> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let here = here(parts);
        let Some(secret) = secret_in(&parts.headers) else { return Err(to_sign_in(parts, &here)) };
        from_our_own_page(&parts.method, &parts.headers, &house.settings).map_err(Problem::into_response)?;
        let told = |error: OperationError| match error {
            OperationError::NotAuthenticated => to_sign_in(parts, &here),
            other => Problem::from(other).into_response(),
        };
        let caller = house.office.caller_of_session(secret).await.map_err(told)?;
        let session = house.office.own_session(&caller).await.map_err(told)?;
        let (language, zone) = (chosen(&parts.headers), house.office.time_zone());
        Ok(Self { caller, session, language, here, zone })
    }
}

/// The address that is asked for.
fn here(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// Whoever is not signed in is led to where that is done, and from there back; what was to be changed has to be asked again.
fn to_sign_in(parts: &Parts, here: &str) -> Response {
    let back = if parts.method == Method::GET { here } else { "/" };
    let address = format!("/sign-in?back={}", escaped(back));
    if is_by_script(&parts.headers) {
        // A script would put the page of signing in into the middle of another; this makes the whole browser go there.
        let location = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/sign-in"));
        return (StatusCode::NO_CONTENT, [("hx-redirect", location)]).into_response();
    }
    go_to(&address)
}

/// Whether a script asks for a part of a page.
pub(crate) fn is_by_script(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}
