//! Single sign-on: the provider that a federation believes, and the way there and back.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use domain::sign_on::SignOnDoubt;
use operations::{NewSignOn, OperationError};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::address::{Address, Choices, InFederation, ROOT};
use crate::body::Message;
use crate::house::House;
use crate::problem::Problem;
use crate::schema;
use crate::session::{HOME, away_cookie, away_in, cookie_of, no_away_cookie};
use crate::visitor::{Answer, Visitor};

/// Which provider of identities the federation believes.
#[utoipa::path(get, path = "/federations/{federation}/sign-on", tag = "people", params(InFederation),
    responses((status = OK, body = schema::SignOn)))]
pub(crate) async fn read_sign_on(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let sign_on = house.office.sign_on(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &sign_on)
}

/// Names the provider of identities (OpenID Connect) that the federation believes, or that there is none any more. Its host must be one that
/// the operator allows. Whom it calls by the login name of an account is signed in as that account.
#[utoipa::path(put, path = "/federations/{federation}/sign-on", tag = "people", params(InFederation),
    request_body = schema::NewSignOn, responses((status = OK, body = schema::SignOn)))]
pub(crate) async fn set_sign_on(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Message(new): Message<NewSignOn>,
) -> Answer {
    let sign_on = house.office.set_sign_on(&visitor.caller, &at.federation, new).await?;
    visitor.reply(StatusCode::OK, &sign_on)
}

/// Sends a browser to the provider that the federation believes (303).
#[utoipa::path(get, path = "/federations/{federation}/sign-on/start", tag = "people", params(InFederation), security(()),
    responses((status = SEE_OTHER)))]
pub(crate) async fn start_sign_on(State(house): State<House>, Address(at): Address<InFederation>) -> Answer {
    let sent = house.office.send_to_sign_on(&at.federation, &back_to(&house)?).await?;
    let cookie = away_cookie(&sent.state, &house.settings);
    elsewhere(&sent.address, [cookie])
}

/// What a provider sends a browser back with; it may say more.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BackFromSignOn {
    /// What the browser was sent away with.
    state: Option<String>,
    /// What an identity is given for.
    code: Option<String>,
    /// Why there is none.
    error: Option<String>,
}

/// Takes a browser back from the provider and signs it in (303 to the house's own page).
#[utoipa::path(get, path = "/sign-on/back", tag = "people", params(BackFromSignOn), security(()),
    responses((status = SEE_OTHER)))]
pub(crate) async fn end_sign_on(
    State(house): State<House>,
    headers: HeaderMap,
    Choices(back): Choices<BackFromSignOn>,
) -> Answer {
    // The browser that comes back is the one that was sent: nobody is signed in as somebody else by following a link.
    let away = away_in(&headers).filter(|away| back.state.as_deref() == Some(*away));
    let away = away.ok_or(OperationError::SignOnRefused(SignOnDoubt::NotExpected))?;
    let code = back.code.filter(|_| back.error.is_none());
    let code = code.ok_or(OperationError::SignOnRefused(SignOnDoubt::NoIdentity))?;
    let signed_in = house.office.back_from_sign_on(away, &code, &back_to(&house)?).await?;
    let cookies = [cookie_of(&signed_in.secret, &house.settings), no_away_cookie(&house.settings)];
    elsewhere(HOME, cookies)
}

/// Where the provider sends browsers back to: as people reach the house, whatever a request says.
fn back_to(house: &House) -> Result<String, OperationError> {
    let public = house.settings.public_url.as_deref();
    let public = public.ok_or(OperationError::NotPossible { code: "no-public-url" })?;
    Ok(format!("{public}{ROOT}/sign-on/back"))
}

fn elsewhere<const N: usize>(address: &str, cookies: [Option<HeaderValue>; N]) -> Answer {
    let location =
        HeaderValue::from_str(address).map_err(|_| Problem::host_fault("an address that no header holds"))?;
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    for cookie in cookies {
        let cookie = cookie.ok_or_else(|| Problem::host_fault("a cookie that no header holds"))?;
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
