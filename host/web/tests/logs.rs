//! What the log says of a request, and what it never says.

use std::io;
use std::sync::{Arc, Mutex};

use axum::http::{Method, StatusCode, header};
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::house::{Federation, House, SUBMISSION, answers, by, plain, with_json};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_names_route_status_and_federation_and_never_a_token_an_answer_or_a_unit() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false);
    // With a single subscriber, what another test's thread happens to reach first would be taken to be of no interest to anybody.
    let _second = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::new());
    let _logging = tracing::subscriber::set_default(subscriber.with_max_level(tracing::Level::TRACE).finish());
    let house = House::open().await;
    let federation = Federation::with_round(&house).await;
    let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::IF_NONE_MATCH, "*");
    let explained = json!({"answers": answers(), "explanations": [{"check": "no-drill", "text": "Li Lei was ill"}]});
    house.ask(with_json(put, &explained)).await.expect(StatusCode::CREATED);
    let mut wrong = answers();
    wrong["reporter"] = json!("Li Lei");
    let put = by(&federation.member, Method::PUT, SUBMISSION).header(header::IF_MATCH, "\"revision-1\"");
    house.ask(with_json(put, &json!({"answers": wrong}))).await.problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    let unknown = plain(by("hz_not_a_token", Method::GET, &format!("{SUBMISSION}/findings?revision=7")));
    house.ask(unknown).await.problem(StatusCode::UNAUTHORIZED, "not-authenticated");

    let text = log.text();
    let border = text.lines().filter(|line| line.contains("request{")).collect::<Vec<_>>().join("\n");
    assert!(border.contains("/federations/{federation}/rounds/{round}/submissions/{unit}"), "{border}");
    for said in ["status=201", "status=422", "code=\"invalid\"", "federation=north", "method=PUT"] {
        assert!(border.contains(said), "{said} is missing in {border}");
    }
    for secret in [&federation.member, &federation.admin, &house.operator, "hz_not_a_token", "Li Lei", "revision=7"] {
        assert!(!text.contains(secret), "the log says {secret}");
    }
}
