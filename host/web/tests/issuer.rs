//! A provider of identities for the tests: it speaks OpenID Connect on a port of its own, signs with real keys, and lies where it is told to.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Who the house is to the provider, and by which secret.
pub(crate) const CLIENT: (&str, &str) = ("the house", "s3cret & more");

/// The provider.
#[derive(Clone)]
pub(crate) struct Issuer {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    keys: BTreeMap<&'static str, (Algorithm, EncodingKey)>,
    /// What is given for a code: the challenge that it was asked with, and the identity.
    codes: BTreeMap<String, (String, String)>,
    /// What the document says instead.
    document: Value,
}

impl Issuer {
    /// Opens a provider with a key of each kind.
    pub(crate) async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = Self { address: listener.local_addr().unwrap(), shared: Arc::default() };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        for kind in [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA] {
            issuer.add_key(kind);
        }
        issuer
    }

    /// Its host, as an operator allows it.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Who it is.
    pub(crate) fn name(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Makes its document say something else.
    pub(crate) fn say(&self, name: &str, value: Value) {
        self.shared.lock().unwrap().document[name] = value;
    }

    /// A new key; whoever had one of this kind before knows it no more.
    pub(crate) fn add_key(&self, kind: Algorithm) {
        let (name, key) = new_key(kind);
        self.shared.lock().unwrap().keys.insert(name, (kind, key));
    }

    /// The claims of an identity that is right, for somebody who was sent with these parameters.
    pub(crate) fn claims(&self, sent: &BTreeMap<String, String>, login: &str, now: i64) -> Value {
        json!({
            "iss": self.name(), "aud": CLIENT.0, "sub": "7", "iat": now, "exp": now + 300, "nonce": sent["nonce"],
            "preferred_username": login, "email": "li.lei@example.org",
        })
    }

    /// A code for an identity, signed with the key of a kind.
    pub(crate) fn code_for(&self, sent: &BTreeMap<String, String>, claims: &Value, kind: &str) -> String {
        let signed = {
            let shared = self.shared.lock().unwrap();
            let (algorithm, key) = &shared.keys[kind];
            encode(&Header { kid: Some(kind.to_owned()), ..Header::new(*algorithm) }, claims, key).unwrap()
        };
        self.code_for_identity(sent, signed)
    }

    /// A code for whatever stands for an identity.
    pub(crate) fn code_for_identity(&self, sent: &BTreeMap<String, String>, identity: String) -> String {
        let mut shared = self.shared.lock().unwrap();
        let code = format!("code {} & so on", shared.codes.len());
        shared.codes.insert(code.clone(), (sent["code_challenge"].clone(), identity));
        code
    }
}

/// A key of a kind under its name.
pub(crate) fn new_key(kind: Algorithm) -> (&'static str, EncodingKey) {
    let random = SystemRandom::new();
    match kind {
        Algorithm::RS256 => {
            let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
            let wrapped = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
            // The key itself stands behind the 26 bytes that say what it is.
            ("RS256", EncodingKey::from_rsa_der(&wrapped.as_ref()[26..]))
        }
        Algorithm::ES256 => {
            let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            ("ES256", EncodingKey::from_ec_der(pair.as_ref()))
        }
        _ => ("EdDSA", EncodingKey::from_ed_der(Ed25519KeyPair::generate_pkcs8v1(&random).unwrap().as_ref())),
    }
}

async fn document(State(issuer): State<Issuer>) -> Json<Value> {
    let name = issuer.name();
    let mut document = json!({
        "issuer": name, "authorization_endpoint": format!("{name}/authorize"),
        "token_endpoint": format!("{name}/token"), "jwks_uri": format!("{name}/keys"),
        "response_types_supported": ["code"],
    });
    for (field, value) in issuer.shared.lock().unwrap().document.as_object().into_iter().flatten() {
        document[field] = value.clone();
    }
    Json(document)
}

async fn keys(State(issuer): State<Issuer>) -> Json<Value> {
    let shared = issuer.shared.lock().unwrap();
    let published = shared.keys.iter().map(|(name, (algorithm, key))| {
        let mut key = json!(Jwk::from_encoding_key(key, *algorithm).unwrap());
        key["kid"] = json!(name);
        key["use"] = json!("sig");
        key
    });
    // A provider also has keys of kinds that nobody here knows.
    let unknown = json!({"kty": "AKP", "kid": "later", "alg": "ML-DSA-44", "pub": "AA"});
    Json(json!({"keys": published.chain([unknown]).collect::<Vec<_>>()}))
}

async fn token(State(issuer): State<Issuer>, headers: HeaderMap, body: String) -> Result<Json<Value>, StatusCode> {
    let fields = parameters(&body);
    let (name, secret) = CLIENT;
    let encoded = format!("{}:{}", domain::sign_on::encoded(name), domain::sign_on::encoded(secret));
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if shown != Some(&format!("Basic {}", BASE64_STANDARD.encode(encoded)))
        || fields["grant_type"] != "authorization_code"
    {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let given = issuer.shared.lock().unwrap().codes.remove(&fields["code"]);
    let (challenge, identity) = given.ok_or(StatusCode::BAD_REQUEST)?;
    // Whoever intercepted the code does not know what its challenge was made of.
    let verified = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(fields["code_verifier"].as_bytes()));
    if verified != challenge || fields["redirect_uri"] != "https://house.example/api/v1/sign-on/back" {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Json(json!({"access_token": "a", "token_type": "Bearer", "id_token": identity})))
}

/// The parameters of a query or a form.
pub(crate) fn parameters(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if let (b'%', [high, low, after @ ..]) = (first, after) {
            let digits = std::str::from_utf8(&[*high, *low]).unwrap().to_owned();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap());
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}
