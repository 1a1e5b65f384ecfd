//! The cookie of a session, and the one place that decides whether a request that shows it comes from this house's own pages.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use domain::limits::{SESSION_AGE_MAX, SIGN_ON_TIME_MAX};

use crate::house::{House, WebSettings};
use crate::kind::Kind;
use crate::problem::Problem;

/// The cookie's name.
pub(crate) const COOKIE: &str = "huizong_session";

/// The cookie of somebody who is away at a provider of identities.
const AWAY: &str = "huizong_sign_on";
const AWAY_PATH: &str = "/api/v1/sign-on";

/// Where somebody goes who is signed in.
pub(crate) const HOME: &str = "/";

/// The secret in the cookie, where there is one.
pub(crate) fn secret_in(headers: &HeaderMap) -> Option<&str> {
    cookie_named(headers, COOKIE)
}

/// With which state a browser was sent to a provider of identities.
pub(crate) fn away_in(headers: &HeaderMap) -> Option<&str> {
    cookie_named(headers, AWAY)
}

/// What a cookie says, where there is one of that name that says anything.
pub(crate) fn cookie_named<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find_map(|(name, value)| (name == wanted && !value.is_empty()).then_some(value))
}

/// What sets the cookie: no script reads it, no other site's request carries it but a link that is followed.
pub(crate) fn cookie_of(secret: &str, settings: &WebSettings) -> Option<HeaderValue> {
    written(COOKIE, secret, "/", SESSION_AGE_MAX.as_secs(), settings)
}

/// What takes the cookie away.
pub(crate) fn no_cookie(settings: &WebSettings) -> Option<HeaderValue> {
    written(COOKIE, "", "/", 0, settings)
}

/// What is set while somebody is away at a provider of identities; shown only when they come back.
pub(crate) fn away_cookie(state: &str, settings: &WebSettings) -> Option<HeaderValue> {
    written(AWAY, state, AWAY_PATH, SIGN_ON_TIME_MAX.as_secs(), settings)
}

/// What takes it away again.
pub(crate) fn no_away_cookie(settings: &WebSettings) -> Option<HeaderValue> {
    written(AWAY, "", AWAY_PATH, 0, settings)
}

fn written(name: &str, value: &str, path: &str, age: u64, settings: &WebSettings) -> Option<HeaderValue> {
    let secure = if settings.is_over_tls() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path={path}; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).ok()
}

/// Whether a request by cookie may change something: it comes from a page of this house. Browsers say so themselves (`Sec-Fetch-Site`); older
/// ones say where the page is (`Origin`). A request that says neither is not by one of our pages; programs show a token instead.
pub(crate) fn from_our_own_page(method: &Method, headers: &HeaderMap, settings: &WebSettings) -> Result<(), Problem> {
    if method.is_safe() {
        return Ok(());
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_ours = match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => match &settings.public_url {
            Some(url) => origin.eq_ignore_ascii_case(url),
            None => {
                let host = origin.split_once("://").map(|(_, host)| host);
                host.is_some_and(|host| text(header::HOST).is_some_and(|here| here.eq_ignore_ascii_case(host)))
            }
        },
        (None, None) => false,
    };
    if is_ours { Ok(()) } else { Err(Problem::of(Kind::NotOurPage)) }
}

/// From where a request comes, as far as that can be told: whoever is connected, or who the nearest proxies that the operator vouches for say
/// was connected to them. Of an IPv6 address the half that its network has.
pub(crate) struct Peer(pub(crate) String);

impl FromRequestParts<House> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Self::Rejection> {
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let told: Vec<&str> = forwarded.flat_map(|list| list.split(',')).map(str::trim).collect();
        let peer = peer_of(connected, &told, house.settings.proxies);
        Ok(Self(peer.map_or_else(|| "unknown".to_owned(), network_of)))
    }
}

/// The address that the outermost proxy of the operator's saw: each adds on the right whoever is connected to it. What stands farther left
/// anybody may have written.
fn peer_of(connected: Option<IpAddr>, told: &[&str], proxies: usize) -> Option<IpAddr> {
    let Some(place) = proxies.checked_sub(1) else { return connected };
    told.iter().rev().nth(place).and_then(|address| address.parse().ok()).or(connected)
}

fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn may(pairs: &[(&'static str, &str)], public_url: Option<&str>) -> bool {
        let settings = WebSettings { public_url: public_url.map(str::to_owned), ..WebSettings::default() };
        from_our_own_page(&Method::POST, &headers(pairs), &settings).is_ok()
    }

    #[test]
    fn only_a_page_of_this_house_changes_anything_by_cookie() {
        assert!(may(&[("sec-fetch-site", "same-origin")], None));
        for site in ["cross-site", "same-site", "none", "same-origin, none", ""] {
            assert!(!may(&[("sec-fetch-site", site), ("origin", "http://house"), ("host", "house")], None), "{site}");
        }
        assert!(may(&[("origin", "http://house:8080"), ("host", "house:8080")], None));
        for origin in
            ["http://house", "http://house:8081", "http://evil", "null", "house:8080", "http://evil://house:8080"]
        {
            assert!(!may(&[("origin", origin), ("host", "house:8080")], None), "{origin}");
        }
        assert!(!may(&[], None) && !may(&[("host", "house")], None));
        assert!(may(&[("origin", "https://house")], Some("https://house")));
        assert!(!may(&[("origin", "http://house"), ("host", "house")], Some("https://house")));
        let reads =
            from_our_own_page(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")]), &WebSettings::default());
        assert!(reads.is_ok());
    }

    #[test]
    fn the_secret_is_found_among_other_cookies() {
        assert_eq!(secret_in(&headers(&[("cookie", "a=b; huizong_session=hzs_1; c=d")])), Some("hzs_1"));
        for cookies in ["", "huizong_session", "huizong_session=", "xhuizong_session=hzs_1", "a=huizong_session=x"] {
            assert_eq!(secret_in(&headers(&[("cookie", cookies)])), None, "{cookies}");
        }
    }

    #[test]
    fn the_cookie_is_for_no_script_and_over_tls_for_nothing_else() {
        let plain = cookie_of("hzs_1", &WebSettings::default()).unwrap();
        assert_eq!(plain, "huizong_session=hzs_1; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax");
        let over_tls = WebSettings { public_url: Some("https://house".to_owned()), ..WebSettings::default() };
        assert_eq!(
            no_cookie(&over_tls).unwrap(),
            "huizong_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn an_address_is_believed_only_from_proxies_that_are_known() {
        let connected = "10.0.0.1".parse().ok();
        let told = ["203.0.113.9", "198.51.100.7", "10.0.0.2"];
        let peer = |proxies| peer_of(connected, &told, proxies).map(|peer| peer.to_string()).unwrap();
        assert_eq!((peer(0), peer(1), peer(2)), ("10.0.0.1".into(), "10.0.0.2".into(), "198.51.100.7".into()));
        assert_eq!(peer(9), "10.0.0.1");
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::/64");
        assert_eq!(network_of("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1");
    }
}
