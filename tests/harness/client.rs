//! A client: someone with a token or a session who speaks HTTP, in JSON or MessagePack.

use anyhow::{Context as _, Result};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// Someone with a token or a session.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    address: String,
    token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The body as a value, where it is JSON or MessagePack; else null.
    pub body: Value,
}

impl Client {
    /// Someone who holds `token`, at a server.
    pub fn new(address: String, token: String) -> Self {
        Self { http: reqwest::Client::new(), address, token }
    }

    /// The same server, another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// The same token at another server.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// Somebody who signs in at the same server, as a browser would: known by the cookie from then on.
    pub async fn signed_in(&self, federation: &str, login: &str, password: &str) -> Result<Self> {
        let body = json!({ "federation": federation, "login": login, "password": password });
        let answer = self.post("/sessions", &body).await?.expect_success()?;
        let cookie = answer.header("Set-Cookie").context("a cookie is set")?;
        let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
        Ok(self.with_token(pair.context("a cookie has a value")?.1))
    }

    /// The request with what its sender shows: a token, or the cookie of a session and from where the request comes.
    fn known(&self, request: RequestBuilder) -> RequestBuilder {
        if self.token.starts_with("hzs_") {
            request.header(COOKIE, format!("huizong_session={}", self.token)).header("Sec-Fetch-Site", "same-origin")
        } else {
            request.bearer_auth(&self.token)
        }
    }

    /// The token, or the secret of the session.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A request below `/api/v1`, with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.known(self.http.request(method, format!("{}/api/v1{path}", self.address)))
    }

    /// Sends a request and reads the answer whole.
    pub async fn send(&self, request: RequestBuilder) -> Result<Answer> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await?.to_vec();
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = if media_type.contains("json") && !media_type.contains("jsonl") {
            serde_json::from_slice(&bytes).context("the body is no JSON")?
        } else if media_type.contains("msgpack") {
            rmp_serde::from_slice(&bytes).context("the body is no MessagePack")?
        } else {
            Value::Null
        };
        Ok(Answer { status, headers, bytes, body })
    }

    /// A request to a whole path, with the token.
    pub fn request_beside(&self, method: Method, path: &str) -> RequestBuilder {
        self.known(self.http.request(method, format!("{}{path}", self.address)))
    }

    /// GET of what stands beside the API, like `/metrics`.
    pub async fn get_beside(&self, path: &str) -> Result<Answer> {
        self.send(self.request_beside(Method::GET, path)).await
    }

    /// GET with whatever is shown as a bearer token.
    pub async fn get_with_bearer(&self, path: &str) -> Result<Answer> {
        let request = self.http.get(format!("{}/api/v1{path}", self.address)).bearer_auth(&self.token);
        self.send(request).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.send(self.request(Method::GET, path)).await
    }

    /// POST of a JSON value.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// PUT of a JSON value.
    pub async fn put(&self, path: &str, body: &Value) -> Result<Answer> {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// POST of bytes of some media type.
    pub async fn post_bytes(&self, path: &str, media_type: &str, bytes: Vec<u8>) -> Result<Answer> {
        self.send(self.request(Method::POST, path).header(CONTENT_TYPE, media_type).body(bytes)).await
    }

    /// A request whose body is MessagePack, and whose answer shall be.
    pub fn message_pack(&self, method: Method, path: &str, body: &Value) -> Result<RequestBuilder> {
        let bytes = rmp_serde::to_vec_named(body)?;
        let request = self.request(method, path).header(CONTENT_TYPE, "application/msgpack");
        Ok(request.header(ACCEPT, "application/msgpack").body(bytes))
    }
}

impl Answer {
    /// The answer, if its status is a success; otherwise an error that shows it.
    pub fn expect_success(self) -> Result<Self> {
        anyhow::ensure!(self.status.is_success(), "{}: {:#}", self.status, self.body);
        Ok(self)
    }

    /// The problem's stable code; empty where there is none.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
