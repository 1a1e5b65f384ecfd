//! Signing in and out.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use operations::{NewOwnPassword, NewOwnToken, NewSession};

use crate::address::{Address, OfOwnToken};
use crate::body::Message;
use crate::house::House;
use crate::problem::Problem;
use crate::schema;
use crate::session::{Peer, cookie_of, no_cookie};
use crate::visitor::{Accepts, Answer, Bearer, Visitor};

/// Signs somebody in: the answer sets the cookie `huizong_session`. What changes something by this cookie is taken only from pages of this host
/// (`Sec-Fetch-Site` or `Origin`). Whoever fails too often is told when to come back (429).
#[utoipa::path(post, path = "/sessions", tag = "people", request_body = schema::NewSession, security(()),
    responses((status = CREATED, body = schema::Session)))]
pub(crate) async fn sign_in(
    State(house): State<House>,
    accepts: Accepts,
    Peer(peer): Peer,
    Message(new): Message<NewSession>,
) -> Answer {
    let signed_in = house.office.sign_in(new, &peer).await?;
    let cookie = cookie_of(&signed_in.secret, &house.settings).ok_or_else(|| Problem::host_fault("no cookie"))?;
    Ok(with_cookie(cookie, accepts.reply(StatusCode::CREATED, &signed_in.view)?))
}

/// Who is signed in, and until when.
#[utoipa::path(get, path = "/sessions/own", tag = "people", responses((status = OK, body = schema::Session)))]
pub(crate) async fn read_own_session(State(house): State<House>, visitor: Visitor) -> Answer {
    let session = house.office.own_session(&visitor.caller).await?;
    visitor.reply(StatusCode::OK, &session)
}

/// Signs out.
#[utoipa::path(delete, path = "/sessions/own", tag = "people", responses((status = NO_CONTENT)))]
pub(crate) async fn sign_out(State(house): State<House>, Bearer(caller): Bearer) -> Answer {
    house.office.sign_out(&caller).await?;
    let cookie = no_cookie(&house.settings).ok_or_else(|| Problem::host_fault("no cookie"))?;
    Ok(with_cookie(cookie, StatusCode::NO_CONTENT.into_response()))
}

/// Changes one's own password, which signs out wherever else one is signed in.
#[utoipa::path(put, path = "/sessions/own/password", tag = "people", request_body = schema::NewOwnPassword,
    responses((status = NO_CONTENT)))]
pub(crate) async fn change_own_password(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Peer(peer): Peer,
    Message(new): Message<NewOwnPassword>,
) -> Answer {
    house.office.change_own_password(&caller, new, &peer).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Issues a token of one's own, for programs: it is worth what its owner is at the time, as far as its scopes go. The secret is shown this once.
#[utoipa::path(post, path = "/sessions/own/tokens", tag = "people", request_body = schema::NewOwnToken,
    responses((status = CREATED, body = schema::IssuedToken)))]
pub(crate) async fn issue_own_token(
    State(house): State<House>,
    visitor: Visitor,
    Message(new): Message<NewOwnToken>,
) -> Answer {
    let token = house.office.issue_own_token(&visitor.caller, new).await?;
    visitor.reply(StatusCode::CREATED, &token)
}

/// One's own tokens; never a secret.
#[utoipa::path(get, path = "/sessions/own/tokens", tag = "people", responses((status = OK, body = Vec<schema::Token>)))]
pub(crate) async fn list_own_tokens(State(house): State<House>, visitor: Visitor) -> Answer {
    let tokens = house.office.own_tokens(&visitor.caller).await?;
    visitor.reply(StatusCode::OK, &tokens)
}

/// Revokes a token of one's own.
#[utoipa::path(delete, path = "/sessions/own/tokens/{token}", tag = "people", params(OfOwnToken),
    responses((status = NO_CONTENT)))]
pub(crate) async fn revoke_own_token(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<OfOwnToken>,
) -> Answer {
    house.office.revoke_own_token(&caller, at.token).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn with_cookie(cookie: HeaderValue, response: axum::response::Response) -> axum::response::Response {
    ([(header::SET_COOKIE, cookie)], response).into_response()
}
