//! The audit log, for whoever oversees a federation, and for whoever wants to verify it outside the house.

use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::limits::PAGE_ITEMS_MAX;

use crate::address::{Address, Choices, InFederation, WhichEntries};
use crate::house::House;
use crate::page::download;
use crate::schema;
use crate::visitor::{Answer, Bearer, Visitor};

/// Entries on one page where nothing is said.
const ENTRIES: usize = 100;
/// One JSON value a line. It has no registered name.
const LINES: &str = "application/jsonl";

/// The acts of the federation in the order in which they were done, each chained to the one before it.
#[utoipa::path(get, path = "/federations/{federation}/audit", tag = "audit", params(InFederation, WhichEntries),
    responses((status = OK, body = Vec<schema::AuditEntry>)))]
pub(crate) async fn list_audit(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Choices(which): Choices<WhichEntries>,
) -> Answer {
    let items = which.limit.unwrap_or(ENTRIES).min(PAGE_ITEMS_MAX);
    let entries = house.office.audit(&visitor.caller, &at.federation, which.after.unwrap_or(0), items).await?;
    visitor.reply(StatusCode::OK, &entries)
}

/// What the host attested of the log, the oldest first. Whoever keeps one can prove that nothing before it was rewritten.
#[utoipa::path(get, path = "/federations/{federation}/audit/checkpoints", tag = "audit",
    params(InFederation, WhichEntries), responses((status = OK, body = Vec<schema::Checkpoint>)))]
pub(crate) async fn list_checkpoints(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
    Choices(which): Choices<WhichEntries>,
) -> Answer {
    let items = which.limit.unwrap_or(ENTRIES).min(PAGE_ITEMS_MAX);
    let after = which.after.unwrap_or(0);
    let checkpoints = house.office.checkpoints(&visitor.caller, &at.federation, after, items).await?;
    visitor.reply(StatusCode::OK, &checkpoints)
}

/// Attests the log as it is now. Of a log that has not grown the same checkpoint is given again.
#[utoipa::path(post, path = "/federations/{federation}/audit/checkpoints", tag = "audit", params(InFederation),
    responses((status = OK, body = schema::Checkpoint)))]
pub(crate) async fn attest_audit(
    State(house): State<House>,
    visitor: Visitor,
    Address(at): Address<InFederation>,
) -> Answer {
    let checkpoint = house.office.checkpoint(&visitor.caller, &at.federation).await?;
    visitor.reply(StatusCode::OK, &checkpoint)
}

/// The whole log for somebody outside the house, one JSON value a line: a head, the entries with the checkpoints between them, and a
/// last line that attests everything above. `huizong audit verify` needs nothing else but the host's public key.
#[utoipa::path(get, path = "/federations/{federation}/audit/export", tag = "audit", params(InFederation),
    responses((status = OK, body = String, content_type = "application/jsonl")))]
pub(crate) async fn export_audit(
    State(house): State<House>,
    Bearer(caller): Bearer,
    Address(at): Address<InFederation>,
) -> Answer {
    let lines = house.office.audit_export(&caller, &at.federation).await?;
    let headers = [
        (header::CONTENT_TYPE, LINES.to_owned()),
        (header::CONTENT_DISPOSITION, download(&format!("{}-audit.jsonl", at.federation), "jsonl")),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}
