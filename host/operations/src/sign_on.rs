//! Single sign-on: a federation names the provider of identities that it believes, and somebody is sent there and comes back as who they are.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::access::{Caller, Operation};
use domain::delivery::WebhookUrl;
use domain::digest::Digest;
use domain::ids::FederationCode;
use domain::limits::{NAME_CHARS_MAX, SIGN_ON_TIME_MAX};
use domain::sign_on::{SignOn, SignOnAttempt, SignOnDoubt, encoded, identity};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::OperationError;
use crate::identity_signature::claims_of;
use crate::office::Office;
use crate::problem::Problems;
use crate::session::{SignedIn, before};
use crate::token::base62;

/// The provider of identities to believe.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSignOn {
    /// Who it is, exactly as it says itself; left out where none is believed any more.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Who the house is to it.
    #[serde(default)]
    pub client_id: String,
    /// By which secret; none where it asks for none.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// Which of its claims is a login name of the federation; `preferred_username` where it is left out.
    #[serde(default)]
    pub claim: Option<String>,
}

/// The provider of identities that a federation believes, without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignOnView {
    /// Who it is; none where none is believed.
    pub issuer: Option<WebhookUrl>,
    /// Who the house is to it.
    pub client_id: Option<String>,
    /// Which claim is a login name.
    pub claim: Option<String>,
}

impl From<Option<SignOn>> for SignOnView {
    fn from(sign_on: Option<SignOn>) -> Self {
        match sign_on {
            None => Self { issuer: None, client_id: None, claim: None },
            Some(SignOn { issuer, client_id, claim, client_secret: _ }) => {
                Self { issuer: Some(issuer), client_id: Some(client_id), claim: Some(claim) }
            }
        }
    }
}

/// Somebody is sent to the provider.
pub struct SentAway {
    /// Where to.
    pub address: String,
    /// What the browser keeps meanwhile, so that it is the same one that comes back.
    pub state: String,
}

/// What a provider says of itself.
#[derive(Deserialize)]
struct Provider {
    issuer: String,
    authorization_endpoint: WebhookUrl,
    token_endpoint: WebhookUrl,
    jwks_uri: WebhookUrl,
}

impl Office {
    /// The provider that a federation believes.
    pub async fn sign_on(&self, caller: &Caller, federation: &FederationCode) -> Result<SignOnView, OperationError> {
        let scope = self.scope(caller, Operation::ReadAccounts, federation)?;
        Ok(scope.sign_on().await?.into())
    }

    /// Names the provider, or that there is none any more. The operator decides which hosts may be asked.
    pub async fn set_sign_on(
        &self,
        caller: &Caller,
        federation: &FederationCode,
        new: NewSignOn,
    ) -> Result<SignOnView, OperationError> {
        let scope = self.scope(caller, Operation::SteerSignOn, federation)?;
        let mut problems = Problems::default();
        let sign_on = match new.issuer {
            None => None,
            Some(issuer) => {
                let issuer = WebhookUrl::try_from(issuer);
                match &issuer {
                    Err(_) => problems.add("/issuer", "not-a-program", &[]),
                    Ok(url) if !self.house.post.may_ask(url) => problems.add("/issuer", "host-not-allowed", &[]),
                    Ok(_) => {}
                }
                problems.name("/client_id", &new.client_id);
                let claim = new.claim.unwrap_or_else(|| "preferred_username".to_owned());
                problems.name("/claim", &claim);
                if new.client_secret.as_ref().is_some_and(|secret| secret.len() > NAME_CHARS_MAX) {
                    problems.add("/client_secret", "too-long", &[("limit", &NAME_CHARS_MAX.to_string())]);
                }
                let (client_id, client_secret) = (new.client_id, new.client_secret);
                issuer.ok().map(|issuer| SignOn { issuer, client_id, client_secret, claim })
            }
        };
        problems.none_left()?;
        let verb = if sign_on.is_some() { "set-sign-on" } else { "remove-sign-on" };
        let named = sign_on.as_ref().map(|sign_on| format!("{} ({})", sign_on.issuer.as_str(), sign_on.client_id));
        let act = self.act(caller, verb, "sign-on".to_owned(), None, &named.unwrap_or_default());
        scope.keep_sign_on(sign_on.as_ref(), act).await?;
        Ok(sign_on.into())
    }

    /// Sends somebody to the provider that their federation believes; `back` is where it sends them back to.
    pub async fn send_to_sign_on(&self, federation: &FederationCode, back: &str) -> Result<SentAway, OperationError> {
        let scope = self.house.store.federation(federation);
        let none = OperationError::NotPossible { code: "no-single-sign-on" };
        let sign_on = scope.sign_on().await?.ok_or(none)?;
        let provider = self.provider(&sign_on).await.map_err(OperationError::SignOnRefused)?;
        let drawn = || self.randomness().draw().map(|bytes| base62(&bytes));
        let (state, nonce, verifier) = (drawn()?, drawn()?, drawn()?);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let query = [
            ("response_type", "code"),
            ("client_id", sign_on.client_id.as_str()),
            ("redirect_uri", back),
            ("scope", "openid profile email"),
            ("state", state.as_str()),
            ("nonce", nonce.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        let endpoint = provider.authorization_endpoint.as_str();
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        let address = format!("{endpoint}{joint}{}", form(&query));
        let now = self.now();
        let attempt = SignOnAttempt { federation: federation.clone(), nonce, verifier };
        let digest = Digest::of(state.as_bytes());
        self.house.store.expect_back(digest, &attempt, before(now, SIGN_ON_TIME_MAX), now).await?;
        Ok(SentAway { address, state })
    }

    /// Somebody comes back from the provider with a code, and is signed in as whoever it says they are.
    pub async fn back_from_sign_on(&self, state: &str, code: &str, back: &str) -> Result<SignedIn, OperationError> {
        let since = before(self.now(), SIGN_ON_TIME_MAX);
        let attempt = self.house.store.come_back(Digest::of(state.as_bytes()), since).await?;
        let attempt = attempt.ok_or(OperationError::SignOnRefused(SignOnDoubt::NotExpected))?;
        let scope = self.house.store.federation(&attempt.federation);
        let none = OperationError::NotPossible { code: "no-single-sign-on" };
        let sign_on = scope.sign_on().await?.ok_or(none)?;
        let claims = self.identity_for(&sign_on, &attempt, code, back).await.map_err(OperationError::SignOnRefused)?;
        let login = identity(&claims, &sign_on, &attempt.nonce, self.now()).map_err(OperationError::SignOnRefused)?;
        let known = scope.account_of_login(&login).await?.map(|(account, _)| account);
        let account = known.filter(domain::account::Account::is_active);
        let account = account.ok_or(OperationError::SignOnRefused(SignOnDoubt::NoAccount))?;
        self.begin_session(account, "single sign-on").await
    }

    /// What a provider says of itself, if it is the one that is believed and all of it may be asked.
    async fn provider(&self, sign_on: &SignOn) -> Result<Provider, SignOnDoubt> {
        let issuer = sign_on.issuer.as_str();
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let address = WebhookUrl::try_from(address).map_err(|_| SignOnDoubt::NoIdentity)?;
        let provider: Provider = told(self.house.post.ask(&address).await)?;
        if provider.issuer != issuer {
            return Err(SignOnDoubt::Issuer);
        }
        let asked = [&provider.authorization_endpoint, &provider.token_endpoint, &provider.jwks_uri];
        if asked.into_iter().all(|url| self.house.post.may_ask(url)) {
            Ok(provider)
        } else {
            Err(SignOnDoubt::NoIdentity)
        }
    }

    /// The claims of the identity that a provider gives for a code; their signature holds.
    async fn identity_for(
        &self,
        sign_on: &SignOn,
        attempt: &SignOnAttempt,
        code: &str,
        back: &str,
    ) -> Result<Value, SignOnDoubt> {
        #[derive(Deserialize)]
        struct Given {
            id_token: String,
        }
        let provider = self.provider(sign_on).await?;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", attempt.verifier.as_str()),
        ];
        let secret = sign_on.client_secret.as_deref();
        if secret.is_none() {
            fields.push(("client_id", sign_on.client_id.as_str()));
        }
        // Name and secret are encoded before they are put together (RFC 6749, 2.3.1).
        let client = secret.map(|secret| (encoded(&sign_on.client_id), encoded(secret)));
        let client = client.as_ref().map(|(name, secret)| (name.as_str(), secret.as_str()));
        let given = self.house.post.exchange(&provider.token_endpoint, form(&fields), client).await;
        let Given { id_token } = told(given)?;
        let keys: Value = told(self.house.post.ask(&provider.jwks_uri).await)?;
        claims_of(&id_token, &keys)
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    fields.collect::<Vec<_>>().join("&")
}

/// What a provider said. What was wrong with it goes to the log, without anything of it.
fn told<T: serde::de::DeserializeOwned>(said: Result<Vec<u8>, post::NotDelivered>) -> Result<T, SignOnDoubt> {
    let said = said.map_err(|error| {
        tracing::warn!(%error, "a provider of identities gave no answer");
        SignOnDoubt::NoIdentity
    })?;
    serde_json::from_slice(&said).map_err(|_| {
        tracing::warn!("a provider of identities gave an answer that is not one");
        SignOnDoubt::NoIdentity
    })
}
