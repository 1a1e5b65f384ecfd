//! Single sign-on: whom a federation lets say who somebody is, and what of that is believed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::account::LoginName;
use crate::delivery::WebhookUrl;
use crate::ids::FederationCode;
use crate::limits::SIGN_ON_CLOCK_DOUBT;

/// The provider of identities that a federation believes (OpenID Connect).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOn {
    /// Who it is, exactly as it says itself.
    pub issuer: WebhookUrl,
    /// Who the house is to it.
    pub client_id: String,
    /// By which secret; none where it asks for none.
    pub client_secret: Option<String>,
    /// Which of its claims is a login name of the federation.
    pub claim: String,
}

impl std::fmt::Debug for SignOn {
    /// The secret is in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignOn").field("issuer", &self.issuer).field("claim", &self.claim).finish_non_exhaustive()
    }
}

/// Somebody was sent to the provider and has not come back yet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOnAttempt {
    /// In which federation they want to sign in.
    pub federation: FederationCode,
    /// What the identity must bear, so that it is for this attempt and no other.
    pub nonce: String,
    /// What the provider's code is exchanged with (PKCE), so that nobody else can.
    pub verifier: String,
}

/// Why an identity is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOnDoubt {
    /// Nobody was sent away with this state by this browser, or they came back too late.
    #[error("nobody is expected back")]
    NotExpected,
    /// The provider declined, was not reached, or did not say what one must say.
    #[error("the provider gave no identity")]
    NoIdentity,
    /// The signature is of no key of the provider's, or of a kind that proves nothing.
    #[error("the signature does not hold")]
    Signature,
    /// It is by somebody else.
    #[error("another issuer")]
    Issuer,
    /// It is for somebody else.
    #[error("another audience")]
    Audience,
    /// It does not hold any more, or not yet.
    #[error("not valid at this time")]
    Time,
    /// It is for another attempt.
    #[error("another nonce")]
    Nonce,
    /// The federation has no active account of that name.
    #[error("no account")]
    NoAccount,
}

impl SignOnDoubt {
    /// Every doubt.
    pub const ALL: [Self; 8] = [
        Self::NotExpected,
        Self::NoIdentity,
        Self::Signature,
        Self::Issuer,
        Self::Audience,
        Self::Time,
        Self::Nonce,
        Self::NoAccount,
    ];

    /// Stable, kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotExpected => "sign-on-not-expected",
            Self::NoIdentity => "sign-on-no-identity",
            Self::Signature => "sign-on-signature",
            Self::Issuer => "sign-on-issuer",
            Self::Audience => "sign-on-audience",
            Self::Time => "sign-on-time",
            Self::Nonce => "sign-on-nonce",
            Self::NoAccount => "sign-on-no-account",
        }
    }
}

/// Who somebody is by the claims of an identity whose signature holds (OpenID Connect Core, 3.1.3.7).
pub fn identity(claims: &Value, sign_on: &SignOn, nonce: &str, now: Timestamp) -> Result<LoginName, SignOnDoubt> {
    let client = sign_on.client_id.as_str();
    if claims["iss"] != sign_on.issuer.as_str() {
        return Err(SignOnDoubt::Issuer);
    }
    let is_for_us = match &claims["aud"] {
        Value::String(one) => one == client,
        // Of several audiences one asked for it, and that must be this house.
        Value::Array(all) => all.iter().any(|one| one == client) && (all.len() == 1 || claims["azp"] == client),
        _ => false,
    };
    if !is_for_us || !(claims["azp"].is_null() || claims["azp"] == client) {
        return Err(SignOnDoubt::Audience);
    }
    let at = |name: &str| claims[name].as_i64().and_then(|second| Timestamp::from_second(second).ok());
    let doubt = SignedDuration::try_from(SIGN_ON_CLOCK_DOUBT).unwrap_or(SignedDuration::ZERO);
    let (early, late) = (now.saturating_sub(doubt), now.saturating_add(doubt));
    let (early, late) = (early.unwrap_or(Timestamp::MIN), late.unwrap_or(Timestamp::MAX));
    let holds = at("exp").is_some_and(|end| early < end)
        && at("iat").is_some_and(|made| made <= late)
        && (claims["nbf"].is_null() || at("nbf").is_some_and(|begin| begin <= late));
    if !holds {
        return Err(SignOnDoubt::Time);
    }
    if nonce.is_empty() || claims["nonce"] != nonce {
        return Err(SignOnDoubt::Nonce);
    }
    let name = claims[sign_on.claim.as_str()].as_str().ok_or(SignOnDoubt::NoAccount)?;
    name.parse().map_err(|_| SignOnDoubt::NoAccount)
}

/// A text as it stands in a query or a form: what is no letter, digit, `-`, `.`, `_` or `~` by its bytes.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn who(change: impl FnOnce(&mut Value)) -> Result<String, SignOnDoubt> {
        let sign_on = SignOn {
            issuer: "https://id.example.org/realm".to_owned().try_into().unwrap(),
            client_id: "house".to_owned(),
            client_secret: None,
            claim: "preferred_username".to_owned(),
        };
        let mut claims = json!({
            "iss": "https://id.example.org/realm", "aud": "house", "exp": NOW + 300, "iat": NOW, "nonce": "n",
            "sub": "7", "preferred_username": "Clerk.1",
        });
        change(&mut claims);
        identity(&claims, &sign_on, "n", Timestamp::from_second(NOW).unwrap()).map(|login| login.to_string())
    }

    #[test]
    fn an_identity_is_believed_when_everything_about_it_is_right() {
        assert_eq!(who(|_| {}), Ok("clerk.1".to_owned()));
        assert!(who(|claims| claims["aud"] = json!(["house"])).is_ok());
        assert!(
            who(|claims| {
                claims["aud"] = json!(["house", "other"]);
                claims["azp"] = json!("house")
            })
            .is_ok()
        );
        assert!(who(|claims| claims["exp"] = json!(NOW - 59)).is_ok(), "clocks differ a little");
    }

    #[test]
    fn whatever_is_wrong_about_an_identity_is_named() {
        let cases: [(&str, Value, SignOnDoubt); 18] = [
            ("iss", json!("https://id.example.org/realm/"), SignOnDoubt::Issuer),
            ("iss", Value::Null, SignOnDoubt::Issuer),
            ("aud", json!("other"), SignOnDoubt::Audience),
            ("aud", json!(["house", "other"]), SignOnDoubt::Audience),
            ("aud", json!([]), SignOnDoubt::Audience),
            ("aud", Value::Null, SignOnDoubt::Audience),
            ("azp", json!("other"), SignOnDoubt::Audience),
            ("exp", json!(NOW - 60), SignOnDoubt::Time),
            ("exp", json!("never"), SignOnDoubt::Time),
            ("exp", Value::Null, SignOnDoubt::Time),
            ("iat", json!(NOW + 61), SignOnDoubt::Time),
            ("iat", Value::Null, SignOnDoubt::Time),
            ("nbf", json!(NOW + 61), SignOnDoubt::Time),
            ("nonce", json!("other"), SignOnDoubt::Nonce),
            ("nonce", Value::Null, SignOnDoubt::Nonce),
            ("preferred_username", json!("两个字"), SignOnDoubt::NoAccount),
            ("preferred_username", json!(7), SignOnDoubt::NoAccount),
            ("preferred_username", Value::Null, SignOnDoubt::NoAccount),
        ];
        for (name, value, doubt) in cases {
            assert_eq!(who(|claims| claims[name] = value.clone()), Err(doubt), "{name}: {value}");
        }
    }

    #[test]
    fn what_stands_in_a_query_means_nothing_else_there() {
        assert_eq!(encoded("a b&c=d/中"), "a%20b%26c%3Dd%2F%E4%B8%AD");
    }
}
