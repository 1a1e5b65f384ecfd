//! Two federations with the same codes and the same form: nothing of one is reachable with any token or session of the other.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use harness::sinks::call_sink;
use harness::{Busy, Federation, Makings, Route, Server, ServerOptions};
use serde_json::{Value, json};

use crate::{clean_answers, component, options};

/// What only stands where the federation's own things are told.
const MARK: &str = "west-and-nobody-else";
/// Everybody may read these; they tell nothing of anybody.
const PUBLIC: [&str; 9] = [
    "/api/v1/federations/{federation}/sign-on/start",
    "/api/v1/openapi.json",
    "/api/v1/problems",
    "/api/v1/problems/{code}",
    "/api/v1/receipt-key",
    "/api/v1/sessions",
    "/api/v1/sign-on/back",
    "/healthz",
    "/readyz",
];
/// What neither federation has in the middle of its year, so that nobody is answered: a withdrawn release, a second settlement, a decided appeal, something sent back,
/// single sign-on.
const NOT_THERE_YET: [&str; 5] =
    ["/withdrawal", "/settlement/comparison", "/appeals/{appeal}/notice", "/returns/notice", "/sign-on/start"];
/// By which names identifiers stand in addresses that are the house's own making: codes and digests are the same in both federations.
const IDENTIFIERS: [&str; 12] = [
    "account",
    "activation",
    "appeal",
    "attachment",
    "delivery",
    "entry",
    "evaluation",
    "job",
    "publication",
    "rectification",
    "token",
    "trial",
];

/// A server with two federations in the middle of the same year, and its routes.
struct Both {
    _server: Server,
    west: Busy,
    east: Busy,
    routes: Vec<Route>,
}

async fn both() -> Result<Both> {
    let program = call_sink().await?.address().to_string();
    let server =
        Server::start(ServerOptions { arguments: vec!["--webhook-hosts".to_owned(), program.clone()], ..options() })?;
    let answers = |number| clean_answers(number, 7);
    let makings = Makings {
        rubrics: [component("rubric-provincial"), component("rubric-2025")],
        report: component("report-circular"),
        answers: &answers,
        number_at: number_in(&answers(1), String::new()).context("a number in the answers")?,
        program,
    };
    let operator = server.operator();
    let west = Busy::found(&operator, MARK, &makings).await?;
    let east = Busy::found(&operator, "east", &makings).await?;
    let routes = Route::all(&operator).await?;
    ensure!(routes.len() > 100, "the document has {} routes", routes.len());
    west.has_everything(&routes)?;
    Ok(Both { _server: server, west, east, routes })
}

/// Where the first number stands.
fn number_in(value: &Value, at: String) -> Option<String> {
    match value {
        Value::Number(number) if number.is_i64() => Some(at),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| number_in(item, format!("{at}/{index}")))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, field)| number_in(field, format!("{at}/{name}"))),
        _ => None,
    }
}

/// What a federation's audit log holds.
async fn acts(federation: &Federation) -> Result<Value> {
    let path = format!("/federations/{}/audit?limit=500", federation.code);
    Ok(federation.admin.get(&path).await?.expect_success()?.body)
}

/// Whether an answer holds the other federation's name or an identifier of something that it has.
fn tells_of(body: &[u8], other: &Busy) -> bool {
    let text = String::from_utf8_lossy(body);
    text.contains(MARK) || IDENTIFIERS.iter().any(|name| text.contains(other.known[name].as_str()))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_route_lets_anybody_of_another_federation_in() -> Result<()> {
    let Both { _server, west, east, routes } = both().await?;
    let before = acts(&west.federation).await?;
    let mut wrong = Vec::new();
    let mut open = BTreeSet::new();
    let mut own = BTreeSet::new();
    for route in &routes {
        if route.operations.is_empty() && !route.is_own {
            open.insert(route.path.as_str());
            continue;
        }
        let known = west.known_for(route, MARK);
        // The same question is answered to those whose it is, so that the refusal below refuses something.
        if route.reads() && route.path.contains("{federation}") {
            for (_, client) in west.people() {
                let answer = client.send(route.asked_by(client, &known)).await?;
                if answer.status.is_success() {
                    own.insert(route.path.as_str());
                }
            }
        }
        for (who, client) in east.people() {
            // What is about nobody but whoever asks may be answered; it tells nothing of the other, and takes nothing from them.
            if route.is_own && !route.reads() && !route.path.contains('}') {
                continue;
            }
            let answer = client.send(route.asked_by(client, &known)).await?;
            let is_refused = match (route.is_own, answer.status.as_u16()) {
                (true, status) => [200, 403, 404].contains(&status),
                // Who may do it, is asked before anything of the message is looked at that is not its shape.
                (false, status) => status == 403 && answer.code() == "not-allowed",
            };
            if !is_refused {
                let (method, path, status) = (&route.method, &route.path, answer.status);
                wrong.push(format!("{who}: {method} {path} was answered {status} {}", answer.body));
            } else if tells_of(&answer.bytes, &west) {
                wrong.push(format!("{who}: {} {} tells of the other", route.method, route.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(open, BTreeSet::from(PUBLIC));
    let reads = routes.iter().filter(|route| route.reads() && route.path.contains("{federation}"));
    let unanswered: Vec<_> = reads.map(|route| &route.path).filter(|path| !own.contains(path.as_str())).collect();
    let unheard: Vec<_> =
        unanswered.iter().filter(|path| !NOT_THERE_YET.iter().any(|end| path.ends_with(end))).collect();
    assert!(unheard.is_empty(), "not even those whose answers they are get them: {unheard:#?}");
    assert_eq!(acts(&west.federation).await?, before, "nothing was done");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn identifiers_of_another_federation_lead_nowhere_in_ones_own() -> Result<()> {
    let Both { _server, west, east, routes } = both().await?;
    let before = acts(&west.federation).await?;
    let mut wrong = Vec::new();
    let mut asked = BTreeSet::new();
    for route in routes.iter().filter(|route| route.path.contains("{federation}")) {
        let names: Vec<&str> = route.gaps().filter(|gap| IDENTIFIERS.contains(gap)).collect();
        // What is asked for stands under one's own name, and each of the identifiers in the address is the other's, once with the rest one's own.
        for foreign in names.iter().copied().chain(["nothing"]) {
            if foreign == "nothing" && !route.reads() {
                continue;
            }
            let mut known = east.known_for(route, "east");
            known.extend(west.known.get_key_value(foreign).map(|(name, id)| (*name, id.clone())));
            for (who, client) in east.people() {
                let answer = client.send(route.asked_by(client, &known)).await?;
                let (method, path, status) = (&route.method, &route.path, answer.status.as_u16());
                if foreign != "nothing" {
                    asked.insert((foreign, method.to_string()));
                    if ![403, 404].contains(&status) {
                        wrong
                            .push(format!("{who}: {method} {path} of {foreign} was answered {status} {}", answer.body));
                    }
                }
                if tells_of(&answer.bytes, &west) {
                    wrong.push(format!("{who}: {method} {path} tells of the other: {}", answer.body));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let kinds: BTreeSet<&str> = asked.iter().map(|(foreign, _)| *foreign).collect();
    assert_eq!(kinds, BTreeSet::from(IDENTIFIERS), "every kind of identifier was asked for");
    assert_eq!(acts(&west.federation).await?, before, "nothing was done");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_alike_in_both_is_told_apart_by_who_asks() -> Result<()> {
    let Both { _server, west, east, .. } = both().await?;
    for (one, other) in [(&west, &east), (&east, &west)] {
        let code = &one.federation.code;
        // The same login name and the same password: another federation, another person.
        let own = one.signed_in.get("/sessions/own").await?.expect_success()?.body;
        ensure!(own["account"]["federation"] == code.as_str(), "{own:#}");
        ensure!(own["account"]["id"] == one.known["account"].as_str());
        // A stream of events, an export and a sheet are refused like everything else, before anything of them is sent.
        let their = format!("/federations/{}", other.federation.code);
        let round = other.federation.round_path();
        for path in [
            format!("{their}/jobs/{}/events", other.known["job"]),
            format!("{their}/audit/export"),
            format!("{round}/roll-up/export"),
            format!("{round}/roll-up/export?format=csv"),
            format!("{their}/rectifications?format=csv"),
            format!("{their}/unit-table?format=csv"),
            format!("{round}/submissions/{}/workbook", harness::unit_code(1)),
        ] {
            for (who, client) in one.people() {
                let answer = client.get(&path).await?;
                ensure!(answer.code() == "not-allowed", "{who}: {path}: {} {}", answer.status, answer.body);
            }
        }
        // A session's secret is no token, and a token is no session.
        let as_token = one.signed_in.get_with_bearer("/sessions/own").await?;
        ensure!(as_token.status.as_u16() == 401, "{}", as_token.status);
        let body = json!({ "federation": other.federation.code, "login": "nobody", "password": harness::PASSWORD });
        ensure!(one.signed_in.post("/sessions", &body).await?.code() == "not-signed-in");
    }
    Ok(())
}
