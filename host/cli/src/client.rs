//! A client of a server's API, for the commands that a member or an admin runs.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use clap::Args;
use domain::text::Language;
use futures::{Stream, TryStreamExt as _};
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use crate::output::{Coded, Output};

/// The header of a component's signature.
const SIGNATURE: &str = "Huizong-Signature";

/// Which server, and who asks.
#[derive(Args, Clone)]
pub struct ServerOptions {
    /// The server's address.
    #[arg(long, env = "HUIZONG_SERVER", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// A file whose first line is the token; a token on the command line would stand in the process list.
    #[arg(long, env = "HUIZONG_TOKEN_FILE", required_unless_present = "token")]
    pub token_file: Option<PathBuf>,
    /// The token itself, from the environment.
    #[arg(long, env = "HUIZONG_TOKEN", hide_env_values = true, hide = true)]
    pub token: Option<String>,
}

/// In which encoding bodies travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JSON.
    Json,
    /// MessagePack.
    MessagePack,
}

impl Encoding {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::MessagePack => "application/msgpack",
        }
    }
}

/// Someone with a token at a server.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    server: String,
    token: String,
    language: Language,
}

impl Client {
    /// From the command line's options.
    pub fn from_options(options: &ServerOptions, output: &Output) -> anyhow::Result<Self> {
        let token = match (&options.token, &options.token_file) {
            (Some(token), _) => token.clone(),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
                text.lines().next().unwrap_or_default().trim().to_owned()
            }
            (None, None) => bail!(output.words("cli-no-token", &[])),
        };
        Self::new(&options.server, &token, output.language())
    }

    /// From an address and a token.
    pub fn new(server: &str, token: &str, language: Language) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(120)).build()?;
        let server = server.trim_end_matches('/').to_owned();
        Ok(Self { http, server, token: token.to_owned(), language })
    }

    /// The same server, another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// A request below `/api/v1`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let language = match self.language {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        };
        let request = self.http.request(method, format!("{}/api/v1{path}", self.server));
        request.bearer_auth(&self.token).header(ACCEPT_LANGUAGE, language)
    }

    /// GET of a value.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        value_of(self.request(Method::GET, path).send().await?).await
    }

    /// GET of bytes.
    pub async fn get_bytes(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let response = success(self.request(Method::GET, path).send().await?).await?;
        Ok(response.bytes().await?.to_vec())
    }

    /// GET of bytes as they come: what is watched.
    pub async fn get_stream(&self, path: &str) -> anyhow::Result<impl Stream<Item = anyhow::Result<Bytes>> + use<>> {
        let response = success(self.request(Method::GET, path).send().await?).await?;
        Ok(response.bytes_stream().map_err(anyhow::Error::from))
    }

    /// POST of a value.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        value_of(self.request(Method::POST, path).json(body).send().await?).await
    }

    /// PUT of a value.
    pub async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        value_of(self.request(Method::PUT, path).json(body).send().await?).await
    }

    /// POST of a component.
    pub async fn post_component(&self, path: &str, component: Vec<u8>) -> anyhow::Result<Value> {
        self.post_signed_component(path, component, None).await
    }

    /// POST of a component with what minisign wrote about it: the whole file, which a header takes in Base64.
    pub async fn post_signed_component(
        &self,
        path: &str,
        component: Vec<u8>,
        signature: Option<&[u8]>,
    ) -> anyhow::Result<Value> {
        let mut request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/wasm").body(component);
        if let Some(signature) = signature {
            request = request.header(SIGNATURE, STANDARD.encode(signature));
        }
        value_of(request.send().await?).await
    }

    /// PUT of a revision in an encoding, under an idempotency key; the answer comes in the same encoding.
    pub async fn put_revision(&self, path: &str, body: &Value, encoding: Encoding, key: &str) -> anyhow::Result<Value> {
        let bytes = match encoding {
            Encoding::Json => serde_json::to_vec(body)?,
            Encoding::MessagePack => rmp_serde::to_vec_named(body)?,
        };
        let known = self.request(Method::GET, path).send().await?;
        let mut request = self.request(Method::PUT, path);
        match known.headers().get(reqwest::header::ETAG) {
            Some(tag) if known.status().is_success() => request = request.header(reqwest::header::IF_MATCH, tag),
            _ => request = request.header(reqwest::header::IF_NONE_MATCH, "*"),
        }
        let request = request
            .header(CONTENT_TYPE, encoding.media_type())
            .header(ACCEPT, encoding.media_type())
            .header("Idempotency-Key", key)
            .body(bytes);
        value_of(request.send().await?).await
    }
}

/// The response, if it is a success; otherwise an error in the words of the server's problem.
async fn success(response: Response) -> anyhow::Result<Response> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let problem = body_of(response).await.unwrap_or(Value::Null);
    let title = problem["title"].as_str().unwrap_or_else(|| status.canonical_reason().unwrap_or("?"));
    let mut text = format!("{} {title}", status.as_u16());
    if let Some(detail) = problem["detail"].as_str() {
        text.push_str(": ");
        text.push_str(detail);
    }
    for error in problem["errors"].as_array().into_iter().flatten() {
        let (pointer, detail) = (error["pointer"].as_str(), error["detail"].as_str());
        text.push_str(&format!("\n  {} {}", pointer.unwrap_or("/"), detail.unwrap_or_default()));
    }
    let code = problem["code"].as_str().map_or_else(|| status.as_u16().to_string(), str::to_owned);
    Err(Coded { code, text }.into())
}

async fn value_of(response: Response) -> anyhow::Result<Value> {
    body_of(success(response).await?).await
}

/// The body as a value, by its media type; null where there is none.
async fn body_of(response: Response) -> anyhow::Result<Value> {
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_message_pack = media_type.is_some_and(|media_type| media_type.contains("msgpack"));
    let bytes = response.bytes().await?;
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    Ok(if is_message_pack { rmp_serde::from_slice(&bytes)? } else { serde_json::from_slice(&bytes)? })
}
