//! The page on which people sign in, and how they sign out.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::FederationCode;
use operations::{NewSession, OperationError};
use serde::Deserialize;

use crate::console::frame::{self, Frame, go_to, own_address};
use crate::console::language::chosen;
use crate::console::reader::Reader;
use crate::house::House;
use crate::problem::Problem;
use crate::session::{Peer, cookie_of, from_our_own_page, no_cookie};

#[derive(Template)]
#[template(path = "console/sign_in.html")]
struct SignIn {
    frame: Frame,
    back: String,
    federation: String,
    login: String,
    /// Why it did not work.
    refused: Option<String>,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub(crate) struct Back {
    back: Option<String>,
    /// What a link fills in beforehand.
    federation: Option<String>,
    login: Option<String>,
}

/// What is typed in.
#[derive(Deserialize)]
pub(crate) struct Typed {
    federation: String,
    login: String,
    password: String,
    back: Option<String>,
}

/// The empty page.
pub(crate) async fn page(
    headers: HeaderMap,
    Query(Back { back, federation, login }): Query<Back>,
) -> Result<Response, Problem> {
    let back = own_address(back.as_deref()).to_owned();
    let frame = Frame::of_nobody(chosen(&headers), "/sign-in");
    let (federation, login) = (federation.unwrap_or_default(), login.unwrap_or_default());
    frame::page(StatusCode::OK, &SignIn { frame, back, federation, login, refused: None })
}

/// Signs in and goes on to the page that was asked for; what was typed stays where it does not work, but for the password.
pub(crate) async fn sign_in(
    State(house): State<House>,
    method: Method,
    headers: HeaderMap,
    Peer(peer): Peer,
    Form(typed): Form<Typed>,
) -> Result<Response, Problem> {
    from_our_own_page(&method, &headers, &house.settings)?;
    let Typed { federation, login, password, back } = typed;
    let back = own_address(back.as_deref()).to_owned();
    let (federation, login) = (federation.trim().to_owned(), login.trim().to_owned());
    let signed_in = match federation.parse::<FederationCode>() {
        Ok(federation) => house.office.sign_in(NewSession { federation, login: login.clone(), password }, &peer).await,
        Err(_) => Err(OperationError::NotSignedIn),
    };
    match signed_in {
        Ok(signed_in) => {
            let cookie =
                cookie_of(&signed_in.secret, &house.settings).ok_or_else(|| Problem::host_fault("no cookie"))?;
            Ok(([(header::SET_COOKIE, cookie)], go_to(&back)).into_response())
        }
        Err(error @ (OperationError::NotSignedIn | OperationError::TooManyAttempts { .. })) => {
            let problem = Problem::from(error);
            let frame = Frame::of_nobody(chosen(&headers), "/sign-in");
            let refused = Some(crate::render::detail_of(&problem, frame.language));
            frame::page(problem.kind.status(), &SignIn { frame, back, federation, login, refused })
        }
        Err(other) => Err(other.into()),
    }
}

/// Signs out.
pub(crate) async fn sign_out(State(house): State<House>, reader: Reader) -> Result<Response, Problem> {
    house.office.sign_out(&reader.caller).await?;
    let cookie = no_cookie(&house.settings).ok_or_else(|| Problem::host_fault("no cookie"))?;
    Ok(([(header::SET_COOKIE, cookie)], go_to("/sign-in")).into_response())
}
