//! A house for the tests: a real office on SQLite in a folder of its own, and the people who ask it.

use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use jiff::tz::TimeZone;
use operations::{Clock, Office, OfficeSettings, Randomness, SetClock, Signer};
use post::{Post, PostSettings};
use sandbox::{Compiler, Limits, Sandbox, SandboxSettings};
use serde_json::{Value, json};
use store::{Store, StoreSettings};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use web::WebSettings;

use crate::document::Documented;

/// One sandbox for all tests: what is admitted in one need not be compiled again in the next.
static SANDBOX: LazyLock<Sandbox> = LazyLock::new(|| {
    let settings =
        SandboxSettings { threads: 2, limits: Limits::default(), compiler: Compiler::InProcess, cache: None };
    Sandbox::start(settings).expect("the sandbox starts")
});

/// An office and its routes.
pub(crate) struct House {
    /// What is behind the border.
    pub(crate) office: Office,
    /// What the office takes for the time.
    pub(crate) clock: SetClock,
    router: Router,
    documented: Documented,
    /// The operator's token.
    pub(crate) operator: String,
    working: CancellationToken,
    _folder: TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        self.working.cancel();
    }
}

impl House {
    /// A fresh house that works off its jobs.
    pub(crate) async fn open() -> Self {
        Self::open_with(WebSettings::default()).await
    }

    /// A fresh house with settings of the border.
    pub(crate) async fn open_with(settings: WebSettings) -> Self {
        let house = Self::idle(settings).await;
        let (office, stop) = (house.office.clone(), house.working.clone());
        tokio::spawn(async move { tokio::join!(office.work(stop.clone()), office.hear_changes(stop)) });
        house
    }

    /// A fresh house in which jobs wait.
    pub(crate) async fn idle(settings: WebSettings) -> Self {
        Self::posting(settings, PostSettings::default()).await
    }

    /// The same with a post of its own.
    pub(crate) async fn posting(settings: WebSettings, post: PostSettings) -> Self {
        let folder = TempDir::new().unwrap();
        let database = format!("sqlite://{}", folder.path().join("house.db").display());
        let settings_of_store = StoreSettings { database, artifacts: folder.path().join("artifacts"), readers: 2 };
        let store = Store::open(&settings_of_store).await.unwrap();
        let clock = SetClock::at("2024-01-15T02:00:00Z".parse().unwrap());
        let office = Office::open(store, SANDBOX.clone(), office_settings(&clock, post));
        let operator = office.issue_operator_token("operator").await.unwrap().secret;
        let router = web::router(office.clone(), settings);
        let documented = Documented::by(&router).await;
        Self { office, clock, router, documented, operator, working: CancellationToken::new(), _folder: folder }
    }

    /// Sends a request and reads the answer whole. Every message that comes back is compared with the document.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, bytes };
        self.documented.holds(&method, &path, &answer);
        answer
    }
}

fn office_settings(clock: &SetClock, post: PostSettings) -> OfficeSettings {
    OfficeSettings {
        clock: Clock::Set(clock.clone()),
        randomness: Randomness::seeded(7),
        signer: Signer::from_secret(&[7; 32]),
        zone: TimeZone::UTC,
        post: Post::open(post).unwrap(),
        fonts: documents::Fonts::in_folders(vec!["/usr/share/fonts".into()]),
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// A header's text; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The media type without its parameters.
    pub(crate) fn media_type(&self) -> &str {
        self.header("content-type").split(';').next().unwrap_or_default()
    }

    /// The message, in whichever encoding it came.
    pub(crate) fn value(&self) -> Value {
        match self.media_type() {
            name if name.ends_with("json") => serde_json::from_slice(&self.bytes).unwrap(),
            name if name.ends_with("msgpack") => rmp_serde::from_slice(&self.bytes).unwrap(),
            other => panic!("{} came as `{other}`: {}", self.status, String::from_utf8_lossy(&self.bytes)),
        }
    }

    /// The message of a success.
    pub(crate) fn expect(&self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self.value()
    }

    /// The problem, with everything that a problem must have.
    pub(crate) fn problem(&self, status: StatusCode, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        let problem = self.value();
        assert_eq!(problem["code"], code, "{problem:#}");
        assert_eq!(problem["status"], status.as_u16());
        for name in ["type", "title", "detail", "fault", "request"] {
            let text = problem[name].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.starts_with("web-"), "{name} is missing: {problem:#}");
        }
        problem
    }
}

/// A request below `/api/v1`.
pub(crate) fn request(method: Method, path: &str) -> Builder {
    Request::builder().method(method).uri(format!("/api/v1{path}"))
}

/// A request of somebody who shows a token.
pub(crate) fn by(token: &str, method: Method, path: &str) -> Builder {
    request(method, path).header(header::AUTHORIZATION, format!("Bearer {token}"))
}

/// A request without a body.
pub(crate) fn plain(request: Builder) -> Request<Body> {
    request.body(Body::empty()).unwrap()
}

/// A request with a JSON body.
pub(crate) fn with_json(request: Builder, body: &Value) -> Request<Body> {
    request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
}

/// A request with a MessagePack body.
pub(crate) fn with_msgpack(request: Builder, body: &Value) -> Request<Body> {
    let bytes = rmp_serde::to_vec_named(body).unwrap();
    request.header(header::CONTENT_TYPE, "application/msgpack").body(Body::from(bytes)).unwrap()
}

/// A federation with an open round and two members.
pub(crate) struct Federation {
    pub(crate) admin: String,
    /// The clerk of `m1`.
    pub(crate) member: String,
    pub(crate) rubric: String,
}

/// The path of the federation.
pub(crate) const FEDERATION: &str = "/federations/north";
/// The path of its round.
pub(crate) const ROUND: &str = "/federations/north/rounds/2023";
/// The path of the first member's submission.
pub(crate) const SUBMISSION: &str = "/federations/north/rounds/2023/submissions/m1";

impl Federation {
    /// Enrols the federation, registers its units and admits the honest rubric.
    pub(crate) async fn found(house: &House) -> Self {
        let body = json!({"code": "north", "name": "北方联社"});
        let issued = house.ask(with_json(by(&house.operator, Method::POST, "/federations"), &body)).await;
        let admin = secret_of(&issued.expect(StatusCode::CREATED));
        let units = json!([unit("m1"), unit("m2")]);
        let registered = house.ask(with_json(by(&admin, Method::PUT, &format!("{FEDERATION}/units")), &units)).await;
        assert_eq!(registered.status, StatusCode::NO_CONTENT);
        let body = json!({"role": "member", "unit": "m1", "label": "clerk of m1"});
        let issued = house.ask(with_json(by(&admin, Method::POST, &format!("{FEDERATION}/tokens")), &body)).await;
        let member = secret_of(&issued.expect(StatusCode::CREATED));
        let upload = by(&admin, Method::POST, &format!("{FEDERATION}/releases"));
        let upload = upload.header(header::CONTENT_TYPE, "application/wasm");
        let admitted = house.ask(upload.body(Body::from(rogues::HONEST.to_vec())).unwrap()).await;
        let rubric = admitted.expect(StatusCode::CREATED)["digest"].as_str().unwrap().to_owned();
        Self { admin, member, rubric }
    }

    /// The same with an open round.
    pub(crate) async fn with_round(house: &House) -> Self {
        Self::with_policy(house, json!({})).await
    }

    /// The same with a policy.
    pub(crate) async fn with_policy(house: &House, policy: Value) -> Self {
        let federation = Self::found(house).await;
        let body = json!({
            "code": "2023",
            "title": "2023年度",
            "period": {"start": "2023-01-01", "end": "2023-12-31"},
            "due_at": "2024-02-01T10:00:00Z",
            "rubric": federation.rubric,
            "calendar": {"covers": {"start": "2022-01-01", "end": "2024-12-31"}},
            "policy": policy,
        });
        let path = format!("{FEDERATION}/rounds");
        house.ask(with_json(by(&federation.admin, Method::POST, &path), &body)).await.expect(StatusCode::CREATED);
        federation
    }
}

fn unit(code: &str) -> Value {
    json!({"code": code, "name": format!("单位{code}"), "kind": "member", "reports": true, "valid_from": "2010-01-01"})
}

fn secret_of(issued: &Value) -> String {
    issued["secret"].as_str().unwrap().to_owned()
}

/// Answers that the honest rubric accepts.
pub(crate) fn answers() -> Value {
    json!({"rooms": 40, "extinguishers": 38, "locked_exit": false, "drills": 2, "minutes": 35, "volunteers": 6})
}
