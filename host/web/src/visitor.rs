//! Who is asking, and how it is answered: the bearer token or the cookie of a session becomes a caller, `Accept` becomes an encoding, before anything is done.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Caller;
use operations::{Answered, OperationError};
use serde::Serialize;

use crate::format::{Encoding, MESSAGES, choose};
use crate::house::House;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::session::{from_our_own_page, secret_in};

/// What a handler gives.
pub(crate) type Answer = Result<Response, Problem>;

/// A caller who showed a token, or the cookie of a session.
pub(crate) struct Bearer(pub(crate) Caller);

impl FromRequestParts<House> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        // The same words whether there is no token or a wrong one.
        if parts.headers.contains_key(header::AUTHORIZATION) {
            let token = token_in(&parts.headers).ok_or(OperationError::NotAuthenticated)?;
            return Ok(Self(house.office.caller(token).await?));
        }
        let secret = secret_in(&parts.headers).ok_or(OperationError::NotAuthenticated)?;
        from_our_own_page(&parts.method, &parts.headers, &house.settings)?;
        Ok(Self(house.office.caller_of_session(secret).await?))
    }
}

/// The token of an `Authorization: Bearer` header.
fn token_in(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// A caller who is known and wants a message in return.
pub(crate) struct Visitor {
    pub(crate) caller: Caller,
    accepts: Accepts,
}

impl FromRequestParts<House> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Problem> {
        let Bearer(caller) = Bearer::from_request_parts(parts, house).await?;
        let accepts = Accepts::from_request_parts(parts, house).await?;
        Ok(Self { caller, accepts })
    }
}

impl Visitor {
    /// A message in the encoding that the caller asked for.
    pub(crate) fn reply<T: Serialize>(&self, status: StatusCode, message: &T) -> Answer {
        self.accepts.reply(status, message)
    }
}

impl Visitor {
    /// What an act made, which may have been done before by the same attempt.
    pub(crate) fn reply_once<T, M: Serialize>(&self, answered: &Answered<T>, message: &M) -> Answer {
        if answered.replayed {
            let replayed = [(HeaderName::from_static("idempotent-replayed"), "true")];
            return Ok((replayed, self.reply(StatusCode::OK, message)?).into_response());
        }
        self.reply(StatusCode::CREATED, message)
    }
}

/// How somebody, known or not, wants to be answered.
pub(crate) struct Accepts {
    media_type: &'static str,
    encoding: Encoding,
}

impl<S: Send + Sync> FromRequestParts<S> for Accepts {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let chosen = choose(&parts.headers, &MESSAGES).and_then(Self::named);
        chosen.ok_or_else(|| Problem::of(Kind::NotAcceptable).saying("offered", &MESSAGES.join(", ")))
    }
}

impl Accepts {
    /// In the encoding of that name, where a message can be had so.
    pub(crate) fn named(name: &'static str) -> Option<Self> {
        Some(Self { media_type: name, encoding: Encoding::of_media_type(name)? })
    }

    /// A message in the encoding that was asked for.
    pub(crate) fn reply<T: Serialize>(&self, status: StatusCode, message: &T) -> Answer {
        let bytes = self.encoding.write(message)?;
        Ok((status, [(header::CONTENT_TYPE, self.media_type)], bytes).into_response())
    }
}
