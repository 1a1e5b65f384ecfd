//! Bodies: bytes become a value or a problem that says where it is wrong; nothing behind this file sees bytes.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use domain::answers::{MisplacedValue, NotAnswers};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::format::{Encoding, media_type_of_body};
use crate::house::House;
use crate::kind::{Kind, Unreadable};
use crate::problem::Problem;

/// A message of a known shape, in either encoding.
pub(crate) struct Message<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<House> for Message<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, house: &House) -> Result<Self, Problem> {
        let encoding = Encoding::of_body(request.headers())?;
        let bytes = read(request, house.settings.body_bytes_max).await?;
        let value = encoding.read(&bytes).map_err(unreadable)?;
        typed(value).map(Self)
    }
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

/// The bytes of a body, as long as there are not too many: what announces itself as too large is not read at all.
async fn read(request: Request, bytes_max: usize) -> Result<Bytes, Problem> {
    let too_large = || Problem::of(Kind::BodyTooLarge).saying("bytes", &bytes_max.to_string());
    let announced = announced_bytes(request.headers());
    if announced.is_some_and(|bytes| bytes > bytes_max) {
        return Err(too_large());
    }
    // The announcement is the sender's; memory is taken as bytes really come.
    let mut bytes = BytesMut::with_capacity(announced.unwrap_or(0).min(64 * 1024));
    let mut chunks = Body::into_data_stream(request.into_body());
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Problem::of(Kind::BodyIncomplete))?;
        if bytes.len() + chunk.len() > bytes_max {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
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

/// A value becomes a message of a known shape, or a problem that names the place which has another shape.
pub(crate) fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = pointer_of(error.path());
        Problem::of(Kind::MistypedValue).saying("reason", &without_content(&error.into_inner().to_string())).at(pointer)
    })
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    let parts = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(format!("/{index}")),
        Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
        // A variant is a member of the object that stands for it, and is named by the map segment already.
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    parts.collect()
}

/// What was expected, without what was sent instead: that may name a person.
fn without_content(reason: &str) -> String {
    let repeats_content = reason.starts_with("invalid type") || reason.starts_with("invalid value");
    match reason.rfind("expected ") {
        Some(at) if repeats_content => reason[at..].to_owned(),
        _ => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        #[expect(dead_code, reason = "only its type matters here")]
        count: u32,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Sheet {
        #[expect(dead_code, reason = "only its type matters here")]
        rows: Vec<Row>,
    }

    #[test]
    fn a_mistyped_value_is_named_by_its_place_and_not_repeated() {
        let table = [
            (r#"{"rows": [{"count": 1}, {"count": "Li Lei"}]}"#, "/rows/1/count", "expected u32"),
            (r#"{"rows": [{}]}"#, "/rows/0", "missing field `count`"),
            (r#"{"rows": [{"count": 1, "a/b": 2}]}"#, "/rows/0/a~1b", "unknown field `a/b`, expected `count`"),
            (r#"{"rows": 7}"#, "/rows", "expected a sequence"),
            ("[]", "", "expected struct Sheet with 1 element"),
        ];
        for (text, pointer, reason) in table {
            let problem = typed::<Sheet>(serde_json::from_str(text).unwrap()).unwrap_err();
            assert_eq!(problem.pointer.as_deref(), Some(pointer), "{text}");
            assert_eq!(problem.arguments, [("reason", reason.to_owned())], "{text}");
        }
    }
}
