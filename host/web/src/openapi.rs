//! The OpenAPI document: what the handlers say of themselves, and what holds for all of them.

use domain::access::Operation as Asked;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::content::Content;
use utoipa::openapi::extensions::{Extensions, ExtensionsBuilder};
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, OpenApi as Document, RefOr};

use crate::access::{Door, door};
use crate::format::MESSAGES;
use crate::render::{PartBody, ProblemBody};
use crate::session::COOKIE;

/// The frame of the document, before any route is in it.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Huizong 汇总",
        description = "Collects submissions, scores them with the federation's own rubric, settles, rolls up and reports.\n\n\
            Messages are JSON or MessagePack, by `Content-Type` and `Accept`. Both carry the same fields with the same kinds of value: \
            points, decimals, digests and times are texts in MessagePack, too. Unknown fields, repeated names, numbers with a \
            fraction and bytes after the message are refused. Every error is a problem (RFC 9457) with a stable `code`.\n\n\
            `x-operations` of a route names the rows of `x-access` that open it: which roles may, and how far their grant must reach.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(ProblemBody, PartBody)),
    security(("bearer" = []), ("session" = [])),
    tags(
        (name = "federations", description = "Federations and the tokens of their people"),
        (name = "people", description = "Accounts, what they are, and signing in"),
        (name = "units", description = "The register of org units"),
        (name = "releases", description = "Plugins: rubrics, reports, readers"),
        (name = "rounds", description = "One period, one form, one rubric, one set of reports, a due date"),
        (name = "submissions", description = "Revisions, findings, scorecards, receipts"),
        (name = "drafts", description = "What the people of a member are still writing"),
        (name = "review", description = "What reviewers send back, say, judge, adjust and accept"),
        (name = "publications", description = "Results as members see them, and appeals against them"),
        (name = "results", description = "Progress, settlements, roll-ups"),
        (name = "trials", description = "What another release would change for whom"),
        (name = "activations", description = "A round goes on with another release, and back"),
        (name = "jobs", description = "Long work"),
        (name = "reports", description = "Rendered documents"),
        (name = "evaluations", description = "The record of every run of a plugin"),
        (name = "post", description = "What units are told, and how it leaves the house"),
        (name = "rectification", description = "What members have to put right after a round"),
        (name = "audit", description = "Every act in a chain that an outsider can verify"),
        (name = "host", description = "The host itself"),
    ),
)]
pub(crate) struct Frame;

/// The document with what holds for every operation: how one authenticates, who may, both encodings, and how errors look.
pub(crate) fn dressed(mut document: Document) -> Document {
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let session = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
    let components = document.components.get_or_insert_with(Components::new);
    components.add_security_scheme("bearer", bearer);
    components.add_security_scheme("session", session);
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.put, &mut path.post, &mut path.patch, &mut path.delete];
        for operation in operations.into_iter().flatten() {
            name_its_door(operation);
            in_both_encodings(operation);
            operation.responses.responses.insert("default".to_owned(), RefOr::T(any_problem()));
        }
    }
    document.extensions.get_or_insert_default().merge(access_table());
    document
}

/// Says of an operation which rows of the access table open it, or that it is about nobody but whoever asks.
fn name_its_door(operation: &mut Operation) {
    let named = match operation.operation_id.as_deref().and_then(door) {
        Some(Door::Of(asked)) => ("x-operations", json!(asked)),
        Some(Door::Own) => ("x-own", json!(true)),
        Some(Door::Open) | None => return,
    };
    operation.extensions.get_or_insert_default().merge(ExtensionsBuilder::new().add(named.0, named.1).build());
}

/// The access table, by the names of its operations.
fn access_table() -> Extensions {
    let row = |asked: &Asked| Some((json!(asked).as_str()?.to_owned(), json!(asked.row())));
    let rows: Map<String, Value> = Asked::ALL.iter().filter_map(row).collect();
    ExtensionsBuilder::new().add("x-access", Value::Object(rows)).build()
}

/// What an operation takes or gives as a message, it takes or gives in every encoding; the document itself is JSON only.
fn in_both_encodings(operation: &mut Operation) {
    if operation.operation_id.as_deref() == Some("read_document") {
        return;
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        let message = body.content.get(MESSAGES[0]).cloned();
        body.content.extend(packed(message));
    }
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            let message = response.content.get(MESSAGES[0]).cloned();
            response.content.extend(packed(message));
        }
    }
}

/// The same message under the names of MessagePack.
fn packed<T: Clone>(message: Option<T>) -> impl Iterator<Item = (String, T)> {
    let names = MESSAGES[1..].iter().map(|name| (*name).to_owned());
    message.into_iter().flat_map(move |message| names.clone().map(move |name| (name, message.clone())))
}

fn any_problem() -> Response {
    let content = || Content::new(Some(utoipa::openapi::Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new().description("A problem");
    let response = response.content("application/problem+json", content());
    MESSAGES[1..].iter().fold(response, |response, name| response.content(*name, content())).build()
}
