//! Whether the host lives, whether it can work, and what it offers: answered to anybody.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::house::House;
use crate::visitor::{Accepts, Answer};

/// A sign of life.
#[derive(Serialize, ToSchema)]
pub(crate) struct Alive {
    /// `alive` or `ready`.
    state: &'static str,
}

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "host", security(()), responses((status = OK, body = Alive)))]
pub(crate) async fn is_alive(accepts: Accepts) -> Answer {
    accepts.reply(StatusCode::OK, &Alive { state: "alive" })
}

/// The process can work: its store answers.
#[utoipa::path(get, path = "/readyz", tag = "host", security(()), responses((status = OK, body = Alive)))]
pub(crate) async fn is_ready(State(house): State<House>, accepts: Accepts) -> Answer {
    house.office.is_ready().await?;
    accepts.reply(StatusCode::OK, &Alive { state: "ready" })
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "host", security(()),
    responses((status = OK, body = Object, content_type = "application/json")))]
pub(crate) async fn read_document(State(house): State<House>) -> Answer {
    Ok(([(header::CONTENT_TYPE, "application/json")], house.document.clone()).into_response())
}

/// The key with which receipts are verified.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptKey {
    /// `ed25519`.
    algorithm: &'static str,
    /// The public key, Base64.
    key: String,
}

/// The key with which anybody can verify this host's receipts.
#[utoipa::path(get, path = "/receipt-key", tag = "host", security(()), responses((status = OK, body = ReceiptKey)))]
pub(crate) async fn read_receipt_key(State(house): State<House>, accepts: Accepts) -> Answer {
    let key = house.office.receipt_key().to_owned();
    accepts.reply(StatusCode::OK, &ReceiptKey { algorithm: "ed25519", key })
}
