//! Bodies: bytes become a value or a problem that says where it is wrong; nothing behind this file sees bytes.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use documents::Format;
use domain::answers::{MisplacedValue, NotAnswers};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::format::{Encoding, media_type_of_body};
use crate::house::House;
use crate::kind::{Kind, Unreadable};
use crate::problem::Problem;
use crate::shape::shaped;

/// A message of a known shape, in either encoding.
pub(crate) struct Message<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<House> for Message<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        shaped(value_in(request, house).await?).map(Self)
    }
}

/// A message that brings answers. They are taken as they are: their shape is the form's matter, not the border's.
pub(crate) struct WithAnswers<T> {
    pub(crate) answers: Value,
    pub(crate) beside: T,
}

impl<T: DeserializeOwned> FromRequest<House> for WithAnswers<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        let mut value = value_in(request, house).await?;
        let answers = value.as_object_mut().and_then(|message| message.remove("answers"));
        let beside = shaped(value)?;
        let missing = || Problem::of(Kind::MistypedValue).saying("reason", "missing field `answers`").at("");
        Ok(Self { answers: answers.ok_or_else(missing)?, beside })
    }
}

/// A merge patch (RFC 7396), which is JSON under a name of its own.
pub(crate) struct MergePatch<T>(pub(crate) T);

/// What a merge patch is called.
const MERGE_PATCH: &str = "application/merge-patch+json";

impl<T: DeserializeOwned> FromRequest<House> for MergePatch<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        if media_type_of_body(request.headers())? != MERGE_PATCH {
            return Err(Problem::of(Kind::UnsupportedMediaType).saying("offered", MERGE_PATCH));
        }
        let bytes = read(request, house.settings.body_bytes_max).await?;
        shaped(Encoding::Json.read(&bytes).map_err(unreadable)?).map(Self)
    }
}

async fn value_in(request: Request, house: &House) -> Result<Value, Problem> {
    let encoding = Encoding::of_body(request.headers())?;
    let bytes = read(request, house.settings.body_bytes_max).await?;
    encoding.read(&bytes).map_err(unreadable)
}

/// An uploaded component.
pub(crate) struct Component(pub(crate) Bytes);

/// What a component is called.
pub(crate) const COMPONENT: &str = "application/wasm";

impl FromRequest<House> for Component {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        if media_type_of_body(request.headers())? != COMPONENT {
            return Err(Problem::of(Kind::UnsupportedMediaType).saying("offered", COMPONENT));
        }
        read(request, house.settings.component_bytes_max).await.map(Self)
    }
}

/// A table for spreadsheets.
pub(crate) struct Table(pub(crate) Bytes);

/// What a table is called.
const TABLE: &str = "text/csv";

impl FromRequest<House> for Table {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        if media_type_of_body(request.headers())? != TABLE {
            return Err(Problem::of(Kind::UnsupportedMediaType).saying("offered", TABLE));
        }
        read(request, house.settings.body_bytes_max).await.map(Self)
    }
}

/// A workbook.
pub(crate) struct WorkbookFile(pub(crate) Bytes);

impl FromRequest<House> for WorkbookFile {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        let workbook = Format::Xlsx.media_type();
        if media_type_of_body(request.headers())? != workbook {
            return Err(Problem::of(Kind::UnsupportedMediaType).saying("offered", workbook));
        }
        read(request, house.settings.body_bytes_max).await.map(Self)
    }
}

/// What of a body that is too large is still taken off the wire and thrown away. Whoever is not listened to while sending never hears
/// why: the connection would break before the answer is read.
const THROWN_AWAY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The bytes of a body, as long as there are not too many; memory is taken only as bytes really come, and never beyond the limit.
async fn read(request: Request, bytes_max: usize) -> Result<Bytes, Problem> {
    let announced = announced_bytes(request.headers()).unwrap_or(0);
    let mut is_too_large = announced > bytes_max;
    let mut bytes = BytesMut::with_capacity(announced.min(64 * 1024));
    let mut taken = 0;
    let mut chunks = Body::into_data_stream(request.into_body());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::of(Kind::BodyIncomplete))?;
        taken += chunk.len();
        is_too_large |= taken > bytes_max;
        if !is_too_large {
            bytes.extend_from_slice(&chunk);
        } else if taken > THROWN_AWAY_BYTES_MAX {
            break;
        }
    }
    if is_too_large {
        return Err(Problem::of(Kind::BodyTooLarge).saying("bytes", &bytes_max.to_string()));
    }
    Ok(bytes.freeze())
}

fn announced_bytes(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why bytes hold no value, with the place at which that was noticed.
fn unreadable(misplaced: MisplacedValue) -> Problem {
    let reason = match &misplaced.reason {
        NotAnswers::Malformed(reason) => reason.clone(),
        NotAnswers::DuplicateName(name) => name.clone(),
        _ => String::new(),
    };
    Problem::of(Kind::Unreadable(Unreadable::from(&misplaced.reason))).saying("reason", &reason).at(misplaced.pointer)
}
